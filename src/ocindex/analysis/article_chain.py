"""Scores of the sentences of articles in, the probability of every indicator and of none out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ocindex.analysis.article_features import CONTEXTS, NONE_FEATURES, TOPIC_FEATURES, ArticleFeatures
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.lineup import Lineup, line_up
from ocindex.vocabulary.indicators import indicators_of, newest_edition

STAY = ("stay", *(f"stay_{context}" for context in CONTEXTS))
RESUME = ("resume", "resume_points_back", "resume_new_paragraph")
MOVES = ("same_section", "keep", "start_aside")
NAMES: tuple[str, ...] = (
    *(f"topic_{name}" for name in TOPIC_FEATURES),
    *(f"none_{name}" for name in NONE_FEATURES),
    *(f"step_{name}" for name in (*STAY, *RESUME, *MOVES)),
)
"""Weights in the order in which they stand in a vector and in their file."""
_TOPIC = slice(0, len(TOPIC_FEATURES))
_NONE = slice(_TOPIC.stop, _TOPIC.stop + len(NONE_FEATURES))
_STAY = slice(_NONE.stop, _NONE.stop + len(STAY))
_RESUME = slice(_STAY.stop, _STAY.stop + len(RESUME))
_SAME, _KEEP, _START = range(_RESUME.stop, len(NAMES))


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What forward–backward found, and what fitting needs.

    ``labels`` is N × (L + 1): indicators of the newest list, then none. ``expected``
    adds up the features of all paths by their probability, in the order of `NAMES`;
    ``log_total`` is the log of the sum over all paths. Of several articles, both are
    sums in which each article counts by its share.
    """

    labels: Floats
    log_total: float
    expected: Floats


@dataclass(frozen=True, slots=True)
class _Potentials:
    """Exponentials of the scores of sentences and of the steps into them.

    A state is one of L topics, an aside that remembers one of them, or an aside without
    memory: 2L + 1 columns in this order. ``states`` is N × states, with ``peak`` (N) taken
    out; ``moves`` (states × states) is what every step has alike, ``stay`` and ``resume``
    (N × 1) what is added where a topic stays or comes back.
    """

    states: Floats
    peak: Floats
    moves: Floats
    stay: Floats
    resume: Floats
    same: float
    keep: float
    start: float


def read_chain(features: ArticleFeatures, weights: Floats, *, count: bool = False) -> ArticleReading:
    """Run forward–backward over one article.

    The state is the indicator that a sentence is about, or an aside that
    remembers the last one. Staying, resuming and going on within the section
    have a price; a change is free, so a step costs the same for most pairs of states.

    Parameters
    ----------
    features : ArticleFeatures
    weights : array
        In the order of `NAMES`.
    count : bool
        Whether to add up expected features, which only fitting needs.

    Notes
    -----
    A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).
    """
    return read_lineup(line_up([features]), weights, count=count)


def read_lineup(lineup: Lineup, weights: Floats, *, count: bool = False) -> ArticleReading:
    """Run forward–backward over articles side by side, as `read_chain` does over one.

    Parameters
    ----------
    lineup : Lineup
    weights : array
        In the order of `NAMES`.
    count : bool
        Whether to add up expected features, which only fitting needs.

    Returns
    -------
    ArticleReading
        Its labels are those of the lineup's rows.
    """
    given = _potentials(lineup, weights)
    states, scale = _forward(given, lineup)
    back, come = _backward(given, lineup, scale)
    size = lineup.topics.shape[1]
    found = states * back
    labels = np.column_stack([found[:, :size], found[:, size:].sum(1)])
    log_total = float(lineup.share @ (np.log(scale) + given.peak))
    if not count:
        return ArticleReading(labels, log_total, np.zeros(0))
    start = float(lineup.share[: lineup.starts] @ found[: lineup.starts, -1])
    return ArticleReading(labels, log_total, _expect(given, lineup, labels, states, come, start))


def observe_path(features: ArticleFeatures, labels: Integers) -> Floats:
    """Add up the features of the one path that gold labels take, in the order of `NAMES`.

    Parameters
    ----------
    features : ArticleFeatures
    labels : array of int, N
        Columns of the newest list, -1 for none.
    """
    size = features.topics.shape[1]
    stay, resume = np.zeros(len(labels) - 1), np.zeros(len(labels) - 1)
    moves = np.zeros(len(MOVES))
    moves[2] = labels[0] < 0
    remembered = before = int(labels[0])
    for number, label in enumerate(labels[1:].tolist()):
        if label < 0:
            moves[1] += before < 0
        elif before < 0:
            resume[number] = label == remembered
        else:
            stay[number] = label == before
            moves[0] += label != before and bool(_same_section()[label, before])
        before = label
        remembered = label if label >= 0 else remembered
    return _add_up(line_up([features]), np.eye(size + 1)[labels], stay, resume, moves)


