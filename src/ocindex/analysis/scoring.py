"""Features and weights in, the scores of labels and steps out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocindex.analysis.chain import Emissions
from ocindex.analysis.graph import Floats
from ocindex.analysis.layout import Batch
from ocindex.analysis.passages import COMPONENTS, Features
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
    inside = features.cues @ weights[INSIDE_WEIGHTS]
    outside = features.cues[:, :, :-1] @ weights[OUTSIDE_WEIGHTS]
    elsewhere = features.listed & ~features.inside
    masked = np.where(elsewhere, outside, _NEVER)
    peak = masked.max(1, keepdims=True)
    raised = np.exp(masked - peak) * elsewhere
    total = raised.sum(1, keepdims=True)
    number = np.maximum(elsewhere.sum(1), 1)
    return Scores(
        label=np.where(features.inside, inside, outside),
        none=features.none @ weights[NONE_WEIGHTS],
        outside=np.log(np.maximum(total[:, 0], 1e-300)) + peak[:, 0] - np.log(number) + weights[OUTSIDE_ANY],
        share=raised / np.maximum(total, 1e-300),
        step=(conditions_of(features) * weights[STEP_WEIGHTS]) @ step_features(),
    )


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
