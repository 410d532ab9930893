"""Models of the tables that carry text: evidence and its boxes, documents, spans and issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from ocindex.dataset.columns import boolean, integer, number, probability, text
from ocindex.dataset.models import parts

if TYPE_CHECKING:
    from pandera.api.pandas.components import Column
    from pandera.api.pandas.container import DataFrameSchema

_ID = r"^[0-9a-f]{16}$"


def evidence() -> DataFrameSchema:
    """One row per sentence and indicator that it supports."""
    columns = {
        "evidence_id": text(
            "First 16 hex digits of SHA-256 over document_id, indicator, text and occurrence.", pattern=_ID
        ),
        "document_id": parts.document_id(),
        "iso3": parts.iso3(nullable=True, what="Country of the document"),
        "edition": parts.edition(nullable=True, what="Edition; null for articles."),
        "tier": text("assessment or article; the two are never blended.", categories=parts.TIERS),
        "reliability": text(
            "Source's reliability, Admiralty A to F; F: cannot be judged; null: nobody judged.",
            nullable=True, categories=parts.RELIABILITIES,
        ),
        "section": parts.section("Section where the sentence stands; null for articles.", nullable=True),
        "indicator": parts.indicator("Indicator that the sentence supports."),
        "relation": text(
            "primary: what the sentence is about; secondary: another indicator that it informs.",
            categories=("primary", "secondary"),
        ),
        "start": integer("First code point in documents.text, from 0.", minimum=0, unit="code points"),
        "end": integer("Code point after the last in documents.text.", minimum=1, unit="code points"),
        "quote": text("Verbatim: documents.text[start:end], line breaks and all."),
        "text": text("The same sentence made readable."),
        "prefix": text("Up to 32 code points before the quote.", nullable=True),
        "suffix": text("Up to 32 code points after the quote.", nullable=True),
        "page": integer("PDF page, from 1, where the quote starts.", bits=16, nullable=True, minimum=1, unit="page"),
        "line": integer("Line of a text file, from 1, where the quote starts.", nullable=True, minimum=1, unit="line"),
        "label_probability": probability(
            "Calibrated probability that the sentence belongs under this indicator; not that it is true."
        ),
        "cues": text(
            "Words that decided, as they stand in text, joined by '; '; null where section or neighbours decided.",
            nullable=True,
        ),
        "about": text("Whether the sentence is about iso3.", categories=("country", "elsewhere", "unclear")),
    }  # fmt: skip
    return parts.table(
        "evidence",
        title="Sentence and an indicator that it supports, with exact position.",
        key=["evidence_id"],
        columns=columns,
        foreign_keys=(
            (["document_id"], "documents", ["document_id"]),
            (["iso3"], "countries", ["iso3"]),
            (["edition"], "editions", ["edition"]),
            (["indicator"], "indicator_codes", ["indicator"]),
        ),
        checks=[
            pa.Check(_start_before_end, name="start_before_end", error="end is not after start"),
            pa.Check(_cues_in_text, name="cues_in_text", error="a cue does not stand in text"),
            pa.Check(_edition_by_tier, name="edition_by_tier", error="edition is null exactly for articles"),
        ],
    )


def evidence_boxes() -> DataFrameSchema:
    """One row per box on a PDF page that a piece of evidence covers."""

    def edge(what: str) -> Column:
        return number(f"{what} of the box, from the lower left of the unrotated page.", minimum=0, unit="points")

    columns = {
        "evidence_id": text("Piece of evidence that the box is part of.", pattern=_ID),
        "page": integer("PDF page, from 1.", bits=16, minimum=1, unit="page"),
        "box": integer("Number of the box within the page, from 1, in reading order.", bits=16, minimum=1),
        "x0": edge("Left edge"),
        "y0": edge("Lower edge"),
        "x1": edge("Right edge"),
        "y1": edge("Upper edge"),
    }
    return parts.table(
        "evidence_boxes",
        title="Box on a PDF page that a piece of evidence covers: what a viewer highlights.",
        key=["evidence_id", "page", "box"],
        columns=columns,
        foreign_keys=((["evidence_id"], "evidence", ["evidence_id"]),),
        checks=[
            pa.Check(_box_has_width, name="box_has_width", error="x1 is not right of x0"),
            pa.Check(_box_has_height, name="box_has_height", error="y1 is not above y0"),
        ],
    )


def documents() -> DataFrameSchema:
    """One row per source document."""
    columns = {
        "document_id": text("Path below raw/ without its ending."),
        "path": text("Path below raw/."),
        "kind": text("What the document is.", categories=("profile", "article", "workbook", "scores")),
        "tier": text("assessment or article; null for scores.", nullable=True, categories=parts.TIERS),
        "iso3": parts.iso3(nullable=True, what="Country that the document is about"),
        "edition": parts.edition(nullable=True),
        "title": text("Title.", nullable=True),
        "publisher": text("Publisher; null: unknown.", nullable=True),
        "published": text("Date or year of publication, ISO 8601.", nullable=True, pattern=r"^\d{4}(-\d\d){0,2}$"),
        "url": text("Where it was published.", nullable=True),
        "rights": text("Who holds the rights.", nullable=True),
        "redistribute": boolean("Whether the text may be passed on."),
        "reliability": text(
            "Admiralty A to F; F: cannot be judged; null: nobody judged.",
            nullable=True, categories=parts.RELIABILITIES,
        ),
        "origin": text("Documents of one origin count as one source.", nullable=True),
        "language": text("Language, BCP 47.", nullable=True),
        "encoding": text("Encoding that the file was read as.", nullable=True),
        "sha256": text("SHA-256 of the file's bytes.", pattern=r"^[0-9a-f]{64}$"),
        "bytes": integer("Size of the file.", bits=64, minimum=0, unit="bytes"),
        "pages": integer("Pages of a PDF.", bits=16, nullable=True, minimum=1, unit="pages"),
        "text": text("What was read; null for score files and what could not be used.", nullable=True),
        "citation": text("How to cite the document."),
        "sentence_spans": integer("Spans that are sentences.", minimum=0, unit="spans"),
        "heading_spans": integer("Spans that are headings.", minimum=0, unit="spans"),
        "furniture_spans": integer("Spans that are furniture.", minimum=0, unit="spans"),
    }  # fmt: skip
    return parts.table(
        "documents",
        title="Source document: what it is, whose it is, what was read.",
        key=["document_id"],
        columns=columns,
        foreign_keys=((["iso3"], "countries", ["iso3"]), (["edition"], "editions", ["edition"])),
        checks=[pa.Check(_withheld_has_no_text, name="withheld_has_no_text", error="text must not be passed on")],
    )


def spans() -> DataFrameSchema:
    """One row per piece of a document's text."""
    columns = {
        "document_id": parts.document_id(),
        "start": integer("First code point in documents.text, from 0.", minimum=0, unit="code points"),
        "end": integer("Code point after the last in documents.text.", minimum=1, unit="code points"),
        "kind": text("What the piece is.", categories=("sentence", "heading", "furniture")),
        "section": parts.section("Section that the piece stands in or opens.", nullable=True),
        "indicator": parts.indicator(
            "Primary indicator of a sentence, or none; null unless a sentence that was attributed.",
            nullable=True, or_none=True,
        ),
        "runner_up": parts.indicator("Next likely indicator, or none.", nullable=True, or_none=True),
        "label_probability": probability("Calibrated probability of indicator.", nullable=True),
    }  # fmt: skip
    return parts.table(
        "spans",
        title="Piece of a document's text: sentence, heading or furniture. Together they cover it.",
        key=["document_id", "start"],
        columns=columns,
        foreign_keys=((["document_id"], "documents", ["document_id"]),),
        checks=[
            pa.Check(_start_before_end, name="start_before_end", error="end is not after start"),
            pa.Check(
                _only_sentences_labelled, name="only_sentences_labelled", error="only a sentence has an indicator"
            ),
        ],
    )


