"""Passages and the scores of their sentences in, the probability of every label out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from ocindex.analysis.cue_patterns import expand_ranges
from ocindex.analysis.graph import ASIDE, MODE_STEPS, NEVER, OUTSIDE, STEP, TOPIC, Floats, Integers
from ocindex.analysis.layout import Batch
from ocindex.analysis.strands import STRANDS, STYLE_COUNT, TOTAL, WIDTH

# Between two times that the shares are scaled they neither overflow nor vanish.
_SCALED_EVERY = 4
# What is emitted below this adds nothing to any sum.
_LEAST = 1e-300
_LINES = TOTAL + 1


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

    ``topics`` (T × Z × C), ``none`` and ``outside`` (T × Z × P) are probabilities, 0 where a
    passage has ended; ``log_total`` (Z × P) is the log sum over all paths. Fitting needs the
    rest: ``steps`` (T × Z × P × step types, only if counted) are expected counts, ``visited``
    (Z × P) the expected number of topics that a passage visits.
    """

    topics: Floats
    none: Floats
    outside: Floats
    log_total: Floats
    steps: Floats
    visited: Floats


@dataclass(frozen=True, slots=True)
class _Shares:
    """How likely each place is after each step but for a factor, T + 1 × 4 × W: in each mode, and in all.

    Only passages that have not ended are kept up to date. ``log_scale`` (4 P) is the log
    of what was taken out of each strand.
    """

    lines: Floats
    log_scale: Floats


def read_batch(batch: Batch, emissions: Emissions, weights: Floats, visited: Floats, *, count: bool = False) -> Reading:
    """Run forward–backward over a batch, under several styles at once.

    Parameters
    ----------
    batch : Batch
    emissions : Emissions
    weights : array, N + 1 × Z · WIDTH
        Weights of the step into each sentence, see `weigh_steps`.
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
    forward–backward algorithm (Rabiner 1989). All strands take their steps side by side,
    each from its own end; what a passage gives does not depend on which others are read
    beside it.
    """
    layout = batch.layout
    emitted = np.stack(
        [emissions.topics, *(item.take(layout.cell_passage, axis=1) for item in (emissions.none, emissions.outside))],
        axis=1,
    )
    end = np.exp(visited.take(layout.place_style) * layout.place_visited)
    shares = _recur(batch, weights, emitted, end)
    topics, none, outside = _meet(batch, shares, emitted)
    last = batch.lengths.repeat(2 * STYLE_COUNT).repeat(layout.strand_sizes).take(layout.forwards)
    ended = shares.lines[last, TOTAL, layout.forwards] * end.take(layout.forwards)
    first = layout.cell_first.take(layout.run_first)
    total = np.add.reduceat(ended, first)
    by_visited = np.add.reduceat(ended * layout.place_visited.take(layout.forwards), first)
    # Added up in order, so that the sum is the same however many passages stand beside.
    peak = np.add.accumulate(emissions.peak, axis=0)[-1]
    return Reading(
        topics=topics,
        none=none,
        outside=outside,
        log_total=(np.log(total) + shares.log_scale[::2]).reshape(-1, STYLE_COUNT).T + peak,
        steps=_count_steps(batch, shares, weights) if count else np.zeros((*none.shape, 0)),
        visited=(by_visited / total).reshape(-1, STYLE_COUNT).T,
    )


def weigh_steps(steps: Floats) -> Floats:
    """Turn the log scores of steps, N × Z × step types, into weights, N + 1 × Z · WIDTH.

    The last row is that of no sentence: behind the last one of a passage all stays as it is.
    """
    weights = np.zeros((len(steps) + 1, steps.shape[1], WIDTH))
    np.exp(steps, out=weights[:-1, :, :NEVER])
    weights[-1, :, [STEP["stay"], STEP["keep_aside"], STEP["keep_outside"]]] = 1
    return weights.reshape(len(weights), -1)


