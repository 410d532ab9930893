"""A word in, what the lexicon's terms that have it say for each indicator out, where no cue is met."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from ocindex.analysis.cue_patterns import expand_ranges
from ocindex.analysis.graph import Floats, Integers
from ocindex.vocabulary.indicators import indicators_of, newest_edition
from ocindex.vocabulary.lexicon import cues
from ocindex.vocabulary.spelling import fold_words

_ENDINGS = ("ings", "ing", "ers", "ies", "ed", "es", "er", "s")
_FUNCTION_WORDS = frozenset(
    "the of and in to for a on by with from as at is are or its their into be that this it has have been not no an who "
    "which than more most out up over under off per they them was were will also such these those one two".split()
)
_WEIGHT = {3: 2.0, 2: 1.0, 1: 0.4}
_SMOOTHING = 4.0
_MOST = 2.5
UNKNOWN = -1
"""Row of a word that the lexicon does not have."""


class StemTable:
    """What each stem of the lexicon says for each indicator; each surface word is stemmed once.

    A word says what the lexicon's terms that contain it say: the log-odds of an
    indicator among them, smoothed towards no opinion, never below 0 or above 2.5.

    Notes
    -----
    A naive-Bayes table whose only training text is the lexicon (McCallum and
    Nigam 1998, multinomial model).
    """

    def __init__(self, rows: dict[str, int], odds: Floats) -> None:
        self._rows = rows
        self._size = odds.shape[1]
        # A stem speaks for four indicators of 32 on average.
        row, column = np.nonzero(odds)
        self._odds = odds[row, column]
        self._bounds = np.searchsorted(row, np.arange(len(odds) + 1))
        self._columns = column

    def row_of(self, word: str) -> int:
        """Give the row of a lower-case word; `UNKNOWN` where the lexicon does not have it."""
        return self._rows.get(stem_of(word), UNKNOWN)

    def add_up(self, sentence: Integers, rows: Integers, count: int) -> Floats:
        """Add up what each distinct row of each sentence says.

        Parameters
        ----------
        sentence, rows : array of int64
            Pairs of a sentence, from 0, and a row.
        count : int
            Number of sentences.

        Returns
        -------
        array of float, sentences × indicators
            Logarithm of one plus the sum; indicators of the newest list in order.
        """
        pairs = np.sort(sentence * len(self._rows) + rows)
        distinct = np.ones(len(pairs), np.bool_)
        distinct[1:] = pairs[1:] != pairs[:-1]
        sentence, row = np.divmod(pairs[distinct], len(self._rows))
        source, at = expand_ranges(self._bounds.take(row), self._bounds.take(row + 1))
        cell = (sentence * self._size).take(source) + self._columns.take(at)
        return np.log1p(np.bincount(cell, self._odds.take(at), count * self._size)).reshape(count, self._size)


@cache
def stem_table() -> StemTable:
    """Give the table of the bundled lexicon."""
    listed = [item.code for item in indicators_of(newest_edition())]
    column = {code: number for number, code in enumerate(listed)}
    rows: dict[str, int] = {}
    places: list[tuple[int, int]] = []
    weights: list[float] = []
    for cue in cues():
        stems = [stem for word in " ".join(cue.pieces).replace("*", "").split() if (stem := _stem(word))]
        for stem in stems:
            places.append((rows.setdefault(stem, len(rows)), column[cue.indicator]))
            weights.append(_WEIGHT[cue.weight] / len(stems) ** 0.5)
    counts = np.zeros((len(rows), len(listed)))
    where = np.array(places)
    np.add.at(counts, (where[:, 0], where[:, 1]), weights)
    totals = counts.sum(0)
    shares = counts / np.maximum(totals, 1) * totals.mean()
    smoothed = (shares + _SMOOTHING / len(listed)) / (shares.sum(1, keepdims=True) + _SMOOTHING)
    return StemTable(rows, np.clip(np.log(smoothed * len(listed)), 0, _MOST))


@lru_cache(maxsize=1 << 16)
def stem_of(word: str) -> str:
    """Give the stem of a lower-case word in any spelling; a function word has none.

    Examples
    --------
    >>> stem_of("smugglers"), stem_of("the")
    ('smuggl', '')
    """
    return _stem(fold_words(word))


def _stem(word: str) -> str:
    """Cut a regular ending off; a function word has no stem."""
    if word in _FUNCTION_WORDS or len(word) < 2:
        return ""
    if len(word) > 3:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                return word[: -len(ending)]
    return word
