"""Passages in, where each of them stands when all are read side by side out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocindex.analysis.cue_patterns import expand_ranges
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.passages import Passage
from ocindex.analysis.strands import STRANDS, STYLE_COUNT, WIDTH, mode_weights, strand_table

# Weights of a step into one sentence, under every style.
_OF_STEP = STYLE_COUNT * WIDTH
# What is emitted is kept for all passages until the end of the longest: beside one of a hundred
# sentences, many of one would take up a hundred times their own room.
_SHORT = 16
_MOST_PASSAGES = 64


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of P passages side by side, W in all; each passage has four strands, see `strands`.

    There are C cells, a cell being a topic of a passage, from topic 0 on: ``cell_passage`` and
    ``cell_topic`` describe them, ``passage_cell`` is the first of each passage.

    ``place_cell`` (W) is the cell of each place, C further on backwards; ``place_visited`` the
    number of topics visited there, ``place_style`` its style, ``place_back`` 1 where it is read
    backwards. ``strand_first`` (4 P) is the first place of each strand.

    ``forwards`` lists the W / 2 places of strands that are read forwards, ``backwards`` the same
    places in those that are read back. ``cell_first`` (Z C) is where among these each cell of
    each passage begins, style by style, ``cell_of`` which of Z × C it is, and ``run_first``
    (P Z) the first cell there of each passage under each style.

    The rest are for one step, as in `Strands`, but over all passages; ``flow_source`` is of a
    place in the 4 × W that are known after a step, and ``mix_weight`` (3 × 3 × 4 P) are the
    weights from each mode into each mode of a place.
    """

    cell_passage: Integers
    cell_topic: Integers
    passage_cell: Integers
    place_cell: Integers
    place_visited: Floats
    place_style: Integers
    place_back: Floats
    strand_first: Integers
    strand_sizes: Integers
    forwards: Integers
    backwards: Integers
    cell_first: Integers
    cell_of: Integers
    run_first: Integers
    flow_source: Integers
    flow_target: Integers
    flow_weight: Integers
    mix_weight: Integers
    takes_flow: Floats


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages that are read side by side, the longest first.

    ``rows`` (T + 1 × P) are the sentences' rows in the document(s), step by step;
    where a passage has ended it says ``past``, as everywhere in the last line.
    ``columns`` are those of the cells' topics among the indicators, 0 for topic 0.
    ``lengths`` are those of the passages; ``running`` (T) tells how many of them, the
    first ones, have not ended at each step.
    """

    passages: tuple[Passage, ...]
    layout: Layout
    rows: Integers
    past: int
    columns: Integers
    lengths: Integers
    running: Integers


def make_batches(passages: Sequence[Passage], sentences: int) -> list[Batch]:
    """Put passages of about the same length together.

    Parameters
    ----------
    passages : sequence of Passage
    sentences : int
        Rows of all documents; the number after the last stands for no sentence.
    """
    longest_first = sorted(passages, key=lambda passage: -len(passage.rows))
    batches: list[list[Passage]] = []
    for passage in longest_first:
        last = batches[-1] if batches else None
        if last and len(last) < _MOST_PASSAGES and len(last[0].rows) <= max(_SHORT, 2 * len(passage.rows)):
            last.append(passage)
        else:
            batches.append([passage])
    return [_make_batch(tuple(batch), sentences) for batch in batches]


def _make_batch(passages: tuple[Passage, ...], past: int) -> Batch:
    layout = _lay_out(np.array([len(passage.topics) for passage in passages]))
    lengths = np.array([len(passage.rows) for passage in passages])
    passage, step = expand_ranges(np.zeros_like(lengths), lengths)
    rows = np.full((lengths[0] + 1, len(passages)), past)
    rows[step, passage] = np.concatenate([passage.rows for passage in passages])
    columns = np.zeros(len(layout.cell_topic), np.int64)
    columns[layout.cell_topic > 0] = np.concatenate([passage.topics for passage in passages])
    return Batch(passages, layout, rows, past, columns, lengths, np.bincount(step))


def _lay_out(topics: Integers) -> Layout:
    """Shift what is known of the strands of each number of topics to where each passage stands."""
    table = strand_table()
    known = table.strands
    numbers = np.arange(len(topics))
    passage, at = expand_ranges(table.place_bounds[topics], table.place_bounds[topics + 1])
    of_flow, flow = expand_ranges(table.flow_bounds[topics], table.flow_bounds[topics + 1])
    cell_passage, cell_topic = expand_ranges(np.zeros_like(topics), topics + 1)
    first_cell, first_place = np.searchsorted(cell_passage, numbers), np.searchsorted(passage, numbers)
    strand = known.strand.take(at)
    whole = strand + passage * len(STRANDS)
    sizes = np.bincount(whole)
    strand_first = np.cumsum(sizes) - sizes
    forwards = np.flatnonzero(strand % 2 == 0)
    runs = whole.take(forwards)
    cell = known.cell.take(at) + first_cell.take(passage)
    cell_first = np.flatnonzero(np.diff(cell.take(forwards), prepend=-1))
    place = first_place.take(of_flow)
    return Layout(
        cell_passage=cell_passage,
        cell_topic=cell_topic,
        passage_cell=first_cell,
        place_cell=cell + strand % 2 * len(cell_topic),
        place_visited=known.visited.take(at),
        place_style=strand // 2,
        place_back=(strand % 2).astype(float),
        strand_first=strand_first,
        strand_sizes=sizes,
        forwards=forwards,
        # The strand that is read back stands behind the one that is read forwards.
        backwards=forwards + sizes.take(runs),
        cell_first=cell_first,
        cell_of=(cell + strand // 2 * len(cell_topic)).take(forwards.take(cell_first)),
        run_first=np.searchsorted(runs.take(cell_first), np.arange(0, len(strand_first), 2)),
        flow_source=known.flow_line.take(flow) * len(at) + known.flow_place.take(flow) + place,
        flow_target=known.flow_target.take(flow) + place,
        flow_weight=known.flow_weight.take(flow) + of_flow * (2 * _OF_STEP),
        mix_weight=(mode_weights()[:, :, None] + numbers[:, None] * (2 * _OF_STEP)).reshape(3, 3, -1),
        takes_flow=known.takes_flow.take(at, axis=1),
    )
