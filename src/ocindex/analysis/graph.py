"""The topics of a passage in, the states of its chain and what each step between them is like out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TOPIC, ASIDE, OUTSIDE = 0, 1, 2
"""Kinds of state: about a topic of the section, about none, about another section's indicator."""

STEP_FEATURES = (
    "start_first",
    "start_skip",
    "stay",
    "stay_opening",
    "stay_paragraph",
    "advance",
    "skip",
    "backward",
    "return",
    "change_opening",
    "change_paragraph",
    "aside",
    "aside_enter",
    "aside_stay",
    "aside_opening",
    "aside_paragraph",
    "aside_start",
    "outside",
    "outside_enter",
    "outside_stay",
    "outside_opening",
    "outside_paragraph",
    "missing",
)
_INDEX = {name: number for number, name in enumerate(STEP_FEATURES)}


@dataclass(frozen=True, slots=True)
class Graph:
    """States of a chain and the features of its steps.

    ``kind`` and ``topic`` describe the S states (topic counts from 1, 0 before
    any); ``allowed`` is S × S; ``step``, ``opening`` and ``paragraph`` are
    S × S × F: features of a step, those added where a sentence opens by
    pointing back, and those added at a new paragraph. ``first`` and ``last``
    are S × F; ``begins`` tells which states a chain may begin in.
    """

    kind: NDArray[np.int64]
    topic: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    step: Floats
    opening: Floats
    paragraph: Floats
    first: Floats
    last: Floats
    begins: NDArray[np.bool_]
    index: dict[tuple[int, int, int], int]


@cache
def section_graph(topics: int) -> Graph:
    """Build the chain of a section: its state is the topic and the topics visited.

    Parameters
    ----------
    topics : int
        Number of indicators of the section, at most 6.
    """
    subsets = [(topic, visited) for visited in range(1, 1 << topics) for topic in range(1, topics + 1)
               if visited >> (topic - 1) & 1]  # fmt: skip
    return _build(topics, [(0, 0), *subsets], remembers=True)


@cache
def free_graph(topics: int) -> Graph:
    """Build the chain of a text without sections: any topic may follow any other."""
    return _build(topics, [(topic, 0) for topic in range(topics + 1)], remembers=False)


def _build(topics: int, places: list[tuple[int, int]], *, remembers: bool) -> Graph:
    kinds = (TOPIC, ASIDE, OUTSIDE) if remembers else (TOPIC, ASIDE)
    states = [(kind, topic, visited) for topic, visited in places for kind in kinds if topic or kind != TOPIC]
    index = {state: number for number, state in enumerate(states)}
    size, width = len(states), len(STEP_FEATURES)
    step, opening, paragraph = (np.zeros((size, size, width)) for _ in range(3))
    allowed = np.zeros((size, size), dtype=bool)
    first, last = np.zeros((size, width)), np.zeros((size, width))
    begins = np.zeros(size, dtype=bool)
    for (kind, topic, visited), number in index.items():
        if remembers:
            last[number, _INDEX["missing"]] = topics - visited.bit_count()
        if kind != TOPIC and topic == 0:
            begins[number] = True
            name = "aside" if kind == ASIDE else "outside"
            first[number, _INDEX[name]] = 1
            first[number, _INDEX["aside_start"]] = kind == ASIDE
        for target in range(1, topics + 1):
            state = (TOPIC, target, visited | 1 << (target - 1) if remembers else 0)
            to = index[state]
            allowed[number, to] = True
            _mark(step[number, to], _move(topic, visited, target, remembers=remembers))
            stays = topic == target
            opening[number, to, _INDEX["stay_opening" if stays else "change_opening"]] = 1
            paragraph[number, to, _INDEX["stay_paragraph" if stays else "change_paragraph"]] = 1
            if kind != TOPIC and topic == 0:
                begins[to] = True
                _mark(first[to], _move(0, 0, target, remembers=remembers), replace=True)
        for aside in kinds[1:]:
            to = index[aside, topic, visited]
            name = "aside" if aside == ASIDE else "outside"
            allowed[number, to] = True
            step[number, to, _INDEX[name]] = 1
            step[number, to, _INDEX[f"{name}_{'stay' if aside == kind else 'enter'}"]] = 1
            opening[number, to, _INDEX[f"{name}_opening"]] = 1
            paragraph[number, to, _INDEX[f"{name}_paragraph"]] = 1
    kind_of = np.array([kind for kind, _, _ in states])
    topic_of = np.array([topic for _, topic, _ in states])
    return Graph(kind_of, topic_of, allowed, step, opening, paragraph, first, last, begins, index)


def _mark(row: Floats, features: dict[str, float], *, replace: bool = False) -> None:
    if replace:
        row[:] = 0
    for name, value in features.items():
        row[_INDEX[name]] += value


def _move(topic: int, visited: int, target: int, *, remembers: bool) -> dict[str, float]:
    """Features of a move from one topic (0: none yet) to another."""
    if topic == target:
        return {"stay": 1}
    if not remembers:
        return {"advance": 1} if topic else {}
    if visited >> (target - 1) & 1:
        return {"return": 1}
    if target < topic:
        return {"backward": 1}
    skipped = sum(not visited >> (between - 1) & 1 for between in range(topic + 1, target))
    if topic == 0:
        return {"start_skip": skipped, "start_first": float(skipped == 0)}
    return {"skip": skipped, "advance": 1}
