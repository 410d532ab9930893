"""Words of one column in, its lines from top to bottom out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple

import numpy as np

from ocindex.reading.pdf.drawing import Flags, Floats, Numbers
from ocindex.reading.pdf.words import Box, Words

# Two words stand on one line if their middles are nearer than this share of the taller one's height.
_SAME_LINE = 0.45
# Narrower gaps, as a share of the height, are inside a word: a blank is at least a fifth of the font size.
_BLANK = 0.1
_NOTE_MARK = re.compile(r"[\d*†‡§,]{1,5}")
_RAISED = 0.8
_SPACED = 4


class Line(NamedTuple):
    """Words on one line, from left to right.

    ``own`` are their numbers on the page, ``ends`` the positions in ``text`` where they end;
    ``middle`` and ``height`` are those of the first word's font.
    """

    text: str
    page: int
    own: Numbers
    ends: tuple[int, ...]
    boxes: tuple[Box, ...]
    fonts: tuple[int, ...]
    middle: float
    height: float

    @property
    def font(self) -> int:
        """Font of the first word."""
        return self.fonts[0]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.boxes[0][0]

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.boxes[-1][2]

    @property
    def first_word(self) -> str:
        """First word, in letters."""
        return self.text[: self.ends[0]]

    @property
    def last_word(self) -> str:
        """Last word, with what stands without a blank before it."""
        return self.text.rpartition(" ")[2]

    @property
    def first_width(self) -> float:
        """Width of the first word."""
        return self.boxes[0][2] - self.boxes[0][0]


def group_rows(boxes: Floats) -> tuple[Numbers, Numbers]:
    """Group words that stand beside each other.

    Parameters
    ----------
    boxes : array, N × 4
        Left, lower, right and upper edge of each word.

    Returns
    -------
    array of int
        Numbers of the words, by rows from top to bottom, in each row from left to right.
    array of int
        Where each row begins in it.
    """
    middles, heights = (boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 3] - boxes[:, 1]
    order = np.argsort(-middles, kind="stable")
    drop = middles[order[:-1]] - middles[order[1:]]
    tallest = np.maximum(heights[order[:-1]], heights[order[1:]])
    row = np.concatenate(([0], np.cumsum(drop > _SAME_LINE * tallest)))
    order = order[np.lexsort((boxes[order, 0], row))]
    return order, np.flatnonzero(np.concatenate(([True], np.diff(row) > 0)))


def make_lines(words: Words, page: int, own: Numbers | None = None) -> tuple[list[Line], list[str]]:
    """Make lines of words.

    Parameters
    ----------
    words : Words
        Of one page.
    page : int
        Its number.
    own : array of int, optional
        Numbers of the words that are used, such as those of one column; all without it.

    Returns
    -------
    list of Line
        From top to bottom.
    list of str
        Marks of footnotes that were left out.
    """
    numbers = np.arange(len(words)) if own is None else own
    if numbers.size == 0:
        return [], []
    order, starts = group_rows(words.boxes[numbers])
    numbers = numbers[order]
    sorted_words = words.take(numbers)
    keep, marks = _drop_marks(sorted_words, starts)
    if marks:
        starts = np.unique(np.searchsorted(np.flatnonzero(keep), starts))
        numbers, sorted_words = numbers[keep], sorted_words.take(keep)
    gaps = np.concatenate(([0], sorted_words.boxes[1:, 0] - sorted_words.boxes[:-1, 2]))
    blank = gaps >= _BLANK * np.concatenate(([1], sorted_words.heights[:-1]))
    blank[starts] = False
    source = _Sorted(
        sorted_words.texts,
        list(zip(*sorted_words.boxes.T.tolist(), strict=True)),
        sorted_words.fonts.tolist(),
        numbers,
        gaps,
        blank.astype(int).tolist(),
    )
    ends = np.append(starts[1:], len(sorted_words))
    return [_make_line(source, page, *span) for span in zip(starts.tolist(), ends.tolist(), strict=True)], marks


def cut_line(line: Line, words: Words, gap: float) -> list[Line]:
    """Cut a line at gaps that are wider than a share ``gap`` of its height."""
    gaps = np.array([after[0] - before[2] for before, after in pairwise(line.boxes)])
    wide = np.flatnonzero(gaps > gap * line.height) + 1
    return [piece for part in np.split(line.own, wide) for piece in make_lines(words, line.page, part)[0]]


class _Sorted(NamedTuple):
    """Words in reading order, column by column of their table; ``blanks`` holds 1 where a blank stands before."""

    texts: list[str]
    boxes: list[Box]
    fonts: list[int]
    own: Numbers
    gaps: Floats
    blanks: list[int]


def _make_line(source: _Sorted, page: int, start: int, end: int) -> Line:
    texts, blanks = source.texts[start:end], source.blanks[start:end]
    count = end - start
    if count >= _SPACED and sum(map(len, texts)) <= 1.25 * count:
        # P E O P L E: the letters are spaced out, and only wider gaps part words.
        gaps = source.gaps[start + 1 : end]
        blanks = [0, *(gaps >= 1.6 * np.sort(gaps)[gaps.size // 4]).astype(int).tolist()]
    if sum(blanks) == count - 1:
        text = " ".join(texts)
    else:
        text = "".join([" " + text if blank else text for text, blank in zip(texts, blanks, strict=True)])
    ends = tuple(accumulate(map(add, map(len, texts), blanks)))
    boxes = tuple(source.boxes[start:end])
    _, low, _, high = boxes[0]
    return Line(
        text, page, source.own[start:end], ends, boxes, tuple(source.fonts[start:end]), (low + high) / 2, high - low
    )


def _drop_marks(words: Words, starts: Numbers) -> tuple[Flags, list[str]]:
    """Drop raised small figures behind a word: they point to a footnote and would end up inside the sentence."""
    heights, middles = words.heights, words.middles
    begins = np.zeros(heights.size, dtype=int)
    begins[starts[1:]] = 1
    row = np.cumsum(begins)
    tallest = np.maximum.reduceat(heights, starts)[row]
    keep = np.ones(heights.size, dtype=bool)
    marks: list[str] = []
    for place in np.flatnonzero(heights < _RAISED * tallest).tolist():
        if place in starts or not _NOTE_MARK.fullmatch(words.texts[place]):
            continue
        base = np.median(middles[(row == row[place]) & (heights >= _RAISED * tallest)])
        if middles[place] > base + 0.1 * tallest[place]:
            keep[place] = False
            marks.append(words.texts[place])
    return keep, marks


def join_texts(words: Words, numbers: Sequence[int]) -> str:
    """Give some words with blanks between."""
    return " ".join([words.texts[number] for number in numbers])
