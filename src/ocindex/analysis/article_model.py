"""The fitted numbers of the article model: a file in, named numbers out; features in, labels out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.article_chain import NAMES, read_chain
from ocindex.analysis.article_features import NONE_FEATURES, ArticleFeatures
from ocindex.analysis.article_gate import GATE_FEATURES, WHOLE_FROM, gate_features
from ocindex.analysis.calibration import Calibration
from ocindex.analysis.graph import Floats
from ocindex.analysis.numbers import read_numbers, render_numbers
from ocindex.analysis.wordcounts import WordCounts, load_counts
from ocindex.vocabulary.indicators import NONE, indicators_of, newest_edition

WORDS = "words.csv"
GATE_OPENS = 0.3
"""Least probability that an article is about organized crime at all."""
THRESHOLD = 0.3
"""Least probability of an indicator before calibration."""
LIKELY = 0.4
"""Least probability after it: what is right less often than two times in five is no evidence."""
_FILE_NAMES = (
    *NAMES,
    *(f"gate_{name}" for name in GATE_FEATURES),
    "threshold",
    "calibration_offset",
    "calibration_slope",
)

Attributed = tuple[str, float, str, float]
"""Label, its probability, the runner-up and its probability; a label is a code or ``none``."""


@dataclass(frozen=True, slots=True)
class ArticleModel:
    """Everything that fitting finds.

    ``weights`` in the order of `ocindex.analysis.article_chain.NAMES`, ``gate`` of
    `GATE_FEATURES`; an indicator less probable than ``threshold`` becomes none.
    """

    weights: Floats
    gate: Floats
    threshold: float
    calibration: Calibration
    words: WordCounts


def read_article(features: ArticleFeatures, model: ArticleModel) -> list[Attributed]:
    """Say for each sentence of an article what it is about.

    Every sentence is none where the article is not about organized crime; one
    is where none is likelier than every indicator, where no indicator reaches
    the threshold and is likely enough, and where the sentence speaks of another country or of the
    article itself.

    Parameters
    ----------
    features : ArticleFeatures
    model : ArticleModel

    Returns
    -------
    list of (str, float, str, float)
        One per sentence. Probabilities of indicators are calibrated, that of
        none is what the chain gives it, and one less the best indicator's where
        a rule overrules the chain.
    """
    labels, is_said = say_labels(features, model)
    calibrated = model.calibration.apply(labels[:, :-1])
    is_said &= calibrated.max(1) >= LIKELY
    return [_attribute(*row) for row in zip(labels, calibrated, is_said.tolist(), strict=True)]


def say_labels(features: ArticleFeatures, model: ArticleModel) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the probability of every label of each sentence, and whether an indicator is said of it.

    Returns
    -------
    array of float, N × (L + 1)
        Not calibrated; indicators of the newest list, then none.
    array of bool, N
    """
    # What a rule makes none is not to draw its neighbours along: it goes on with their topic, only elsewhere.
    none = features.none.copy()
    none[features.elsewhere, NONE_FEATURES.index("elsewhere")] = 0
    labels = read_chain(replace(features, none=none), model.weights).labels
    is_open = len(features) < WHOLE_FROM or judge_article(features, model.gate) >= GATE_OPENS
    best = labels[:, :-1].max(1)
    said = (best > labels[:, -1]) & (best >= model.threshold) & ~features.elsewhere & ~features.meta
    return labels, said & is_open


def judge_article(features: ArticleFeatures, gate: Floats) -> float:
    """Give the probability that an article is about organized crime at all."""
    return float(1 / (1 + np.exp(-gate_features(features.signs) @ gate)))


def load_article_model(path: Path) -> ArticleModel:
    """Read a model from a CSV of the columns name and weight, and ``words.csv`` beside it.

    Raises
    ------
    VocabularyError
        If a file is missing, lacks a name or holds one that is unknown.
    """
    found = read_numbers(path, _FILE_NAMES)
    return ArticleModel(
        weights=np.array([found[name] for name in NAMES]),
        gate=np.array([found[f"gate_{name}"] for name in GATE_FEATURES]),
        threshold=found["threshold"],
        calibration=Calibration(found["calibration_offset"], found["calibration_slope"]),
        words=load_counts(path.with_name(WORDS)),
    )


def render_article_model(model: ArticleModel) -> str:
    """Write a model as CSV, rounded to 4 decimals.

    Examples
    --------
    >>> from ocindex.vocabulary.bundled import bundled_folder
    >>> path = bundled_folder("schema") / "attribution" / "article.csv"
    >>> render_article_model(load_article_model(path)) == path.read_text(encoding="utf-8")
    True
    """
    line = model.calibration
    values = (*model.weights, *model.gate, model.threshold, line.offset, line.slope)
    return render_numbers(_FILE_NAMES, values)


def _attribute(labels: Floats, calibrated: Floats, is_said: bool) -> Attributed:
    codes = _codes()
    first, second = (int(index) for index in np.argsort(-labels[:-1], kind="stable")[:2])
    none = float(labels[-1])
    sure = float(calibrated[first])
    if not is_said:
        # Where a rule overrules the chain, what the indicator lacks is none's.
        none = none if none >= labels[first] else max(none, 1 - sure)
        return NONE, none, codes[first], min(sure, none, 1 - none)
    if none >= labels[second]:
        return codes[first], sure, NONE, min(none, 1 - sure)
    return codes[first], sure, codes[second], min(float(calibrated[second]), sure, 1 - sure)


@cache
def _codes() -> tuple[str, ...]:
    return tuple(item.code for item in indicators_of(newest_edition()))
