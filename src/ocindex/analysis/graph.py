"""The number of a section's topics in, the states of its chain and the steps between them out."""

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
_STEP = {name: number for number, name in enumerate(STEPS)}

State = tuple[int, int, int]
"""Mode, current topic (from 1; 0 before any), set of visited topics as bits."""


@dataclass(frozen=True, slots=True)
class Graph:
    """States of a section's chain and its steps, sorted by target and by source.

    ``label`` gives for each of the S states its column of emissions: topics
    0…K-1, aside K, outside K+1; ``columns`` (S × K+2) says the same in ones.
    ``into_*`` list the steps ordered by target,
    with ``into_first`` the first step into each state; ``from_*`` by source.
    """

    index: dict[State, int]
    label: Integers
    columns: Floats
    visited: Floats
    begins: Integers
    begin_types: Integers
    into_source: Integers
    into_target: Integers
    into_type: Integers
    into_first: Integers
    from_source: Integers
    from_target: Integers
    from_type: Integers
    from_first: Integers
    type_of: dict[tuple[int, int], int]


@cache
def section_graph(topics: int) -> Graph:
    """Build the chain of a section with this many indicators.

    The state is the current topic and the topics visited, so that going on to
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
    >>> len(section_graph(1).label), len(section_graph(3).label)
    (5, 38)
    """
    states: list[State] = [(ASIDE, 0, 0), (OUTSIDE, 0, 0)]
    for visited in range(1, 1 << topics):
        for topic in range(1, topics + 1):
            if visited >> (topic - 1) & 1:
                states += [(mode, topic, visited) for mode in (TOPIC, ASIDE, OUTSIDE)]
    index = {state: number for number, state in enumerate(states)}
    steps = np.array([step for state in states for step in _steps_from(state, topics, index)])
    begins = [(index[TOPIC, topic, 1 << (topic - 1)], _STEP[f"start_{topic - 1}"]) for topic in range(1, topics + 1)]
    begins += [(index[ASIDE, 0, 0], _STEP["leave_aside"]), (index[OUTSIDE, 0, 0], _STEP["leave_outside"])]
    into = steps[np.lexsort((steps[:, 0], steps[:, 1]))]
    out = steps[np.lexsort((steps[:, 1], steps[:, 0]))]
    everything = np.arange(len(states))
    label = np.array([topic - 1 if mode == TOPIC else topics + mode - 1 for mode, topic, _ in states])
    return Graph(
        index=index,
        label=label,
        columns=np.eye(topics + 2)[label],
        visited=np.array([float(visited.bit_count()) for _, _, visited in states]),
        begins=np.array([state for state, _ in begins]),
        begin_types=np.array([kind for _, kind in begins]),
        into_source=into[:, 0],
        into_target=into[:, 1],
        into_type=into[:, 2],
        into_first=np.searchsorted(into[:, 1], everything),
        from_source=out[:, 0],
        from_target=out[:, 1],
        from_type=out[:, 2],
        from_first=np.searchsorted(out[:, 0], everything),
        type_of={(int(source), int(target)): int(kind) for source, target, kind in steps},
    )


def _steps_from(state: State, topics: int, index: dict[State, int]) -> list[tuple[int, int, int]]:
    mode, topic, visited = state
    source = index[state]
    steps = [
        (source, index[TOPIC, target, visited | 1 << (target - 1)], _STEP[_move(state, target)])
        for target in range(1, topics + 1)
    ]
    for aside, name in ((ASIDE, "aside"), (OUTSIDE, "outside")):
        kind = f"leave_{name}" if mode == TOPIC else f"keep_{name}" if mode == aside else "swap"
        steps.append((source, index[aside, topic, visited], _STEP[kind]))
    return steps


def _move(state: State, target: int) -> str:
    mode, topic, visited = state
    if topic == target:
        return "stay" if mode == TOPIC else "resume"
    if visited >> (target - 1) & 1:
        return "return"
    if target < topic:
        return "backward"
    skipped = sum(not visited >> (between - 1) & 1 for between in range(topic + 1, target))
    return f"forward_{skipped}" if topic else f"start_{skipped}"
