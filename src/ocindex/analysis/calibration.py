"""Probabilities and whether they were right in, honest probabilities out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocindex.analysis.graph import Floats

_LEAST, _MOST = 1e-4, 1 - 1e-4
_PRIOR = np.array([0.0, 1.0])


@dataclass(frozen=True, slots=True)
class Calibration:
    """A straight line on the log-odds; ``offset`` 0 and ``slope`` 1 change nothing."""

    offset: float = 0.0
    slope: float = 1.0

    def apply(self, probability: Floats) -> Floats:
        """Turn probabilities into calibrated ones, between those of 0.0001 and 0.9999."""
        odds = self.offset + self.slope * log_odds(probability)
        return np.asarray(1 / (1 + np.exp(-odds)))


def against_runner_up(probability: Floats) -> Floats:
    """Give the probability of the likeliest label of each row if only it and the runner-up were possible.

    How far the runner-up lies behind tells more of whether the label is right than
    the marginal does, which many unlikely labels lower together.

    Examples
    --------
    >>> against_runner_up(np.array([[0.6, 0.2, 0.1, 0.1]])).round(2).tolist()
    [0.75]
    """
    ordered = np.sort(probability, axis=1)
    return compare_two(ordered[:, -1], ordered[:, -2])


def compare_two(likeliest: Floats, runner_up: Floats) -> Floats:
    """Give the probability of the likelier of two labels if only the two were possible."""
    return np.asarray(likeliest / np.maximum(likeliest + runner_up, 1e-300))


def log_odds(probability: Floats) -> Floats:
    """Give the log-odds of probabilities, kept away from 0 and 1."""
    kept = np.clip(probability, _LEAST, _MOST)
    return np.asarray(np.log(kept / (1 - kept)))


def fit_calibration(probability: Floats, right: Floats) -> Calibration:
    """Fit a calibration on rows that the model did not see.

    Parameters
    ----------
    probability : array of float
        Of the labels that were chosen: marginals, or `against_runner_up`.
    right : array of float
        1 where the label was right, else 0.

    Returns
    -------
    Calibration

    Notes
    -----
    Platt scaling (Platt 1999) with a ridge of 1 around no change, by Newton's method.
    """
    if not len(probability):
        return Calibration()
    features = np.stack([np.ones(len(probability)), log_odds(probability)], axis=1)
    line = _PRIOR.copy()
    for _ in range(30):
        given = 1 / (1 + np.exp(-features @ line))
        slope = features.T @ (given - right) + (line - _PRIOR)
        curvature = (features * (given * (1 - given))[:, None]).T @ features + np.eye(2)
        line = line - np.linalg.solve(curvature, slope)
    return Calibration(float(line[0]), float(line[1]))
