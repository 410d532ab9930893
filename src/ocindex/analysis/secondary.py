"""What a sentence says of other indicators in, those that an analyst would also file it under out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.calibration import log_odds
from ocindex.analysis.companions import Companions
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.optimizer import minimize
from ocindex.analysis.parties import PARTIES
from ocindex.analysis.passages import COMPONENTS, CUE_FEATURES, Features
from ocindex.vocabulary.indicators import indicators_of, newest_edition

# What in the sentence speaks for each type of actor.
_SIGNALS = {
    "state_embedded_actors": ("officials", "collusion", "both", "both_in_market"),
    "foreign_actors": ("named", "group", "abroad", "group_in_market", "acting", "acting_in_market"),
    "mafia_style_groups": ("gangs",),
    "criminal_networks": ("loose",),
    "private_sector_actors": ("firms",),
}
NAMES: tuple[str, ...] = (
    "one",
    *(f"cue_{name}" for name in CUE_FEATURES),
    "same_section",
    "same_section_any_3",
    "marginal",
    "strongest",
    "second_strongest",
    "words_behind",
    "filed",
    "seen_behind",
    *(f"{actor}_{signal}" for actor, signals in _SIGNALS.items() for signal in signals),
)
"""Features of a pair of a sentence and another indicator than its primary one.

``filed`` is what its words say by sentences that were filed under the indicator beside another one,
``seen_behind`` how far what they say by those whose primary one it is lies behind the sentence's own.
"""
_FILED, _SEEN_BEHIND = NAMES.index("filed"), NAMES.index("seen_behind")
_ENOUGH = {"state_embedded_actors": 0, "foreign_actors": 1} | dict.fromkeys(tuple(_SIGNALS)[2:], 0)
"""Signal that makes an actor a candidate without a cue."""
# Words alone make a candidate where they say this much.
_TELLING = np.log1p(3.0)
_RIDGE = 1.0
_FREE_RIDGE = 0.01
_PAIR_RIDGE = 1.0
FILED_FROM = 0.35
"""Probability from which a pair is filed. Not fitted: readers differ in how generous they are. From 0.3 to 0.4, F1 is
0.42 to 0.45 on the five profiles (leave-one-out) and 0.42 to 0.43 on the twelve unseen ones."""


@dataclass(frozen=True, slots=True)
class SecondaryModel:
    """Weights of `NAMES`, ``pairs`` (L × L): log-odds of each indicator beside each primary one, and what words say."""

    weights: Floats
    pairs: Floats
    companions: Companions


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs that could be secondary: rows of sentences, their primary columns, other columns, features (C × F)."""

    rows: Integers
    primary: Integers
    columns: Integers
    features: Floats

    def take(self, which: slice | NDArray[np.bool_] | Integers) -> Candidates:
        """Give some of the pairs."""
        return Candidates(self.rows[which], self.primary[which], self.columns[which], self.features[which])


def find_candidates(features: Features, probability: Floats, companions: Companions) -> Candidates:
    """List the indicators that a sentence has a cue, words or an actor for, other than its primary one.

    Parameters
    ----------
    features : Features
    probability : array, N × (L + 1)
        Marginals of the primary labels, none last; a sentence about none has no candidate.
    companions : Companions
        What the sentences' words say by labelled sentences.
    """
    chosen = probability.argmax(1)
    cues = features.cues
    size = cues.shape[1]
    # Counts of cues by weight; none is below 0.
    counted = _add_columns(cues[:, :, : CUE_FEATURES.index("words")])
    possible = (counted > 0) | (cues[:, :, CUE_FEATURES.index("words")] > _TELLING)
    signals = _actor_signals(features, chosen)
    for actor, found in signals.items():
        possible[:, _column(actor)] |= found[:, _ENOUGH[actor]] > 0
    possible &= features.listed
    named = chosen < size
    possible[np.flatnonzero(named), chosen[named]] = False
    possible[~named] = False
    rows, columns = np.nonzero(possible)
    described = _describe(features, probability, chosen, rows, columns, signals)
    filed, seen = companions.weigh(features.stems)
    described[:, _FILED] = filed[rows, columns]
    described[:, _SEEN_BEHIND] = seen[rows, columns] - seen[rows, chosen[rows]]
    return Candidates(rows, chosen[rows], columns, described)


def judge_candidates(candidates: Candidates, model: SecondaryModel) -> Floats:
    """Give the fitted probability that an analyst would file each pair."""
    odds = candidates.features @ model.weights + model.pairs[candidates.primary, candidates.columns]
    return np.asarray(1 / (1 + np.exp(-odds)))


