"""Features and weights in, the scores of labels and steps out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ocindex.analysis.chain import Emissions
from ocindex.analysis.graph import Floats
from ocindex.analysis.layout import Batch
from ocindex.analysis.passages import COMPONENTS, CONTEXTS, Features
from ocindex.analysis.weights import (
    INSIDE_WEIGHTS,
    NONE_WEIGHTS,
    OUTSIDE_ANY,
    OUTSIDE_WEIGHTS,
    STEP_WEIGHTS,
    step_conditions,
    step_features,
)

_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Scores:
    """Log scores of N sentences.

    ``label`` is N × L; ``none`` and ``outside`` are N; ``share`` (N × L) divides
    what is outside the section among the other indicators; ``step`` is N × step types.
    """

    label: Floats
    none: Floats
    outside: Floats
    share: Floats
    step: Floats


def score_sentences(features: Features, weights: Floats) -> Scores:
    """Score every label and every type of step for every sentence.

    Parameters
    ----------
    features : Features
    weights : array
        In the order of `ocindex.analysis.weights.NAMES`.
    """
    inside = _weigh(features.cues, weights[INSIDE_WEIGHTS])
    outside = _weigh(features.cues, weights[OUTSIDE_WEIGHTS])
    elsewhere = features.listed & ~features.inside
    masked = np.where(elsewhere, outside, _NEVER)
    peak = masked.max(1, keepdims=True)
    raised = np.exp(masked - peak) * elsewhere
    total = raised.sum(1, keepdims=True)
    number = np.maximum(elsewhere.sum(1), 1)
    return Scores(
        label=np.where(features.inside, inside, outside),
        none=_weigh(features.none, weights[NONE_WEIGHTS]),
        outside=np.log(np.maximum(total[:, 0], 1e-300)) + peak[:, 0] - np.log(number) + weights[OUTSIDE_ANY],
        share=raised / np.maximum(total, 1e-300),
        step=_score_steps(features, weights[STEP_WEIGHTS]),
    )


def _weigh(values: Floats, weights: Floats) -> Floats:
    """Add up the first columns by weight, one after another.

    A matrix product would add up in an order that depends on how many rows there are.
    """
    total = np.asarray(values[..., 0] * weights[0])
    for number, weight in enumerate(weights.tolist()[1:], start=1):
        total += values[..., number] * weight
    return total


def _score_steps(features: Features, weights: Floats) -> Floats:
    """Score the steps into a sentence in each context and component, and look up those of each sentence."""
    scores = (_situations() * weights) @ step_features()
    situation = features.context.astype(np.int64) @ (1 << np.arange(len(CONTEXTS)))
    lengths = [len(passage.rows) for passage in features.passages]
    components = np.repeat([passage.component for passage in features.passages], lengths)
    situation[np.concatenate([passage.rows for passage in features.passages])] += components << len(CONTEXTS)
    return np.asarray(scores.take(situation, axis=0))


@cache
def _situations() -> Floats:
    """Give the conditions of steps in every context, which is read as bits, and component."""
    bits = np.arange(len(COMPONENTS) << len(CONTEXTS))
    contexts = bits[:, None] >> np.arange(len(CONTEXTS)) & 1
    return step_conditions(contexts.astype(float), np.eye(len(COMPONENTS))[bits >> len(CONTEXTS)])


def conditions_of(features: Features) -> Floats:
    """Tell for each sentence which weights of steps count, from its context and component."""
    components = np.zeros((len(features.context), len(COMPONENTS)))
    for passage in features.passages:
        components[passage.rows, passage.component] = 1
    return step_conditions(features.context, components)


def gather_emissions(scores: Scores, batch: Batch) -> Emissions:
    """Bring the scores of a batch's sentences into the chain's order."""
    layout, steps = batch.layout, batch.rows[:-1]
    past = steps == batch.past
    rows = np.where(past, 0, steps)
    none, outside = scores.none[rows], scores.outside[rows]
    topics = scores.label[rows[:, layout.cell_passage], batch.columns]
    # Before its first topic a passage is about none of them.
    topics[:, layout.passage_cell] = -np.inf
    peak = np.maximum(np.maximum.reduceat(topics, layout.passage_cell, axis=1), np.maximum(none, outside))
    topics -= peak[:, layout.cell_passage]
    none -= peak
    outside -= peak
    for scored, ended in ((topics, past[:, layout.cell_passage]), (none, past), (outside, past), (peak, past)):
        scored[ended] = 0
    return Emissions(np.exp(topics), np.exp(none), np.exp(outside), peak)
