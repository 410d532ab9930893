"""Bytes of a PDF in, an open document or the reason why it cannot be read out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ocindex.errors import SourceError
from ocindex.reading.document import Note

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 500
"""Most pages that are read; a country profile has fewer than ten."""

# Writers put the end mark in the last kilobyte; some append blanks or a line of their own.
_END_WINDOW = 2048


@contextmanager
def open_pdf(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF for reading; it is closed, with all that was opened in it, at the end.

    Parameters
    ----------
    data : bytes
        The whole file.

    Yields
    ------
    pypdfium2.PdfDocument

    Raises
    ------
    SourceError
        ``pdf_encrypted``, ``pdf_damaged``, ``pdf_empty`` or ``pdf_too_long``.
    """
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(getattr(error, "err_code", None), raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) from None
    try:
        pages = len(document)
        if pages == 0:
            raise SourceError("pdf_empty", "found a PDF without pages; expected a document; export it again.")
        if pages > MAX_PAGES:
            raise SourceError(
                "pdf_too_long", f"found {pages} pages; expected at most {MAX_PAGES}; cut the profile out of the file."
            )
        yield document
    finally:
        document.close()


def judge_ending(data: bytes) -> list[Note]:
    """Report a file without its end mark: what was recovered from it may be only a part."""
    if b"%%EOF" in data[-_END_WINDOW:]:
        return []
    message = (
        "found no end of the PDF; expected the mark %%EOF; the file seems cut off, and what was read may be only a "
        "part: get it again."
    )
    return [("pdf_partial", "warning", None, message)]


def _refusal(code: int | None, *locked: int) -> SourceError:
    if code in locked:
        return SourceError(
            "pdf_encrypted", "found an encrypted PDF; expected one that opens without a password; save it without one."
        )
    return SourceError(
        "pdf_damaged", "found a PDF that is cut off or damaged; expected a whole one; get the file again."
    )
