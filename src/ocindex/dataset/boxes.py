"""Evidence of a PDF in, the boxes on its pages that a viewer highlights out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping

from ocindex.reading.document import Document, Place


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
    starts = [place.start for place in document.places]
    rows: list[dict[str, object]] = []
    for row in evidence if starts else ():
        start, end = int(str(row["start"])), int(str(row["end"]))
        lines = document.places[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
        number: Counter[int] = Counter()
        for place in lines:
            edges = _cover(place, start, end)
            if edges is not None:
                number[place.page] += 1
                key = {"evidence_id": row["evidence_id"], "page": place.page, "box": number[place.page]}
                rows.append(key | dict(zip(("x0", "y0", "x1", "y1"), edges, strict=True)))
    return rows


def _cover(place: Place, start: int, end: int) -> tuple[float, ...] | None:
    """Give the box around the words of a line that a stretch of text covers, in hundredths of a point."""
    # A word covers the blank before it: the sentence before may end there.
    first = bisect_right(place.ends, start)
    covered = place.boxes[first : max(first, bisect_left(place.ends, end) + 1)]
    if not covered or place.start >= end:
        return None
    x0, y0, x1, y1 = zip(*covered, strict=True)
    return tuple(round(edge, 2) for edge in (min(x0), min(y0), max(x1), max(y1)))
