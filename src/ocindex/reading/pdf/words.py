"""One page of a PDF in, its words and where they stand out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ocindex.reading.pdf.drawing import HYPHENS, Flags, Floats, Fonts, Numbers, extract_page, remove_hidden

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]

_UNSEEN = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\uffff]")
_UNMAPPED = re.compile("[\x00\ue000-\uf8ff\ufffd]")
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])[.,;:!?]?[\"'”’)]*(\d{1,3}(?:,\d{1,3})*|[*†‡]+)$")
_GRID = 3.0
_RAISED = 0.85


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
    drawn = extract_page(page, number, fonts)
    if drawn.lines.hidden.any() and not drawn.lines.hidden.all() and remove_hidden(page):
        drawn = extract_page(page, number, fonts)
    text, starts, ends, first, last, lines = drawn
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
        left_out=_list_sideways(words, turns, turn),
        characters=len(text),
        unmapped=len(_UNMAPPED.findall(text)),
        hidden=all_hidden and bool(texts),
        has_image=not texts and _has_image(page),
    )


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
    if _UNSEEN.search(text) or any(mark in text for mark in HYPHENS):
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
    places = boxes[:, :2] / _GRID
    for shift in (0.0, 0.5):
        cells = (places + shift).astype(int)
        if len(set((cells[:, 0] * 100_000 + cells[:, 1]).tolist())) < len(boxes):
            return True
    return False


def _list_sideways(words: Words, turns: Numbers, turn: int) -> tuple[str, ...]:
    """Give the words that run in another direction than the page."""
    sideways = np.flatnonzero((turns >= 0) & (turns != turn)).tolist()
    return (" ".join([words.texts[place] for place in sideways]),) if sideways else ()
