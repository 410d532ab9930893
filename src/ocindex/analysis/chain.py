"""Passages of equally many topics and their scores in, the probability of every label out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocindex.analysis.graph import STEPS, Floats, Graph, Integers, section_graph
from ocindex.analysis.passages import Passage


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages of equally many topics, read side by side, the longest first.

    The R sentences stand step by step: first the first sentence of every
    passage, then the second ones, …; ``active`` counts the passages that have
    a sentence at each step and ``offset`` is where the step begins. ``rows`` are
    the sentences' rows in the document(s), ``topics`` (R × K) their columns,
    ``place`` (R) the number of their passage, ``last`` where each passage ends.
    """

    topic_count: int
    passages: tuple[Passage, ...]
    rows: Integers
    topics: Integers
    place: Integers
    active: tuple[int, ...]
    offset: tuple[int, ...]
    last: Integers


@dataclass(frozen=True, slots=True)
class Reading:
    """What forward–backward found in a batch of P passages, under each of Z styles.

    ``labels`` (Z × R × K+2) are probabilities; fitting needs the rest: ``log_total``
    (Z × P) is the log sum over all paths, ``steps`` (Z × R × step types) are expected
    counts, ``visited`` (Z × P) the expected number of topics that a passage visits.
    """

    labels: Floats
    log_total: Floats
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
        place = np.concatenate([np.arange(number) for number in active])
        last = [offset[len(p.rows) - 1] + place for place, p in enumerate(listed)]
        batches.append(
            Batch(count, tuple(listed), np.array(order), np.array(topics), place, active, offset, np.array(last))
        )
    return batches


def read_batch(batch: Batch, emissions: Floats, steps: Floats, visited: Floats, *, count: bool = False) -> Reading:
    """Run forward–backward over a batch, under several styles at once.

    Parameters
    ----------
    batch : Batch
    emissions : array, R × (K + 2)
        Log scores of the topics, of none, and of what is outside the section.
    steps : array, Z × R × step types
        Log scores of the step into each sentence, by style.
    visited : array, Z
        Weight on the number of topics that a passage visits, by style.
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
    forward, scale = _forward(batch, graph, emitted, weight)
    end = np.exp(visited[:, None] * graph.visited)
    backward = _backward(batch, graph, emitted / scale[:, :, None], weight, end)
    ends = (forward[:, batch.last] * end[:, None]).sum(-1)
    total = ends[:, batch.place]
    posterior = forward * backward / total[:, :, None]
    log_total = np.log(ends) + (np.log(scale) + peak[:, 0]) @ np.eye(len(batch.passages))[batch.place]
    counted = weight[:, :0]
    if count:
        arriving = backward * emitted / (scale * total)[:, :, None]
        counted = _count_steps(batch, graph, forward, arriving, weight, posterior)
    return Reading(posterior @ graph.columns, log_total, counted, posterior[:, batch.last] @ graph.visited)


def _forward(batch: Batch, graph: Graph, emitted: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Give the shares of the states after each sentence, and what they were divided by."""
    size = batch.active[0]
    forward = np.zeros((len(weight), *emitted.shape))
    forward[:, :size, graph.begins] = weight[:, :size][:, :, graph.begin_types]
    forward[:, :size] *= emitted[:size]
    scale = np.zeros(forward.shape[:2])
    for step in range(len(batch.active)):
        here = slice(batch.offset[step], batch.offset[step + 1])
        if step:
            before = forward[:, batch.offset[step - 1] :][:, : batch.active[step]]
            flow = before[:, :, graph.into_source] * weight[:, here][:, :, graph.into_type]
            forward[:, here] = np.add.reduceat(flow, graph.into_first, axis=-1) * emitted[here]
        scale[:, here] = forward[:, here].sum(-1)
        forward[:, here] /= scale[:, here, None]
    return forward, scale


def _backward(batch: Batch, graph: Graph, emitted: Floats, weight: Floats, end: Floats) -> Floats:
    """Give what is still to come after each sentence, from each state; ``emitted`` is scaled."""
    backward = np.zeros_like(emitted)
    backward[:, batch.last] = end[:, None]
    for step in range(len(batch.active) - 2, -1, -1):
        after = slice(batch.offset[step + 1], batch.offset[step + 2])
        pushed = backward[:, after] * emitted[:, after]
        flow = pushed[:, :, graph.from_target] * weight[:, after][:, :, graph.from_type]
        here = slice(batch.offset[step], batch.offset[step] + batch.active[step + 1])
        backward[:, here] = np.add.reduceat(flow, graph.from_first, axis=-1)
    return backward


def _count_steps(
    batch: Batch, graph: Graph, forward: Floats, arriving: Floats, weight: Floats, posterior: Floats
) -> Floats:
    """Count for each sentence the expected steps into it, by type."""
    counts = np.zeros_like(weight)
    size = batch.active[0]
    begin = np.zeros((len(graph.begins), len(STEPS)))
    begin[np.arange(len(begin)), graph.begin_types] = 1
    counts[:, :size] = posterior[:, :size, graph.begins] @ begin
    one_hot = np.zeros((len(graph.into_type), len(STEPS)))
    one_hot[np.arange(len(graph.into_type)), graph.into_type] = 1
    for step in range(1, len(batch.active)):
        here = slice(batch.offset[step], batch.offset[step + 1])
        before = forward[:, batch.offset[step - 1] :][:, : batch.active[step]]
        flow = before[:, :, graph.into_source] * arriving[:, here][:, :, graph.into_target]
        counts[:, here] = (flow @ one_hot) * weight[:, here]
    return counts
