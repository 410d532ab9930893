"""The bytes of a PDF in, its content out: the stages in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from ocindex.errors import SourceError
from ocindex.reading.document import Content, Note, Source
from ocindex.reading.pdf.columns import split_columns
from ocindex.reading.pdf.drawing import Fonts
from ocindex.reading.pdf.file import judge_ending, open_pdf
from ocindex.reading.pdf.furniture import drop_furniture
from ocindex.reading.pdf.initials import lower_initials
from ocindex.reading.pdf.lines import make_lines
from ocindex.reading.pdf.paragraphs import find_paragraphs
from ocindex.reading.pdf.scorepage import ScorePages, take_scores
from ocindex.reading.pdf.text import write_text
from ocindex.reading.pdf.words import Page, Words, read_page

if TYPE_CHECKING:
    import pypdfium2

_MOST_UNMAPPED = 0.2
# What a stamp or a page number on a scan has; less is no text layer.
_FEWEST_LETTERS = 40
_MOST_SHOWN = 8
_LONGEST_SHOWN = 60


def read_pdf(data: bytes, source: Source) -> Content:
    """Read the body of a PDF in reading order.

    Parameters
    ----------
    data : bytes
        The whole file.
    source : Source
        Of a profile the scores are read too.

    Returns
    -------
    Content
        Text without running headers, footers, page numbers and funding lines, with the
        place of each word; what was left out or doubtful is in ``notes``.

    Raises
    ------
    SourceError
        If the file is encrypted, damaged, too long, or has no text that can be read.
    """
    notes = judge_ending(data)
    fonts = Fonts()
    with open_pdf(data) as document:
        pages = [_read_page(document, number, fonts, notes) for number in range(1, len(document) + 1)]
    _refuse_unreadable(pages)
    notes += _judge_pages(pages)
    pages = drop_furniture(pages)
    scored = take_scores(pages, source) if source.kind == "profile" else ScorePages(tuple(pages))
    pages = [lower_initials(page) for page in scored.pages]
    columns, marks = [], []
    for page, parts in zip(pages, split_columns([page.words for page in pages]), strict=True):
        for own in parts:
            lines, dropped = make_lines(page.words, page.number, own)
            columns.append(lines)
            marks += dropped
    paragraphs, closing = find_paragraphs(columns, fonts) if any(columns) else ([], [])
    if not paragraphs:
        message = "found no prose; expected the text of a profile or article; its scores, if any, were read."
        notes.append(("no_prose", "warning", None, message))
    text, places, starts = write_text(paragraphs, pages)
    notes += _report_left_out([*(line for page in pages for line in page.left_out), *closing, *marks])
    return Content(text, notes=tuple(notes), page_starts=starts, places=places, board=scored.board)


def _read_page(document: pypdfium2.PdfDocument, number: int, fonts: Fonts, notes: list[Note]) -> Page:
    """Read a page; one that is damaged stands empty, so that the others keep their numbers."""
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        message = "found a damaged page; expected its text; the other pages were read: get the file again."
        notes.append(("pdf_partial", "warning", f"page {number}", message))
        return _empty_page(number)
    try:
        return read_page(page, number, fonts)
    except pypdfium2.PdfiumError:
        message = "found a page whose text cannot be read; expected it whole; the other pages were read."
        notes.append(("pdf_partial", "warning", f"page {number}", message))
        return _empty_page(number)
    finally:
        page.close()


def _empty_page(number: int) -> Page:
    return Page(number, 0, 0, 0, Words([], np.zeros((0, 4)), np.zeros(0, dtype=int)))


def _refuse_unreadable(pages: Sequence[Page]) -> None:
    letters = (character for page in pages for text in page.words.texts for character in text if character.isalpha())
    if len(list(islice(letters, _FEWEST_LETTERS))) < _FEWEST_LETTERS:
        raise SourceError(
            "no_text_layer",
            f"found no text layer on {_count(len(pages), 'page')}, as in a scan; expected text; run OCR on it first.",
        )
    characters = sum(page.characters for page in pages)
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > _MOST_UNMAPPED * characters:
        raise SourceError(
            "pdf_no_unicode",
            f"found {unmapped} of {characters} characters in fonts that do not say which letters they draw; expected "
            "text; run OCR on the file or export it again.",
        )


def _judge_pages(pages: Sequence[Page]) -> list[Note]:
    """Report pages that are images, invisible text, and characters without a meaning."""
    notes: list[Note] = []
    for page in pages:
        if page.has_image and not len(page.words):
            message = "found an image without a text layer; expected text; the page is left out: run OCR on it."
            notes.append(("pdf_page_without_text", "warning", f"page {page.number}", message))
        if page.unmapped:
            message = f"found {page.unmapped} characters that their font maps to no letter; expected text; check it."
            notes.append(("pdf_unmapped_characters", "warning", f"page {page.number}", message))
    hidden = [page.number for page in pages if page.hidden]
    if hidden:
        message = (
            f"found invisible text alone, as OCR lays over a scan, on {_count(len(hidden), 'page')}; expected printed "
            "text; read as it is: check quotes against the pages."
        )
        notes.append(("pdf_hidden_text", "info", f"page {hidden[0]}", message))
    return notes


def _report_left_out(texts: Sequence[str]) -> list[Note]:
    if not texts:
        return []
    shown = [text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…" for text in dict.fromkeys(texts)]
    more = f" and {len(shown) - _MOST_SHOWN} more" if len(shown) > _MOST_SHOWN else ""
    message = (
        f"found {_count(len(texts), 'line')} of page furniture (headers, footers, page numbers, marks): "
        f"{'; '.join(map(repr, shown[:_MOST_SHOWN]))}{more}; expected body text; left out of the document's text."
    )
    return [("pdf_furniture", "info", None, message)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