def _expect(given: _Potentials, lineup: Lineup, labels: Floats, states: Floats, come: Floats, start: float) -> Floats:
    """Add up the features of all paths; ``come`` is what arrives at each sentence, without the way there."""
    size, later = lineup.topics.shape[1], slice(lineup.starts, None)
    left, come = states[lineup.before], come[later] * lineup.share[later, None]
    topic = come[:, :size]
    stay = given.stay[later, 0] * np.einsum("ij,ij->i", left[:, :size], topic)
    resume = given.resume[later, 0] * np.einsum("ij,ij->i", left[:, size:-1], topic)
    same = given.same * (_same_section() * (left[:, :size].T @ topic)).sum()
    keep = given.keep * np.einsum("ij,ij->", left[:, size:], come[:, size:])
    moves = np.array([same, keep, start])
    return _add_up(lineup, labels * lineup.share[:, None], stay, resume, moves)


def _add_up(lineup: Lineup, labels: Floats, stay: Floats, resume: Floats, moves: Floats) -> Floats:
    context = lineup.context[lineup.starts :]
    return np.concatenate(
        [
            np.tensordot(labels[:, :-1], lineup.topics, axes=2),
            labels[:, -1] @ lineup.none,
            stay @ context,
            resume @ context[:, : len(RESUME)],
            moves,
        ]
    )


def _potentials(lineup: Lineup, weights: Floats) -> _Potentials:
    topic, none = lineup.topics @ weights[_TOPIC], lineup.none @ weights[_NONE]
    peak = np.maximum(topic.max(1), none)
    count, size = topic.shape
    states = np.empty((count, 2 * size + 1))
    states[:, :size] = np.exp(topic - peak[:, None])
    states[:, size:] = np.exp(none - peak)[:, None]
    same, keep, start = np.exp(weights[[_SAME, _KEEP, _START]]).tolist()
    return _Potentials(
        states=states,
        peak=peak,
        moves=_moves(size, same, keep),
        stay=np.exp(lineup.context @ weights[_STAY])[:, None],
        resume=np.exp(lineup.context[:, : len(RESUME)] @ weights[_RESUME])[:, None],
        same=same,
        keep=keep,
        start=start,
    )


def _moves(size: int, same: float, keep: float) -> Floats:
    """Weigh the steps from each state (rows) to each (columns), but for staying and resuming."""
    moves = np.zeros((2 * size + 1, 2 * size + 1))
    others, own = 1 - np.eye(size), np.eye(size)
    moves[:size, :size] = others + (same - 1) * _same_section()
    moves[size:-1, :size] = others
    moves[-1, :size] = 1
    moves[:size, size:-1] = own
    moves[size:, size:] = keep * np.eye(size + 1)
    return moves


def _forward(given: _Potentials, lineup: Lineup) -> tuple[Floats, Floats]:
    """Give the forward sums of states, scaled to one for each sentence, and the scales."""
    size, starts = lineup.topics.shape[1], lineup.starts
    states, scale = np.zeros(given.states.shape), np.ones(len(given.states))
    states[:starts, :size], states[:starts, -1] = given.states[:starts, :size], given.states[:starts, -1] * given.start
    scale[:starts] = states[:starts].sum(1)
    states[:starts] /= scale[:starts, None]
    for here, before in lineup.steps:
        left = states[before]
        came = left @ given.moves
        came[:, :size] += given.stay[here] * left[:, :size]
        came[:, :size] += given.resume[here] * left[:, size:-1]
        came *= given.states[here]
        scale[here] = came.sum(1)
        np.divide(came, scale[here, None], out=states[here])
    return states, scale


def _backward(given: _Potentials, lineup: Lineup, scale: Floats) -> tuple[Floats, Floats]:
    """Give the scaled backward sums of states, and these with the sentence itself."""
    size = lineup.topics.shape[1]
    back, come = np.ones(given.states.shape), given.states / scale[:, None]
    for here, before in reversed(lineup.steps):
        arrived, left = come[here], back[before]
        arrived *= back[here]
        np.matmul(arrived, given.moves.T, out=left)
        left[:, :size] += given.stay[here] * arrived[:, :size]
        left[:, size:-1] += given.resume[here] * arrived[:, :size]
    return back, come


@cache
def _same_section() -> Floats:
    """Tell which two different indicators stand in one section, L × L."""
    sections = np.array([item.section for item in indicators_of(newest_edition())])
    return np.asarray((sections[:, None] == sections[None]).astype(float) - np.eye(len(sections)))
