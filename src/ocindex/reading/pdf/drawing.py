"""A page of an open PDF in, its text as it is drawn with the boxes and fonts of its words out."""

from __future__ import annotations

import re
from collections import deque
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from ocindex.errors import SourceError

if TYPE_CHECKING:
    import ctypes

    import pypdfium2

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int_]
Flags = npt.NDArray[np.bool_]

MAX_CHARACTERS = 200_000
"""Most characters on one page; a page of fine print has 10,000."""

HYPHENS = "\x02\ufffe"
"""What PDFium puts for a hyphen at which it saw a line end."""

_LINE = re.compile(rf"[^\s{HYPHENS}][^\r\n{HYPHENS}]*")
_INVISIBLE = 3
_MIXED = 0.2


class Drawn(NamedTuple):
    """The text of a page as PDFium gives it, its tokens, and the boxes of their first and last characters."""

    text: str
    starts: Numbers
    ends: Numbers
    first: Floats
    last: Floats
    lines: Lines


class Lines(NamedTuple):
    """What PDFium made lines of in the drawing order: first characters, fonts, whether invisible."""

    starts: Numbers
    fonts: Numbers
    hidden: Flags


class Fonts:
    """Numbers the fonts of a document, and remembers which of them are bold."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[bytes, int], int] = {}
        self._bold: list[bool] = []

    def number(self, name: bytes, weight: int) -> int:
        key = (name, weight)
        if key not in self._numbers:
            self._numbers[key] = len(self._bold)
            self._bold.append(weight > 500 or re.search(rb"bold|black|heavy|semib", name, re.IGNORECASE) is not None)
        return self._numbers[key]

    def is_bold(self, number: int) -> bool:
        """Whether a font is bold by its weight or name."""
        return self._bold[number] if number < len(self._bold) else False


def extract_page(page: pypdfium2.PdfPage, number: int, fonts: Fonts) -> Drawn:
    """Extract the text of a page and measure the first and last character of each word.

    Raises
    ------
    SourceError
        ``pdf_too_long`` if the page has more characters than `MAX_CHARACTERS`.
    """
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_CHARACTERS:
            raise SourceError(
                "pdf_too_long",
                f"found {count} characters on page {number}; expected at most {MAX_CHARACTERS}; split the file.",
            )
        text = _read_text(textpage, count)
        starts, ends = _find_tokens(text)
        first, last = _measure(textpage.raw, starts, ends)
        lines = _describe_lines(textpage.raw, text, fonts, starts, first[:, 3] - first[:, 1])
    finally:
        textpage.close()
    return Drawn(text, starts, ends, first, last, lines)


def remove_hidden(page: pypdfium2.PdfPage) -> bool:
    """Take invisible text off a page in memory: PDFium would mix its letters with visible ones beside them."""
    from pypdfium2 import raw

    hidden = [
        drawn
        for drawn in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=1)
        if raw.FPDFTextObj_GetTextRenderMode(drawn.raw) == _INVISIBLE
    ]
    for drawn in hidden:
        page.remove_obj(drawn)
        drawn.close()
    return bool(hidden)


def _read_text(textpage: pypdfium2.PdfTextPage, count: int) -> str:
    """Give one character for each of PDFium's, or positions would point to others."""
    from pypdfium2 import raw

    text = str(textpage.get_text_range()) if count > 0 else ""
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def _find_tokens(text: str) -> tuple[Numbers, Numbers]:
    """Give first and behind-last character of each run without a blank; a broken word ends at its hyphen."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # PDFium parts words by blanks and line ends; what else is white space, Unicode has above.
    solid = (codes > 0x20) & (codes != 0xA0) | (codes == 0x02)
    if codes.size and codes.max() >= 0x1680:
        solid &= ~((codes >= 0x2000) & (codes <= 0x200A)) & ~np.isin(codes, (0x1680, 0x2028, 0x2029, 0x202F, 0x3000))
    hyphens = (codes == 0x02) | (codes == 0xFFFE)
    # The word goes on in the next line behind its hyphen.
    goes_on = solid[1:] & solid[:-1] & ~hyphens[:-1]
    edge = np.array([False])
    return (
        np.flatnonzero(solid & ~np.concatenate((edge, goes_on))),
        np.flatnonzero(solid & ~np.concatenate((goes_on, edge))) + 1,
    )


def _measure(handle: ctypes.c_void_p, starts: Numbers, ends: Numbers) -> tuple[Floats, Floats]:
    """Measure the first and last character of each word: every character would cost three times as much."""
    import ctypes

    from pypdfium2 import raw

    # By address: a rectangle object for each of 1,500 calls on a page takes half as long again.
    address = ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value
    measure = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(address or 0)
    found = (raw.FS_RECTF * (2 * len(starts)))()
    page, room = ctypes.cast(handle, ctypes.c_void_p).value, ctypes.addressof(found)
    places = np.stack((starts, ends - 1), axis=1).ravel().tolist()
    rooms = range(room, room + ctypes.sizeof(found), ctypes.sizeof(raw.FS_RECTF))
    deque(map(measure, repeat(page), places, rooms), maxlen=0)
    # A rectangle of PDFium's is left, top, right, bottom.
    edges = np.frombuffer(found, dtype=np.float32).reshape(-1, 2, 4)[:, :, [0, 3, 2, 1]].astype(float)
    return edges[:, 0], edges[:, 1]


def _describe_lines(handle: ctypes.c_void_p, text: str, fonts: Fonts, tokens: Numbers, heights: Floats) -> Lines:
    """Look up font and visibility once per line of PDFium's; word by word where heights or a bold beginning differ."""
    import ctypes

    from pypdfium2 import raw

    name = ctypes.create_string_buffer(128)
    known: dict[int, int] = {}

    def look(place: int) -> tuple[int, bool]:
        drawn = raw.FPDFText_GetTextObject(handle, place)
        if not drawn:
            return 0, False
        face = raw.FPDFTextObj_GetFont(drawn)
        key = ctypes.addressof(face.contents)
        if key not in known:
            raw.FPDFFont_GetBaseFontName(face, name, len(name))
            known[key] = fonts.number(name.value, raw.FPDFFont_GetWeight(face))
        return known[key], raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE

    begins = np.array([match.start() for match in _LINE.finditer(text)], dtype=int)
    if begins.size == 0:
        return Lines(begins, begins, begins.astype(bool))
    firsts = np.searchsorted(tokens, begins)
    mixed = np.maximum.reduceat(heights, firsts) - np.minimum.reduceat(heights, firsts) > _MIXED
    places, looks = [], []
    ends = [*firsts[1:].tolist(), tokens.size]
    for begin, first, end, is_mixed in zip(begins.tolist(), firsts.tolist(), ends, mixed.tolist(), strict=True):
        words, found = [begin], look(begin)
        if is_mixed or (fonts.is_bold(found[0]) and look(int(tokens[end - 1])) != found):
            words = tokens[first:end].tolist()
        places += words
        looks += [found] if len(words) == 1 else list(map(look, words))
    return Lines(np.array(places), np.array([f for f, _ in looks]), np.array([hidden for _, hidden in looks]))
