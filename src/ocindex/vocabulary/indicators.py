"""The indicators and editions of the Index: a code or label in, what it means out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ocindex.errors import UnknownNameError
from ocindex.vocabulary.bundled import read_code_list

NONE = "none"
"""Label of a sentence that is about no indicator of its edition."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator or composite (published average) of the Index."""

    code: str
    label: str
    position: int
    component: str | None
    section: str | None
    higher_is: str
    since: int

    @property
    def is_composite(self) -> bool:
        """Whether this is a published average rather than an indicator."""
        return self.section is None


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the Index and the size of its lists."""

    edition: int
    reference_year: int
    countries: int
    markets: int
    actor_types: int
    resilience_indicators: int
    break_with_previous: bool
    note: str


@cache
def all_codes() -> tuple[Indicator, ...]:
    """List every indicator and composite in the Index's own order."""
    columns = ("indicator", "label", "position", "component", "section", "higher_is", "since")
    return tuple(
        Indicator(
            code=row["indicator"],
            label=row["label"],
            position=int(row["position"]),
            component=row["component"] or None,
            section=row["section"] or None,
            higher_is=row["higher_is"],
            since=int(row["since"]),
        )
        for row in read_code_list("indicators", columns)
    )


@cache
def code_of(code: str) -> Indicator:
    """Give the indicator or composite with exactly this code.

    Raises
    ------
    UnknownNameError
        If there is no such code.
    """
    for item in all_codes():
        if item.code == code:
            return item
    raise UnknownNameError(f"found no indicator {code!r}; expected one of: {', '.join(i.code for i in all_codes())}.")


def find_code(name: str) -> Indicator:
    """Find an indicator or composite by code or label, in any case.

    Examples
    --------
    >>> find_code("Arms trafficking").code
    'arms_trafficking'
    """
    wanted = _fold(name)
    for item in all_codes():
        if wanted in (_fold(item.code), _fold(item.label)):
            return item
    return code_of(name)


@cache
def indicators_of(edition: int) -> tuple[Indicator, ...]:
    """List the indicators (not the composites) of one edition, in the Index's order.

    Examples
    --------
    >>> [len(indicators_of(edition)) for edition in (2021, 2023, 2025)]
    [26, 32, 32]
    """
    known_edition(edition)
    return tuple(i for i in all_codes() if not i.is_composite and i.since <= edition)


@cache
def composites() -> tuple[Indicator, ...]:
    """List the four published averages."""
    return tuple(i for i in all_codes() if i.is_composite)


@cache
def editions() -> tuple[Edition, ...]:
    """List the editions of the Index, oldest first."""
    numbers = ("edition", "reference_year", "countries", "markets", "actor_types", "resilience_indicators")
    rows = read_code_list("editions", (*numbers, "break_with_previous", "note"))
    return tuple(
        Edition(
            **{column: int(row[column]) for column in numbers},
            break_with_previous=row["break_with_previous"] == "true",
            note=row["note"],
        )
        for row in rows
    )


def known_edition(edition: int) -> Edition:
    """Give one edition.

    Raises
    ------
    UnknownNameError
        If the Index has no such edition.
    """
    for item in editions():
        if item.edition == edition:
            return item
    known = ", ".join(str(item.edition) for item in editions())
    raise UnknownNameError(f"found edition {edition}; expected one of {known}.")


def newest_edition() -> int:
    """Give the newest edition of the code list."""
    return editions()[-1].edition


def _fold(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
