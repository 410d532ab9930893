"""Cues of other indicators in a sentence in, those that an analyst would also file it under out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.calibration import log_odds
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.passages import COMPONENTS, CUE_FEATURES, Features
from ocindex.vocabulary.indicators import indicators_of, newest_edition

NAMES: tuple[str, ...] = (
    "one",
    *(f"cue_{name}" for name in CUE_FEATURES),
    "same_section",
    "same_section_any_3",
    "marginal",
    "unsure",
    "strongest",
    "second_strongest",
    *(f"{primary}_to_{other}" for primary in (*COMPONENTS, "none") for other in COMPONENTS),
)
"""Features of a pair of a sentence and another indicator than its primary one."""
_RIDGE = 6.0
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
    """List the indicators that a sentence has a cue for, other than its primary one.

    Parameters
    ----------
    features : Features
    probability : array, N × (L + 1)
        Marginals of the primary labels, none last.
    """
    chosen = probability.argmax(1)
    cues = features.cues
    size = cues.shape[1]
    strong = (cues[:, :, CUE_FEATURES.index("any_3")] > 0) | (cues[:, :, CUE_FEATURES.index("count_2")] > 0)
    possible = strong & features.listed
    named = chosen < size
    possible[np.flatnonzero(named), chosen[named]] = False
    rows, columns = np.nonzero(possible)
    return Candidates(rows, columns, _describe(features, probability, chosen, rows, columns))


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


def _describe(features: Features, probability: Floats, chosen: Integers, rows: Integers, columns: Integers) -> Floats:
    cues = features.cues[rows, columns]
    inside = features.inside[rows, columns]
    strength = features.cues.sum(2) * features.listed
    named = chosen < strength.shape[1]
    strength[np.flatnonzero(named), chosen[named]] = -1
    rank = np.argsort(np.argsort(-strength, axis=1, kind="stable"), axis=1, kind="stable")[rows, columns]
    component = np.array([*(COMPONENTS.index(str(i.component)) for i in indicators_of(newest_edition())), 3])
    pairs = np.zeros((len(rows), 4 * len(COMPONENTS)))
    pairs[np.arange(len(rows)), component[chosen[rows]] * len(COMPONENTS) + component[columns]] = 1
    plain: list[Floats | NDArray[np.bool_]] = [
        inside,
        inside * cues[:, CUE_FEATURES.index("any_3")],
        log_odds(probability[rows, columns]) / 4,
        probability[rows].max(1) < 0.8,
        rank == 0,
        rank == 1,
    ]
    return np.concatenate([np.ones((len(rows), 1)), cues, np.stack(plain, 1).astype(float), pairs], axis=1)
