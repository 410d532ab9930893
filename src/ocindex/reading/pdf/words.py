"""One page of a PDF in, its words and where they stand out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from ocindex.errors import SourceError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pypdfium2

    Boxes = npt.NDArray[np.float64]

MAX_CHARACTERS = 200_000
"""Most characters on one page; a page of fine print has 10,000."""

HYPHENS = "\x02\ufffe"
"""What PDFium puts for a hyphen at which it saw a line end."""

_TOKEN = re.compile(rf"[^\s{HYPHENS}]+[{HYPHENS}]?|[{HYPHENS}]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\uffff]")
_UNMAPPED = re.compile("[\x00\ue000-\uf8ff\ufffd]")
_LINE = re.compile(rf"[^\s{HYPHENS}][^\r\n{HYPHENS}]*")
_INVISIBLE = 3
_GRID = 3.0


class Word(NamedTuple):
    """A run of characters without a blank, in a box that is upright as the text is read.

    ``y0`` is the lower edge; ``font`` numbers the fonts of the document, ``line`` the
    lines that PDFium made of the drawing order.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    font: int = 0
    line: int = 0

    @property
    def middle(self) -> float:
        """Height of the middle above the foot of the page."""
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        """Height of the box: the font's, whatever letters the word has."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
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
    words: tuple[Word, ...]
    left_out: tuple[str, ...] = ()
    characters: int = 0
    unmapped: int = 0
    hidden: bool = False
    has_image: bool = False

    def unturn(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Give a box on the page as it is stored, in points from its lower left."""
        if self.turn == 0:
            return box
        x0, y0, x1, y1 = box
        width, height = self.width, self.height
        return (
            box,
            (height - y1, x0, height - y0, x1),
            (width - x1, height - y1, width - x0, height - y0),
            (y0, width - x1, y1, width - x0),
        )[self.turn]


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
        starts, lines = _measure_lines(textpage.raw, text, fonts)
        spans = [match.span() for match in _TOKEN.finditer(text)]
        boxes = _measure_boxes(textpage.raw, spans)
    finally:
        textpage.close()
    left, bottom, right, top = page.get_bbox()
    size = (right - left, top - bottom)
    turn = _main_turn(starts, lines, count)
    boxes = _turn_boxes(boxes - (left, bottom, left, bottom), size, turn)
    width, height = size if turn % 2 == 0 else size[::-1]
    hidden = all(line.hidden for line in lines)
    words, rest = _make_words(text, spans, boxes, starts, lines, (width, height), turn)
    return Page(
        number,
        width,
        height,
        turn,
        tuple(_drop_doubles(words)),
        left_out=_join_lines(rest),
        characters=count,
        unmapped=len(_UNMAPPED.findall(text)),
        hidden=bool(words) and hidden,
        has_image=not words and _has_image(page),
    )


class _Line(NamedTuple):
    font: int
    turn: int
    hidden: bool


def _read_text(textpage: pypdfium2.PdfTextPage, count: int) -> str:
    """Give one character for each of PDFium's, or positions would point to others."""
    from pypdfium2 import raw

    text = str(textpage.get_text_range()) if count > 0 else ""
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def _measure_lines(handle: object, text: str, fonts: Fonts) -> tuple[list[int], list[_Line]]:
    """Look up font, direction and visibility once per line of PDFium's: each look-up costs as much as a box."""
    import ctypes

    from pypdfium2 import raw

    name = ctypes.create_string_buffer(128)
    known: dict[int | None, int] = {}
    starts, lines = [], []
    for match in _LINE.finditer(text):
        first = match.start()
        drawn = raw.FPDFText_GetTextObject(handle, first)
        font, hidden = 0, False
        if drawn:
            hidden = raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE
            face = raw.FPDFTextObj_GetFont(drawn)
            key = ctypes.cast(face, ctypes.c_void_p).value
            if key not in known:
                raw.FPDFFont_GetBaseFontName(face, name, len(name))
                known[key] = fonts.number(name.value, raw.FPDFFont_GetWeight(face))
            font = known[key]
        # PDFium measures the angle clockwise.
        angle = raw.FPDFText_GetCharAngle(handle, first)
        starts.append(first)
        lines.append(_Line(font, -round(angle / 1.5707963) % 4, hidden))
    return starts, lines


