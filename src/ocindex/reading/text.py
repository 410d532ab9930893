"""Bytes of a text file in, decoded text and what was odd about it out."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ocindex.errors import SourceError
from ocindex.reading.document import Note, line_number, line_starts
from ocindex.reading.forms import is_web_page, name_content

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text, its encoding, and notes ``(code, severity, locator, message)``."""

    text: str
    encoding: str
    notes: tuple[Note, ...]


def decode_text(raw: bytes) -> Decoded:
    """Decode a text file without losing or guessing characters.

    A byte order mark decides; without one UTF-16 is known by its zero bytes,
    then UTF-8 is tried. A file that is mostly UTF-8 keeps it and its stray bytes become
    U+FFFD; otherwise Windows-1252 is assumed. Whatever was assumed is a note.

    Parameters
    ----------
    raw : bytes

    Returns
    -------
    Decoded
        ``text`` without byte order mark; line ends as they are in the file.

    Raises
    ------
    SourceError
        If the file is empty, blank, binary, or another kind of file.

    Examples
    --------
    >>> decode_text(b"Asunci\\xf3n").encoding
    'windows-1252'
    """
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise SourceError("empty_file", "found no text; expected a document; replace the file.")
    _refuse_other_kinds(raw)
    text, encoding, notes = decode_bytes(raw)
    if is_web_page(text):
        raise SourceError("not_what_name_says", "found a web page; expected plain text; rename the file to .html.")
    if not text.strip():
        raise SourceError("empty_file", "found white space only; expected a document; replace the file.")
    if len(_CONTROL.findall(text)) * 33 > len(text):
        raise SourceError("binary_file", "found binary content; expected text; export the document as text or PDF.")
    return replace_nul(Decoded(text, encoding, tuple(notes)))


def replace_nul(decoded: Decoded) -> Decoded:
    """Put U+FFFD where NUL stands, which no table can hold, and say so."""
    text = decoded.text
    if "\x00" not in text:
        return decoded
    count, first = text.count("\x00"), line_number(line_starts(text), text.index("\x00"))
    message = f"found {count} NUL characters; expected text; each stands as U+FFFD."
    note = ("nul_characters", "warning", f"line {first}", message)
    return Decoded(text.replace("\x00", "\ufffd"), decoded.encoding, (*decoded.notes, note))


def decode_bytes(raw: bytes) -> tuple[str, str, list[Note]]:
    """Decode bytes in the encoding that they betray: text, its encoding, and what was assumed."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _replacing(raw[len(mark) :], encoding, said=encoding != "utf-8")
    head = raw[:4096]
    # Before UTF-8: English in UTF-16 is valid UTF-8 too, with a NUL in every other place.
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros and zeros.count(0) * 3 > len(zeros):
            return _replacing(raw, encoding, said=True)
    try:
        return raw.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    # Valid multi-byte sequences hardly ever occur in Windows-1252 by chance.
    strays = raw.decode("utf-8", errors="replace").count("\ufffd")
    valid = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", raw))
    return _replacing(raw, "utf-8" if valid >= strays else "windows-1252", said=True)


def _refuse_other_kinds(raw: bytes) -> None:
    found = name_content(raw)
    if found is not None:
        raise SourceError(
            "not_what_name_says", f"found {found}; expected plain text; rename the file to its true ending."
        )


def _replacing(raw: bytes, encoding: str, *, said: bool) -> tuple[str, str, list[Note]]:
    text = raw.decode(encoding, errors="replace")
    notes: list[Note] = []
    if said and encoding != "utf-8":
        message = f"found no UTF-8; expected UTF-8; read as {encoding}: check accents and quotation marks."
        notes.append(("encoding_assumed", "info", None, message))
    strays = text.count("\ufffd") - raw.count("\ufffd".encode(encoding) if encoding.startswith("utf") else b"\0\0\0")
    if strays > 0:
        first = line_number(line_starts(text), text.index("\ufffd"))
        message = f"found {strays} bytes that are not {encoding}; expected {encoding}; each stands as U+FFFD."
        notes.append(("undecodable_bytes", "warning", f"line {first}", message))
    return text, encoding, notes
