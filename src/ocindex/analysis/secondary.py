"""What a sentence says of other indicators in, those that an analyst would also file it under out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.calibration import log_odds
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.parties import PARTIES
from ocindex.analysis.passages import COMPONENTS, CUE_FEATURES, Features
from ocindex.vocabulary.indicators import indicators_of, newest_edition

# What in the sentence speaks for each type of actor; "plain" is the type itself.
_SIGNALS = {
    "state_embedded_actors": ("plain", "officials", "collusion", "both", "both_in_market"),
    "foreign_actors": ("plain", "named", "group", "abroad", "group_in_market"),
    "mafia_style_groups": ("plain", "gangs"),
    "criminal_networks": ("plain", "loose"),
    "private_sector_actors": ("plain", "firms"),
}
NAMES: tuple[str, ...] = (
    "one",
    *(f"cue_{name}" for name in CUE_FEATURES),
    "same_section",
    "same_section_any_3",
    "marginal",
    "unsure",
    "strongest",
    "second_strongest",
    "words_behind",
    *(f"{primary}_to_{other}" for primary in COMPONENTS for other in COMPONENTS),
    *(f"{actor}_{signal}" for actor, signals in _SIGNALS.items() for signal in signals),
)
"""Features of a pair of a sentence and another indicator than its primary one."""
_ENOUGH = {"state_embedded_actors": 1, "foreign_actors": 2} | dict.fromkeys(tuple(_SIGNALS)[2:], 1)
"""Signal that makes an actor a candidate without a cue."""
# Words alone make a candidate where they say this much.
_TELLING = np.log1p(2.5)
_RIDGE = 1.0
_FREE_RIDGE = 0.01


@dataclass(frozen=True, slots=True)
class SecondaryModel:
    """Weights of `NAMES`, and the probability from which a pair is filed."""

    weights: Floats
    threshold: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs that could be secondary: rows of sentences, columns of indicators, features (C × F)."""

    rows: Integers
    columns: Integers
    features: Floats


def find_candidates(features: Features, probability: Floats) -> Candidates:
    """List the indicators that a sentence has a cue, words or an actor for, other than its primary one.

    Parameters
    ----------
    features : Features
    probability : array, N × (L + 1)
        Marginals of the primary labels, none last; a sentence about none has no candidate.
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
    return Candidates(rows, columns, _describe(features, probability, chosen, rows, columns, signals))


def judge_candidates(candidates: Candidates, model: SecondaryModel) -> Floats:
    """Give the fitted probability that an analyst would file each pair."""
    return np.asarray(1 / (1 + np.exp(-candidates.features @ model.weights)))


def fit_secondary(features: Floats, right: Floats, gold: int) -> SecondaryModel:
    """Fit weights by ridge logistic regression, and the threshold of the best F1.

    Parameters
    ----------
    features : array, C × F
    right : array, C
        1 where the pair is in the gold.
    gold : int
        Pairs in the gold, whether candidates or not.

    Notes
    -----
    Newton's method on the penalised likelihood (Hoerl and Kennard's ridge, 1970).
    """
    weights = np.zeros(features.shape[1])
    ridge = np.full(len(weights), _RIDGE)
    ridge[0] = _FREE_RIDGE
    for _ in range(25):
        given = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (given - right) + ridge * weights
        curvature = (features * (given * (1 - given))[:, None]).T @ features + np.diag(ridge)
        weights = weights - np.linalg.solve(curvature, slope)
    given = 1 / (1 + np.exp(-features @ weights))
    return SecondaryModel(weights, _best_threshold(given, right, gold))


def _best_threshold(given: Floats, right: Floats, gold: int) -> float:
    order = np.argsort(-given, kind="stable")
    hits = np.cumsum(right[order])
    scores = 2 * hits / (np.arange(1, len(order) + 1) + gold)
    best = int(scores.argmax())
    below = given[order[best + 1]] if best + 1 < len(order) else 0.0
    return float((given[order[best]] + below) / 2)


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
    component = _components()
    described = np.zeros((len(rows), len(NAMES)))
    described[:, 0] = 1
    described[:, 1 : 1 + cues.shape[1]] = cues
    plain: list[Floats | NDArray[np.bool_]] = [
        inside,
        inside * cues[:, CUE_FEATURES.index("any_3")],
        log_odds(probability[rows, columns]) / 4,
        (probability.max(1) < 0.8)[rows],
        strongest[rows] == columns,
        second[rows] == columns,
        words[rows, columns] - words.max(1)[rows],
    ]
    for number, values in enumerate(plain, start=NAMES.index("same_section")):
        described[:, number] = values
    pair = component[chosen[rows]] * len(COMPONENTS) + component[columns]
    described[np.arange(len(rows)), NAMES.index(f"{COMPONENTS[0]}_to_{COMPONENTS[0]}") + pair] = 1
    for actor, found in signals.items():
        at = np.flatnonzero(columns == _column(actor))
        first = NAMES.index(f"{actor}_plain")
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
    plain = np.ones(len(chosen))
    both = role["officials"] * role["collusion"]
    # A cue of foreign actors is a foreign people's name: the document's own were dropped.
    named = features.cues[:, _column("foreign_actors"), : CUE_FEATURES.index("words")].any(1).astype(float)
    group = named * role["groups"]
    found = {
        "state_embedded_actors": (plain, role["officials"], role["collusion"], both, both * in_market),
        "foreign_actors": (plain, named, group, role["abroad"], group * in_market),
        "mafia_style_groups": (plain, role["gangs"]),
        "criminal_networks": (plain, role["loose"]),
        "private_sector_actors": (plain, role["firms"]),
    }
    return {actor: np.stack(columns, axis=1) for actor, columns in found.items()}


@cache
def _column(code: str) -> int:
    return next(number for number, item in enumerate(indicators_of(newest_edition())) if item.code == code)


@cache
def _components() -> Integers:
    return np.array([COMPONENTS.index(str(item.component)) for item in indicators_of(newest_edition())])
