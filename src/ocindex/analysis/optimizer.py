"""A smooth function with its gradient in, the point where it is least out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ocindex.analysis.graph import Floats

_SUFFICIENT = 1e-4
_SMALLEST_STEP = 1e-8


def minimize(
    function: Callable[[Floats], tuple[float, Floats]],
    start: Floats,
    *,
    steps: int = 100,
    memory: int = 10,
    tolerance: float = 1e-5,
) -> Floats:
    """Minimize by limited-memory BFGS with backtracking.

    Parameters
    ----------
    function : callable
        Gives value and gradient at a point.
    start : array
    steps : int
        Most steps to take.
    memory : int
        Steps that the curvature is estimated from.
    tolerance : float
        Stop when a step gains less, or the gradient is below 0.01 everywhere.

    Returns
    -------
    array

    Notes
    -----
    Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5;
    written out here so that refitting needs no further library at run time.

    Examples
    --------
    >>> import numpy as np
    >>> minimize(lambda x: (float((x**2).sum()), 2 * x), np.array([3.0, -4.0])).round(3) + 0.0
    array([0., 0.])
    """
    point = start.copy()
    value, gradient = function(point)
    moves: list[Floats] = []
    turns: list[Floats] = []
    for step in range(steps):
        direction = -_curve(gradient, moves, turns)
        slope = float(gradient @ direction)
        if slope >= 0:
            moves, turns, direction, slope = [], [], -gradient, -float(gradient @ gradient)
        length = 1.0
        while True:
            # A step too far may overflow; what is not a number is refused, and the step halved.
            with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
                tried, slope_there = function(point + length * direction)
            if tried <= value + _SUFFICIENT * length * slope or length < _SMALLEST_STEP:
                break
            length *= 0.5
        move, turn = length * direction, slope_there - gradient
        if move @ turn > 1e-10:
            moves, turns = [*moves, move][-memory:], [*turns, turn][-memory:]
        gain = value - tried
        point, value, gradient = point + move, tried, slope_there
        if np.abs(gradient).max() < 1e-2 or (gain < tolerance and step > 5):
            break
    return point


def _curve(gradient: Floats, moves: list[Floats], turns: list[Floats]) -> Floats:
    """Apply the estimated inverse curvature to a gradient (two-loop recursion)."""
    result = gradient.copy()
    factors = []
    for move, turn in zip(reversed(moves), reversed(turns), strict=True):
        factor = (move @ result) / (move @ turn)
        factors.append(factor)
        result -= factor * turn
    if moves:
        result *= (moves[-1] @ turns[-1]) / (turns[-1] @ turns[-1])
    else:
        result /= max(1.0, float(np.abs(gradient).sum()))
    for move, turn, factor in zip(moves, turns, reversed(factors), strict=True):
        result += move * (factor - (turn @ result) / (move @ turn))
    return result
