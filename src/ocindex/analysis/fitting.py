"""Labelled sentences in, the weights that explain them best out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocindex.analysis.chain import Batch, make_batches, read_batch
from ocindex.analysis.graph import ASIDE, OUTSIDE, STEPS, TOPIC, Floats, Integers, State, section_graph
from ocindex.analysis.optimizer import minimize
from ocindex.analysis.passages import Features, Passage
from ocindex.analysis.scoring import Scores, conditions_of, gather_emissions, score_sentences
from ocindex.analysis.weights import (
    INSIDE_WEIGHTS,
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


def fit_weights(documents: Sequence[Labelled]) -> Floats:
    """Fit the weights of the chain by maximum a posteriori.

    Parameters
    ----------
    documents : sequence of Labelled
        Profiles; passages without a section are left out.

    Returns
    -------
    array
        In the order of `ocindex.analysis.weights.NAMES`.

    Notes
    -----
    A conditional random field (Lafferty, McCallum and Pereira 2001): the objective
    is convex, so the result depends on the documents alone.
    """
    paths = [_Paths.of(document) for document in documents]
    given = prior()

    def objective(weights: Floats) -> tuple[float, Floats]:
        away = weights - given.mean
        value = float((given.strength * away**2).sum())
        gradient = 2 * given.strength * away
        for path in paths:
            loss, slope = path.loss(weights)
            value += loss
            gradient = gradient + slope
        return value, gradient

    return minimize(objective, given.mean)


@dataclass(frozen=True, slots=True)
class _Paths:
    """One document with the path that its gold labels take through the chains."""

    document: Labelled
    batches: list[Batch]
    step: Integers
    visited: dict[int, float]

    @classmethod
    def of(cls, document: Labelled) -> _Paths:
        passages = tuple(passage for passage in document.features.passages if passage.section is not None)
        steps = np.zeros(len(document.labels), dtype=np.int64)
        visited = {}
        for passage in passages:
            visited[int(passage.rows[0])] = _follow(passage, document.labels, steps)
        return cls(document, make_batches(passages), steps, visited)

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """Negative log-likelihood of the gold labels, and its gradient."""
        features, labels = self.document.features, self.document.labels
        scores = score_sentences(features, weights)
        gradient = np.zeros(len(NAMES))
        value = 0.0
        slope = _Slope(features)
        for batch in self.batches:
            rows = batch.rows
            emissions = gather_emissions(scores, batch)
            reading = read_batch(batch, emissions, scores.step[rows], float(weights[VISITED]), count=True)
            gold_visited = np.array([self.visited[int(passage.rows[0])] for passage in batch.passages])
            value += reading.log_total - self._gold_score(rows, scores) - float(weights[VISITED] * gold_visited.sum())
            gradient[VISITED] += (reading.visited - gold_visited).sum()
            slope.expect(batch, reading.labels, reading.steps, scores)
            slope.observe(rows, labels[rows], self.step[rows])
        return value, gradient + slope.total()

    def _gold_score(self, rows: Integers, scores: Scores) -> float:
        labels = self.document.labels[rows]
        column = np.maximum(labels, 0)
        inside = self.document.features.inside[rows, column]
        outside = scores.outside[rows] + np.log(np.maximum(scores.share[rows, column], 1e-300))
        labelled = np.where(inside, scores.label[rows, column], outside)
        emitted = np.where(labels == NO_LABEL, scores.none[rows], labelled)
        return float((emitted + scores.step[rows, self.step[rows]]).sum())


class _Slope:
    """Adds up expected minus observed features."""

    def __init__(self, features: Features) -> None:
        self._features = features
        count, size = features.inside.shape
        self._label = np.zeros((count, size))
        self._none = np.zeros(count)
        self._outside = np.zeros(count)
        self._step = np.zeros((count, len(STEPS)))

    def expect(self, batch: Batch, labels: Floats, steps: Floats, scores: Scores) -> None:
        rows, topics = batch.rows, batch.topic_count
        self._label[rows[:, None], batch.topics] += labels[:, :topics]
        self._label[rows] += scores.share[rows] * labels[:, topics + 1][:, None]
        self._none[rows] += labels[:, topics]
        self._outside[rows] += labels[:, topics + 1]
        self._step[rows] += steps

    def observe(self, rows: Integers, labels: Integers, steps: Integers) -> None:
        named = labels != NO_LABEL
        self._label[rows[named], labels[named]] -= 1
        self._none[rows] -= ~named
        self._outside[rows] -= named & ~self._features.inside[rows, np.maximum(labels, 0)]
        self._step[rows, steps] -= 1

    def total(self) -> Floats:
        features = self._features
        gradient = np.zeros(len(NAMES))
        gradient[INSIDE_WEIGHTS] = np.einsum("nl,nlf->f", self._label * features.inside, features.cues)
        gradient[OUTSIDE_WEIGHTS] = np.einsum("nl,nlf->f", self._label * ~features.inside, features.cues[:, :, :-1])
        gradient[OUTSIDE_ANY] = self._outside.sum()
        gradient[NONE_WEIGHTS] = self._none @ features.none
        gradient[STEP_WEIGHTS] = ((self._step @ step_features().T) * conditions_of(features)).sum(0)
        return gradient


def _follow(passage: Passage, labels: Integers, steps: Integers) -> float:
    """Write down the steps of the gold labels; returns how many topics they visit."""
    graph = section_graph(len(passage.topics))
    begins = dict(zip(graph.begins.tolist(), graph.begin_types.tolist(), strict=True))
    topic = visited = 0
    before: int | None = None
    for row in passage.rows:
        state: State
        place = np.flatnonzero(passage.topics == labels[row])
        if len(place):
            topic = int(place[0]) + 1
            visited |= 1 << (topic - 1)
            state = (TOPIC, topic, visited)
        else:
            state = (ASIDE if labels[row] == NO_LABEL else OUTSIDE, topic, visited)
        number = graph.index[state]
        steps[row] = begins[number] if before is None else graph.type_of[before, number]
        before = number
    return float(visited.bit_count())
