"""Everything that was fitted for profiles: a file in, a model that reads sections out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ocindex.analysis import secondary, weights
from ocindex.analysis.calibration import Calibration
from ocindex.analysis.companions import load_companions
from ocindex.analysis.graph import Floats
from ocindex.analysis.layout import make_batches
from ocindex.analysis.numbers import read_number, read_numbers, read_rows, render_numbers
from ocindex.analysis.passages import Features, sections_of
from ocindex.analysis.scoring import score_sentences
from ocindex.analysis.secondary import SecondaryModel
from ocindex.analysis.styles import mix_styles, read_styles
from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import bundled_folder
from ocindex.vocabulary.indicators import indicators_of, newest_edition

FILE, PAIRS, COMPANIONS = "profile.csv", "secondary.csv", "companions.csv"
_PAIR_HEADER = ["primary", "other", "weight"]


@dataclass(frozen=True, slots=True)
class ProfileModel:
    """Weights of the chain, calibration of its marginals, and the model of secondary relations."""

    weights: Floats
    calibration: Calibration
    secondary: SecondaryModel


def read_sections(features: Features, vector: Floats) -> Floats:
    """Give every sentence of a section the probability of every label.

    Parameters
    ----------
    features : Features
        Of one document or several.
    vector : array
        Weights in the order of `ocindex.analysis.weights.NAMES`.

    Returns
    -------
    array, N × (L + 1)
        Indicators of the newest list, then none; rows of sentences in a section
        sum to 1, rows of sentences without one are 0.
    """
    scores = score_sentences(features, vector)
    count = len(features.none)
    document = np.repeat(
        [passage.document for passage in features.passages], [len(passage.rows) for passage in features.passages]
    )
    batches = make_batches(sections_of(features), count)
    return mix_styles(read_styles(batches, scores, vector, documents=int(document[-1]) + 1), document)


@cache
def bundled_model() -> ProfileModel:
    """Read the fitted model that comes with the package."""
    return load_model(bundled_folder("schema") / "attribution" / FILE)


def load_model(path: Path) -> ProfileModel:
    """Read a fitted model from a CSV of the columns name and weight, ``secondary.csv`` and ``companions.csv`` beside.

    Raises
    ------
    VocabularyError
        If a file is missing, lacks a number or holds one that is unknown.
    """
    found = read_numbers(path, _names())
    return ProfileModel(
        np.array([found[f"chain_{name}"] for name in weights.NAMES]),
        Calibration(found["calibration_offset"], found["calibration_slope"]),
        SecondaryModel(
            np.array([found[f"secondary_{name}"] for name in secondary.NAMES]),
            _load_pairs(path.with_name(PAIRS)),
            load_companions(path.with_name(COMPANIONS)),
        ),
    )


def render_model(model: ProfileModel) -> str:
    """Write a model as CSV, rounded to 4 decimals."""
    values = [
        *model.weights,
        model.calibration.offset,
        model.calibration.slope,
        *model.secondary.weights,
    ]
    return render_numbers(_names(), values)


def render_pairs(model: ProfileModel) -> str:
    """Write what each pair of a primary and another indicator says as CSV: primary, other, weight."""
    codes = _codes()
    rows = [
        f"{primary},{other},{round(float(model.secondary.pairs[row, column]), 4) + 0.0:.4f}"
        for row, primary in enumerate(codes)
        for column, other in enumerate(codes)
        if row != column
    ]
    return "\n".join([",".join(_PAIR_HEADER), *rows]) + "\n"


def _load_pairs(path: Path) -> Floats:
    column = {code: number for number, code in enumerate(_codes())}
    pairs = np.full((len(column), len(column)), np.nan)
    np.fill_diagonal(pairs, 0.0)
    for number, (primary, other, weight) in read_rows(path, _PAIR_HEADER):
        try:
            pairs[column[primary], column[other]] = read_number(weight)
        except (KeyError, ValueError) as error:
            raise VocabularyError(
                f"{path}, line {number}: found {error}; expected two indicators and a weight; fit again."
            ) from error
    if np.isnan(pairs).any():
        missing = int(np.isnan(pairs).sum())
        raise VocabularyError(f"{path}: found {missing} pairs without a weight; expected one each; fit again.")
    return pairs


def _codes() -> list[str]:
    return [item.code for item in indicators_of(newest_edition())]


def _names() -> list[str]:
    return [
        *(f"chain_{name}" for name in weights.NAMES),
        "calibration_offset",
        "calibration_slope",
        *(f"secondary_{name}" for name in secondary.NAMES),
    ]
