"""Paragraphs in, the document's text and where each word of it stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, repeat, starmap
from operator import add

from ocindex.reading.document import Place
from ocindex.reading.pdf.hyphens import LineJoiner
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
        One per word, in order of ``start``; a place's ``line`` counts the lines of the pages.
    tuple of int
        First code point of each page; of a page without text, that of the next.
    """
    joiner = LineJoiner(lambda: (line.text for paragraph in paragraphs for line in paragraph.lines))
    parts: list[str] = []
    places: list[Place] = []
    position = number = 0
    for paragraph in paragraphs:
        if parts:
            parts.append(_BREAK)
            position += len(_BREAK)
        following = chain((line.words[0].text for line in paragraph.lines[1:]), (None,))
        for line, after in zip(paragraph.lines, following, strict=True):
            text, end = line.text, ""
            if after is not None:
                last = line.words[-1].text
                kept, end = (last, "\n") if paragraph.is_heading else joiner.join(last, after)
                text = text[: len(text) - len(last) + len(kept)] if last.startswith(kept) else text[:-1] + kept[-1]
            places += _place_words(line, number, position, position + len(text), pages[line.page - 1])
            parts.append(text + end)
            position += len(text) + len(end)
            number += 1
    text = "".join(parts)
    return text, tuple(places), _start_pages(places, len(pages), len(text))


def _place_words(line: Line, number: int, start: int, stop: int, page: Page) -> Iterator[Place]:
    words, blanks = line.words, line.blanks
    lengths = (len(word[0]) + blank for word, blank in zip(words, blanks, strict=True))
    ends = list(accumulate(lengths, initial=start))
    starts = map(add, ends, blanks)
    # A hyphen that was dropped at the line's end is the last word's.
    ends[-1] = stop
    boxes = [word[1:5] for word in words] if page.turn == 0 else [page.unturn(word[1:5]) for word in words]
    return starmap(Place, zip(starts, ends[1:], repeat(line.page), repeat(number), *zip(*boxes, strict=True)))


def _start_pages(places: Sequence[Place], count: int, end: int) -> tuple[int, ...]:
    firsts: dict[int, int] = {}
    for place in places:
        firsts.setdefault(place.page, place.start)
    starts = [end] * count
    for number in range(count, 0, -1):
        following = starts[number] if number < count else end
        starts[number - 1] = min(firsts.get(number, following), following)
    return (0, *starts[1:])
