"""The scores of documents in, the probability of every label under either style of writing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocindex.analysis.chain import read_batch, weigh_steps
from ocindex.analysis.graph import STEPS, Floats, Integers
from ocindex.analysis.layout import Batch
from ocindex.analysis.scoring import Scores, gather_emissions
from ocindex.analysis.weights import FREE, FREE_MOVES, FREE_VISITED, MOVE_COUNT, VISITED, step_features

STYLES = np.array([0.0, 1.0])
"""Ordered: a section takes its indicators one after another. Free: it mixes them, and comes back."""
# Sentences side by side are no independent witnesses of the style: five count as one.
_WITNESS = 0.2


@dataclass(frozen=True, slots=True)
class StyleReading:
    """What forward–backward found in D documents' sections, under each of Z styles.

    ``labels`` is Z × N × (L + 1), none last; ``outside`` (Z × N) is the part of it that
    lies outside the section. ``steps`` (Z × N × step types, only if counted) and ``visited``
    (Z × D) are expected counts, ``log_total`` (Z × D) the log sum over all paths.
    """

    labels: Floats
    outside: Floats
    steps: Floats
    visited: Floats
    log_total: Floats


def read_styles(
    batches: Sequence[Batch], scores: Scores, weights: Floats, *, documents: int = 1, count: bool = False
) -> StyleReading:
    """Read all sections of documents under either style.

    Parameters
    ----------
    batches : sequence of Batch
        All sections of the documents.
    scores : Scores
    weights : array
        In the order of `ocindex.analysis.weights.NAMES`.
    documents : int
        How many there are at least; those behind the last one with sections have none.
    count : bool
        Whether to count expected steps, which only fitting needs.
    """
    number, size = scores.label.shape
    of_document = np.array([passage.document for batch in batches for passage in batch.passages], np.int64)
    styles = len(STYLES)
    steps, price = weigh_steps(style_steps(scores, weights)), style_visited(weights)
    # One row more than there are sentences takes up what stands past the end of a passage.
    labels, outside = np.zeros((styles, number + 1, size + 1)), np.zeros((styles, number + 1))
    counted = np.zeros((number + 1, styles, len(STEPS)))
    totals, visits = [np.zeros((styles, 0))], [np.zeros((styles, 0))]
    for batch in batches:
        reading = read_batch(batch, gather_emissions(scores, batch), steps, price, count=count)
        rows = batch.rows[:-1]
        outside[:, rows] = np.moveaxis(reading.outside, 1, 0)
        real = rows[rows < number]
        labels[:, real, :size] = scores.share[real] * outside[:, real, None]
        labels[:, rows, size] = np.moveaxis(reading.none, 1, 0)
        cell_rows = np.where(batch.layout.cell_topic > 0, rows[:, batch.layout.cell_passage], number)
        labels[:, cell_rows, batch.columns] = np.moveaxis(reading.topics, 1, 0)
        if count:
            counted[rows] = np.moveaxis(reading.steps, 2, 1)
        totals.append(reading.log_total)
        visits.append(reading.visited)
    steps_taken = np.moveaxis(counted[:number], 1, 0)
    visited, log_total = (_add_up(parts, of_document, documents) for parts in (visits, totals))
    return StyleReading(labels[:, :number], outside[:, :number], steps_taken, visited, log_total)


def _add_up(parts: Sequence[Floats], of_document: Integers, documents: int) -> Floats:
    """Add up what passages give, Z × P, by document; one after another, whatever else is read beside them."""
    return np.array([np.bincount(of_document, line, documents) for line in np.concatenate(parts, axis=1)])


def style_steps(scores: Scores, weights: Floats) -> Floats:
    """Give the score of the step into each sentence by style, N × Z × step types."""
    added = weights[FREE_MOVES] @ step_features()[:MOVE_COUNT] + weights[FREE]
    return np.asarray(scores.step[:, None] + STYLES[:, None] * added)


def style_visited(weights: Floats) -> Floats:
    """Give the weight on the number of visited topics by style."""
    return np.asarray(weights[VISITED] + STYLES * weights[FREE_VISITED])


def mix_styles(reading: StyleReading, document: Integers | None = None) -> Floats:
    """Weigh the labels under either style by how likely the style of the document is, N × (L + 1).

    ``document`` tells whose each sentence is, where there are several.
    """
    odds = _WITNESS * (reading.log_total[1] - reading.log_total[0])
    free = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
    share = free[0] if document is None else free.take(document)[:, None]
    return np.asarray((1 - share) * reading.labels[0] + share * reading.labels[1])
