"""Words of one column in, its lines from top to bottom out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median

from ocindex.reading.pdf.words import Word

# Two words stand on one line if their middles are nearer than this share of the taller one's height.
_SAME_LINE = 0.45
# Narrower gaps, as a share of the height, are inside a word: a blank is at least a fifth of the font size.
_BLANK = 0.1
_NOTE_MARK = re.compile(r"[\d*†‡§,]{1,5}")
_MARKS = frozenset("0123456789*†‡§")
_RAISED = 0.8
_SPACED = 4


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, from left to right; ``blanks`` says before which of them a blank stands."""

    words: tuple[Word, ...]
    blanks: tuple[bool, ...]
    page: int
    text: str

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.words[-1].x1

    @property
    def middle(self) -> float:
        """Height of the middle above the foot of the page."""
        return self.words[0].middle

    @property
    def height(self) -> float:
        """Height of the first word, and so of the font."""
        return self.words[0].height

    @property
    def font(self) -> int:
        """Font of the first word."""
        return self.words[0].font


def group_rows(words: Iterable[Word]) -> list[list[Word]]:
    """Group words that stand beside each other.

    Parameters
    ----------
    words : iterable of Word
        In any order.

    Returns
    -------
    list of list of Word
        Rows from top to bottom, each from left to right.

    Examples
    --------
    >>> rows = group_rows([Word("b", 20, 9, 25, 19), Word("c", 0, 0, 5, 8), Word("a", 0, 10, 5, 20)])
    >>> [[word.text for word in row] for row in rows]
    [['a', 'b'], ['c']]
    """
    rows: list[list[Word]] = []
    middle = height = 0.0
    for word in sorted(words, key=_by_height):
        y0, y1 = word[2], word[4]
        own = (y0 + y1) / 2
        if rows and middle - own <= _SAME_LINE * max(height, y1 - y0):
            rows[-1].append(word)
            if y1 - y0 > height:
                middle, height = own, y1 - y0
        else:
            rows.append([word])
            middle, height = own, y1 - y0
    for row in rows:
        row.sort(key=_by_place)
    return rows


def make_lines(words: Sequence[Word], page: int) -> tuple[list[Line], list[str]]:
    """Make lines of the words of one column.

    Returns
    -------
    list of Line
        From top to bottom.
    list of str
        Marks of footnotes that were left out.
    """
    lines, marks = [], []
    for row in group_rows(words):
        kept = _drop_marks(row)
        if len(kept) < len(row):
            marks += [word.text for word in row if word not in kept]
        lines.append(join_words(kept, _find_blanks(kept), page))
    return lines, marks


def join_words(words: Sequence[Word], blanks: Sequence[bool], page: int) -> Line:
    """Make a line of words, with a blank before some of them."""
    text = "".join([f" {word[0]}" if blank else word[0] for word, blank in zip(words, blanks, strict=True)])
    return Line(tuple(words), tuple(blanks), page, text)


_by_place = attrgetter("x0")


def _by_height(word: Word) -> tuple[float, float]:
    return -word[2] - word[4], word[1]


def _drop_marks(row: list[Word]) -> list[Word]:
    """Drop raised small figures behind a word: they point to a footnote and would end up inside the sentence."""
    if not any(word[0][0] in _MARKS for word in row):
        return row
    tallest = max(word[4] - word[2] for word in row)
    small = [word for word in row if word[4] - word[2] < _RAISED * tallest and _NOTE_MARK.fullmatch(word[0])]
    if not small:
        return row
    base = median(word.middle for word in row if word.height >= _RAISED * tallest)
    return [word for word in row if word not in small or word.middle <= base + 0.1 * tallest or word is row[0]]


def _find_blanks(row: list[Word]) -> tuple[bool, ...]:
    gaps = [after[1] - before[3] for before, after in pairwise(row)]
    least = _BLANK * row[0].height
    if len(row) >= _SPACED and sum(len(word[0]) == 1 for word in row) >= 0.8 * len(row):
        # P E O P L E: the letters are spaced out, and only wider gaps part words.
        least = max(least, 1.6 * sorted(gaps)[len(gaps) // 4])
    return (False, *(gap >= least for gap in gaps))
