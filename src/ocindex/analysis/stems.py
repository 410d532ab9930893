"""The stems of sentences in, what they say together for each indicator out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.cue_patterns import expand_ranges
from ocindex.analysis.graph import Floats, Integers


@dataclass(frozen=True, slots=True)
class SentenceStems:
    """The distinct stems of ``size`` sentences: pairs of a sentence, from 0, and a row of a table of stems.

    Pairs are in order of sentences, then of rows.
    """

    sentence: Integers
    row: Integers
    size: int


class StemOdds:
    """What stems say for indicators, where they say anything: most say something of a few only.

    Parameters
    ----------
    odds : array, stems × indicators
        0 where a stem says nothing.
    """

    def __init__(self, odds: Floats) -> None:
        row, column = np.nonzero(odds)
        self._odds = odds[row, column]
        self._bounds = np.searchsorted(row, np.arange(len(odds) + 1))
        self._columns = column
        self._size = odds.shape[1]

    def add_up(self, stems: SentenceStems) -> Floats:
        """Add up what the stems of each sentence say.

        Returns
        -------
        array of float, sentences × indicators

        Examples
        --------
        >>> stems = SentenceStems(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
        >>> StemOdds(np.array([[0.5, 0.0], [1.0, -1.0]])).add_up(stems).tolist()
        [[1.5, -1.0], [1.0, -1.0]]
        """
        source, at = expand_ranges(self._bounds.take(stems.row), self._bounds.take(stems.row + 1))
        cell = (stems.sentence * self._size).take(source) + self._columns.take(at)
        added = np.bincount(cell, self._odds.take(at), stems.size * self._size)
        return np.asarray(added, dtype=np.float64).reshape(stems.size, self._size)

    def dense(self) -> Floats:
        """Give back stems × indicators."""
        row = np.repeat(np.arange(len(self._bounds) - 1), np.diff(self._bounds))
        odds = np.zeros((len(self._bounds) - 1, self._size))
        odds[row, self._columns] = self._odds
        return odds


def distinct_stems(sentence: Integers, row: Integers, size: int) -> SentenceStems:
    """Put pairs of a sentence and a row in order, each once.

    Examples
    --------
    >>> found = distinct_stems(np.array([1, 0, 1]), np.array([7, 3, 7]), 2)
    >>> found.sentence.tolist(), found.row.tolist()
    ([0, 1], [3, 7])
    """
    width = int(row.max(initial=0)) + 1
    pairs = np.sort(sentence * width + row)
    kept = np.ones(len(pairs), np.bool_)
    kept[1:] = pairs[1:] != pairs[:-1]
    return SentenceStems(*np.divmod(pairs[kept], width), size)


def join_stems(documents: Sequence[SentenceStems], kept: Sequence[NDArray[np.bool_]]) -> SentenceStems:
    """Lay the stems of several documents end to end, but for sentences that are not kept."""
    sentences, rows, first = [], [], 0
    for stems, keeps in zip(documents, kept, strict=True):
        of_kept = keeps.take(stems.sentence)
        place = first + np.cumsum(keeps) - 1
        sentences.append(place.take(stems.sentence[of_kept]))
        rows.append(stems.row[of_kept])
        first += int(keeps.sum())
    return SentenceStems(np.concatenate(sentences), np.concatenate(rows), first)
