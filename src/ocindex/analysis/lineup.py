"""Articles in, their sentences side by side out: the first of each, then the second of each, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocindex.analysis.article_features import ArticleFeatures
from ocindex.analysis.graph import Floats, Integers


@dataclass(frozen=True, slots=True)
class Lineup:
    """The N sentences of some articles in the order in which a chain steps through all of them at once.

    The longest article stands first, so that those that go on at a step are the first ones of
    the step before. ``topics`` is N × L × `TOPIC_FEATURES`, ``none`` N × `NONE_FEATURES`,
    ``context`` N × (1 + `CONTEXTS`) with a first column of ones. ``article`` (N) tells
    which of the given articles a sentence is of, ``share`` (N) how much it counts. Each of
    ``steps`` is the rows of its sentences and the rows of the sentences before them; ``before``
    has the latter for all rows from the ``starts``-th on, which begin no article.
    """

    topics: Floats
    none: Floats
    context: Floats
    article: Integers
    share: Floats
    starts: int
    steps: tuple[tuple[slice, slice], ...]
    before: Integers


def line_up(articles: Sequence[ArticleFeatures], shares: Sequence[float] | None = None) -> Lineup:
    """Put the sentences of articles side by side.

    Parameters
    ----------
    articles : sequence of ArticleFeatures
        At least one, each of at least one sentence.
    shares : sequence of float, optional
        How much each article counts; 1 where not given.
    """
    sizes = np.array([len(item) for item in articles])
    longest = np.argsort(-sizes, kind="stable")
    step = np.concatenate([np.arange(size) for size in sizes[longest]])
    order = np.argsort(step, kind="stable")
    article = np.repeat(longest, sizes[longest])[order]
    context = np.concatenate([articles[place].context for place in longest])[order]
    active = np.bincount(step)
    return Lineup(
        topics=np.concatenate([articles[place].topics for place in longest])[order],
        none=np.concatenate([articles[place].none for place in longest])[order],
        context=np.column_stack([np.ones(len(context)), context]),
        article=article,
        share=np.ones(len(article)) if shares is None else np.asarray(shares, dtype=float)[article],
        starts=int(active[0]),
        steps=_steps_of(active),
        before=np.arange(active[0], len(article)) - np.repeat(active[:-1], active[1:]),
    )


def _steps_of(active: Integers) -> tuple[tuple[slice, slice], ...]:
    ends = np.cumsum(active).tolist()
    begins = [0, *ends[:-1]]
    return tuple(
        (slice(begins[at], ends[at]), slice(begins[at - 1], begins[at - 1] + count))
        for at, count in enumerate(active.tolist())
        if at
    )
