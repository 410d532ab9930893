"""The weights of the chain by name, where fitting starts, and what steps they weigh."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ocindex.analysis.graph import STEPS, Floats
from ocindex.analysis.passages import COMPONENTS, CONTEXTS, CUE_FEATURES, NONE_FEATURES

_MOVES = (
    "first",
    "start_skip",
    "stay",
    "resume",
    "advance",
    "skip",
    "backward",
    "return",
    "leave_aside",
    "leave_outside",
    "keep_aside",
    "keep_outside",
    "swap",
)
_GROUPS = ("change", "keep", "aside", "outside")
_OUT_FEATURES = CUE_FEATURES[:-1]
NAMES: tuple[str, ...] = (
    *(f"inside_{name}" for name in CUE_FEATURES),
    *(f"outside_{name}" for name in _OUT_FEATURES),
    "outside_any",
    *(f"none_{name}" for name in NONE_FEATURES),
    *_MOVES,
    *(f"{group}_{context}" for context in CONTEXTS for group in _GROUPS),
    *(f"{move}_{component}" for move in ("stay", "return") for component in COMPONENTS),
    "visited",
    *(f"free_{move}" for move in _MOVES),
    "free",
    "free_visited",
)
"""Weights in the order in which they stand in a vector and in their file."""
_AT = {name: number for number, name in enumerate(NAMES)}
INSIDE_WEIGHTS = slice(0, len(CUE_FEATURES))
OUTSIDE_WEIGHTS = slice(INSIDE_WEIGHTS.stop, INSIDE_WEIGHTS.stop + len(_OUT_FEATURES))
OUTSIDE_ANY = OUTSIDE_WEIGHTS.stop
NONE_WEIGHTS = slice(OUTSIDE_ANY + 1, OUTSIDE_ANY + 1 + len(NONE_FEATURES))
VISITED = _AT["visited"]
STEP_WEIGHTS = slice(NONE_WEIGHTS.stop, VISITED)
MOVE_COUNT = len(_MOVES)
FREE_MOVES = slice(VISITED + 1, VISITED + 1 + MOVE_COUNT)
FREE = FREE_MOVES.stop
FREE_VISITED = FREE + 1

# Where fitting starts and what it is drawn towards, by hand; how strongly, by kind of weight.
_START = {
    "inside_any_3": 1.0, "inside_count_3": 0.7, "inside_count_2": 0.5, "inside_count_1": 0.3,
    "outside_any_3": 0.8, "outside_count_3": 0.56, "outside_count_2": 0.4, "outside_count_1": 0.24,
    "first": 0.5, "start_skip": -1.0, "stay": 1.0, "resume": 1.0, "advance": 0.5, "skip": -1.0, "backward": -1.5,
    "return": -2.0, "leave_aside": -2.0, "leave_outside": -2.0, "keep_aside": -2.0, "keep_outside": -2.0, "swap": -2.0,
    "keep_points_back": 0.5, "visited": 1.0,
    "free_start_skip": 0.7, "free_stay": -1.0, "free_resume": -1.0, "free_skip": 0.7, "free_backward": 1.0,
    "free_return": 1.5, "free_visited": -0.5,
}  # fmt: skip
_STRENGTH = {"outside": 1.0, "free": 2.0}


@dataclass(frozen=True, slots=True)
class Prior:
    """Where each weight starts, and the strength that holds it there."""

    mean: Floats
    strength: Floats


@cache
def prior() -> Prior:
    """Give the prior of the weights: a normal distribution around hand-set values."""
    component = {f"{move}_{name}" for move in ("stay", "return") for name in COMPONENTS}
    strength = [0.5 if name in component else _STRENGTH.get(name.partition("_")[0], 0.25) for name in NAMES]
    return Prior(np.array([_START.get(name, 0.0) for name in NAMES]), np.array(strength))


@cache
def step_features() -> Floats:
    """Give the features of each type of step for each weight of steps.

    Returns
    -------
    array, step weights × step types
        A step's score is the weighted sum; rows of contexts and components
        count only where the sentence has them, see `step_conditions`.
    """
    plain = np.zeros((len(_MOVES), len(STEPS)))
    grouped = np.zeros((len(_GROUPS), len(STEPS)))
    for number, step in enumerate(STEPS):
        kind, _, skipped = step.rpartition("_") if step[-1].isdigit() else (step, "", "0")
        if kind == "start":
            plain[_MOVES.index("first"), number] = float(skipped == "0")
            plain[_MOVES.index("start_skip"), number] = int(skipped)
        elif kind == "forward":
            plain[_MOVES.index("advance"), number] = 1
            plain[_MOVES.index("skip"), number] = int(skipped)
        else:
            plain[_MOVES.index(kind), number] = 1
        grouped[0, number] = kind in ("forward", "backward", "return")
        grouped[1, number] = kind in ("stay", "resume")
        grouped[2, number] = kind in ("leave_aside", "keep_aside")
        grouped[3, number] = kind in ("leave_outside", "keep_outside")
    moves = [plain[_MOVES.index(move)] for move in ("stay", "return") for _ in COMPONENTS]
    return np.concatenate([plain, *[grouped] * len(CONTEXTS), np.array(moves)])


def step_conditions(context: Floats, components: Floats) -> Floats:
    """Tell for each sentence which weights of steps count.

    Parameters
    ----------
    context : array, N × 4
    components : array, N × 3
        One where the sentence's section is of that component.

    Returns
    -------
    array, N × step weights
    """
    plain = np.ones((len(context), len(_MOVES)))
    return np.concatenate([plain, np.repeat(context, len(_GROUPS), axis=1), components, components], axis=1)
