"""The probability of every label in, the likeliest label and its runner-up out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from ocindex.analysis.calibration import Calibration, compare_two
from ocindex.analysis.graph import Floats
from ocindex.vocabulary.indicators import NONE, indicators_of, newest_edition


class Label(NamedTuple):
    """The likeliest label of a sentence and the one behind it; codes or ``none``."""

    indicator: str
    probability: float
    runner_up: str
    runner_up_probability: float


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
    cells = zip(first.tolist(), calibrated.tolist(), second.tolist(), behind.tolist(), strict=True)
    return [Label(codes[label], sure, codes[other], unsure) for label, sure, other, unsure in cells]


def keep_listed(label: Label, edition: int) -> Label:
    """In a profile without sections, an indicator that its edition lacks is none."""
    if label.indicator == NONE or label.indicator in {item.code for item in indicators_of(edition)}:
        return label
    return Label(NONE, label.probability, label.indicator, label.runner_up_probability)


def one_hot(labels: Sequence[Label]) -> Floats:
    """Give labels as rows of probabilities, the likeliest label in front in any case."""
    columns = label_columns()
    rows = np.zeros((len(labels), len(columns)))
    for row, label in zip(rows, labels, strict=True):
        row[columns[label.runner_up]] = label.runner_up_probability
        row[columns[label.indicator]] = max(label.probability, label.runner_up_probability + 1e-6)
    return rows