def _recur(batch: Batch, weights: Floats, emitted: Floats, end: Floats) -> _Shares:
    layout = batch.layout
    both = _emit_both(batch, emitted)
    rows = _step_rows(batch)
    lines = _begin(batch, end)
    log_scale = np.zeros(len(layout.strand_first))
    for step, (strands, places, flows) in enumerate(zip(*_running(batch), strict=True)):
        here, after = lines[step], lines[step + 1, :, :places]
        weight = weights.take(rows[step, : strands // 2], axis=0)
        flow = here.take(layout.flow_source[:flows])
        flow *= weight.take(layout.flow_weight[:flows])
        mixed = weight.take(layout.mix_weight[:, :, :strands]).repeat(layout.strand_sizes[:strands], axis=2)
        mixed *= here[:TOTAL, :places]
        modes = after[:TOTAL]
        np.add.reduce(mixed, axis=1, out=modes)
        modes += layout.takes_flow[:, :places] * np.bincount(layout.flow_target[:flows], flow, places)
        modes *= both[step].take(layout.place_cell[:places], axis=1)
        np.add.reduce(modes, axis=0, out=after[TOTAL])
        if step % _SCALED_EVERY == _SCALED_EVERY - 1:
            sums = np.add.reduceat(after[TOTAL], layout.strand_first[:strands])
            after /= sums.repeat(layout.strand_sizes[:strands])
            log_scale[:strands] += np.log(sums)
    return _Shares(lines, log_scale)


def _begin(batch: Batch, end: Floats) -> Floats:
    layout = batch.layout
    lines = np.empty((len(batch.running) + 1, _LINES, len(end)))
    lines[0] = end * layout.place_back
    lines[0, TOPIC, layout.strand_first[::2]] = 1
    lines[0, TOTAL, layout.strand_first[::2]] = 1
    return lines


def _running(batch: Batch) -> tuple[list[int], list[int], list[int]]:
    """Give the number of strands, places and flows that are still read at each step."""
    layout = batch.layout
    strands = batch.running * len(STRANDS)
    places = np.append(layout.strand_first, len(layout.place_cell)).take(strands)
    flows = np.searchsorted(layout.flow_target, places)
    return strands.tolist(), places.tolist(), flows.tolist()


def _step_rows(batch: Batch) -> Integers:
    """Give the rows of the sentences whose steps are taken, T × P · 2: this one forwards, the next one backwards."""
    count, passages = batch.rows.shape
    back = np.maximum(batch.lengths - np.arange(count - 1)[:, None], 0) * passages + np.arange(passages)
    return np.stack([batch.rows[:-1], batch.rows.take(back)], axis=2).reshape(count - 1, -1)


def _emit_both(batch: Batch, emitted: Floats) -> Floats:
    """Give what each cell emits at each step forwards, then at each step backwards, T × 3 × 2 C."""
    count, modes, cells = emitted.shape
    back = np.maximum(batch.lengths.take(batch.layout.cell_passage) - 1 - np.arange(count)[:, None], 0)
    at = (back * (modes * cells) + np.arange(cells))[:, None] + np.arange(modes)[:, None] * cells
    return np.concatenate([emitted, emitted.take(at)], axis=2)


def _meet(batch: Batch, shares: _Shares, emitted: Floats) -> tuple[Floats, Floats, Floats]:
    """Multiply what is known from either end; gives the probabilities of topics, none and outside."""
    layout = batch.layout
    count, modes, cells = emitted.shape
    mode = np.arange(modes)[:, None]
    _, before, behind, place_start = _both_ends(batch)
    found = shares.lines.take(before + mode * len(layout.place_cell))
    found *= shares.lines.take(behind + mode * len(layout.place_cell))
    runs = batch.running * STYLE_COUNT
    cell_counts = np.append(layout.run_first, len(layout.cell_first)).take(runs)
    step, at = expand_ranges(np.zeros_like(runs), cell_counts)
    found = np.add.reduceat(found, layout.cell_first.take(at) + place_start.take(step), axis=1)
    cell = layout.cell_of.take(at)
    # Both directions hold the emission of the sentence itself: one of them is taken back.
    found /= np.maximum(emitted.take((step * modes + mode) * cells + cell % cells), _LEAST)
    run_step, run = expand_ranges(np.zeros_like(runs), runs)
    first = layout.run_first.take(run) + (np.cumsum(cell_counts) - cell_counts).take(run_step)
    by_run = np.add.reduceat(found, first, axis=1)
    total = np.add.reduce(by_run, axis=0)
    topics = np.zeros((count, STYLE_COUNT, cells))
    topics.put(step * topics[0].size + cell, found[TOPIC] / total.repeat(np.diff(first, append=len(at))))
    aside, outside = np.zeros((2, count, STYLE_COUNT, len(batch.passages)))
    place = (run_step * STYLE_COUNT + run % STYLE_COUNT) * len(batch.passages) + run // STYLE_COUNT
    aside.put(place, by_run[ASIDE] / total)
    outside.put(place, by_run[OUTSIDE] / total)
    return topics, aside, outside


def _both_ends(batch: Batch) -> tuple[Integers, Integers, Integers, Integers]:
    """Tell where the shares of each sentence's places stand, step by step: after it forwards, and before it is left.

    Returns the step of each, its place among the shares forwards and backwards (of the
    first line), and where each step begins.
    """
    layout = batch.layout
    counts = np.append(layout.strand_first, len(layout.place_cell)).take(batch.running * len(STRANDS)) // 2
    step, at = expand_ranges(np.zeros_like(counts), counts)
    size = _LINES * len(layout.place_cell)
    lengths = batch.lengths.repeat(STYLE_COUNT).repeat(layout.strand_sizes[::2])
    begin = step * size
    before = layout.forwards.take(at) + begin + size
    behind = (layout.backwards + lengths * size).take(at) - begin
    return step, before, behind, np.cumsum(counts) - counts


def _count_steps(batch: Batch, shares: _Shares, weights: Floats) -> Floats:
    """Count for each sentence the expected steps into it, by type, T × Z × P × step types."""
    layout = batch.layout
    width, lines = len(layout.place_cell), shares.lines
    _, after, behind, start = _both_ends(batch)
    before = after - _LINES * width
    runs = batch.running * STYLE_COUNT
    run_step, run = expand_ranges(np.zeros_like(runs), runs)
    first = layout.cell_first.take(layout.run_first).take(run) + start.take(run_step)
    kept = np.zeros((len(run), WIDTH))
    for mode, after_mode in product((TOPIC, ASIDE, OUTSIDE), repeat=2):
        within = lines.take(before + mode * width) * lines.take(behind + after_mode * width)
        kept[:, MODE_STEPS[mode, after_mode]] += np.add.reduceat(within, first)
    kept += _count_flows(batch, lines, np.cumsum(runs) - runs, kept.size).reshape(kept.shape)
    passage, style = run // STYLE_COUNT, run % STYLE_COUNT
    kept *= weights.reshape(-1, WIDTH).take(batch.rows[run_step, passage] * STYLE_COUNT + style, axis=0)
    counts = np.zeros((len(runs), STYLE_COUNT, len(batch.passages), NEVER))
    counts[run_step, style, passage] = kept[:, :NEVER] / kept.sum(1, keepdims=True)
    return counts


def _count_flows(batch: Batch, lines: Floats, start: Integers, size: int) -> Floats:
    """Add up the shares of steps to another place by sentence, style and type; ``start`` is where each step begins."""
    layout = batch.layout
    of_strand = np.repeat(np.arange(len(layout.strand_first)), layout.strand_sizes).take(layout.flow_target)
    flows = np.flatnonzero(of_strand % 2 == 0)
    strand = of_strand.take(flows)
    step, at = expand_ranges(np.zeros_like(start), np.searchsorted(strand, batch.running * len(STRANDS)))
    count = lines[0].size
    # The same place in the strand behind, which is read back.
    target = (layout.flow_target.take(flows) + layout.strand_sizes.take(strand)).take(at)
    behind = target + (batch.lengths.take(strand // len(STRANDS)).take(at) - step) * count
    share = lines.take(layout.flow_source.take(flows).take(at) + step * count) * lines.take(behind)
    kind = layout.flow_weight.take(flows) % WIDTH
    place = (start.take(step) + strand.take(at) // 2) * WIDTH + kind.take(at)
    return np.asarray(np.bincount(place, share, size), np.float64)
