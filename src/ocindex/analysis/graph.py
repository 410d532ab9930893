"""The number of a section's topics in, the places of its chain and the steps between them out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TOPIC, ASIDE, OUTSIDE = 0, 1, 2
"""Modes of a state: about a topic of the section, about none, about another section's indicator."""

MOST_TOPICS = 6
STEPS = (
    *(f"start_{skipped}" for skipped in range(MOST_TOPICS)),
    "stay",
    "resume",
    *(f"forward_{skipped}" for skipped in range(MOST_TOPICS)),
    "backward",
    "return",
    "leave_aside",
    "leave_outside",
    "keep_aside",
    "keep_outside",
    "swap",
)
"""Types of step. A section begins with a start; numbers count the topics that are skipped."""
STEP = {name: number for number, name in enumerate(STEPS)}
NEVER = len(STEPS)
"""Type of a step that is never taken."""

State = tuple[int, int, int]
"""Mode, current topic (from 1; 0 before any), set of visited topics as bits."""
START: State = (TOPIC, 0, 0)
"""Where a section stands before its first sentence."""

# By the mode before and the mode after, where the topic stays.
_MODE_STEPS = (
    ("stay", "leave_aside", "leave_outside"),
    ("resume", "keep_aside", "swap"),
    ("resume", "swap", "keep_outside"),
)
MODE_STEPS = np.array([[STEP[name] for name in row] for row in _MODE_STEPS])
"""Types of the steps that keep the topic, mode before × mode after."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Places of a section's chain, which are states without their mode, and the steps between them.

    Each place can be held in three modes. A step within a place only changes the mode
    (`MODE_STEPS`); a step to another place ends in the mode of a topic and weighs the
    same from any mode. Places of one topic stand side by side: ``topic`` and ``visited``
    (their number) describe them, ``topic_first`` is where each topic begins, from 0 on.
    ``into`` lists the steps by the place that they end in, ``out_of`` by the one that
    they begin in.
    """

    topic: Integers
    visited: Floats
    topic_first: Integers
    into: Steps
    out_of: Steps


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps side by side by one of their ends; each place has at least one, if only one that is never taken.

    ``other`` is the place at the other end, ``own`` the one at this end, ``kind`` the type,
    ``first`` the first step of each place.
    """

    own: Integers
    other: Integers
    kind: Integers
    first: Integers


@cache
def section_graph(topics: int) -> Graph:
    """Build the chain of a section with this many indicators.

    The place is the current topic and the topics visited, so that going on to
    a new one, coming back to an old one and skipping one can each have a price.
    An aside (none) or a sentence of another section keeps the topic, so that the
    next sentence can resume it.

    Parameters
    ----------
    topics : int
        From 1 to 6.

    Returns
    -------
    Graph

    Examples
    --------
    >>> len(section_graph(1).topic), len(section_graph(3).topic)
    (2, 13)
    """
    places = [(0, 0)]
    for topic in range(1, topics + 1):
        places += [(topic, visited) for visited in range(1 << topics) if visited >> (topic - 1) & 1]
    index = {place: number for number, place in enumerate(places)}
    steps = [
        (index[place], index[target, place[1] | 1 << (target - 1)], step_type((TOPIC, *place), (TOPIC, target, 0)))
        for place in places
        for target in range(1, topics + 1)
        if target != place[0]
    ]
    topic_of = np.array([topic for topic, _ in places])
    return Graph(
        topic_of,
        np.array([float(visited.bit_count()) for _, visited in places]),
        np.searchsorted(topic_of, np.arange(topics + 1)),
        _group(len(places), [(target, source, kind) for source, target, kind in steps]),
        _group(len(places), steps),
    )


def step_type(before: State, after: State) -> int:
    """Give the number of the type of step between two states; topics visited after it do not matter.

    Examples
    --------
    >>> STEPS[step_type(START, (TOPIC, 2, 0b10))], STEPS[step_type((ASIDE, 2, 0b10), (TOPIC, 2, 0b10))]
    ('start_1', 'resume')
    """
    mode, topic, visited = before
    target = after[1]
    if after[0] != TOPIC or topic == target:
        return int(MODE_STEPS[mode, after[0]])
    if visited >> (target - 1) & 1:
        return STEP["return"]
    if target < topic:
        return STEP["backward"]
    skipped = sum(not visited >> (between - 1) & 1 for between in range(topic + 1, target))
    return STEP[f"forward_{skipped}" if topic else f"start_{skipped}"]


def _group(places: int, steps: list[tuple[int, int, int]]) -> Steps:
    """Sort steps by their own place; one without any gets a step that is never taken."""
    lonely = set(range(places)) - {own for own, _, _ in steps}
    own, other, kind = np.array(sorted([*steps, *((place, place, NEVER) for place in lonely)])).T
    return Steps(own, other, kind, np.searchsorted(own, np.arange(places)))
