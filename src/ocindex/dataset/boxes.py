"""Evidence of a PDF in, the boxes on its pages that a viewer highlights out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from ocindex.reading.document import Document


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
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        page = number = 0
        for place in document.places[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]:
            # A word covers the blank before it: the sentence before may end there.
            first = 0 if place.start >= start else bisect_right(place.ends, start)
            words = place.boxes[first : bisect_left(place.ends, end) + 1]
            if words:
                page, number = place.page, number + 1 if place.page == page else 1
                x0, y0, x1, y1 = zip(*words, strict=True)
                rows.append(
                    {
                        "evidence_id": row["evidence_id"],
                        "page": page,
                        "box": number,
                        "x0": round(min(x0), 2),
                        "y0": round(min(y0), 2),
                        "x1": round(max(x1), 2),
                        "y1": round(max(y1), 2),
                    }
                )
    return rows
