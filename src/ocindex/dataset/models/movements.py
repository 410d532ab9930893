"""Models of the tables of what moves where: flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandera.pandas as pa

from ocindex.dataset.columns import integer, text
from ocindex.dataset.models import parts

if TYPE_CHECKING:
    import pandas as pd
    from pandera.api.pandas.container import DataFrameSchema


def flows() -> DataFrameSchema:
    """One row per place that a sentence names in a movement, and role."""
    columns = {
        "flow_id": text(
            "First 16 hex digits of SHA-256 over document_id, indicator, role, place, text and occurrence.",
            pattern=r"^[0-9a-f]{16}$",
        ),
        "evidence_id": text("The sentence that says it, under the flow's indicator."),
        "document_id": parts.document_id(),
        "iso3": parts.iso3(nullable=True, what="Country of the document"),
        "edition": parts.edition(nullable=True, what="Edition; null for articles."),
        "tier": text("assessment or article; the two are never blended.", categories=parts.TIERS),
        "indicator": parts.indicator("Market in which something moves."),
        "role": text(
            "Where what moves comes from, what it passes through, where it goes.",
            categories=("origin", "transit", "destination"),
        ),
        "place": text("Country or region of the world; canonical English name of places.csv."),
        "place_iso3": parts.iso3(nullable=True, what="Code of the place, assessed or not; null for a region"),
        "start": integer(
            "First code point in documents.text, from 0, of the words that name the place.",
            minimum=0, unit="code points",
        ),
        "end": integer("Code point after the last of these words.", minimum=1, unit="code points"),
    }  # fmt: skip
    return parts.table(
        "flows",
        title="Place named in a movement, with its role: origin, transit or destination.",
        key=["flow_id"],
        columns=columns,
        foreign_keys=(
            (["evidence_id"], "evidence", ["evidence_id"]),
            (["document_id"], "documents", ["document_id"]),
            (["iso3"], "countries", ["iso3"]),
            (["edition"], "editions", ["edition"]),
            (["indicator"], "indicator_codes", ["indicator"]),
        ),
        checks=[
            pa.Check(_start_before_end, name="start_before_end", error="end is not after start"),
            pa.Check(_edition_by_tier, name="edition_by_tier", error="edition is null exactly for articles"),
        ],
    )


def _start_before_end(frame: pd.DataFrame) -> pd.Series:
    return frame["start"] < frame["end"]


def _edition_by_tier(frame: pd.DataFrame) -> pd.Series:
    return frame["edition"].isna() == (frame["tier"] == "article")
