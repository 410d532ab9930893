"""Bytes of a web page in, its tree of elements and the encoding that it was read in out."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from ocindex.errors import MissingExtraError, SourceError
from ocindex.reading.text import Decoded, decode_bytes, replace_nul

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WINDOW = 4096
_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# What browsers read under these names.
_BROWSERS = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "cp1252": "windows-1252", "utf-16": "utf-8"}
_TAG = re.compile(rb"<[a-zA-Z!/?]")


def decode_markup(raw: bytes) -> Decoded:
    """Decode a page: its byte order mark decides, then what it declares, then UTF-8, then Windows-1252.

    Parameters
    ----------
    raw : bytes

    Returns
    -------
    Decoded
        A declared encoding that its bytes contradict is a note, and so is an assumed one.

    Raises
    ------
    SourceError
        ``not_what_name_says`` if there is no tag.

    Examples
    --------
    >>> decode_markup(b"<meta charset=latin1><p>Asunci\\xf3n").encoding
    'windows-1252'
    """
    if not _TAG.search(raw.replace(b"\x00", b"")):
        raise SourceError(
            "not_what_name_says", "found text without tags; expected a web page; rename the file to .txt."
        )
    declared = None if raw.startswith(_MARKS) else _declared(raw)
    if declared is not None:
        decoded = _decode_as(raw, declared)
        if decoded is not None:
            return replace_nul(decoded)
    text, encoding, notes = decode_bytes(raw)
    if declared is not None and declared != encoding:
        message = f"found bytes that are not {declared}, which the page declares; read as {encoding}: check accents."
        notes = [("encoding_differs", "warning", None, message), *notes]
    return replace_nul(Decoded(text, encoding, tuple(notes)))


def parse_markup(text: str) -> HtmlElement:
    """Parse the markup of a page, however broken it is; nothing is fetched.

    Raises
    ------
    SourceError
        ``no_text`` if there is no element, ``damaged_page`` if elements are nested too deep to read.
    MissingExtraError
        If ``ocindex[html]`` is not installed.
    """
    try:
        from lxml import etree
        from lxml.html import HTMLParser, document_fromstring
    except ImportError as error:
        raise MissingExtraError(
            "found no lxml; expected it for web pages; install it with `pip install 'ocindex[html]'`."
        ) from error
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise SourceError("no_text", "found a page without elements; expected a body; save the page again.") from error
    # The parser leaves out what lies deeper, without an error of its own.
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise SourceError(
            "damaged_page", "found elements nested more than 2,000 deep; expected a page; save its text instead."
        )
    return root


def _declared(raw: bytes) -> str | None:
    """Give the encoding that a page declares, by the name that this package uses."""
    match = _CHARSET.search(raw[:_WINDOW])
    if match is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii", "replace")).name
    except LookupError:
        return None
    return _BROWSERS.get(name, name)


def _decode_as(raw: bytes, encoding: str) -> Decoded | None:
    try:
        text = raw.decode("cp1252" if encoding == "windows-1252" else encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    if encoding == "windows-1252" and not raw.isascii():
        # Browsers save pages as UTF-8 and leave the old declaration; by chance no accents are valid UTF-8.
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return Decoded(text, encoding, ())
        message = "found UTF-8 in a page that declares another encoding; read as utf-8."
        return Decoded(text, "utf-8", (("encoding_differs", "info", None, message),))
    return Decoded(text.removeprefix("\ufeff"), encoding, ())
