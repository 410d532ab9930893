"""Models of the vocabulary's tables: indicator codes, editions and countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.dataset.columns import boolean, integer, text
from ocindex.dataset.models import parts

if TYPE_CHECKING:
    from pandera.api.pandas.container import DataFrameSchema


def indicator_codes() -> DataFrameSchema:
    """One row per indicator or composite."""
    columns = {
        "indicator": parts.any_code("Code of an indicator or composite."),
        "label": text("Name as the Index gives it."),
        "level": text("indicator, or composite: an average of indicators.", categories=("indicator", "composite")),
        "position": integer("Place in the Index's own order, from 1.", bits=16, minimum=1),
        "component": parts.component(nullable=True),
        "section": parts.section("Section of a profile that treats it; null for composites.", nullable=True),
        "higher_is": parts.higher_is(),
        "since": parts.edition(what="First edition that has it."),
    }
    return parts.table(
        "indicator_codes",
        title="Code of an indicator or composite.",
        key=["indicator"],
        columns=columns,
        foreign_keys=((["since"], "editions", ["edition"]),),
    )


def editions() -> DataFrameSchema:
    """One row per edition of the Index."""
    columns = {
        "edition": parts.edition(),
        "reference_year": parts.reference_year(),
        "countries": integer("Countries assessed.", bits=16, minimum=1, unit="countries"),
        "markets": integer("Criminal markets assessed.", bits=16, minimum=1, unit="indicators"),
        "actor_types": integer("Types of criminal actors assessed.", bits=16, minimum=1, unit="indicators"),
        "resilience_indicators": integer("Resilience indicators.", bits=16, minimum=1, unit="indicators"),
        "break_with_previous": boolean("Whether published averages do not continue those of the edition before."),
        "note": text("What to know before comparing."),
    }
    return parts.table("editions", title="Edition of the Index.", key=["edition"], columns=columns)


def countries() -> DataFrameSchema:
    """One row per country of the Index."""
    columns = {
        "iso3": parts.iso3(),
        "m49": text("United Nations M49 code.", pattern=r"^\d{3}$"),
        "country": text("Name as the Index gives it."),
        "continent": text("Continent, the same in every edition."),
        "region": text("Region, the same in every edition."),
        "region_2021": text("Region as the 2021 edition groups it."),
        "region_2023": text("Region as the 2023 edition groups it: one for the Caribbean and Central America."),
    }
    return parts.table("countries", title="Country of the Index.", key=["iso3"], columns=columns)
