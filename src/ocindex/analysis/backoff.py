"""Sentences in, what their single words say for each indicator out, where no cue is met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from ocindex.analysis.graph import Floats
from ocindex.vocabulary.indicators import indicators_of, newest_edition
from ocindex.vocabulary.lexicon import cues
from ocindex.vocabulary.spelling import fold_words

_WORD = re.compile(r"\w+")
_ENDINGS = ("ings", "ing", "ers", "ies", "ed", "es", "er", "s")
_FUNCTION_WORDS = frozenset(
    "the of and in to for a on by with from as at is are or its their into be that this it has have been not no an who "
    "which than more most out up over under off per they them was were will also such these those one two".split()
)
_WEIGHT = {3: 2.0, 2: 1.0, 1: 0.4}
_SMOOTHING = 4.0
_MOST = 2.5
_UNKNOWN = -1


def word_evidence(texts: Sequence[str]) -> Floats:
    """Add up what each distinct word of a sentence says for each indicator.

    A word says what the lexicon's terms that contain it say: the log-odds of an
    indicator among them, smoothed towards no opinion, never below 0 or above 2.5.

    Parameters
    ----------
    texts : sequence of str
        Readable sentences.

    Returns
    -------
    array of float, sentences × indicators
        Logarithm of one plus the sum; indicators of the newest list in order.

    Notes
    -----
    A naive-Bayes table whose only training text is the lexicon (McCallum and
    Nigam 1998, multinomial model).
    """
    table = _word_table()
    found = [table.rows_of(set(_WORD.findall(text.lower()))) for text in texts]
    counts = np.array([len(rows) for rows in found])
    evidence = np.zeros((len(texts), table.odds.shape[1]))
    some = np.flatnonzero(counts)
    if len(some):
        odds = table.odds[np.concatenate([np.array(rows, dtype=np.int64) for rows in found])]
        evidence[some] = np.add.reduceat(odds, (np.cumsum(counts) - counts)[some])
    return np.log1p(evidence)


class _WordTable:
    """Log-odds of every stem of the lexicon; each surface word is stemmed once."""

    def __init__(self, rows: dict[str, int], odds: Floats) -> None:
        self.odds = odds
        self._rows = rows
        self._met: dict[str, int] = {}

    def rows_of(self, words: set[str]) -> list[int]:
        """Distinct rows of lower-case words, in order; words that the lexicon does not have are left out."""
        found = {self._met[word] if word in self._met else self._look_up(word) for word in words}
        return sorted(found - {_UNKNOWN})

    def _look_up(self, word: str) -> int:
        row = self._met[word] = self._rows.get(_stem(fold_words(word)), _UNKNOWN)
        return row


@cache
def _word_table() -> _WordTable:
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
    return _WordTable(rows, np.clip(np.log(smoothed * len(listed)), 0, _MOST))


def _stem(word: str) -> str:
    """Cut a regular ending off; a function word has no stem."""
    if word in _FUNCTION_WORDS or len(word) < 2:
        return ""
    if len(word) > 3:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                return word[: -len(ending)]
    return word
