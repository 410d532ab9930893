"""Everything that was fitted for profiles: a file in, a model that reads sections out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ocindex.analysis import secondary, weights
from ocindex.analysis.calibration import Calibration
from ocindex.analysis.graph import Floats
from ocindex.analysis.layout import make_batches
from ocindex.analysis.numbers import read_numbers, render_numbers
from ocindex.analysis.passages import Features, sections_of
from ocindex.analysis.scoring import score_sentences
from ocindex.analysis.secondary import SecondaryModel
from ocindex.analysis.styles import mix_styles, read_styles
from ocindex.vocabulary.bundled import bundled_folder

FILE = "profile.csv"


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
    """Read a fitted model from a CSV of the columns name and weight.

    Raises
    ------
    VocabularyError
        If the file is missing, lacks a number or holds one that is unknown.
    """
    found = read_numbers(path, _names())
    return ProfileModel(
        np.array([found[f"chain_{name}"] for name in weights.NAMES]),
        Calibration(found["calibration_offset"], found["calibration_slope"]),
        SecondaryModel(
            np.array([found[f"secondary_{name}"] for name in secondary.NAMES]), found["secondary_threshold"]
        ),
    )


def render_model(model: ProfileModel) -> str:
    """Write a model as CSV, rounded to 4 decimals."""
    values = [
        *model.weights,
        model.calibration.offset,
        model.calibration.slope,
        model.secondary.threshold,
        *model.secondary.weights,
    ]
    return render_numbers(_names(), values)


def _names() -> list[str]:
    return [
        *(f"chain_{name}" for name in weights.NAMES),
        "calibration_offset",
        "calibration_slope",
        "secondary_threshold",
        *(f"secondary_{name}" for name in secondary.NAMES),
    ]
