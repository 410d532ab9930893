"""Labelled sentences in, the weights that explain them best out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocindex.analysis.graph import ASIDE, OUTSIDE, START, TOPIC, Floats, Integers, State, step_type
from ocindex.analysis.layout import Batch, make_batches
from ocindex.analysis.optimizer import minimize
from ocindex.analysis.passages import Features, Passage, in_sections, join_sections
from ocindex.analysis.scoring import Scores, conditions_of, score_sentences
from ocindex.analysis.styles import STYLES, StyleReading, read_styles, style_steps, style_visited
from ocindex.analysis.weights import (
    FREE,
    FREE_MOVES,
    FREE_VISITED,
    INSIDE_WEIGHTS,
    MOVE_COUNT,
    NAMES,
    NONE_WEIGHTS,
    OUTSIDE_ANY,
    OUTSIDE_WEIGHTS,
    STEP_WEIGHTS,
    VISITED,
    prior,
    step_features,
)

NO_LABEL = -1
"""Label of a sentence that is about none."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document's features and its gold labels as columns of the newest list, -1 for none."""

    features: Features
    labels: Integers


def fit_weights(documents: Sequence[Labelled], start: Floats | None = None, *, tolerance: float = 1e-5) -> Floats:
    """Fit the weights of the chain by maximum a posteriori.

    Parameters
    ----------
    documents : sequence of Labelled
        Profiles; passages without a section are left out.
    start : array, optional
        Where to start; the prior's mean without it.
    tolerance : float
        Stop when a step of the search gains less.

    Returns
    -------
    array
        In the order of `ocindex.analysis.weights.NAMES`.

    Notes
    -----
    A conditional random field (Lafferty, McCallum and Pereira 2001) whose document has
    a hidden style (Quattoni et al. 2007). Only through the style is the objective not
    convex; fitting starts at the prior's mean, so the result depends on the documents alone.
    """
    paths = _Paths.of(documents)
    given = prior()

    def objective(weights: Floats) -> tuple[float, Floats]:
        away = weights - given.mean
        value, gradient = paths.loss(weights)
        return value + float((given.strength * away**2).sum()), gradient + 2 * given.strength * away

    return minimize(objective, given.mean if start is None else start, tolerance=tolerance)


@dataclass(frozen=True, slots=True)
class _Paths:
    """The sentences of documents that stand in sections, and the path that their gold labels take.

    ``labels`` and ``steps`` are of each sentence, ``document`` tells whose it is;
    ``visited`` are the topics that each document's sections visit, added up.
    """

    features: Features
    batches: list[Batch]
    labels: Integers
    document: Integers
    steps: Integers
    visited: Floats

    @classmethod
    def of(cls, documents: Sequence[Labelled]) -> _Paths:
        features, document = join_sections([item.features for item in documents])
        passages = features.passages
        labels = np.concatenate([item.labels[in_sections(item.features)] for item in documents])
        steps = np.zeros(len(labels), dtype=np.int64)
        visited = np.zeros(len(documents))
        for passage in passages:
            visited[passage.document] += _follow(passage, labels, steps)
        return cls(features, make_batches(passages, len(labels)), labels, document, steps, visited)

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """Negative log-likelihood of the gold labels, and its gradient."""
        scores = score_sentences(self.features, weights)
        reading = read_styles(self.batches, scores, weights, count=True)
        gold = self._gold_scores(scores, weights)
        total, right = np.logaddexp(*reading.log_total), np.logaddexp(*gold)
        slope = self._slope(reading, np.exp(reading.log_total - total), np.exp(gold - right))
        return float((total - right).sum()), slope

    def _gold_scores(self, scores: Scores, weights: Floats) -> Floats:
        """Score the gold path of each document under each style, Z × D."""
        rows = np.arange(len(self.labels))
        column = np.maximum(self.labels, 0)
        outside = scores.outside + np.log(np.maximum(scores.share[rows, column], 1e-300))
        labelled = np.where(self.features.inside[rows, column], scores.label[rows, column], outside)
        emitted = np.where(self.labels == NO_LABEL, scores.none, labelled)
        moved = style_steps(scores, weights)[rows, :, self.steps].T
        of_document = np.eye(len(self.visited))[self.document]
        return np.asarray((emitted + moved) @ of_document + style_visited(weights)[:, None] * self.visited)

    def _slope(self, reading: StyleReading, expected: Floats, observed: Floats) -> Floats:
        """Give expected minus observed features; each style counts by its probability (Z × D)."""
        features, rows = self.features, np.arange(len(self.labels))
        named = self.labels != NO_LABEL
        column = np.maximum(self.labels, 0)
        weight = expected[:, self.document]
        labels = np.einsum("zn,znl->nl", weight, reading.labels)
        outside = (weight * reading.outside).sum(0) - (named & ~features.inside[rows, column])
        labels[rows, self.labels] -= 1
        step = weight[:, :, None] * reading.steps
        step[:, rows, self.steps] -= observed[:, self.document]
        visited = (expected * reading.visited - observed * self.visited).sum(1)
        both, by_style = step.sum(0), STYLES @ step.sum(1)
        gradient = np.zeros(len(NAMES))
        label = labels[:, :-1]
        gradient[INSIDE_WEIGHTS] = np.tensordot(label * features.inside, features.cues, 2)
        gradient[OUTSIDE_WEIGHTS] = np.tensordot(label * ~features.inside, features.cues[:, :, :-1], 2)
        gradient[OUTSIDE_ANY] = outside.sum()
        gradient[NONE_WEIGHTS] = labels[:, -1] @ features.none
        gradient[STEP_WEIGHTS] = ((both @ step_features().T) * conditions_of(features)).sum(0)
        gradient[VISITED] = visited.sum()
        gradient[FREE_MOVES] = step_features()[:MOVE_COUNT] @ by_style
        gradient[FREE] = by_style.sum()
        gradient[FREE_VISITED] = STYLES @ visited
        return gradient


def _follow(passage: Passage, labels: Integers, steps: Integers) -> float:
    """Write down the steps of the gold labels; returns how many topics they visit."""
    topic = visited = 0
    before: State = START
    for row in passage.rows:
        place = np.flatnonzero(passage.topics == labels[row])
        mode = TOPIC if len(place) else ASIDE if labels[row] == NO_LABEL else OUTSIDE
        topic = int(place[0]) + 1 if len(place) else topic
        after = (mode, topic, visited | 1 << (topic - 1) if topic else 0)
        steps[row] = step_type(before, after)
        before, visited = after, after[2]
    return float(visited.bit_count())
