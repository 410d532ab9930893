"""Evidence of a PDF in, the boxes on its pages that a viewer highlights out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from ocindex.reading.document import Document, Place

Box = tuple[int, int, float, float, float, float]
_COLUMNS = ("page", "box", "x0", "y0", "x1", "y1")


def box_rows(document: Document, evidence: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """List the boxes of each piece of evidence: one per line that it covers.

    Parameters
    ----------
    document : Document
        Without places (any form but PDF) it has no boxes.
    evidence : iterable of mapping
        Rows of its table ``evidence``.

    Returns
    -------
    list of dict
        Columns of the table ``evidence_boxes``; boxes are counted within their page.
    """
    if not document.places:
        return []
    starts = [place.start for place in document.places]
    # A sentence that supports two indicators has the same boxes twice.
    covered: dict[tuple[int, int], list[Box]] = {}
    rows: list[dict[str, object]] = []
    for row in evidence:
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        if (start, end) not in covered:
            lines = document.places[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
            covered[start, end] = _cover(lines, start, end)
        key = row["evidence_id"]
        rows += [{"evidence_id": key, **dict(zip(_COLUMNS, box, strict=True))} for box in covered[start, end]]
    return rows


def _cover(lines: Sequence[Place], start: int, end: int) -> list[Box]:
    """Give page, number and edges of the boxes around the words of each line that a stretch of text covers."""
    boxes: list[Box] = []
    page = number = 0
    for place in lines:
        # A word covers the blank before it: the sentence before may end there.
        first = 0 if place.start >= start else bisect_right(place.ends, start)
        words = place.boxes[first : bisect_left(place.ends, end) + 1]
        if words:
            page, number = place.page, number + 1 if place.page == page else 1
            x0, y0, x1, y1 = zip(*words, strict=True)
            boxes.append((page, number, round(min(x0), 2), round(min(y0), 2), round(max(x1), 2), round(max(y1), 2)))
    return boxes
