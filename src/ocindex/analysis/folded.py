"""Sentences in, one folded array of bytes out that knows where each byte came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ocindex.vocabulary.spelling import fold_character

if TYPE_CHECKING:
    from collections.abc import Sequence

Integers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

BLANK = ord(" ")
LINE = ord("\n")
_APOSTROPHE = ord("'")
_FIRST_OF_WORD = ord("0")
_BETWEEN = " \n "
# Latin, Greek, Cyrillic and the marks of typography; the few characters above are folded one by one.
_TABLE_SIZE = 0x2200
# More words than any gap: no phrase reaches into the next sentence.
_WORDS_BETWEEN = 100


@dataclass(frozen=True, slots=True)
class Folded:
    r"""Folded sentences, laid end to end.

    Attributes
    ----------
    codes : array of uint8
        Words of a-z, 0-9 and 255 (any other letter), one blank before and
        after each; a line end between two sentences.
    positions : array of int64
        Where each code stood in the sentences joined by ``" \n "``.
    starts : array of int64
        Where each sentence started there.
    words : array of int64
        Number of the word that stands, or comes next, at each code.
    word_ends : array of int64
        Where the word with this number ends in ``codes``.
    places : array of int64
        For each word its number, counted on by a hundred at each line end.
    lines : array of int64
        For each word the number of line ends before it, that is, its sentence.
    """

    codes: Bytes
    positions: Integers
    starts: Integers
    words: Integers
    word_ends: Integers
    places: Integers
    lines: Integers

    def in_sentences(self, begin: Integers, end: Integers) -> tuple[Integers, Integers, Integers]:
        """Give the sentence, and start and end in it, of spans of ``codes``."""
        start = self.positions[begin]
        sentence = np.searchsorted(self.starts, start, side="right") - 1
        offset = self.starts[sentence]
        return sentence, start - offset, self.positions[end] - offset


def fold_sentences(texts: Sequence[str]) -> Folded:
    r"""Fold sentences for matching: lower case, base letters, words between single blanks.

    Parameters
    ----------
    texts : sequence of str
        Readable sentences.

    Returns
    -------
    Folded

    Examples
    --------
    >>> bytes(fold_sentences(["The Çetin gang\u2019s arms", "Ends."]).codes)
    b' the cetin gang arms \n ends \n '
    """
    joined = f" {_BETWEEN.join(texts)}{_BETWEEN}"
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.cumsum(np.concatenate(([1], lengths + len(_BETWEEN))))
    codes = _fold(joined)
    codes[starts[1:] - 2] = LINE
    _blank_apostrophes(codes)
    positions = np.flatnonzero(codes)
    if len(positions) < len(codes):
        codes = codes.take(positions)
    blank = codes == BLANK
    is_kept = np.ones(len(codes), np.bool_)
    np.logical_not(blank[1:] & blank[:-1], out=is_kept[1:])
    kept = np.flatnonzero(is_kept)
    codes, positions = codes.take(kept), positions.take(kept)
    blank = codes == BLANK
    word_ends = np.flatnonzero(blank)
    words = np.cumsum(blank)
    # A line end counts as a word itself; what follows it is far away.
    behind = np.zeros(len(word_ends) + 1, np.int64)
    behind[words.take(np.flatnonzero(codes == LINE)) + 1] = 1
    lines = np.cumsum(behind)
    places = np.arange(len(lines)) + lines * _WORDS_BETWEEN
    return Folded(codes, positions, starts[:-1], words, word_ends, places, lines)


def _fold(joined: str) -> Bytes:
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _table().take(points, mode="clip")
    for at in np.flatnonzero(points >= _TABLE_SIZE).tolist():
        codes[at] = _code(joined[at])
    return codes


def _blank_apostrophes(codes: Bytes) -> None:
    """Blank each apostrophe, with the s of a possessive."""
    at = np.flatnonzero(codes == _APOSTROPHE)
    possessive = (codes[at + 1] == ord("s")) & (codes[at + 2] < _FIRST_OF_WORD) & (codes[at - 1] >= _FIRST_OF_WORD)
    codes[at[possessive] + 1] = BLANK
    codes[at] = BLANK


@cache
def _table() -> Bytes:
    return np.fromiter((_code(chr(point)) for point in range(_TABLE_SIZE + 1)), np.uint8, _TABLE_SIZE + 1)


def _code(character: str) -> int:
    """Give the code of a folded character; 0 drops it."""
    folded = fold_character(character)
    return ord(folded) if folded else 0
