"""Columns of lines in, paragraphs and headings out, whole where a column or page broke them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ocindex.reading.pdf.drawing import Fonts
from ocindex.reading.pdf.lines import Line
from ocindex.vocabulary.page_furniture import CLOSING, page_furniture_scope
from ocindex.vocabulary.sections import find_heading

_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
# Shares of the body's line height, and of the usual distance between two lines.
_LARGER = 1.12
_SMALLER = 0.93
_INDENT = 0.6
_APART = 1.25
_LONGEST_HEADING = 90
_ROUND_OFF = 0.1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; those of a heading keep their line ends."""

    lines: tuple[Line, ...]
    is_heading: bool = False

    @property
    def text(self) -> str:
        """The lines, joined by blanks."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Body:
    """How most of a document is set: font, height of a line, distance from line to line."""

    font: int
    height: float
    leading: float


def find_paragraphs(columns: Sequence[Sequence[Line]], fonts: Fonts) -> tuple[list[Paragraph], list[str]]:
    """Find the paragraphs and headings of a document.

    Parameters
    ----------
    columns : sequence of sequence of Line
        Of all pages, in reading order.
    fonts : Fonts
        Tells which fonts are bold.

    Returns
    -------
    list of Paragraph
        In reading order.
    list of str
        Funding lines and the like that were left out.
    """
    body = measure_body(columns)
    paragraphs: list[Paragraph] = []
    left_out: list[str] = []
    indented = False
    for column in columns:
        found, indents = _split_column(column, body, fonts)
        indented = indented or indents
        found, closing = _drop_closing(found, body)
        left_out += closing
        if found and paragraphs and _runs_on(paragraphs[-1], found[0], column, body, indented=indented):
            paragraphs[-1] = Paragraph((*paragraphs[-1].lines, *found[0].lines))
            found = found[1:]
        paragraphs += found
    return paragraphs, left_out


def measure_body(columns: Sequence[Sequence[Line]]) -> Body:
    """Measure how most of the text is set."""
    sizes: Counter[tuple[int, float]] = Counter()
    for column in columns:
        for line in column:
            sizes[line.font, line.height] += len(line.ends)
    (font, height), _ = min(sizes.items(), key=lambda item: (-item[1], item[0]))
    near = (height - _ROUND_OFF, height + _ROUND_OFF)
    steps = [
        above.middle - below.middle
        for column in columns
        for above, below in pairwise(column)
        if near[0] < above.height < near[1] and near[0] < below.height < near[1]
    ]
    close = [step for step in steps if 0 < step < 3 * height]
    return Body(font, height, median(close) if close else 1.2 * height)


def ends_sentence(text: str) -> bool:
    """Whether a line stops where a sentence stops."""
    return _ENDED.search(text) is not None


def _split_column(column: Sequence[Line], body: Body, fonts: Fonts) -> tuple[list[Paragraph], bool]:
    """Split one column; also tell whether its paragraphs are indented."""
    if not column:
        return [], False
    heads = _find_headings(column, body, fonts)
    # Small print and titles are set to other widths.
    plain = [line for line in column if _is_body(line, body)] or column
    left = sorted(line.x0 for line in plain)[len(plain) // 10]
    right = max(line.x1 for line in plain)
    indented = False
    paragraphs, first = [], 0
    for place in range(1, len(column) + 1):
        if place < len(column):
            above, below = column[place - 1], column[place]
            indents = below.x0 > left + _INDENT * body.height and above.x0 < below.x0 and ends_sentence(above.text)
            indented = indented or (indents and not heads[place] and not heads[place - 1])
            if heads[place] == heads[place - 1] and not (
                indents
                or above.middle - below.middle > _APART * _leading_of(below, body)
                or not _like(above, below)
                or (not heads[place] and ends_sentence(above.text) and _has_room(above, below, right))
            ):
                continue
        paragraphs.append(Paragraph(tuple(column[first:place]), heads[first]))
        first = place
    return paragraphs, indented


def _find_headings(column: Sequence[Line], body: Body, fonts: Fonts) -> list[bool]:
    """Mark the lines of headings: set larger or bold, or capitals that name a section."""
    heads = [_is_set_apart(line, body, fonts) for line in column]
    for place, line in enumerate(column):
        if heads[place] or not line.text.isupper() or len(line.text) > _LONGEST_HEADING:
            continue
        if place and not heads[place - 1] and not ends_sentence(column[place - 1].text):
            continue
        for count in (3, 2, 1):
            lines = column[place : place + count]
            found = find_heading(" ".join(item.text for item in lines))
            if found is not None and all(item.text.isupper() for item in lines):
                heads[place : place + len(lines)] = [True] * len(lines)
                break
    return heads


def _is_set_apart(line: Line, body: Body, fonts: Fonts) -> bool:
    larger = line.height >= _LARGER * body.height
    if not larger and (not fonts.is_bold(line.font) or fonts.is_bold(body.font)):
        return False
    if len(line.text) > _LONGEST_HEADING or not any(map(str.isalpha, line.text)):
        return False
    return larger or (all(map(fonts.is_bold, line.fonts)) and not ends_sentence(line.text))


def _leading_of(line: Line, body: Body) -> float:
    return body.leading * max(1.0, line.height / body.height)


def _is_body(line: Line, body: Body) -> bool:
    return 1 / _LARGER < line.height / body.height < _LARGER


def _like(above: Line, below: Line) -> bool:
    return 1 / _LARGER < above.height / below.height < _LARGER


def _has_room(above: Line, below: Line, right: float) -> bool:
    """Whether the first word of a line would have stood on the line above, had the paragraph gone on."""
    return above.x1 + 0.3 * above.height + below.first_width < right - 0.2 * above.height


def _drop_closing(paragraphs: list[Paragraph], body: Body) -> tuple[list[Paragraph], list[str]]:
    """Drop funding lines at the foot of a column: set smaller than the body, or apart as its last block."""
    kept, dropped = list(paragraphs), []
    while kept and not kept[-1].is_heading and page_furniture_scope(kept[-1].text) == CLOSING:
        small = kept[-1].lines[0].height <= _SMALLER * body.height
        above = kept[-2].lines[-1].middle if len(kept) > 1 else None
        first = kept[-1].lines[0].middle
        apart = above is None or above - first > 1.8 * body.leading
        if not (small or apart):
            break
        dropped.append(kept.pop().text)
    return kept, dropped[::-1]


def _runs_on(last: Paragraph, first: Paragraph, column: Sequence[Line], body: Body, *, indented: bool) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if last.is_heading or first.is_heading:
        return last.is_heading and first.is_heading and _is_one_heading(last, first)
    if not _like(last.lines[-1], first.lines[0]):
        return False
    if not ends_sentence(last.lines[-1].text):
        return True
    if indented:
        left = min(line.x0 for line in column)
        return len(column) > 1 and first.lines[0].x0 <= left + _INDENT * body.height
    edge = max(line.x1 for line in last.lines)
    return len(last.lines) > 1 and not _has_room(last.lines[-1], first.lines[0], edge)


def _is_one_heading(last: Paragraph, first: Paragraph) -> bool:
    return find_heading(last.text) is None and find_heading(f"{last.text} {first.text}") is not None
