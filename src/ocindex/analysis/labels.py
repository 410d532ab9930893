"""The probability of every label in, the likeliest label and its runner-up out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from ocindex.analysis.calibration import Calibration, compare_two
from ocindex.analysis.graph import Floats
from ocindex.vocabulary.indicators import NONE, indicators_of, newest_edition

Label = tuple[str, float, str, float]
"""The likeliest label of a sentence, its probability, the one behind it and its probability; codes or ``none``."""


@cache
def label_codes() -> tuple[str, ...]:
    """Give what the columns of labels stand for: indicators of the newest list, then none."""
    return (*(item.code for item in indicators_of(newest_edition())), NONE)


@cache
def label_columns() -> dict[str, int]:
    """Give the column of each label."""
    return {code: column for column, code in enumerate(label_codes())}


def rank_labels(probability: Floats, calibration: Calibration) -> list[Label]:
    """Take the likeliest label of each row; calibration shrinks the rest in proportion.

    Parameters
    ----------
    probability : array, N × (L + 1)
        Indicators of the newest list, then none.
    calibration : Calibration
        Of a label against its runner-up.
    """
    codes = label_codes()
    rows = np.arange(len(probability))
    # Of equals the first wins, as a stable sort would have it.
    first = probability.argmax(1)
    best = probability[rows, first]
    others = probability.copy()
    others[rows, first] = -1
    second = others.argmax(1)
    less = others[rows, second]
    calibrated = calibration.apply(compare_two(best, less))
    rest = np.maximum(1 - best, 1e-300)
    behind = np.minimum(less / rest * (1 - calibrated), calibrated)
    named, other = (map(codes.__getitem__, place.tolist()) for place in (first, second))
    return list(zip(named, calibrated.tolist(), other, behind.tolist(), strict=True))


def keep_listed(label: Label, edition: int) -> Label:
    """In a profile without sections, an indicator that its edition lacks is none."""
    indicator, probability, _, behind = label
    if indicator == NONE or indicator in {item.code for item in indicators_of(edition)}:
        return label
    return NONE, probability, indicator, behind


def one_hot(labels: Sequence[Label]) -> Floats:
    """Give labels as rows of probabilities, the likeliest label in front in any case."""
    columns = label_columns()
    rows = np.zeros((len(labels), len(columns)))
    for row, (indicator, probability, runner_up, behind) in zip(rows, labels, strict=True):
        row[columns[runner_up]] = behind
        row[columns[indicator]] = max(probability, behind + 1e-6)
    return rows
