"""Words of a page in, the words of each column out, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ocindex.reading.pdf.drawing import Flags, Floats, Numbers
from ocindex.reading.pdf.words import Words

# Least width of a gutter, as a share of a line's height: a blank is a quarter of it, also in spaced-out lines.
_GUTTER = 0.6
# Rows that must stand on both sides of a gutter that no other page confirms.
_FEWEST_ROWS = 3
# A side narrower than this share of the region is a list's numbers or bullets, not a column.
_NARROWEST = 0.18
_NEAR = 8.0
_MOST_CANDIDATES = 8
_PLENTY = 0.8
_DEPTH = 4


class _Gutter(NamedTuple):
    """A strip without words at ``place``, and the stretches of height ``(low, high)`` in which it parts columns."""

    place: float
    bands: tuple[tuple[float, float], ...]


class _Boxes(NamedTuple):
    """Where words stand: left and right edges, middles, the usual height; ``own`` are their numbers on the page."""

    x0: Floats
    x1: Floats
    middle: Floats
    height: float
    own: Numbers

    def only(self, which: Flags) -> _Boxes:
        return _Boxes(self.x0[which], self.x1[which], self.middle[which], self.height, self.own[which])


def split_columns(pages: Sequence[Words]) -> list[list[Numbers]]:
    """Split the words of each page into columns.

    A gutter is a strip that few words cross while rows of words stand on both of its
    sides. Rows that cross it, headings over all columns and the like, part the page in
    bands, which are read one after the other, and in each the left column before the right.
    Where most pages of a document have their gutter, one row is enough on the others.

    Parameters
    ----------
    pages : sequence of Words
        Words of each page, in any order.

    Returns
    -------
    list of list of array of int
        For each page its columns in reading order, as numbers of words; together they hold
        every word once.

    Notes
    -----
    A recursive cut of the page (Nagy and Seth 1984) at gutters that may end.

    Examples
    --------
    >>> boxes = [(x, 100 - 12 * row, x + 80, 110 - 12 * row) for x in (110, 10) for row in range(3)]
    >>> words = Words(["right"] * 3 + ["left"] * 3, np.array(boxes, float), np.zeros(6, int))
    >>> [column.tolist() for column in split_columns([words])[0]]
    [[3, 4, 5], [0, 1, 2]]
    """
    measured = [_measure(words) for words in pages]
    firsts = [_find(boxes, ()) if boxes.own.size else None for boxes in measured]
    places = sorted(gutter.place for gutter in firsts if gutter is not None)
    usual = places[len(places) // 2 : len(places) // 2 + 1]
    return [_split(boxes, usual, _DEPTH, first) for boxes, first in zip(measured, firsts, strict=True)]


def _measure(words: Words) -> _Boxes:
    height = float(np.sort(words.heights)[len(words) // 2]) if len(words) else 0.0
    return _Boxes(words.boxes[:, 0], words.boxes[:, 2], words.middles, height, np.arange(len(words)))


def _split(boxes: _Boxes, known: Sequence[float], depth: int, found: _Gutter | None = None) -> list[Numbers]:
    if boxes.own.size == 0:
        return []
    if found is not None and abs(found.place - known[0]) < _NEAR:
        gutter: _Gutter | None = found
    else:
        gutter = _find(boxes, known) if depth else None
    if gutter is None:
        return [boxes.own]
    columns: list[Numbers] = []
    for low, high in gutter.bands:
        columns += _split(boxes.only(boxes.middle > high), known, depth - 1)
        inside = boxes.only((boxes.middle >= low) & (boxes.middle <= high))
        left = inside.x0 + inside.x1 < 2 * gutter.place
        columns += _split(inside.only(left), known, depth - 1)
        columns += _split(inside.only(~left), known, depth - 1)
        boxes = boxes.only(boxes.middle < low)
    return columns + _split(boxes, known, depth - 1)


def _find(boxes: _Boxes, known: Sequence[float]) -> _Gutter | None:
    best, most = None, 0
    for place, fewest in _candidates(boxes, known):
        crossing = (boxes.x0 < place) & (boxes.x1 > place) | _bridges(boxes, place)
        bands, count = _judge_bands(boxes, crossing, place, fewest)
        if count > most:
            best, most = _Gutter(place, bands), count
        # The next candidates are crossed by more words.
        if most > _PLENTY * boxes.own.size:
            break
    return best


def _candidates(boxes: _Boxes, known: Sequence[float]) -> list[tuple[float, int]]:
    """List places that fewer words cover than their surroundings, with the rows that each must part."""
    low, high = float(boxes.x0.min()), float(boxes.x1.max())
    half = _GUTTER * boxes.height / 2
    size = int(high - low) + 2
    begins = np.clip(np.floor(boxes.x0 - half - low), 0, size - 1).astype(int)
    ends = np.clip(np.ceil(boxes.x1 + half - low), 0, size - 1).astype(int)
    cover = np.cumsum(np.bincount(begins, minlength=size) - np.bincount(ends, minlength=size))
    margin = int(_NARROWEST * size)
    inner = cover[margin : size - margin]
    if inner.size == 0:
        return []
    # Runs of equal cover that are lower than what stands left and right of them.
    edges = np.flatnonzero(np.diff(inner)) + 1
    begin, end = np.concatenate(([0], edges)), np.concatenate((edges, [inner.size]))
    value = inner[begin]
    around = np.concatenate(([size], value, [size])) if value.size else value
    valley = np.flatnonzero((value < around[:-2]) & (value < around[2:]))
    # Each word near the place takes a row away, and three must be left.
    valley = valley[value[valley] <= _count_rows(boxes.middle, boxes.height) - _FEWEST_ROWS]
    valley = valley[np.lexsort((begin[valley], value[valley]))][:_MOST_CANDIDATES]
    found = [low + margin + float(begin[v] + end[v]) / 2 for v in valley]
    confirmed = [place for place in known if low < place < high]
    return [(place, 1) for place in confirmed] + [
        (place, _FEWEST_ROWS) for place in found if all(abs(place - other) >= _NEAR for other in confirmed)
    ]


def _bridges(boxes: _Boxes, place: float) -> Flags:
    """Mark words on either side of a gap that is a blank between two words, and no gutter."""
    x0, x1, middle = boxes.x0, boxes.x1, boxes.middle
    wide = _GUTTER * boxes.height
    marked = np.zeros(x0.size, dtype=bool)
    left = np.flatnonzero((x1 <= place) & (x1 > place - wide))
    right = np.flatnonzero((x0 >= place) & (x0 < place + wide))
    if left.size and right.size:
        beside = np.abs(middle[left][:, None] - middle[right][None, :]) < 0.2 * boxes.height
        bridged = beside & (x0[right][None, :] - x1[left][:, None] < wide)
        marked[left[bridged.any(1)]] = True
        marked[right[bridged.any(0)]] = True
    return marked


def _judge_bands(
    boxes: _Boxes, crossing: Flags, place: float, fewest: int
) -> tuple[tuple[tuple[float, float], ...], int]:
    """Give the stretches between crossing rows that hold columns, from the top, and their number of words."""
    middle = boxes.middle
    cuts = np.sort(middle[crossing])
    band = np.searchsorted(cuts, middle)
    free = ~crossing
    if cuts.size:
        # Words beside a crossing one are of its row.
        above = np.abs(middle - cuts[np.minimum(band, cuts.size - 1)])
        below = np.abs(middle - cuts[np.maximum(band - 1, 0)])
        free &= np.minimum(above, below) >= 0.3 * boxes.height
    width = boxes.x1.max() - boxes.x0.min()
    numbers, counts = np.unique(band[free], return_counts=True)
    bands, count = [], 0
    for number in numbers[counts >= 2 * fewest][::-1]:
        inside = boxes.only(free & (band == number))
        leftward = inside.x0 + inside.x1 < 2 * place
        sides = inside.only(leftward), inside.only(~leftward)
        if all(
            side.own.size
            and side.x1.max() - side.x0.min() >= _NARROWEST * width
            and _count_rows(side.middle, boxes.height) >= fewest
            for side in sides
        ):
            bands.append((float(inside.middle.min()), float(inside.middle.max())))
            count += inside.own.size
    return tuple(bands), count


def _count_rows(middle: Floats, height: float) -> int:
    return int((np.diff(np.sort(middle)) > 0.5 * height).sum()) + 1
