"""One page of a PDF in, its words and where they stand out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
Box = tuple[float, float, float, float]

MAX_CHARACTERS = 200_000
"""Most characters on one page; a page of fine print has 10,000."""

# What PDFium puts for a hyphen at which it saw a line end.
_HYPHENS = "\x02\ufffe"
_LINE = re.compile(rf"[^\s{_HYPHENS}][^\r\n{_HYPHENS}]*")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\uffff]")
_UNMAPPED = re.compile("[\x00\ue000-\uf8ff\ufffd]")
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])[.,;:!?]?[\"'”’)]*(\d{1,3}(?:,\d{1,3})*|[*†‡]+)$")
_INVISIBLE = 3
_GRID = 3.0
_RAISED = 0.85
_MIXED = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Runs of characters without a blank, N of them, as columns: to a page's 700 objects would cost more than reading.

    ``boxes`` (N × 4: left, lower, right, upper edge) are upright as the text is read and as
    high as the font, whatever letters a word has; ``fonts`` numbers the fonts of the document.
    """

    texts: list[str]
    boxes: Floats
    fonts: Numbers

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def middles(self) -> Floats:
        """Height of each middle above the foot of the page."""
        return np.asarray((self.boxes[:, 1] + self.boxes[:, 3]) / 2)

    @property
    def heights(self) -> Floats:
        """Height of each box."""
        return np.asarray(self.boxes[:, 3] - self.boxes[:, 1])

    def take(self, which: Numbers | Flags) -> Words:
        """Give some of the words, by number or by flag."""
        numbers = np.flatnonzero(which) if which.dtype == bool else which
        return Words([self.texts[number] for number in numbers.tolist()], self.boxes[numbers], self.fonts[numbers])


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """The words of one page, and what was left out of them.

    ``turn`` is the quarter turns, clockwise, that bring its text upright: ``width`` and
    ``height`` are those of the turned page, in points. ``unmapped`` counts characters that
    the fonts map to nothing readable; ``hidden`` says that all text is invisible, as under a scan.
    """

    number: int
    width: float
    height: float
    turn: int
    words: Words
    left_out: tuple[str, ...] = ()
    characters: int = 0
    unmapped: int = 0
    hidden: bool = False
    has_image: bool = False

    def unturn(self, boxes: Iterable[Box]) -> tuple[Box, ...]:
        """Give boxes on the page as it is stored, in points from its lower left."""
        width, height = self.width, self.height
        turn: Callable[[Box], Box] = (
            lambda box: box,
            lambda box: (height - box[3], box[0], height - box[1], box[2]),
            lambda box: (width - box[2], height - box[3], width - box[0], height - box[1]),
            lambda box: (box[1], width - box[2], box[3], width - box[0]),
        )[self.turn]
        return tuple(map(turn, boxes))


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


