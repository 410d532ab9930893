"""Pages in, the same pages without running headers, footers and page numbers out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocindex.reading.pdf.drawing import Numbers
from ocindex.reading.pdf.lines import group_rows, join_texts
from ocindex.reading.pdf.words import Page
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.page_furniture import EDGE, page_furniture_scope

# Rows at the head and the foot of a page that may be furniture.
_EDGE_ROWS = 4
_EDGE_WORDS = 60
# Header and footer stand in the outer part of a page, apart from the body.
_MARGIN = 0.14
_APART = 1.35
# Places of one running line on two pages, in points.
_SAME_PLACE = 6.0


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the edge of a page: what it says without its numbers, and how far from the edge it stands."""

    key: str
    text: str
    side: str
    distance: float
    apart: bool
    own: tuple[int, ...]
    page: int


def drop_furniture(pages: Sequence[Page]) -> list[Page]:
    """Take running headers, footers and page numbers out of the pages.

    A row at the edge of a page is furniture where it stands again, but for its
    numbers, at the same place of another page; or where it stands apart from the body
    in the margin and its words are those of furniture (``page_furniture.csv``). Between
    it and the edge of the page only furniture may stand.

    Parameters
    ----------
    pages : sequence of Page

    Returns
    -------
    list of Page
        What was taken out is in ``left_out``.
    """
    edges = [_list_edges(page) for page in pages]
    repeated = _find_repeated([edge for rows in edges for edge in rows])
    cleaned = []
    for page, rows in zip(pages, edges, strict=True):
        dropped: list[_Edge] = []
        for side in ("head", "foot"):
            for edge in (row for row in rows if row.side == side):
                if id(edge) not in repeated and not (edge.apart and page_furniture_scope(edge.text) == EDGE):
                    break
                dropped.append(edge)
        if not dropped:
            cleaned.append(page)
            continue
        keep = np.ones(len(page.words), dtype=bool)
        keep[[number for edge in dropped for number in edge.own]] = False
        texts = tuple(dict.fromkeys(edge.text for edge in dropped))
        cleaned.append(replace(page, words=page.words.take(keep), left_out=(*page.left_out, *texts)))
    return cleaned


def _list_edges(page: Page) -> list[_Edge]:
    """List the rows at the head from the top, then those at the foot from the bottom."""
    if not len(page.words):
        return []
    outer = _outer_words(page)
    chosen = page.words.take(outer)
    order, starts = group_rows(chosen.boxes)
    ends = [*starts[1:].tolist(), len(order)]
    rows = [order[start:end].tolist() for start, end in zip(starts.tolist(), ends, strict=True)]
    middles, heights = chosen.middles.tolist(), chosen.heights.tolist()
    edges = []
    for side, listed in (("head", rows), ("foot", rows[::-1])):
        for row, inner in zip(listed[:_EDGE_ROWS], [*listed[1:], []], strict=False):
            middle = middles[row[0]]
            distance = page.height - middle if side == "head" else middle
            gap = abs(middle - middles[inner[0]]) if inner else page.height
            usual = heights[(inner or row)[0]]
            text = join_texts(chosen, row)
            edges.append(
                _Edge(
                    key=_key(text),
                    text=text,
                    side=side,
                    distance=distance,
                    apart=distance <= _MARGIN * page.height and gap >= _APART * usual,
                    own=tuple(outer[row].tolist()),
                    page=page.number,
                )
            )
    return edges


def _outer_words(page: Page) -> Numbers:
    """Take the highest and the lowest words: what stands between them is no running line."""
    middles = page.words.middles
    if middles.size <= 2 * _EDGE_WORDS:
        return np.arange(middles.size)
    ranked = np.sort(middles)
    return np.flatnonzero((middles <= ranked[_EDGE_WORDS]) | (middles >= ranked[-_EDGE_WORDS - 1]))


def _key(text: str) -> str:
    """Say what a row says on every page: no numbers, and in no order, for odd and even pages are mirrored."""
    return " ".join(sorted(re.sub(r"\d+", "#", fold_text(text).casefold()).split()))


def _find_repeated(edges: Sequence[_Edge]) -> set[int]:
    """Find the rows that another page has at the same place."""
    groups: dict[tuple[str, str], list[_Edge]] = {}
    for edge in edges:
        groups.setdefault((edge.key, edge.side), []).append(edge)
    return {
        id(edge)
        for group in groups.values()
        for edge in group
        if any(edge.page != other.page and abs(edge.distance - other.distance) <= _SAME_PLACE for other in group)
    }