def _measure_boxes(handle: object, spans: Sequence[tuple[int, int]]) -> Boxes:
    """Measure the first and last character of each word: every character would cost three times as much."""
    import numpy as np
    from pypdfium2 import raw

    measure = raw.FPDFText_GetLooseCharBox
    found = (raw.FS_RECTF * (2 * len(spans)))()
    rooms = iter(found)
    for start, end in spans:
        measure(handle, start, next(rooms))
        measure(handle, end - 1, next(rooms))
    # A rectangle of PDFium's is left, top, right, bottom.
    edges = np.frombuffer(found, dtype=np.float32).reshape(-1, 2, 4).astype(float)
    low, high = edges.min(1), edges.max(1)
    return np.stack([low[:, 0], low[:, 3], high[:, 2], high[:, 1]], axis=1)


def _main_turn(starts: Sequence[int], lines: Sequence[_Line], count: int) -> int:
    """Give the direction of most characters; what a page says of its rotation may be wrong."""
    turns = Counter[int]()
    for start, end, line in zip(starts, [*starts[1:], count], lines, strict=True):
        turns[line.turn] += end - start
    return turns.most_common(1)[0][0] if turns else 0


def _turn_boxes(boxes: Boxes, size: tuple[float, float], turn: int) -> Boxes:
    import numpy as np

    width, height = size
    x0, y0, x1, y1 = boxes.T
    return np.stack(
        (
            (x0, y0, x1, y1),
            (y0, width - x1, y1, width - x0),
            (width - x1, height - y1, width - x0, height - y0),
            (height - y1, x0, height - y0, x1),
        )[turn],
        axis=1,
    )


def _make_words(
    text: str,
    spans: Sequence[tuple[int, int]],
    boxes: Boxes,
    starts: Sequence[int],
    lines: Sequence[_Line],
    size: tuple[float, float],
    turn: int,
) -> tuple[list[Word], list[Word]]:
    """Make the words that are to be read, and those that are not: sideways, invisible, outside the page."""
    import numpy as np

    numbers = np.searchsorted(np.array(starts), np.array([start for start, _ in spans]), side="right") - 1
    tokens = [text[start:end] for start, end in spans]
    if not text.isascii():
        tokens = [token if token.isascii() else _clean(token) for token in tokens]
    all_hidden = all(line.hidden for line in lines)
    straight = np.array([line.turn == turn and (all_hidden or not line.hidden) for line in lines], dtype=bool)
    fonts = np.array([line.font for line in lines], dtype=int)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    read = straight[numbers] & (middles >= 0).all(1) & (middles <= size).all(1)
    boxes = boxes.clip(0, (*size, *size)).round(2)
    x0, y0, x1, y1 = boxes.T.tolist()
    words = list(starmap(Word, zip(tokens, x0, y0, x1, y1, fonts[numbers].tolist(), numbers.tolist(), strict=True)))
    real = (boxes[:, 0] < boxes[:, 2]) & (boxes[:, 1] < boxes[:, 3]) & np.array([bool(token) for token in tokens])
    if (read & real).all():
        return words, []
    kept = [words[place] for place in np.flatnonzero(read & real)]
    return kept, [words[place] for place in np.flatnonzero(~read) if tokens[place]]


def _clean(token: str) -> str:
    return _UNSEEN.sub("", token.replace("\x02", "-").replace("\ufffe", "-"))


def _has_image(page: pypdfium2.PdfPage) -> bool:
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


def _drop_doubles(words: Sequence[Word]) -> list[Word]:
    """Drop a word that stands at the place of an equal one: some writers draw twice for bold or a shadow."""
    if not _may_have_doubles(words):
        return list(words)
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for word in words:
        step = max(1.0, word.height / 5)
        column, row = round(word.x0 / step), round(word.y0 / step)
        if any((word.text, column + x, row + y) in seen for x in (0, -1, 1) for y in (0, -1, 1)):
            continue
        seen.add((word.text, column, row))
        kept.append(word)
    return kept


def _may_have_doubles(words: Sequence[Word]) -> bool:
    """Look whether two words begin at one place, with two coarse grids for those at a grid's edge."""
    import numpy as np

    places = np.array([word[1:3] for word in words]).reshape(-1, 2)
    for shift in (0.0, _GRID / 2):
        column, row = ((places + shift) // _GRID).astype(int).T
        if np.unique(column * 100_000 + row).size < len(words):
            return True
    return False


def _join_lines(words: Sequence[Word]) -> tuple[str, ...]:
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return tuple(" ".join(texts) for texts in lines.values())