def fit_secondary(candidates: Sequence[Candidates], filed: Sequence[Floats], companions: Companions) -> SecondaryModel:
    """Fit weights and pairs by ridge logistic regression.

    Parameters
    ----------
    candidates : sequence of Candidates
        Of several documents; what words say of each document was read off the others.
    filed : sequence of array
        1 where the gold has the pair, else 0.
    companions : Companions
        What words say by all of the documents.

    Returns
    -------
    SecondaryModel
        What a pair says is drawn towards what its other indicator says beside
        primary ones of the same component.

    Notes
    -----
    Penalised likelihood (Hoerl and Kennard's ridge, 1970), found with L-BFGS.
    """
    features = np.concatenate([item.features for item in candidates])
    right = np.concatenate(filed)
    component, size = _components(), len(_components())
    primary = np.concatenate([item.primary for item in candidates])
    columns = np.concatenate([item.columns for item in candidates])
    own, shared = primary * size + columns, component[primary] * size + columns
    ends = np.cumsum([features.shape[1], size * size, len(COMPONENTS) * size])
    ridge = np.repeat([_RIDGE, _PAIR_RIDGE, _PAIR_RIDGE], np.diff(ends, prepend=0))
    ridge[0] = _FREE_RIDGE

    def objective(values: Floats) -> tuple[float, Floats]:
        weights, pairs, groups = np.split(values, ends[:-1])
        odds = features @ weights + pairs[own] + groups[shared]
        loss = (np.logaddexp(0, odds) - right * odds).sum() + (ridge * values**2).sum() / 2
        away = 1 / (1 + np.exp(-odds)) - right
        slope = [features.T @ away, np.bincount(own, away, size**2), np.bincount(shared, away, len(groups))]
        return float(loss), np.concatenate(slope) + ridge * values

    weights, pairs, groups = np.split(minimize(objective, np.zeros(ends[-1]), steps=300, tolerance=1e-4), ends[:-1])
    return SecondaryModel(weights, pairs.reshape(size, size) + groups.reshape(-1, size)[component], companions)


def _describe(
    features: Features,
    probability: Floats,
    chosen: Integers,
    rows: Integers,
    columns: Integers,
    signals: dict[str, Floats],
) -> Floats:
    cues = features.cues[rows, columns]
    words = features.cues[:, :, CUE_FEATURES.index("words")]
    inside = features.inside[rows, columns]
    strongest, second = _strongest_two(features, chosen)
    described = np.zeros((len(rows), len(NAMES)))
    described[:, 0] = 1
    described[:, 1 : 1 + cues.shape[1]] = cues
    plain: list[Floats | NDArray[np.bool_]] = [
        inside,
        inside * cues[:, CUE_FEATURES.index("any_3")],
        log_odds(probability[rows, columns]) / 4,
        strongest[rows] == columns,
        second[rows] == columns,
        words[rows, columns] - words.max(1)[rows],
    ]
    for number, values in enumerate(plain, start=NAMES.index("same_section")):
        described[:, number] = values
    for actor, found in signals.items():
        at = np.flatnonzero(columns == _column(actor))
        first = NAMES.index(f"{actor}_{_SIGNALS[actor][0]}")
        described[at, first : first + found.shape[1]] = found[rows[at]]
    return described


def _strongest_two(features: Features, chosen: Integers) -> tuple[Integers, Integers]:
    """Give for each sentence the two indicators other than its primary one that most speaks for."""
    strength = _add_columns(features.cues) * features.listed
    rows = np.arange(len(strength))
    named = np.flatnonzero(chosen < strength.shape[1])
    strength[named, chosen[named]] = -1
    strongest = strength.argmax(1)
    strength[rows, strongest] = -np.inf
    return strongest, strength.argmax(1)


def _add_columns(values: Floats) -> Floats:
    """Add up along the last axis, which is short: whole columns at once take less time."""
    total = values[..., 0].copy()
    for number in range(1, values.shape[-1]):
        total += values[..., number]
    return total


def _actor_signals(features: Features, chosen: Integers) -> dict[str, Floats]:
    """Give for each type of actor what speaks for it in each sentence, N × signals."""
    role = dict(zip(PARTIES, features.roles.T, strict=True))
    in_market = np.append(_components(), -1)[chosen] == COMPONENTS.index("criminal_markets")
    both = role["officials"] * role["collusion"]
    # A cue of foreign actors is a foreign people's name: the document's own were dropped.
    named = features.cues[:, _column("foreign_actors"), : CUE_FEATURES.index("words")].any(1).astype(float)
    group = named * role["groups"]
    acting = features.strangers.astype(float)
    found = {
        "state_embedded_actors": (role["officials"], role["collusion"], both, both * in_market),
        "foreign_actors": (named, group, role["abroad"], group * in_market, acting, acting * in_market),
        "mafia_style_groups": (role["gangs"],),
        "criminal_networks": (role["loose"],),
        "private_sector_actors": (role["firms"],),
    }
    return {actor: np.stack(columns, axis=1) for actor, columns in found.items()}


@cache
def _column(code: str) -> int:
    return next(number for number, item in enumerate(indicators_of(newest_edition())) if item.code == code)


@cache
def _components() -> Integers:
    return np.array([COMPONENTS.index(str(item.component)) for item in indicators_of(newest_edition())])
