"""The rows of one sheet of scores in, checked scores and issues with their cells out."""

from __future__ import annotations

import datetime
from itertools import repeat
from typing import TYPE_CHECKING, cast

from ocindex.reading.grid import Place, Sheet, report_at
from ocindex.reading.headers import Header, find_header, shorten
from ocindex.reading.rows import group_rows
from ocindex.reading.scores import Score, check_number, check_score
from ocindex.vocabulary.indicators import Indicator, all_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ocindex.reading.document import Issue
    from ocindex.reading.scores import Reporter
    from ocindex.vocabulary.countries import Country

_Column = tuple[Indicator, tuple[int, ...]]
_HALVES = frozenset(number / 2 for number in range(2, 21))
_HUNDREDTHS = frozenset(number / 100 for number in range(100, 1001))


def read_sheet(sheet: Sheet) -> tuple[list[Score], list[Issue]]:
    """Read the scores of one sheet.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    list of Score
        One per country and column of the edition's list; null where the cell cannot be used.
    list of Issue
        What was wrong, each with its cell.
    """
    issues: list[Issue] = []
    header = find_header(sheet.rows)
    if header is None:
        report_at(sheet, issues)(
            "no_header",
            "found no row of headings; expected Country or Country Code beside names of indicators; "
            "sheet left out: correct its headings.",
        )
        return [], issues
    columns = _choose_columns(sheet, header, issues)
    codes = [measure.code for measure, _ in columns]
    good_values = _plan_rows(columns)
    scores: list[Score] = []
    for country, numbers in group_rows(sheet, header, issues):
        values = good_values([sheet.rows[number] for number in numbers])
        if values is None:
            values = [
                _read_measure(sheet, country, measure, [(row, column) for row in numbers for column in found], issues)
                for measure, found in columns
            ]
        rest = (repeat("workbook"), repeat(sheet.document_id))
        scores += map(Score._make, zip(repeat(country.iso3), repeat(sheet.edition), codes, values, *rest))
    return scores, issues


def _plan_rows(columns: list[_Column]) -> Callable[[Sequence[Sequence[object]]], Sequence[float | None] | None]:
    """Make the function that takes a country's cells where each is a good number in one place, and gives null else.

    Nearly every row is like that, and looking at whole rows takes a fifth of the time.
    """
    places = [found[0] for _, found in columns]
    halves = [found[0] for measure, found in columns if not measure.is_composite]
    is_double = any(len(found) > 1 for _, found in columns)

    def good_values(rows: Sequence[Sequence[object]]) -> Sequence[float | None] | None:
        if is_double or len(rows) > 1:
            return None
        cells = rows[0]
        values = [cells[place] for place in places]
        # True is 1.0 to a set: the type goes first.
        if set(map(type, values)) != {float} or not _HUNDREDTHS.issuperset(values):
            return None
        return cast("list[float | None]", values) if _HALVES.issuperset([cells[place] for place in halves]) else None

    return good_values


def _choose_columns(sheet: Sheet, header: Header, issues: list[Issue]) -> list[_Column]:
    for column, heading in header.unknown.items():
        report_at(sheet, issues, (header.row, column))(
            "unknown_column",
            f"found column {shorten(heading)!r}; expected headings of schema/vocabulary/header_aliases.csv; "
            "column left out.",
            "info",
        )
    for name, columns in header.columns.items():
        if len(columns) > 1:
            report = report_at(sheet, issues, *((header.row, column) for column in columns))
            report.indicator = name if name in header.measures else None
            report(
                "double_column",
                f"found {len(columns)} columns for {name}; expected one; scores are used where all are equal."
                if report.indicator
                else f"found {len(columns)} columns for {name}; expected one; the first is used.",
                "warning",
            )
    usable = []
    for measure in all_codes():
        found = header.columns.get(measure.code)
        report = report_at(sheet, issues, *((header.row, column) for column in found or ()))
        report.indicator = measure.code
        if found and measure.since <= sheet.edition:
            usable.append((measure, found))
        elif found:
            report(
                "not_in_edition",
                f"found {measure.code} in {sheet.edition}; expected it since {measure.since}; column left out.",
            )
        elif measure.since <= sheet.edition:
            report(
                "missing_column",
                f"found no column {measure.label!r}; expected one in {sheet.edition}; left without scores: "
                "add it, or its heading to schema/vocabulary/header_aliases.csv.",
            )
    return usable


def _read_measure(
    sheet: Sheet, country: Country, measure: Indicator, places: list[Place], issues: list[Issue]
) -> float | None:
    values = [_read_cell(sheet, country, measure, place, issues) for place in places]
    if len(values) == 1 or len(set(values)) == 1:
        return values[0]
    report = report_at(sheet, issues, *places, country=country)
    report.indicator = measure.code
    report(
        "conflicting_scores",
        f"found {describe_values(values)}; expected one score; left without a score: keep the right one.",
    )
    return None


def describe_values(values: Iterable[float | None]) -> str:
    """Say what several cells hold: ``7.0 and 2.0 and no score``."""
    return " and ".join("no score" if value is None else str(value) for value in dict.fromkeys(values))


def _read_cell(sheet: Sheet, country: Country, measure: Indicator, place: Place, issues: list[Issue]) -> float | None:
    cell = sheet.rows[place[0]][place[1]]
    report = report_at(sheet, issues, place, country=country)
    report.indicator = measure.code
    error = sheet.error_at(place)
    if error is not None:
        report(
            "formula_error",
            f"found the error {shorten(error)}; expected a number from 1 to 10; left without a score: mend the cell.",
        )
        return None
    if isinstance(cell, bool):
        found = "TRUE" if cell else "FALSE"
    elif isinstance(cell, int | float):
        return check_number(float(cell), measure, report, found=f"{cell:.15g}")
    elif isinstance(cell, str):
        return _read_text(cell, measure, report)
    else:
        kind = "the date" if isinstance(cell, datetime.date) else "the time"
        found = f"{kind} {cell}"
    report("score_not_a_number", f"found {found}; expected a number such as 6.5; left without a score.")
    return None


def _read_text(cell: str, measure: Indicator, report: Reporter) -> float | None:
    score = check_score(cell.strip(), measure, report)
    if score is not None:
        report("score_as_text", f"found score {cell!r} as text; expected a number; read as {score}.", "info")
    return score
