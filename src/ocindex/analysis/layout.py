"""Passages in, where each of them stands when all are read side by side out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ocindex.analysis.graph import MODE_STEPS, NEVER, TOPIC, Floats, Integers, section_graph
from ocindex.analysis.passages import Passage

STYLE_COUNT = 2
WIDTH = NEVER + 2
"""Weights of a step into one sentence: by type, of the step that is never taken, and 1."""
ONE = NEVER + 1
# Passages are read to the end of the longest: beside one of a hundred sentences, many of one would cost
# a hundred times their own work.
_SHORT = 16
_MOST_PASSAGES = 64


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of P sections' chains side by side: once forwards, then once more backwards.

    There are S places and C cells in either direction; a cell is a topic of a passage,
    from topic 0 on. ``cell_passage`` and ``cell_topic`` describe the cells, ``cell_first``
    is the first place of each, ``passage_cell`` and ``passage_place`` the first cell and
    place of each passage; ``place_passage`` and ``visited`` describe the places.

    The rest are indices for one step of the recursion. ``flow_source`` lists the places that
    steps flow from, forwards then backwards, ``flow_first`` where those into each place
    begin, ``flow_weight`` (Z × flows) their weights among one sentence's ``P · 2 × Z × WIDTH``.
    ``mix_weight`` (3 × 4 × Z × 2 C) are the weights from each mode, and from the flow, into
    each mode, and ``mix_cell`` (2 S) tells the cell of each place.
    """

    cell_passage: Integers
    cell_topic: Integers
    cell_first: Integers
    passage_cell: Integers
    passage_place: Integers
    place_passage: Integers
    visited: Floats
    flow_source: Integers
    flow_target: Integers
    flow_first: Integers
    flow_weight: Integers
    mix_weight: Integers
    mix_cell: Integers


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages that are read side by side, the longest first.

    ``rows`` (T + 1 × P) are the sentences' rows in the document(s), step by step;
    where a passage has ended it says ``past``, as everywhere in the last line.
    ``columns`` are those of the cells' topics among the indicators, 0 for topic 0.
    """

    passages: tuple[Passage, ...]
    layout: Layout
    rows: Integers
    past: int
    columns: Integers


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
    layout = _lay_out(tuple(len(passage.topics) for passage in passages))
    rows = np.full((len(passages), len(passages[0].rows) + 1), past)
    for line, passage in zip(rows, passages, strict=True):
        line[: len(passage.rows)] = passage.rows
    columns = np.zeros(len(layout.cell_topic), np.int64)
    columns[layout.cell_topic > 0] = np.concatenate([passage.topics for passage in passages])
    return Batch(passages, layout, rows.T, past, columns)


# Profiles of one edition have the same sections, though not in the same order of length.
@lru_cache(maxsize=256)
def _lay_out(topic_counts: tuple[int, ...]) -> Layout:
    graphs = [section_graph(count) for count in topic_counts]
    sizes = np.array([len(graph.topic) for graph in graphs])
    cells = np.array(topic_counts) + 1
    first_place, first_cell = np.cumsum(sizes) - sizes, np.cumsum(cells) - cells
    total = int(sizes.sum())

    def join(pick: Callable[[int], Integers], shift: Integers) -> Integers:
        parts = [pick(number) for number in range(len(graphs))]
        return np.concatenate(parts) + np.repeat(shift, [len(part) for part in parts])

    into = [graph.into for graph in graphs]
    out_of = [graph.out_of for graph in graphs]
    numbers = np.arange(len(graphs))
    cell_passage = np.repeat(numbers, cells)
    place_cell = join(lambda n: graphs[n].topic, first_cell)
    sides = [into, out_of]
    counts = [np.array([len(steps.own) for steps in side]) for side in sides]
    flows = [np.cumsum(count) - count for count in counts]
    passage_of_flow = np.concatenate([np.repeat(numbers, counts[0]), np.repeat(numbers + len(graphs), counts[1])])
    kind = np.concatenate([steps.kind for side in sides for steps in side])
    styles = np.arange(STYLE_COUNT)[:, None]
    return Layout(
        cell_passage=cell_passage,
        cell_topic=np.concatenate([np.arange(count + 1) for count in topic_counts]),
        cell_first=join(lambda n: graphs[n].topic_first, first_place),
        passage_cell=first_cell,
        passage_place=first_place,
        place_passage=np.repeat(numbers, sizes),
        visited=np.concatenate([graph.visited for graph in graphs]),
        flow_source=np.concatenate(
            [join(lambda n: into[n].other, first_place), join(lambda n: out_of[n].other, first_place) + total]
        ),
        flow_target=np.concatenate(
            [join(lambda n: into[n].own, first_place), join(lambda n: out_of[n].own, first_place) + total]
        ),
        flow_first=np.concatenate(
            [join(lambda n: into[n].first, flows[0]), join(lambda n: out_of[n].first, flows[1]) + counts[0].sum()]
        ),
        flow_weight=(passage_of_flow * STYLE_COUNT + styles) * WIDTH + kind,
        mix_weight=_mix_weights(cell_passage, len(graphs)),
        mix_cell=np.concatenate([place_cell, place_cell + int(cells.sum())]),
    )


def _mix_weights(cell_passage: Integers, passages: int) -> Integers:
    """Give for either direction the weights from each mode and the flow into each mode."""
    forwards = np.full((3, 4), NEVER)
    forwards[:, :3] = MODE_STEPS.T
    # Steps to another place end in its topic; backwards, they come from there to any mode.
    forwards[TOPIC, 3] = ONE
    backwards = np.full((3, 4), ONE)
    backwards[:, :3] = MODE_STEPS
    cells = np.concatenate([cell_passage, cell_passage + passages])
    kinds = np.where(np.arange(len(cells)) < len(cell_passage), forwards[:, :, None], backwards[:, :, None])
    styles = np.arange(STYLE_COUNT)[:, None]
    return np.asarray((cells * STYLE_COUNT + styles) * WIDTH + kinds[:, :, None, :])