def issues() -> DataFrameSchema:
    """One row per thing found wrong or doubtful in a source."""
    columns = {
        "issue_id": text("First 16 hex digits of SHA-256 over what was found, without positions.", pattern=_ID),
        "code": text("Kind of issue.", pattern=r"^[a-z_]+$"),
        "severity": text("How bad it is.", categories=("info", "warning", "error")),
        "document_id": parts.document_id(nullable=True),
        "locator": text("Where: line 12; page 3; 2025_dataset!C7.", nullable=True),
        "iso3": parts.iso3(nullable=True),
        "edition": parts.edition(nullable=True),
        "indicator": parts.any_code("Indicator or composite.", nullable=True),
        "message": text("Found, expected, what was done."),
    }
    return parts.table(
        "issues",
        title="Thing found wrong or doubtful in a source, and what was done about it.",
        key=["issue_id"],
        columns=columns,
        foreign_keys=(
            (["document_id"], "documents", ["document_id"]),
            (["iso3"], "countries", ["iso3"]),
            (["edition"], "editions", ["edition"]),
            (["indicator"], "indicator_codes", ["indicator"]),
        ),
    )


def _start_before_end(frame: pd.DataFrame) -> pd.Series:
    return frame["start"] < frame["end"]


def _box_has_width(frame: pd.DataFrame) -> pd.Series:
    return ~(frame["x0"] >= frame["x1"])


def _box_has_height(frame: pd.DataFrame) -> pd.Series:
    return ~(frame["y0"] >= frame["y1"])


def _cues_in_text(frame: pd.DataFrame) -> pd.Series:
    stand = [
        pd.isna(cues) or all(cue in sentence for cue in cues.split("; "))
        for cues, sentence in zip(frame["cues"], frame["text"], strict=True)
    ]
    return pd.Series(stand, index=frame.index, dtype=bool)


def _edition_by_tier(frame: pd.DataFrame) -> pd.Series:
    return frame["edition"].isna() == (frame["tier"] == "article")


def _withheld_has_no_text(frame: pd.DataFrame) -> pd.Series:
    return frame["redistribute"] | frame["text"].isna()


def _only_sentences_labelled(frame: pd.DataFrame) -> pd.Series:
    return frame["indicator"].isna() | (frame["kind"] == "sentence")