def read_page(page: pypdfium2.PdfPage, number: int, fonts: Fonts) -> Page:
    """Read the words of one page, each once, whatever the order in which it draws them.

    Words outside the visible page, invisible ones beside visible text, words drawn twice
    at the same place and text set sideways are left out.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    number : int
        Counted from 1.
    fonts : Fonts
        Of the document; the page's fonts are added.

    Returns
    -------
    Page

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
        first, last = _measure(textpage.raw, starts.tolist(), ends.tolist())
        lines = _describe_lines(textpage.raw, text, fonts, starts, first[:, 3] - first[:, 1])
    finally:
        textpage.close()
    left, bottom, right, top = page.get_bbox()
    turns = _find_turns(first, last)
    turn = int(np.bincount(turns[turns >= 0], minlength=1).argmax())
    size = (right - left, top - bottom)
    boxes = np.hstack((np.minimum(first[:, :2], last[:, :2]), np.maximum(first[:, 2:], last[:, 2:])))
    boxes = _turn_boxes(boxes - (left, bottom, left, bottom), size, turn)
    width, height = size if turn % 2 == 0 else size[::-1]
    line = np.searchsorted(lines.starts, starts, side="right") - 1
    all_hidden = bool(lines.hidden.all())
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    read = ((turns == turn) | (turns < 0)) & (middles >= 0).all(1) & (middles <= (width, height)).all(1)
    read &= all_hidden | ~lines.hidden[line]
    boxes = boxes.clip(0, (width, height, width, height)).round(2)
    raised = _measure_raised(first, last, turn)
    texts = _clean_tokens(text, starts.tolist(), ends.tolist(), raised)
    words = Words(texts, boxes, lines.fonts[line])
    read &= (boxes[:, 0] < boxes[:, 2]) & (boxes[:, 1] < boxes[:, 3]) & np.array([bool(token) for token in texts], bool)
    read &= ~_find_doubles(words, read)
    return Page(
        number,
        width,
        height,
        turn,
        words if read.all() else words.take(read),
        left_out=_list_sideways(words, line, turns, turn) if (turns >= 0).any() else (),
        characters=count,
        unmapped=len(_UNMAPPED.findall(text)),
        hidden=all_hidden and bool(texts),
        has_image=not texts and _has_image(page),
    )


class _Lines(NamedTuple):
    """What PDFium made lines of in the drawing order: first characters, fonts, whether invisible."""

    starts: Numbers
    fonts: Numbers
    hidden: Flags


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


def _measure(handle: ctypes.c_void_p, starts: list[int], ends: list[int]) -> tuple[Floats, Floats]:
    """Measure the first and last character of each word: every character would cost three times as much."""
    import ctypes

    from pypdfium2 import raw

    # By address: a rectangle object for each of 1,500 calls on a page takes half as long again.
    address = ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value
    measure = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(address or 0)
    found = (raw.FS_RECTF * (2 * len(starts)))()
    page, size, room = ctypes.cast(handle, ctypes.c_void_p).value, ctypes.sizeof(raw.FS_RECTF), ctypes.addressof(found)
    for start, end in zip(starts, ends, strict=True):
        measure(page, start, room)
        measure(page, end - 1, room + size)
        room += 2 * size
    # A rectangle of PDFium's is left, top, right, bottom.
    edges = np.frombuffer(found, dtype=np.float32).reshape(-1, 2, 4)[:, :, [0, 3, 2, 1]].astype(float)
    return edges[:, 0], edges[:, 1]


def _describe_lines(handle: ctypes.c_void_p, text: str, fonts: Fonts, tokens: Numbers, heights: Floats) -> _Lines:
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
        return _Lines(begins, begins, begins.astype(bool))
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
    return _Lines(np.array(places), np.array([f for f, _ in looks]), np.array([hidden for _, hidden in looks]))


def _find_turns(first: Floats, last: Floats) -> Numbers:
    """Tell from first to last character in which of four directions each word runs; -1 where it is too short."""
    across = (last[:, 0] + last[:, 2] - first[:, 0] - first[:, 2]) / 2
    along = (last[:, 1] + last[:, 3] - first[:, 1] - first[:, 3]) / 2
    turns = np.where(np.abs(across) >= np.abs(along), np.where(across >= 0, 0, 2), np.where(along >= 0, 1, 3))
    long = np.maximum(np.abs(across), np.abs(along)) > 0.5 * np.minimum(
        first[:, 2] - first[:, 0], first[:, 3] - first[:, 1]
    )
    return np.where(long, turns, -1)


def _measure_raised(first: Floats, last: Floats, turn: int) -> Flags:
    """Mark words whose last character is set smaller than the first, as the mark of a footnote is."""
    low, high = (1, 3) if turn % 2 == 0 else (0, 2)
    return np.asarray(last[:, high] - last[:, low] < _RAISED * (first[:, high] - first[:, low]))


def _turn_boxes(boxes: Floats, size: tuple[float, float], turn: int) -> Floats:
    width, height = size
    x0, y0, x1, y1 = boxes.T
    turned = (
        (x0, y0, x1, y1),
        (y0, width - x1, y1, width - x0),
        (width - x1, height - y1, width - x0, height - y0),
        (height - y1, x0, height - y0, x1),
    )[turn]
    return np.stack(turned, axis=1)


def _clean_tokens(text: str, starts: list[int], ends: list[int], raised: Flags) -> list[str]:
    tokens = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    if not (text.isascii() and text.replace("\r\n", "").isprintable()):
        tokens = [token if token.isascii() and token.isprintable() else _clean(token) for token in tokens]
    for place in np.flatnonzero(raised).tolist():
        mark = _NOTE_MARK.search(tokens[place])
        if mark is not None:
            tokens[place] = tokens[place][: mark.start(1)]
    return tokens


def _clean(token: str) -> str:
    return _UNSEEN.sub("", token.replace("\x02", "-").replace("\ufffe", "-"))


def _has_image(page: pypdfium2.PdfPage) -> bool:
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


def _find_doubles(words: Words, read: Flags) -> Flags:
    """Mark a word that stands at the place of an equal one: some writers draw twice for bold or a shadow."""
    doubles = np.zeros(len(words), dtype=bool)
    if not _may_have_doubles(words.boxes[read]):
        return doubles
    seen: set[tuple[str, int, int]] = set()
    steps = np.maximum(1.0, words.heights / 5)
    columns, rows = (np.rint(words.boxes[:, edge] / steps).astype(int).tolist() for edge in (0, 1))
    for place in np.flatnonzero(read).tolist():
        text, column, row = words.texts[place], columns[place], rows[place]
        doubles[place] = any((text, column + x, row + y) in seen for x in (0, -1, 1) for y in (0, -1, 1))
        seen.add((text, column, row))
    return doubles


def _may_have_doubles(boxes: Floats) -> bool:
    """Look whether two words begin at one place, with two coarse grids for those at a grid's edge."""
    for shift in (0.0, _GRID / 2):
        column, row = ((boxes[:, :2] + shift) // _GRID).astype(int).T
        if len(set((column * 100_000 + row).tolist())) < len(boxes):
            return True
    return False


def _list_sideways(words: Words, line: Numbers, turns: Numbers, turn: int) -> tuple[str, ...]:
    """List the lines that run in another direction than the page."""
    lines: dict[int, list[str]] = {}
    for place in np.flatnonzero((turns >= 0) & (turns != turn)).tolist():
        lines.setdefault(int(line[place]), []).append(words.texts[place])
    return tuple(" ".join(texts) for texts in lines.values())
