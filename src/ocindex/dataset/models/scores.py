"""Models of the tables that people analyse: indicators and composites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from ocindex.dataset.columns import boolean, integer, number, probability, text
from ocindex.dataset.models import parts
from ocindex.vocabulary.indicators import composites as composite_codes

if TYPE_CHECKING:
    from pandera.api.pandas.container import DataFrameSchema

SCORE_SOURCES = ("workbook", "scores", "profile")
TEXT_STATUSES = ("present", "silent", "no_profile", "withheld", "unreadable")


def indicators() -> DataFrameSchema:
    """One row per indicator of one country in one edition."""
    columns = {
        "iso3": parts.iso3(),
        "country": text("Country's name as the Index gives it."),
        "edition": parts.edition(),
        "reference_year": parts.reference_year(),
        "component": parts.component(),
        "section": parts.section("Section of the profile that treats the indicator."),
        "indicator": parts.indicator("Indicator."),
        "label": text("Indicator's name as the Index gives it."),
        "higher_is": parts.higher_is(),
        "score": number(
            "Score; null without a source.",
            nullable=True, minimum=1, maximum=10, half_steps=True, unit="points, 1 to 10 in steps of 0.5",
        ),
        "score_source": text("Where the score was read.", nullable=True, categories=SCORE_SOURCES),
        "text": text(
            "Readable primary sentences of the profile in reading order, joined by one blank, with […] where others "
            "stand between two.",
            nullable=True,
        ),
        "text_status": text(
            "present; silent: a profile was read and says nothing; no_profile; withheld: rights; unreadable.",
            categories=TEXT_STATUSES,
        ),
        "sentence_count": integer("Primary sentences of the profile.", minimum=0, unit="sentences"),
        "secondary_count": integer(
            "Sentences of the profile whose primary indicator is another one.", minimum=0, unit="sentences"
        ),
        "label_probability_min": probability("Least label_probability of the primary sentences.", nullable=True),
        "document_id": parts.document_id(nullable=True, what="The profile; null without one."),
    }  # fmt: skip
    return parts.table(
        "indicators",
        title="Indicator of one country in one edition: score, text, how much evidence.",
        key=["iso3", "edition", "indicator"],
        columns=columns,
        foreign_keys=(
            (["iso3"], "countries", ["iso3"]),
            (["edition"], "editions", ["edition"]),
            (["indicator"], "indicator_codes", ["indicator"]),
            (["document_id"], "documents", ["document_id"]),
        ),
        checks=[
            pa.Check(_text_where_present, name="text_where_present", error="text is not null exactly where present"),
            pa.Check(_source_where_scored, name="source_where_scored", error="score_source is null without a score"),
            pa.Check(
                _sentences_where_present, name="sentences_where_present", error="sentence_count is 0 without text"
            ),
        ],
    )


def composites() -> DataFrameSchema:
    """One row per published average of one country in one edition."""
    columns = {
        "iso3": parts.iso3(),
        "country": text("Country's name as the Index gives it."),
        "edition": parts.edition(),
        "reference_year": parts.reference_year(),
        "composite": text("Average.", categories=[item.code for item in composite_codes()]),
        "label": text("Average's name as the Index gives it."),
        "higher_is": parts.higher_is(),
        "score": _average("Average as published."),
        "score_source": text("Where the average was read.", nullable=True, categories=SCORE_SOURCES),
        "recomputed": _average("Average of that edition's indicators, unrounded."),
        "score_basis_2021": _average(
            "Average of the indicators of the 2021 edition (14 of criminality, 12 of resilience), unrounded; to be "
            "compared with itself only."
        ),
    }
    for group in ("world", "continent", "region"):
        columns[f"rank_{group}"] = integer(
            f"Rank by score in the {group}, 1 = highest score; null unless every country of the group has one.",
            nullable=True, minimum=1, unit="rank",
        )  # fmt: skip
        columns[f"rank_{group}_of"] = integer(
            f"Countries of the {group} that were ranked.", nullable=True, minimum=1, unit="countries"
        )
        columns[f"rank_{group}_tied"] = boolean(f"Whether others of the {group} share the rank.", nullable=True)
    return parts.table(
        "composites",
        title="Published average of one country in one edition.",
        key=["iso3", "edition", "composite"],
        columns=columns,
        foreign_keys=(
            (["iso3"], "countries", ["iso3"]),
            (["edition"], "editions", ["edition"]),
            (["composite"], "indicator_codes", ["indicator"]),
        ),
        checks=[
            pa.Check(_source_where_scored, name="source_where_scored", error="score_source is null without a score"),
            pa.Check(_ranks_whole, name="ranks_whole", error="a rank, its group size and its tie are null together"),
        ],
    )


def _average(description: str) -> pa.Column:
    return number(description, nullable=True, minimum=1, maximum=10, unit="points, 1 to 10", tolerance=0.01)


def _text_where_present(frame: pd.DataFrame) -> pd.Series:
    return frame["text"].notna() == (frame["text_status"] == "present")


def _sentences_where_present(frame: pd.DataFrame) -> pd.Series:
    present = frame["text_status"] == "present"
    return ((frame["sentence_count"] > 0) == present) & (frame["label_probability_min"].notna() == present)


def _source_where_scored(frame: pd.DataFrame) -> pd.Series:
    return frame["score"].isna() == frame["score_source"].isna()


def _ranks_whole(frame: pd.DataFrame) -> pd.Series:
    whole = pd.Series(True, index=frame.index)
    for group in ("world", "continent", "region"):
        ranked = frame[f"rank_{group}"].notna()
        within = (frame[f"rank_{group}"] <= frame[f"rank_{group}_of"]).fillna(value=False)
        whole &= (ranked == frame[f"rank_{group}_of"].notna()) & (ranked == frame[f"rank_{group}_tied"].notna())
        whole &= ~ranked | within.astype(bool)
    return whole
