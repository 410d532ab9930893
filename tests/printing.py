"""Sections of text in, a PDF set in columns out: what tests and benchmarks read back."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

Sections = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Layout:
    """How a profile is set: places in points, ``order`` the order in which its lines are drawn.

    ``order`` is ``flow``, ``rows`` (by height across the columns), ``swapped`` (last column first),
    ``reverse`` or ``words`` (single words, shuffled).
    """

    columns: int = 2
    order: str = "flow"
    width: float = 595
    height: float = 842
    margin: float = 60
    gutter: float = 24
    size: float = 10
    leading: float = 13
    font: str = "Times-Roman"
    heading_font: str = "Helvetica-Bold"
    heading_size: float = 14
    heading_width: float | None = None
    indent: float = 0
    paragraph_gap: float = 6
    justified: bool = False
    hyphenated: bool = False
    lines_per_page: int = 50
    header: str | None = None
    footer: str | None = None
    page_number: str | None = None
    closing: str | None = None
    title: str | None = None
    turned: bool = False
    cover: Sequence[tuple[float, float, str]] = field(default=())


class _Item(NamedTuple):
    page: int
    column: int
    x: float
    y: float
    font: str
    size: float
    text: str
    word_space: float = 0


def print_profile(sections: Sections, layout: Layout | None = None) -> bytes:
    """Set sections of (heading, paragraphs) in columns over as many pages as they need."""
    layout = layout or Layout()
    items = _set_lines(sections, layout)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(layout.width, layout.height), invariant=1)
    first = 0
    if layout.cover:
        _draw_cover(canvas, layout)
        first = 1
    pages = max(item.page for item in items) + 1
    for page in range(pages):
        if layout.turned:
            # The page is stored lying on its side, and turned upright where it is shown.
            canvas.setPageRotation(90)
            canvas.translate(layout.height, 0)
            canvas.rotate(90)
        _draw_frame(canvas, layout, page + first, pages + first, last=page == pages - 1)
        for item in _in_order([item for item in items if item.page == page], layout):
            text = canvas.beginText(item.x, item.y)
            text.setFont(item.font, item.size)
            text.setWordSpace(item.word_space)
            text.textOut(item.text)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def print_lines(lines: Sequence[tuple[float, float, str]], *, size: float = 10, font: str = "Helvetica") -> bytes:
    """Draw single lines of text at (x, y) on one page, in the given order."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for x, y, text in lines:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _set_lines(sections: Sections, layout: Layout) -> list[_Item]:
    column_width = (layout.width - 2 * layout.margin - layout.gutter * (layout.columns - 1)) / layout.columns
    items: list[_Item] = []
    top = layout.height - layout.margin - 20
    bottom = max(layout.margin + 20, top - layout.lines_per_page * layout.leading)
    page, column, y = 0, 0, top - (30 if layout.title else 0)
    if layout.title:
        items.append(_Item(0, 0, layout.margin, top, layout.heading_font, 24, layout.title))

    def place(text: str, font: str, size: float, indent: float, stretch: float, leading: float) -> None:
        nonlocal page, column, y
        if y < bottom:
            column += 1
            if column == layout.columns:
                page, column = page + 1, 0
            y = top - (30 if layout.title and page == 0 else 0)
        x = layout.margin + column * (column_width + layout.gutter) + indent
        items.append(_Item(page, column, x, y, font, size, text, stretch))
        y -= leading

    for heading, paragraphs in sections:
        wide = layout.heading_width or column_width
        # A heading alone at the foot of a column is what no printer leaves.
        if y < bottom + 2 * layout.leading + layout.heading_size:
            y = bottom - 1
        y -= layout.paragraph_gap
        for line, _ in _wrap(heading, layout.heading_font, layout.heading_size, wide, 0, hyphenated=False):
            place(line, layout.heading_font, layout.heading_size, 0, 0, layout.heading_size * 1.2)
        y -= 2
        for paragraph in paragraphs:
            lines = _wrap(
                paragraph, layout.font, layout.size, column_width, layout.indent, hyphenated=layout.hyphenated
            )
            for number, (line, last) in enumerate(lines):
                indent = layout.indent if number == 0 else 0
                room = column_width - indent - stringWidth(line, layout.font, layout.size)
                blanks = line.count(" ")
                stretch = room / blanks if layout.justified and blanks and not last else 0
                place(line, layout.font, layout.size, indent, stretch, layout.leading)
            y -= layout.paragraph_gap
    return items


def _wrap(
    text: str, font: str, size: float, width: float, indent: float, *, hyphenated: bool
) -> list[tuple[str, bool]]:
    lines: list[str] = []
    line = ""
    # A line may end after a hyphen of its own.
    pieces = [piece for word in text.split() for piece in _parts(word)]
    for glue, piece in pieces:
        room = width - (indent if not lines else 0)
        longer = f"{line}{glue if line else ''}{piece}"
        if not line or stringWidth(longer, font, size) <= room:
            line = longer
            continue
        head = ""
        if hyphenated and glue and piece.isalpha() and piece.islower() and len(piece) > 7:
            for cut in range(3, len(piece) - 3):
                if stringWidth(f"{line} {piece[:cut]}-", font, size) <= room:
                    head = piece[:cut]
        if head:
            lines.append(f"{line} {head}-")
            line = piece[len(head) :]
        else:
            lines.append(line)
            line = piece
    lines.append(line)
    return [(line, number == len(lines) - 1) for number, line in enumerate(lines)]


def _parts(word: str) -> list[tuple[str, str]]:
    parts = re.findall(r"[^-]+-?|-", word)
    return [(" " if number == 0 else "", part) for number, part in enumerate(parts)]


def _in_order(items: list[_Item], layout: Layout) -> list[_Item]:
    if layout.order == "rows":
        return sorted(items, key=lambda item: (-round(item.y), item.x))
    if layout.order == "swapped":
        return sorted(items, key=lambda item: -item.column)
    if layout.order == "reverse":
        return items[::-1]
    if layout.order == "words":
        words = [word for item in items for word in _split_words(item)]
        random.Random(7).shuffle(words)
        return words
    return items


def _split_words(item: _Item) -> list[_Item]:
    words, x = [], item.x
    for word in item.text.split(" "):
        words.append(item._replace(x=x, text=word, word_space=0))
        x += stringWidth(word + " ", item.font, item.size) + item.word_space
    return words


def _draw_frame(canvas: Canvas, layout: Layout, page: int, pages: int, *, last: bool) -> None:
    canvas.setFont("Helvetica", 8)
    if layout.header:
        canvas.drawString(layout.margin, layout.height - 36, layout.header)
    if layout.footer:
        canvas.drawString(layout.margin, 30, layout.footer)
    if layout.page_number:
        canvas.drawRightString(layout.width - layout.margin, 30, layout.page_number.format(page=page + 1, pages=pages))
    if layout.closing and last:
        for number, (line, _) in enumerate(_wrap(layout.closing, "Helvetica", 7, 400, 0, hyphenated=False)):
            canvas.drawString(layout.margin, 60 - 9 * number, line)


def _draw_cover(canvas: Canvas, layout: Layout) -> None:
    _draw_frame(canvas, layout, 0, 2, last=False)
    canvas.setFont("Helvetica", 10)
    for x, y, text in layout.cover:
        canvas.drawString(x, y, text)
    canvas.showPage()
