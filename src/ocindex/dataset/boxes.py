"""Evidence of a PDF in, the boxes on its pages that a viewer highlights out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

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
    if not document.places:
        return []
    starts = [place.start for place in document.places]
    rows: list[dict[str, object]] = []
    for row in evidence:
        start, end = int(str(row["start"])), int(str(row["end"]))
        # The word before may reach into the sentence: "end.Next" is one word.
        first = max(0, bisect_left(starts, start) - 1)
        covered = [place for place in document.places[first : bisect_left(starts, end)] if place.end > start]
        for page, boxes in groupby(_join_words(covered), key=attrgetter("page")):
            for number, box in enumerate(boxes, start=1):
                edges = {name: getattr(box, name) for name in ("x0", "y0", "x1", "y1")}
                rows.append({"evidence_id": row["evidence_id"], "page": page, "box": number, **edges})
    return rows


def _join_words(places: Sequence[Place]) -> list[Place]:
    """Join the words of each line to one box, rounded to hundredths of a point."""
    joined = []
    for _, group in groupby(places, key=attrgetter("line")):
        words = list(group)
        joined.append(
            words[0]._replace(
                end=words[-1].end,
                x0=round(min(word.x0 for word in words), 2),
                y0=round(min(word.y0 for word in words), 2),
                x1=round(max(word.x1 for word in words), 2),
                y1=round(max(word.y1 for word in words), 2),
            )
        )
    return joined
