"""A sheet and its headings in, the rows of each country out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from ocindex.reading.grid import Sheet, report_at
from ocindex.reading.headers import Header, measure_of, shorten
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.countries import Country, find_countries
from ocindex.vocabulary.indicators import known_edition
from ocindex.vocabulary.sections import heading_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocindex.reading.document import Issue
    from ocindex.reading.scores import Reporter


def group_rows(sheet: Sheet, header: Header, issues: list[Issue]) -> list[tuple[Country, list[int]]]:
    """Find the rows of each country.

    Parameters
    ----------
    sheet : Sheet
    header : Header
    issues : list of Issue
        Rows without a known country, countries in several rows, and groups that differ are added to it.

    Returns
    -------
    list of (Country, list of int)
        Each country once, with its rows counted from 0, in the order of the sheet.
    """
    groups: dict[str, tuple[Country, list[int]]] = {}
    columns = _Columns.of(header)
    for number in range(header.row + 1, len(sheet.rows)):
        row = sheet.rows[number]
        country = _plain_country(row, columns, sheet.edition) or _find_country(sheet, header, number, issues)
        if country is not None:
            groups.setdefault(country.iso3, (country, []))[1].append(number)
    place = header.first("country") or header.first("country_code") or 0
    for country, numbers in groups.values():
        if len(numbers) > 1:
            report_at(sheet, issues, *((number, place) for number in numbers), country=country)(
                "double_country",
                f"found {country.name} in {len(numbers)} rows; expected one; scores are used where all are equal.",
            )
    expected = known_edition(sheet.edition).countries
    if not groups:
        report_at(sheet, issues)(
            "empty_sheet", "found headings but no country; expected one row per country; sheet left out.", "warning"
        )
    elif len(groups) < expected:
        report_at(sheet, issues)(
            "fewer_countries", f"found {len(groups)} countries; expected {expected}; the others have no scores.", "info"
        )
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns that say which country a row is about."""

    country: int | None
    code: int | None
    continent: int | None
    region: int | None

    @classmethod
    def of(cls, header: Header) -> _Columns:
        return cls(*(header.first(name) for name in ("country", "country_code", "continent", "region")))


def _plain_country(row: Sequence[object], columns: _Columns, edition: int) -> Country | None:
    """Give the country of a row in which nothing is to be reported, which is nearly every one; else None."""
    if columns.country is None or columns.code is not None:
        return None
    name = row[columns.country]
    found = find_countries(name) if isinstance(name, str) else ()
    if len(found) != 1:
        return None
    country = found[0]
    groups = ((columns.continent, country.continent), (columns.region, country.region_in(edition)))
    return country if all(column is None or row[column] == expected for column, expected in groups) else None


def _find_country(sheet: Sheet, header: Header, number: int, issues: list[Issue]) -> Country | None:
    country = _named_country(sheet, header, number, issues)
    if country is not None:
        _check_groups(sheet, header, number, country, issues)
    return country


def _named_country(sheet: Sheet, header: Header, number: int, issues: list[Issue]) -> Country | None:
    row = sheet.rows[number]
    place = header.first("country")
    code_place = header.first("country_code")
    name = "" if place is None else _text(row[place])
    code = "" if code_place is None else _text(row[code_place])
    where = code_place if place is None or (not name and code_place is not None) else place
    report = report_at(sheet, issues, (number, where or 0))
    if not name and not code:
        _report_no_country(sheet, header, number, issues)
        return None
    named = find_countries(name) if name else ()
    coded = tuple(country for country in find_countries(code) if country.iso3 == code.upper()) if code else ()
    if not named and measure_of(name or code) in ("country", "country_code"):
        report("repeated_header", "found the headings again; expected them once; row left out.", "info")
        return None
    return _agree(name, named, code, coded, report)


def _agree(
    name: str, named: tuple[Country, ...], code: str, coded: tuple[Country, ...], report: Reporter
) -> Country | None:
    """Take the country on which name and code agree, or the one that is given exactly."""
    if coded and named:
        if coded[0] in named:
            return coded[0]
        report(
            "country_mismatch",
            f"found country {shorten(name)!r} with code {code!r}; expected them to agree; row left out: correct it.",
        )
        return None
    if code and not coded and (len(named) == 1):
        report(
            "unknown_country_code",
            f"found country code {shorten(code)!r} for {named[0].name}; expected {named[0].iso3}; read by its name.",
            "warning",
        )
    if coded and name:
        report(
            "unknown_country_name",
            f"found country {shorten(name)!r} with code {code!r}; expected a name of "
            f"schema/vocabulary/country_aliases.csv; read as {coded[0].name} by its code.",
            "warning",
        )
    if coded or len(named) == 1:
        return (coded or named)[0]
    if named:
        listed = " or ".join(f"{country.iso3} ({country.name})" for country in named)
        report(
            "ambiguous_country",
            f"found country {shorten(name)!r}, which can be {listed}; expected one country; row left out: "
            "spell it out.",
        )
        return None
    report(
        "unknown_country",
        f"found an unknown country {shorten(name or code)!r}; expected a country of the Index; row left out: "
        "correct it, or add the spelling to schema/vocabulary/country_aliases.csv.",
    )
    return None


def _report_no_country(sheet: Sheet, header: Header, number: int, issues: list[Issue]) -> None:
    row = sheet.rows[number]
    filled = [column for column, cell in enumerate(row) if _text(cell) or sheet.error_at((number, column))]
    if not filled:
        return
    report = report_at(sheet, issues, (number, filled[0]))
    if set(filled) & set(chain.from_iterable(header.measures.values())):
        report("blank_country", "found scores without a country; expected its name; row left out: fill it in.")
    else:
        report(
            "text_outside_table",
            f"found {shorten(_text(row[filled[0]]))!r} and no country; expected rows of countries; row left out.",
            "info",
        )


def _check_groups(sheet: Sheet, header: Header, number: int, country: Country, issues: list[Issue]) -> None:
    for name, expected in (("continent", country.continent), ("region", country.region_in(sheet.edition))):
        column = header.first(name)
        found = "" if column is None else _text(sheet.rows[number][column])
        if column is not None and found and _group_key(found) != _group_key(expected):
            report_at(sheet, issues, (number, column), country=country)(
                f"{name}_differs",
                f"found {name} {shorten(found)!r} for {country.name}; expected {expected!r} in {sheet.edition}; "
                "that of schema/vocabulary/countries.csv is used.",
                "warning",
            )


@cache
def _group_key(name: str) -> str:
    key = heading_key(name)
    return _region_aliases().get(key, key)


@cache
def _region_aliases() -> dict[str, str]:
    rows = read_code_list("region_aliases", ("alias", "region", "note"))
    return {heading_key(row["alias"]): heading_key(row["region"]) for row in rows}


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else str(cell)
