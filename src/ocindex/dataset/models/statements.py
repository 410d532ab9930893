"""Models of the tables of what the documents state: claims and conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandera.pandas as pa

from ocindex.analysis.claims.record import EVENT, KINDS, TREND
from ocindex.analysis.conflicts.record import CONFLICT_KINDS, STRENGTHS
from ocindex.dataset.columns import boolean, integer, number, text
from ocindex.dataset.models import parts

if TYPE_CHECKING:
    import pandas as pd
    from pandera.api.pandas.container import DataFrameSchema

_ID = r"^[0-9a-f]{16}$"
_DATE = r"\d{4}(-\d\d){0,2}"


def claims() -> DataFrameSchema:
    """One row per checkable statement of a sentence."""
    columns = {
        "claim_id": text(
            "First 16 hex digits of SHA-256 over document_id, kind, subject, direction, unit, value, place, the "
            "sentence's text and occurrence.",
            pattern=_ID,
        ),
        "document_id": parts.document_id(),
        "evidence_id": text(
            "Evidence of the same sentence: under the subject, else under its primary indicator; null for a sentence "
            "filed under none.",
            nullable=True,
        ),
        "iso3": parts.iso3(nullable=True, what="Country of the document"),
        "edition": parts.edition(nullable=True, what="Edition; null for articles."),
        "tier": text("assessment or article; the two are never blended.", categories=parts.TIERS),
        "reliability": text(
            "Source's reliability, Admiralty A to F; F: cannot be judged; null: nobody judged.",
            nullable=True, categories=parts.RELIABILITIES,
        ),
        "start": integer("First code point of its sentence in documents.text, from 0.", minimum=0, unit="code points"),
        "end": integer("Code point after the last of its sentence.", minimum=1, unit="code points"),
        "kind": text(
            "rank; trend; quantity; event (dated); scope: how far something reaches; role: who supplies, moves or "
            "receives.",
            categories=KINDS,
        ),
        "subject": text(
            "Indicator code, or a slug where no indicator is meant: violence, homicide, corruption; what is measured "
            "of an indicator is added to its code: heroin_trade_prices.",
            pattern=r"^[a-z][a-z0-9_]*$",
        ),
        "value": number(
            "Number as stated, in unit; of a rank its place, from 1. Null where no single number is stated: a range "
            "(20 000 to 30 000), a majority, scores of officials, one of the largest. No midpoint is guessed.",
            nullable=True,
        ),
        "unit": text(
            "What value counts: percent, tonnes, USD, persons, fold, crossings. Of a rank what it is a rank in: rank "
            "in the world. Of a scope how far: local, regional, national, international, global, limited, "
            "widespread. Of a role: origin, transit, destination.",
            nullable=True,
        ),
        "direction": text("What a trend says; null for other kinds.", nullable=True, categories=("up", "down")),
        "period": text(
            "Time that it speaks of, ISO 8601: 2019, 2020-05, 2019/2021; 2015/.. since 2015; null: undated.",
            nullable=True, pattern=rf"^{_DATE}(/({_DATE}|\.\.))?$",
        ),
        "place": text(
            "Country or region of the world that it speaks of, as places.csv names it; of a role the place that has "
            "it; null: a region that is not named.",
            nullable=True,
        ),
        "hedged": boolean("Whether it is marked as reported, believed, estimated, or as a bound (up to, more than)."),
        "attributed_to": text("Who is said to say it: UNODC; null: the document itself.", nullable=True),
    }  # fmt: skip
    return parts.table(
        "claims",
        title="Checkable statement of a sentence: rank, trend, quantity, event, scope or role.",
        key=["claim_id"],
        columns=columns,
        foreign_keys=(
            (["document_id"], "documents", ["document_id"]),
            (["evidence_id"], "evidence", ["evidence_id"]),
            (["iso3"], "countries", ["iso3"]),
            (["edition"], "editions", ["edition"]),
        ),
        checks=[
            pa.Check(_start_before_end, name="start_before_end", error="end is not after start"),
            pa.Check(_edition_by_tier, name="edition_by_tier", error="edition is null exactly for articles"),
            pa.Check(
                _trends_have_direction, name="trends_have_direction", error="direction is null exactly but for trends"
            ),
            pa.Check(_events_are_dated, name="events_are_dated", error="an event has a period"),
            pa.Check(_values_have_unit, name="values_have_unit", error="a value has a unit"),
        ],
    )


def conflicts() -> DataFrameSchema:
    """One row per pair of claims that disagree or are in tension."""
    columns = {
        "claim_a": text("Claim; the smaller id of the two.", pattern=_ID),
        "claim_b": text("Claim; the larger id.", pattern=_ID),
        "kind": text(
            "contradiction: they exclude each other; tension: they pull apart. No claim is dropped or preferred.",
            categories=CONFLICT_KINDS,
        ),
        "strength": text("How much speaks for a real disagreement.", categories=STRENGTHS),
        "indicator": parts.indicator("Indicator that both are about; null if none.", nullable=True),
        "same_document": boolean("Whether one document says both."),
        "same_origin": boolean(
            "Whether both are of one document or of documents of one origin: they count as one source."
        ),
        "reason": text("What is against what, and how the two are dated."),
    }
    return parts.table(
        "conflicts",
        title="Pair of claims on one country that contradict each other or are in tension.",
        key=["claim_a", "claim_b"],
        columns=columns,
        foreign_keys=(
            (["claim_a"], "claims", ["claim_id"]),
            (["claim_b"], "claims", ["claim_id"]),
            (["indicator"], "indicator_codes", ["indicator"]),
        ),
        checks=[
            pa.Check(_a_before_b, name="a_before_b", error="claim_a is not smaller than claim_b"),
            pa.Check(_document_has_origin, name="document_has_origin", error="one document is one origin"),
        ],
    )


def _start_before_end(frame: pd.DataFrame) -> pd.Series:
    return frame["start"] < frame["end"]


def _edition_by_tier(frame: pd.DataFrame) -> pd.Series:
    return frame["edition"].isna() == (frame["tier"] == "article")


def _trends_have_direction(frame: pd.DataFrame) -> pd.Series:
    return frame["direction"].notna() == (frame["kind"] == TREND)


def _events_are_dated(frame: pd.DataFrame) -> pd.Series:
    return frame["period"].notna() | (frame["kind"] != EVENT)


def _values_have_unit(frame: pd.DataFrame) -> pd.Series:
    return frame["unit"].notna() | frame["value"].isna()


def _a_before_b(frame: pd.DataFrame) -> pd.Series:
    # A missing id is the business of the column's own check.
    return (frame["claim_a"] < frame["claim_b"]) | frame["claim_a"].isna() | frame["claim_b"].isna()


def _document_has_origin(frame: pd.DataFrame) -> pd.Series:
    return frame["same_origin"] | ~frame["same_document"]
