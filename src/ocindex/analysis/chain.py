"""Passages and the scores of their sentences in, the probability of every label out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from ocindex.analysis.graph import ASIDE, MODE_STEPS, NEVER, OUTSIDE, STEP, STEPS, TOPIC, Floats
from ocindex.analysis.layout import ONE, WIDTH, Batch, Layout

# Between two times that the shares are scaled they neither overflow nor vanish.
_SCALED_EVERY = 4
# What is emitted below this adds nothing to any sum.
_LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class Emissions:
    """Scores of a batch's T steps as shares of the highest of each sentence, and that score.

    ``topics`` is T × C, ``none``, ``outside`` and ``peak`` are T × P; 1 and a peak of 0
    where a passage has ended.
    """

    topics: Floats
    none: Floats
    outside: Floats
    peak: Floats


@dataclass(frozen=True, slots=True)
class Reading:
    """What forward–backward found in a batch of P passages, under each of Z styles.

    ``topics`` (T × Z × C), ``none`` and ``outside`` (T × Z × P) are probabilities; ``log_total``
    (Z × P) is the log sum over all paths. Fitting needs the rest: ``steps`` (T × Z × P × step
    types, only if counted) are expected counts, ``visited`` (Z × P) the expected number of
    topics that a passage visits.
    """

    topics: Floats
    none: Floats
    outside: Floats
    log_total: Floats
    steps: Floats
    visited: Floats


def read_batch(batch: Batch, emissions: Emissions, steps: Floats, visited: Floats, *, count: bool = False) -> Reading:
    """Run forward–backward over a batch, under several styles at once.

    Parameters
    ----------
    batch : Batch
    emissions : Emissions
    steps : array, N × Z × step types
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
    forward–backward algorithm (Rabiner 1989). Both directions take their steps side by
    side; a passage that has ended stays as it is until the longest has.
    """
    layout = batch.layout
    weights = _weigh_steps(batch, steps)
    end = np.exp(visited[:, None] * layout.visited)
    emitted = _emit(layout, emissions)
    shares, log_scale = _recur(layout, weights, emitted, end)
    size = len(layout.visited)
    forward, backward = shares[1:, :3, :, :size], shares[:0:-1, :3, :, size:]
    # Both directions hold the emission of the sentence itself: one of them is taken back.
    found = np.add.reduceat(forward * backward, layout.cell_first, axis=-1)
    found /= np.maximum(emitted, _LEAST)[:, :, None]
    by_passage = np.add.reduceat(found, layout.passage_cell, axis=-1)
    total = by_passage.sum(1)
    ends = np.add.reduceat(forward[-1].sum(0) * end, layout.passage_place, axis=-1)
    ended = np.add.reduceat(forward[-1].sum(0) * end * layout.visited, layout.passage_place, axis=-1)
    return Reading(
        topics=found[:, TOPIC] / total[:, :, layout.cell_passage],
        none=by_passage[:, ASIDE] / total,
        outside=by_passage[:, OUTSIDE] / total,
        log_total=np.log(ends) + log_scale + emissions.peak.sum(0),
        steps=_count_steps(layout, shares, weights) if count else total[..., None][..., :0],
        visited=ended / ends,
    )


def _weigh_steps(batch: Batch, steps: Floats) -> Floats:
    """Give the weights of steps, T × 2 P · Z · WIDTH: into the sentence forwards, into the next one backwards."""
    weights = np.zeros((len(steps) + 1, steps.shape[1], WIDTH))
    np.exp(steps, out=weights[:-1, :, :NEVER])
    weights[:, :, ONE] = 1
    # A passage that has ended stays where it is.
    weights[-1, :, [STEP["stay"], STEP["keep_aside"], STEP["keep_outside"]]] = 1
    rows = np.concatenate([batch.rows[:-1], batch.rows[:0:-1]], axis=1)
    return np.asarray(weights[rows].reshape(len(rows), -1))


def _emit(layout: Layout, emissions: Emissions) -> Floats:
    """Give what each cell emits at each step in each mode, T × 3 × C."""
    of_cell = layout.cell_passage
    return np.stack([emissions.topics, emissions.none[:, of_cell], emissions.outside[:, of_cell]], axis=1)


def _recur(layout: Layout, weights: Floats, emitted: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Give the shares of all places, T + 1 × (3 modes and the flow) × Z × 2 S, and the log of what was taken out."""
    size, styles, count = len(layout.visited), len(end), len(weights)
    mix = weights.take(layout.mix_weight, axis=1)
    mix *= np.concatenate([emitted, emitted[::-1]], axis=2)[:, :, None, None]
    shares = np.zeros((count + 1, 4, styles, 2 * size))
    shares[0, TOPIC][:, layout.passage_place] = 1
    shares[0, :3, :, size:] = end
    source = np.empty((styles, 2 * size))
    log_scale = np.zeros((styles, len(layout.passage_place)))
    for step in range(count):
        here, after = shares[step], shares[step + 1]
        np.add.reduce(here[:3, :, :size], axis=0, out=source[:, :size])
        source[:, size:] = here[TOPIC, :, size:]
        flow = source.take(layout.flow_source, axis=1)
        flow *= weights[step].take(layout.flow_weight)
        np.add.reduceat(flow, layout.flow_first, axis=1, out=here[3])
        mixed = mix[step].take(layout.mix_cell, axis=3)
        mixed *= here
        np.add.reduce(mixed, axis=1, out=after[:3])
        if step % _SCALED_EVERY == _SCALED_EVERY - 1:
            log_scale += _scale(layout, after[:3])
    return shares, log_scale


