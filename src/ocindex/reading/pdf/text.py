"""Paragraphs in, the document's text and where each word of it stands out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from ocindex.reading.document import Place
from ocindex.reading.pdf.hyphens import LineJoiner
from ocindex.reading.pdf.paragraphs import Paragraph
from ocindex.reading.pdf.words import Page

_BREAK = "\n\n"


def write_text(paragraphs: Sequence[Paragraph], pages: Sequence[Page]) -> tuple[str, tuple[Place, ...], tuple[int, ...]]:
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
        One per word, in order of ``start``; a place's ``line`` counts the lines of the pages.
    tuple of int
        First code point of each page; of a page without text, that of the next.
    """
    joiner = LineJoiner([word.text for paragraph in paragraphs for line in paragraph.lines for word in line.words])
    parts: list[str] = []
    places: list[Place] = []
    position = number = 0
    for paragraph in paragraphs:
        if parts:
            parts.append(_BREAK)
            position += len(_BREAK)
        following = chain((line.words[0].text for line in paragraph.lines[1:]), (None,))
        for line, after in zip(paragraph.lines, following, strict=True):
            page = pages[line.page - 1]
            last = len(line.words) - 1
            for place, (word, blank) in enumerate(zip(line.words, line.blanks, strict=True)):
                if blank:
                    parts.append(" ")
                    position += 1
                text, end = word.text, ""
                if place == last and after is not None:
                    text, end = (text, "\n") if paragraph.is_heading else joiner.join(text, after)
                places.append(Place(position, position + len(text), line.page, number, *page.unturn(word[1:5])))
                parts.append(text + end)
                position += len(text) + len(end)
            number += 1
    text = "".join(parts)
    return text, tuple(places), _start_pages(places, len(pages), len(text))


def _start_pages(places: Sequence[Place], count: int, end: int) -> tuple[int, ...]:
    firsts: dict[int, int] = {}
    for place in places:
        firsts.setdefault(place.page, place.start)
    starts = [end] * count
    for number in range(count, 0, -1):
        following = starts[number] if number < count else end
        starts[number - 1] = min(firsts.get(number, following), following)
    return (0, *starts[1:])
