"""Passages of equally many topics and their scores in, the probability of every label out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocindex.analysis.graph import STEPS, Floats, Integers, section_graph
from ocindex.analysis.passages import Passage


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages of equally many topics, read side by side, the longest first.

    The R sentences stand step by step: first the first sentence of every
    passage, then the second ones, …; ``active`` counts the passages that have
    a sentence at each step and ``offset`` is where the step begins. ``rows`` are
    the sentences' rows in the document(s), ``topics`` (R × K) their columns.
    """

    topic_count: int
    passages: tuple[Passage, ...]
    rows: Integers
    topics: Integers
    active: tuple[int, ...]
    offset: tuple[int, ...]
    last: Integers


@dataclass(frozen=True, slots=True)
class Reading:
    """What forward–backward found: label probabilities (R × K+2), and what fitting needs.

    ``steps`` (R × step types) are expected counts, ``visited`` the expected number
    of topics that each passage visits, ``log_total`` the log sum over all paths.
    """

    labels: Floats
    log_total: float
    steps: Floats
    visited: Floats


def make_batches(passages: tuple[Passage, ...]) -> list[Batch]:
    """Put passages of equally many topics together."""
    batches = []
    for count in sorted({len(passage.topics) for passage in passages}):
        listed = sorted((p for p in passages if len(p.topics) == count), key=lambda p: -len(p.rows))
        active = tuple(sum(len(p.rows) > step for p in listed) for step in range(len(listed[0].rows)))
        offset = (0, *(int(total) for total in np.cumsum(active)))
        order = [p.rows[step] for step, number in enumerate(active) for p in listed[:number]]
        topics = [p.topics for number in active for p in listed[:number]]
        last = [offset[len(p.rows) - 1] + place for place, p in enumerate(listed)]
        batches.append(Batch(count, tuple(listed), np.array(order), np.array(topics), active, offset, np.array(last)))
    return batches


def read_batch(batch: Batch, emissions: Floats, steps: Floats, visited: float, *, count: bool = False) -> Reading:
    """Run forward–backward over a batch.

    Parameters
    ----------
    batch : Batch
    emissions : array, R × (K + 2)
        Log scores of the topics, of none, and of what is outside the section.
    steps : array, R × step types
        Log scores of the step into each sentence.
    visited : float
        Weight on the number of topics that a passage visits.
    count : bool
        Whether to count expected steps, which only fitting needs.

    Returns
    -------
    Reading

    Notes
    -----
    A hidden Markov model with log-linear potentials, decoded with the scaled
    forward–backward algorithm (Rabiner 1989).
    """
    graph = section_graph(batch.topic_count)
    peak = emissions.max(1, keepdims=True)
    emitted = np.exp(emissions - peak)[:, graph.label]
    weight = np.exp(steps)
    forward = np.zeros_like(emitted)
    backward = np.zeros_like(emitted)
    scale = np.zeros(len(emitted))
    size = batch.active[0]
    begun = np.zeros((size, emitted.shape[1]))
    begun[:, graph.begins] = weight[:size][:, graph.begin_types]
    begun *= emitted[:size]
    scale[:size] = begun.sum(1)
    forward[:size] = begun / scale[:size, None]
    for step in range(1, len(batch.active)):
        here = slice(batch.offset[step], batch.offset[step + 1])
        before = forward[batch.offset[step - 1] :][: batch.active[step]]
        flow = before[:, graph.into_source] * weight[here][:, graph.into_type]
        summed = np.add.reduceat(flow, graph.into_first, axis=1) * emitted[here]
        scale[here] = summed.sum(1)
        forward[here] = summed / scale[here, None]
    end = np.exp(visited * graph.visited)
    backward[batch.last] = end
    for step in range(len(batch.active) - 2, -1, -1):
        after = slice(batch.offset[step + 1], batch.offset[step + 2])
        pushed = backward[after] * emitted[after] / scale[after, None]
        flow = pushed[:, graph.from_target] * weight[after][:, graph.from_type]
        backward[batch.offset[step] :][: batch.active[step + 1]] = np.add.reduceat(flow, graph.from_first, axis=1)
    ends = forward[batch.last] @ end
    total = np.concatenate([ends[:number] for number in batch.active])
    posterior = forward * backward / total[:, None]
    labels = np.zeros((len(emitted), batch.topic_count + 2))
    for column in range(batch.topic_count + 2):
        labels[:, column] = posterior[:, graph.label == column].sum(1)
    log_total = float(np.log(scale).sum() + peak.sum() + np.log(ends).sum())
    counted = _count_steps(batch, forward, backward, emitted, weight, scale, total) if count else weight[:0]
    return Reading(labels, log_total, counted, posterior[batch.last] @ graph.visited)


def _count_steps(
    batch: Batch, forward: Floats, backward: Floats, emitted: Floats, weight: Floats, scale: Floats, total: Floats
) -> Floats:
    """Count for each sentence the expected steps into it, by type."""
    graph = section_graph(batch.topic_count)
    counts = np.zeros((len(emitted), len(STEPS)))
    size = batch.active[0]
    posterior = forward[:size] * backward[:size] / total[:size, None]
    np.add.at(counts[:size].T, graph.begin_types, posterior[:, graph.begins].T)
    one_hot = np.zeros((len(graph.into_type), len(STEPS)))
    one_hot[np.arange(len(graph.into_type)), graph.into_type] = 1
    for step in range(1, len(batch.active)):
        here = slice(batch.offset[step], batch.offset[step + 1])
        before = forward[batch.offset[step - 1] :][: batch.active[step]]
        arriving = backward[here] * emitted[here] / (scale[here] * total[here])[:, None]
        flow = before[:, graph.into_source] * arriving[:, graph.into_target]
        counts[here] = (flow @ one_hot) * weight[here]
    return counts
