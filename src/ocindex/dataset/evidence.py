"""An analysed document in, the rows of the table evidence out."""

from __future__ import annotations

from bisect import bisect_right

from ocindex.analysis.findings import Analysis, Finding
from ocindex.dataset.ids import IdMaker
from ocindex.reading.document import Document, line_number, line_starts
from ocindex.vocabulary.indicators import NONE

CONTEXT = 32


def evidence_rows(analysis: Analysis) -> list[dict[str, object]]:
    """List the primary and secondary evidence of one document, in reading order.

    Parameters
    ----------
    analysis : Analysis
        Sentences labelled ``none`` yield no primary row.

    Returns
    -------
    list of dict
        Columns of the table ``evidence``.
    """
    document = analysis.document
    starts = line_starts(document.text or "")
    ids = IdMaker()
    rows = []
    for finding in analysis.findings:
        relations = [(item.indicator, "secondary", item.probability, item.cues) for item in finding.secondary]
        if finding.indicator != NONE:
            relations.insert(0, (finding.indicator, "primary", finding.probability, finding.cues))
        for indicator, relation, probability, cues in relations:
            rows.append(
                _locate(document, finding, starts)
                | {
                    "evidence_id": ids.make(document.document_id, indicator, finding.sentence.text),
                    "indicator": indicator,
                    "relation": relation,
                    "label_probability": round(probability, 4),
                    "cues": "; ".join(cues) or None,
                }
            )
    return rows


def _locate(document: Document, finding: Finding, starts: list[int]) -> dict[str, object]:
    source, sentence, text = document.source, finding.sentence, document.text or ""
    pages = document.page_starts
    return {
        "document_id": document.document_id,
        "iso3": source.iso3,
        "edition": source.edition if source.kind == "profile" else None,
        "tier": source.tier,
        "reliability": source.reliability,
        "section": sentence.section,
        "start": sentence.start,
        "end": sentence.end,
        "quote": text[sentence.start : sentence.end],
        "text": sentence.text,
        "prefix": text[max(0, sentence.start - CONTEXT) : sentence.start] or None,
        "suffix": text[sentence.end : sentence.end + CONTEXT] or None,
        "page": bisect_right(pages, sentence.start) if pages else None,
        "line": None if pages else line_number(starts, sentence.start),
        "about": finding.about,
    }