def _scale(layout: Layout, shares: Floats) -> Floats:
    """Make the shares of each passage and direction add up to 1, in place; gives the logs of the sums forwards."""
    passages, size = len(layout.passage_place), len(layout.visited)
    firsts = np.concatenate([layout.passage_place, layout.passage_place + size])
    sums = np.add.reduceat(shares.sum(0), firsts, axis=1)
    place = np.concatenate([layout.place_passage, layout.place_passage + passages])
    shares /= sums.take(place, axis=1)
    return np.asarray(np.log(sums[:, :passages]))


def _count_steps(layout: Layout, shares: Floats, weights: Floats) -> Floats:
    """Count for each sentence the expected steps into it, by type, T × Z × P × step types."""
    size, passages = len(layout.visited), len(layout.passage_place)
    before, after = shares[:-1, :3, :, :size], shares[:0:-1, :3, :, size:]
    count, _, styles, _ = before.shape
    counts = np.zeros((count, styles, passages, NEVER + 1))
    within = np.add.reduceat(before[:, :, None] * after[:, None], layout.passage_place, axis=-1)
    for mode, after_mode in product((TOPIC, ASIDE, OUTSIDE), repeat=2):
        counts[..., MODE_STEPS[mode, after_mode]] += within[:, mode, after_mode]
    flows = layout.flow_source < size
    source, target = layout.flow_source[flows], layout.flow_target[flows]
    flow = before.sum(1)[:, :, source] * after[:, TOPIC][:, :, target]
    kind = layout.place_passage[target] * (NEVER + 1) + layout.flow_weight[0, flows] % WIDTH
    order = np.argsort(kind, kind="stable")
    kinds, first = np.unique(kind[order], return_index=True)
    counts.reshape(count, styles, -1)[:, :, kinds] += np.add.reduceat(flow[:, :, order], first, axis=-1)
    weighted = counts[..., :NEVER] * _forwards(weights, styles, passages)
    return np.asarray(weighted / weighted.sum(-1, keepdims=True))


def _forwards(weights: Floats, styles: int, passages: int) -> Floats:
    by_passage = weights.reshape(len(weights), 2 * passages, styles, WIDTH)
    return np.moveaxis(by_passage[:, :passages, :, : len(STEPS)], 1, 2)
