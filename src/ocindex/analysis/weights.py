"""The fitted numbers of the attribution: a file in, named weights out."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ocindex.analysis.graph import STEP_FEATURES, Floats
from ocindex.analysis.passages import ASIDE_FEATURES, CUE_FEATURES
from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import bundled_folder

NAMES = (
    *STEP_FEATURES,
    *(f"inside_{name}" for name in CUE_FEATURES),
    *(f"outside_{name}" for name in CUE_FEATURES),
    *ASIDE_FEATURES,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one model as one vector in the order of `NAMES`."""

    vector: Floats

    @property
    def step(self) -> Floats:
        """Weights of `STEP_FEATURES`."""
        return self.vector[: len(STEP_FEATURES)]

    @property
    def inside(self) -> Floats:
        """Weights of `CUE_FEATURES` for the section's own indicators."""
        return self.vector[len(STEP_FEATURES) :][: len(CUE_FEATURES)]

    @property
    def outside(self) -> Floats:
        """Weights of `CUE_FEATURES` for other sections' indicators."""
        return self.vector[len(STEP_FEATURES) + len(CUE_FEATURES) :][: len(CUE_FEATURES)]

    @property
    def aside(self) -> Floats:
        """Weights of `ASIDE_FEATURES`."""
        return self.vector[-len(ASIDE_FEATURES) :]


@cache
def read_weights(model: str) -> Weights:
    """Read the fitted weights of a model.

    Parameters
    ----------
    model : {"section", "free"}
        For texts with sections, and for texts without.

    Raises
    ------
    VocabularyError
        If the file lacks a weight or holds one that is unknown.
    """
    return load_weights(bundled_folder("schema") / "attribution" / f"{model}.csv")


def load_weights(path: Path) -> Weights:
    """Read weights from a CSV of the columns name and weight."""
    if not path.is_file():
        raise VocabularyError(f"{path}: found no such file; expected fitted weights; reinstall ocindex.")
    with path.open(encoding="utf-8", newline="") as handle:
        found = {row["name"]: float(row["weight"]) for row in csv.DictReader(handle)}
    if set(found) != set(NAMES):
        odd = sorted(set(found) ^ set(NAMES))
        raise VocabularyError(
            f"{path}: found weights that differ in {odd[0]!r}; expected {len(NAMES)} names; fit again."
        )
    return Weights(np.array([found[name] for name in NAMES]))


def save_weights(weights: Weights, path: Path) -> None:
    """Write weights, rounded to 4 decimals."""
    lines = ["name,weight", *(f"{name},{value:.4f}" for name, value in zip(NAMES, weights.vector, strict=True))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
