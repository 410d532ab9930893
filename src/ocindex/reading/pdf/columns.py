"""Words of a page in, the words of each column out, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ocindex.reading.pdf.words import Word

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

# Least width of a gutter, as a share of a line's height: a blank is a quarter of it, also in spaced-out lines.
_GUTTER = 0.6
# Rows that must stand on both sides of a gutter that no other page confirms.
_FEWEST_ROWS = 3
# A side narrower than this share of the region is a list's numbers or bullets, not a column.
_NARROWEST = 0.18
_NEAR = 8.0
_MOST_CANDIDATES = 8
_DEPTH = 4


class Gutter(NamedTuple):
    """A strip without words at ``place``, and the stretches of height ``(low, high)`` in which it parts columns."""

    place: float
    bands: tuple[tuple[float, float], ...]


def split_columns(words: Sequence[Word], known: Sequence[float] = ()) -> list[list[Word]]:
    """Split the words of a page into columns.

    A gutter is a strip that few words cross while rows of words stand on both of its
    sides. Rows that cross it, headings over all columns and the like, part the page in
    bands, which are read one after the other, and in each the left column before the right.

    Parameters
    ----------
    words : sequence of Word
        In any order.
    known : sequence of float
        Gutters of the document's other pages; at them one row is enough.

    Returns
    -------
    list of list of Word
        Columns in reading order; together they hold every word once.

    Notes
    -----
    A recursive cut of the page (Nagy and Seth 1984) at gutters that may end.
    """
    return _split(list(words), known, _DEPTH)


def find_gutter(words: Sequence[Word], known: Sequence[float] = ()) -> Gutter | None:
    """Find the gutter that parts most of the words, if there is one."""
    import numpy as np

    if len(words) < 2:
        return None
    edges = np.array([word[1:5] for word in words])
    x0, y0, x1, y1 = edges.T
    middles, height = (y0 + y1) / 2, float(np.median(y1 - y0))
    half = _GUTTER * height / 2
    best, most = None, 0
    for place, fewest in _candidates(x0, x1, half, known):
        crossing = (x0 < place) & (x1 > place)
        crossing |= _bridges(x0, x1, middles, place, half, height)
        bands, count = _judge_bands((x0, x1, middles), crossing, place, fewest, height)
        if count > most:
            best, most = Gutter(place, bands), count
    return best


def _split(words: list[Word], known: Sequence[float], depth: int) -> list[list[Word]]:
    gutter = find_gutter(words, known) if depth else None
    if gutter is None:
        return [words] if words else []
    columns: list[list[Word]] = []
    rest = words
    for low, high in gutter.bands:
        above = [word for word in rest if word.middle > high]
        inside = [word for word in rest if low <= word.middle <= high]
        rest = [word for word in rest if word.middle < low]
        columns += _split(above, known, depth - 1)
        columns += _split([word for word in inside if word.x0 + word.x1 < 2 * gutter.place], known, depth - 1)
        columns += _split([word for word in inside if word.x0 + word.x1 >= 2 * gutter.place], known, depth - 1)
    return columns + _split(rest, known, depth - 1)


def _candidates(x0: Floats, x1: Floats, half: float, known: Sequence[float]) -> list[tuple[float, int]]:
    """List places that fewer words cover than their surroundings, with the rows that each must part."""
    import numpy as np

    low, high = float(x0.min()), float(x1.max())
    size = int(high - low) + 2
    begins = np.clip(np.floor(x0 - half - low), 0, size - 1).astype(int)
    ends = np.clip(np.ceil(x1 + half - low), 0, size - 1).astype(int)
    cover = np.cumsum(np.bincount(begins, minlength=size) - np.bincount(ends, minlength=size))
    margin = int(_NARROWEST * size)
    inner = cover[margin : size - margin]
    if inner.size == 0:
        return []
    # Runs of equal cover that are lower than what stands left and right of them.
    edges = np.flatnonzero(np.diff(inner)) + 1
    begin, end = np.concatenate(([0], edges)), np.concatenate((edges, [inner.size]))
    value = inner[begin]
    left = np.concatenate(([np.iinfo(int).max], value[:-1]))
    right = np.concatenate((value[1:], [np.iinfo(int).max]))
    valley = np.flatnonzero((value < left) & (value < right))
    valley = valley[np.lexsort((begin[valley], value[valley]))][:_MOST_CANDIDATES]
    found = [(low + margin + float(begin[v] + end[v]) / 2, _FEWEST_ROWS) for v in valley]
    return [(place, 1 if any(abs(place - other) < _NEAR for other in known) else fewest) for place, fewest in found] + [
        (place, 1) for place in known if low < place < high
    ]


def _bridges(x0: Floats, x1: Floats, middles: Floats, place: float, half: float, height: float) -> Flags:
    """Mark words on either side of a gap that is a blank between two words, and no gutter."""
    import numpy as np

    near = np.flatnonzero(((x1 <= place) & (x1 > place - 2 * half)) | ((x0 >= place) & (x0 < place + 2 * half)))
    marked = np.zeros(len(x0), dtype=bool)
    for one in near[x1[near] <= place]:
        for other in near[x0[near] >= place]:
            if abs(middles[one] - middles[other]) < 0.2 * height and x0[other] - x1[one] < 2 * half:
                marked[one] = marked[other] = True
    return marked


def _judge_bands(
    places: tuple[Floats, Floats, Floats], crossing: Flags, place: float, fewest: int, height: float
) -> tuple[tuple[tuple[float, float], ...], int]:
    """Give the stretches between crossing rows that hold columns, from the top, and their number of words."""
    import numpy as np

    x0, x1, middles = places
    # Words beside a crossing one are of its row.
    cuts = np.sort(middles[crossing])
    if cuts.size:
        after = np.searchsorted(cuts, middles)
        gap = np.minimum(
            np.abs(middles - cuts[np.minimum(after, cuts.size - 1)]), np.abs(middles - cuts[np.maximum(after - 1, 0)])
        )
        crossing = crossing | (gap < 0.3 * height)
    band = np.searchsorted(cuts, middles)
    free = ~crossing
    width = x1.max() - x0.min()
    bands, count = [], 0
    for number in np.unique(band[free])[::-1]:
        inside = free & (band == number)
        left, right = inside & (x0 + x1 < 2 * place), inside & (x0 + x1 >= 2 * place)
        if not left.any() or not right.any():
            continue
        wide = min(x1[left].max() - x0[left].min(), x1[right].max() - x0[right].min()) >= _NARROWEST * width
        if wide and min(_count_rows(middles[left], height), _count_rows(middles[right], height)) >= fewest:
            bands.append((float(middles[inside].min()), float(middles[inside].max())))
            count += int(inside.sum())
    return tuple(bands), count


def _count_rows(middles: Floats, height: float) -> int:
    import numpy as np

    return int((np.diff(np.sort(middles)) > 0.5 * height).sum()) + 1
