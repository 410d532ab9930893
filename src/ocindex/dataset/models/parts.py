"""Columns that several tables share, and a table's frame around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandera.pandas as pa

from ocindex.dataset.columns import integer, text
from ocindex.vocabulary.indicators import NONE, all_codes, indicators_of, newest_edition

if TYPE_CHECKING:
    from pandera.api.pandas.components import Column
    from pandera.api.pandas.container import DataFrameSchema

COMPONENTS = ("criminal_markets", "criminal_actors", "resilience")
HIGHER_IS = ("worse", "better")
TIERS = ("assessment", "article")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")


def table(
    name: str,
    *,
    title: str,
    key: list[str],
    columns: dict[str, Column],
    foreign_keys: tuple[tuple[list[str], str, list[str]], ...] = (),
    checks: list[pa.Check] | None = None,
) -> DataFrameSchema:
    """Build the model of one table: exactly these columns, in this order, with this key."""
    return pa.DataFrameSchema(
        columns,
        checks=checks,
        strict=True,
        ordered=True,
        unique=key,
        name=name,
        title=title,
        metadata={
            "key": key,
            "foreign_keys": [
                {"columns": columns_, "table": table_, "references": references}
                for columns_, table_, references in foreign_keys
            ],
        },
    )


def iso3(*, nullable: bool = False, what: str = "Country") -> Column:
    """ISO 3166-1 alpha-3 code."""
    return text(f"{what}, ISO 3166-1 alpha-3.", nullable=nullable, pattern=r"^[A-Z]{3}$")


def edition(*, nullable: bool = False, what: str = "Edition of the Index.") -> Column:
    """Edition as a 16-bit whole number."""
    return integer(what, bits=16, nullable=nullable, minimum=2021, unit="year")


def reference_year() -> Column:
    """Year that the edition speaks of."""
    return integer("Year that the edition speaks of; panels join on it.", bits=16, minimum=2020, unit="year")


def indicator(description: str, *, nullable: bool = False, or_none: bool = False) -> Column:
    """Indicator code of the newest list."""
    codes = [item.code for item in indicators_of(newest_edition())]
    return text(description, nullable=nullable, categories=[*codes, NONE] if or_none else codes)


def any_code(description: str, *, nullable: bool = False) -> Column:
    """Indicator or composite code."""
    return text(description, nullable=nullable, categories=[item.code for item in all_codes()])


def component(*, nullable: bool = False) -> Column:
    """Component of the Index."""
    return text("Component of the Index that it belongs to.", nullable=nullable, categories=COMPONENTS)


def section(description: str, *, nullable: bool = False) -> Column:
    """Section of a profile."""
    from ocindex.vocabulary.sections import section_names

    return text(description, nullable=nullable, categories=section_names())


def higher_is() -> Column:
    """Direction of the scale."""
    return text("What a higher score means: worse for criminality, better for resilience.", categories=HIGHER_IS)


def document_id(*, nullable: bool = False, what: str = "Source document.") -> Column:
    """Path below raw/ without its ending."""
    return text(what, nullable=nullable)
