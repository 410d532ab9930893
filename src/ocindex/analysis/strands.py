"""The number of a section's topics in, the four strands in which its chain is read out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from ocindex.analysis.graph import MODE_STEPS, MOST_TOPICS, NEVER, TOPIC, Floats, Integers, Steps, section_graph

STYLE_COUNT = 2
STRANDS = tuple(product(range(STYLE_COUNT), (False, True)))
"""Style, and whether it is read backwards: the strands of a passage in order."""
WIDTH = NEVER + 1
"""Weights of a step into one sentence under one style: by type, and of the step that is never taken."""
TOTAL = 3
"""Line of the sum over the three modes, below theirs."""


@dataclass(frozen=True, slots=True)
class Strands:
    """The places of a passage's four strands end to end, and the flows into each of them.

    ``strand`` (W) is the number among `STRANDS`, ``cell`` the topic of the place, ``visited`` the
    number of topics visited; ``takes_flow`` (3 × W) is 1 for modes in which steps from other
    places arrive. ``flow_place`` is where each flow comes from, ``flow_target`` where
    it goes, in order; ``flow_line`` is the line that it comes from: the sum over modes forwards,
    backwards that of the topic; ``flow_weight`` is its weight among ``2 directions × Z × WIDTH``.
    """

    strand: Integers
    cell: Integers
    visited: Floats
    takes_flow: Floats
    flow_place: Integers
    flow_target: Integers
    flow_line: Integers
    flow_weight: Integers


@dataclass(frozen=True, slots=True)
class StrandTable:
    """The strands of passages with 0 topics, 1 and so on, end to end; bounds tell where each number begins."""

    strands: Strands
    place_bounds: Integers
    flow_bounds: Integers


@cache
def strand_table() -> StrandTable:
    """Lay out the strands for every number of topics.

    Examples
    --------
    >>> strand_table().place_bounds.tolist()[:4]
    [0, 0, 8, 28]
    """
    known = [_join([_strand(topics, number) for number in range(len(STRANDS))]) for topics in range(1, MOST_TOPICS + 1)]
    places, flows = ([len(getattr(item, name)) for item in known] for name in ("cell", "flow_place"))
    joined: dict[str, Any] = {field.name: _concatenate(known, field.name) for field in fields(Strands)}
    return StrandTable(Strands(**joined), *(np.cumsum([0, 0, *sizes]) for sizes in (places, flows)))


@cache
def mode_weights() -> Integers:
    """Give for each strand the weights from each mode into each mode of a place, 3 × 3 × 4, as ``flow_weight``."""
    return np.stack(
        [(MODE_STEPS if is_back else MODE_STEPS.T) + _first_weight(style, is_back) for style, is_back in STRANDS],
        axis=2,
    )


def _first_weight(style: int, is_back: bool) -> int:
    return (is_back * STYLE_COUNT + style) * WIDTH


def _strand(topics: int, number: int) -> Strands:
    graph = section_graph(topics)
    style, is_back = STRANDS[number]
    size = len(graph.topic)
    steps: Steps = graph.out_of if is_back else graph.into
    # Steps to another place end in its topic; backwards, they come from there to any mode.
    arrives = np.array([float(is_back or mode == TOPIC) for mode in range(TOTAL)])
    return Strands(
        strand=np.full(size, number),
        cell=graph.topic,
        visited=graph.visited,
        takes_flow=np.repeat(arrives[:, None], size, axis=1),
        flow_place=steps.other,
        flow_target=steps.own,
        flow_line=np.full(len(steps.own), TOPIC if is_back else TOTAL),
        flow_weight=steps.kind + _first_weight(style, is_back),
    )


def _join(strands: list[Strands]) -> Strands:
    """Lay strands of one passage end to end; places count on."""
    places = np.cumsum([0, *(len(strand.cell) for strand in strands)])
    joined: dict[str, Any] = {field.name: _concatenate(strands, field.name) for field in fields(Strands)}
    shift = np.repeat(places[:-1], [len(strand.flow_place) for strand in strands])
    joined["flow_place"] = joined["flow_place"] + shift
    joined["flow_target"] = joined["flow_target"] + shift
    return Strands(**joined)


def _concatenate(strands: list[Strands], name: str) -> Any:
    return np.concatenate([getattr(strand, name) for strand in strands], axis=-1)
