"""Scores of an article's sentences in, the probability of every indicator and of none out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ocindex.analysis.article_features import CONTEXTS, NONE_FEATURES, TOPIC_FEATURES, ArticleFeatures
from ocindex.analysis.graph import Floats, Integers
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
    ``log_total`` is the log of the sum over all paths.
    """

    labels: Floats
    log_total: float
    expected: Floats


@dataclass(frozen=True, slots=True)
class _Potentials:
    """Exponentials of the scores of sentences (N × …) and of the steps into them."""

    topic: Floats
    none: Floats
    peak: float
    stay: Floats
    resume: Floats
    same: float
    keep: float
    start: float


def read_chain(features: ArticleFeatures, weights: Floats, *, count: bool = False) -> ArticleReading:
    """Run forward–backward over one article.

    The state is the indicator that a sentence is about, or an aside that
    remembers the last one. Staying, resuming and going on within the section
    have a price; a change is free, so a step costs sums over the states alone.

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
    given = _potentials(features, weights)
    topic, aside, scale = _forward(given)
    topic_back, aside_back = _backward(given, scale)
    labels = np.column_stack([topic * topic_back, (aside * aside_back).sum(1)])
    log_total = float(np.log(scale).sum() + given.peak)
    if not count:
        return ArticleReading(labels, log_total, np.zeros(0))
    # What arrives at each sentence but the first, without the way there.
    left, left_aside = topic[:-1], aside[:-1]
    come = (given.topic * topic_back)[1:] / scale[1:, None]
    come_aside = given.none[1:, None] * aside_back[1:] / scale[1:, None]
    stay = given.stay[1:] * (left * come).sum(1)
    same = given.same * (_others_of_section(left) * come).sum()
    keep = given.keep * (left_aside * come_aside).sum()
    resume = given.resume[1:] * (left_aside[:, 1:] * come).sum(1)
    start = aside[0, 0] * aside_back[0, 0]
    expected = _add_up(features, labels, stay, resume, np.array([same, keep, start]))
    return ArticleReading(labels, log_total, expected)


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
    return _add_up(features, np.eye(size + 1)[labels], stay, resume, moves)


def _add_up(features: ArticleFeatures, labels: Floats, stay: Floats, resume: Floats, moves: Floats) -> Floats:
    context = _step_context(features)[1:]
    return np.concatenate(
        [
            np.tensordot(labels[:, :-1], features.topics, axes=2),
            labels[:, -1] @ features.none,
            stay @ context,
            resume @ context[:, : len(RESUME)],
            moves,
        ]
    )


def _step_context(features: ArticleFeatures) -> Floats:
    return np.column_stack([np.ones(len(features)), features.context])


def _potentials(features: ArticleFeatures, weights: Floats) -> _Potentials:
    topic, none = features.topics @ weights[_TOPIC], features.none @ weights[_NONE]
    peak = np.maximum(topic.max(1), none)
    context = _step_context(features)
    return _Potentials(
        topic=np.exp(topic - peak[:, None]),
        none=np.exp(none - peak),
        peak=float(peak.sum()),
        stay=np.exp(context @ weights[_STAY]),
        resume=np.exp(context[:, : len(RESUME)] @ weights[_RESUME]),
        same=float(np.exp(weights[_SAME])),
        keep=float(np.exp(weights[_KEEP])),
        start=float(np.exp(weights[_START])),
    )


def _forward(given: _Potentials) -> tuple[Floats, Floats, Floats]:
    """Give scaled forward sums of topics (N × L) and asides (N × L + 1, the first without memory)."""
    count, size = given.topic.shape
    topic, aside, scale = np.zeros((count, size)), np.zeros((count, size + 1)), np.ones(count)
    topic[0], aside[0, 0] = given.topic[0], given.none[0] * given.start
    for step in range(count):
        if step:
            left, remembered = topic[step - 1], aside[step - 1]
            came = left.sum() + remembered.sum() - left - remembered[1:]
            came += given.stay[step] * left + given.resume[step] * remembered[1:]
            came += (given.same - 1) * _others_of_section(left)
            topic[step] = given.topic[step] * came
            aside[step] = given.none[step] * given.keep * remembered
            aside[step, 1:] += given.none[step] * left
        scale[step] = topic[step].sum() + aside[step].sum()
        topic[step] /= scale[step]
        aside[step] /= scale[step]
    return topic, aside, scale


def _backward(given: _Potentials, scale: Floats) -> tuple[Floats, Floats]:
    count, size = given.topic.shape
    topic, aside = np.ones((count, size)), np.ones((count, size + 1))
    for step in range(count - 1, 0, -1):
        come = given.topic[step] * topic[step] / scale[step]
        come_aside = given.none[step] * aside[step] / scale[step]
        total = come.sum()
        topic[step - 1] = total - come + given.stay[step] * come + (given.same - 1) * _others_of_section(come)
        topic[step - 1] += come_aside[1:]
        aside[step - 1] = given.keep * come_aside + total
        aside[step - 1, 1:] += (given.resume[step] - 1) * come
    return topic, aside


def _others_of_section(values: Floats) -> Floats:
    """Add up what the other indicators of each indicator's section have."""
    return np.asarray(values @ _same_section())


@cache
def _same_section() -> Floats:
    """Tell which two different indicators stand in one section, L × L."""
    sections = np.array([item.section for item in indicators_of(newest_edition())])
    return np.asarray((sections[:, None] == sections[None]).astype(float) - np.eye(len(sections)))
