"""Name and first bytes of a file in, the form that it is read in out."""

from __future__ import annotations

import re
from pathlib import PurePath

from ocindex.errors import SourceError

TEXT, PDF, HTML = "text", "pdf", "html"
_FORMS = {
    **dict.fromkeys((".txt", ".text", ".md"), TEXT),
    ".pdf": PDF,
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
}
_EXPECTED = {TEXT: "plain text", PDF: "a PDF", HTML: "a web page"}
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive (docx, xlsx, zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "a rich-text file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
)
# Readers of PDF look for the mark in the first 1024 bytes: some servers put a line before it.
_PDF_WINDOW = 1024
_PAGE_WINDOW = 4096
_WEB_PAGE = re.compile(
    r"\s*(?:(?:<!--.*?-->|<\?xml.*?\?>)\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.I | re.S
)
_BLANK = b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xff\xfe"


def detect_form(name: str, data: bytes) -> str:
    """Say in which form a file is read; its ending and its first bytes must agree.

    Parameters
    ----------
    name : str
        File name or path; only the ending counts, in any case.
    data : bytes
        The whole file or its beginning.

    Returns
    -------
    {"text", "pdf", "html"}

    Raises
    ------
    SourceError
        ``unsupported_form`` for another ending, ``empty_file`` for a file of
        blanks, ``not_what_name_says`` where the bytes are of another form.

    Examples
    --------
    >>> detect_form("PER_2021.PDF", b"%PDF-1.7 ...")
    'pdf'
    """
    ending = PurePath(name).suffix
    form = _FORMS.get(ending.lower())
    if form is None:
        raise SourceError(
            "unsupported_form",
            f"found a file with {ending or 'no ending'}; expected one of {', '.join(_FORMS)}; convert it.",
        )
    if not data.strip(_BLANK):
        raise SourceError("empty_file", "found no text; expected a document; replace the file.")
    found = name_content(data)
    if found is not None and found != _EXPECTED[form]:
        raise SourceError(
            "not_what_name_says",
            f"found {found}; expected {_EXPECTED[form]}; rename the file to its true ending or replace it.",
        )
    if form == PDF and found is None:
        raise SourceError("not_what_name_says", "found no PDF; expected one by its name; export the document again.")
    return form


def name_content(data: bytes) -> str | None:
    """Name what the first bytes of a file betray: a PDF, a web page, an archive; null where they betray nothing.

    Examples
    --------
    >>> name_content(b"<!doctype html><title>Peru</title>"), name_content(b"Gangs.")
    ('a web page', None)
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if b"%PDF-" in data[:_PDF_WINDOW] and _is_outside_text(data):
        return _EXPECTED[PDF]
    return _EXPECTED[HTML] if is_web_page(_widen(data)) else None


def is_web_page(text: str) -> bool:
    """Say whether a text begins as a web page does."""
    return bool(_WEB_PAGE.match(text[:_PAGE_WINDOW].lstrip("\ufeff")))


def _is_outside_text(data: bytes) -> bool:
    """A page or text may speak of the mark; a PDF has it at the start of a line, and is no web page."""
    head = data[:_PDF_WINDOW]
    at_line = re.search(rb"(?:^|[\r\n\x00-\x08]|\xef\xbb\xbf)\s*%PDF-\d", head)
    return at_line is not None and not is_web_page(_widen(data))


def _widen(data: bytes) -> str:
    """Read the beginning of a file by its bytes alone; the zeros of UTF-16 drop out."""
    return (
        data[: 2 * _PAGE_WINDOW]
        .removeprefix(b"\xef\xbb\xbf")
        .lstrip(b"\xff\xfe")
        .replace(b"\x00", b"")
        .decode("latin-1")
    )
