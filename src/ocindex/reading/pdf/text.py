"""Paragraphs in, the document's text and where each word of it stands out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from ocindex.reading.document import Place
from ocindex.reading.pdf.hyphens import BREAKABLE, LineJoiner
from ocindex.reading.pdf.lines import Line
from ocindex.reading.pdf.paragraphs import Paragraph
from ocindex.reading.pdf.words import Page

_BREAK = "\n\n"


def write_text(
    paragraphs: Sequence[Paragraph], pages: Sequence[Page]
) -> tuple[str, tuple[Place, ...], tuple[int, ...]]:
    """Write paragraphs as text: one line each, an empty line between two.

    The lines of a heading stay lines. Words that a line's end broke are joined.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        In reading order.
    pages : sequence of Page
        All pages of the document.

    Returns
    -------
    str
    tuple of Place
        One per line, in order of ``start``.
    tuple of int
        First code point of each page; of a page without text, that of the next.
    """
    joiner = LineJoiner(lambda: (line.text for paragraph in paragraphs for line in paragraph.lines))
    parts: list[str] = []
    places: list[Place] = []
    position = 0
    for paragraph in paragraphs:
        if parts:
            parts.append(_BREAK)
            position += len(_BREAK)
        following = chain(paragraph.lines[1:], (None,))
        for line, after in zip(paragraph.lines, following, strict=True):
            text, end = line.text, ""
            if after is not None:
                end = "\n" if paragraph.is_heading else " "
                if text.endswith(BREAKABLE) and not paragraph.is_heading:
                    last = line.last_word
                    kept, end = joiner.join(last, after.first_word)
                    text = text[: len(text) - len(last)] + kept
            places.append(_place(line, position, len(text), pages[line.page - 1]))
            parts.append(text + end)
            position += len(text) + len(end)
    text = "".join(parts)
    return text, tuple(places), _start_pages(places, len(pages), len(text))


def _place(line: Line, start: int, length: int, page: Page) -> Place:
    # A hyphen that was dropped at the line's end is the last word's.
    ends = (*[start + end for end in line.ends[:-1]], start + length)
    boxes = line.boxes if page.turn == 0 else page.unturn(line.boxes)
    return Place(start, start + length, line.page, ends, boxes)


def _start_pages(places: Sequence[Place], count: int, end: int) -> tuple[int, ...]:
    firsts: dict[int, int] = {}
    for place in places:
        firsts.setdefault(place.page, place.start)
    starts = [end] * count
    for number in range(count, 0, -1):
        following = starts[number] if number < count else end
        starts[number - 1] = min(firsts.get(number, following), following)
    return (0, *starts[1:])
