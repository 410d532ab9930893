"""The Index's workbook in, checked scores of every edition in it and issues out."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, partial
from typing import TYPE_CHECKING

from ocindex.errors import SourceError, UnknownNameError
from ocindex.reading.archive import Limits, unpack_workbook
from ocindex.reading.document import Issue
from ocindex.reading.formulas import find_error_cells
from ocindex.reading.grid import Sheet
from ocindex.reading.headers import find_header, shorten
from ocindex.reading.scores import Reporter
from ocindex.reading.sheet import describe_values, read_sheet
from ocindex.reading.tables import Rows, Table, read_tables, require_calamine
from ocindex.vocabulary.folding import fold_name
from ocindex.vocabulary.indicators import editions, known_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ocindex.reading.scores import Score

_YEAR_SHEET = re.compile(r"(\d{4})[ _-]?dataset")
_OLD_SHEET = re.compile(r"full[ _-]?dataset")
_COVER_SHEET = re.compile(r"\d{4}[ _-]global[ _-]oc[ _-]index")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_TITLE_LENGTH = 200


def read_workbook(
    path: Path,
    document_id: str,
    *,
    edition: int | None = None,
    title: str | None = None,
    limits: Limits | None = None,
) -> tuple[list[Score], list[Issue]]:
    """Read the sheets ``YEAR_dataset``, or ``Full_dataset`` of the older layout.

    Parameters
    ----------
    path : pathlib.Path
        An ``.xlsx`` file.
    document_id : str
        Document that scores and issues are attributed to.
    edition : int, optional
        Edition of a sheet ``Full_dataset``, which does not name one itself.
    title : str, optional
        The document's title, which may name that edition.
    limits : Limits, optional
        Sizes beyond which a workbook is refused.

    Returns
    -------
    list of Score
        One per country, edition and column of that edition's list, in the order of the
        file; null where a cell cannot be used.
    list of Issue
        What was wrong, each with its sheet and cell, such as ``2025_dataset!C7``.

    Raises
    ------
    SourceError
        If the file is no such workbook.
    MissingExtraError
        If ``ocindex[workbook]`` is not installed.
    """
    require_calamine()
    try:
        parts = unpack_workbook(path, limits)
    except OSError as error:
        raise SourceError(
            "unreadable_file",
            f"found no readable file ({error.strerror}); expected an .xlsx workbook; check path and permissions.",
        ) from error
    issues: list[Issue] = []
    sheets = _collect_sheets(parts, document_id, edition=edition, title=title, issues=issues)
    results = []
    for sheet in sheets:
        scores, found = read_sheet(sheet)
        issues += found
        results.append((sheet, scores))
    return _merge_sheets(results, issues), issues


def _collect_sheets(
    parts: Mapping[str, bytes],
    document_id: str,
    *,
    edition: int | None,
    title: str | None,
    issues: list[Issue],
) -> list[Sheet]:
    find_errors = cache(lambda: find_error_cells(parts))
    tables: dict[str, Rows] = {}
    covers: dict[str, Rows | None] = {}
    found = read_tables(parts)
    for table in found:
        name = table.name
        report = Reporter(document_id, name, issues)
        is_dataset = _is_dataset(name)
        rows = _visible_rows(table, is_dataset, report)
        if not is_dataset:
            covers[name] = rows
            if rows is not None:
                _report_other_sheet(name, rows, report)
        elif rows is not None:
            tables[name] = rows
    if not any(_is_dataset(table.name) for table in found):
        listed = ", ".join(repr(shorten(table.name)) for table in found[:10])
        raise SourceError(
            "no_dataset_sheet",
            f"found the sheets {listed}; expected "
            "YEAR_dataset such as 2025_dataset, or Full_dataset; rename the sheet that holds the scores.",
        )
    titles = _cover_titles(covers, title)
    sheets = []
    for name, rows in tables.items():
        report = Reporter(document_id, name, issues)
        is_old = _OLD_SHEET.fullmatch(fold_name(name))
        year = _edition_of_old(rows, titles, edition, report) if is_old else _year_of(name, report)
        if year is not None:
            sheets.append(Sheet(name, year, document_id, rows, partial(_errors_of, find_errors, name)))
    return sheets


def _errors_of(find: Callable[[], Mapping[str, Mapping[str, str]]], name: str) -> Mapping[str, str]:
    return find().get(name, {})


def _is_dataset(name: str) -> bool:
    return bool(_YEAR_SHEET.fullmatch(fold_name(name)) or _OLD_SHEET.fullmatch(fold_name(name)))


def _visible_rows(table: Table, is_dataset: bool, report: Reporter) -> Rows | None:
    if table.is_hidden:
        # A draft that the publisher hid must not become a published score.
        report(
            "hidden_sheet",
            "found a hidden sheet; expected visible ones; sheet left out: unhide it if it is meant to be read.",
            "warning" if is_dataset else "info",
        )
        return None
    if not table.is_worksheet:
        report("chart_sheet", "found a sheet without cells; expected a table; sheet left out.", "info")
        return None
    if table.failure is not None:
        message = f"found a sheet that cannot be parsed ({table.failure}); expected a table; sheet left out."
        report("unreadable_sheet", message)
        return None
    if not any(cell != "" for row in table.rows for cell in row):
        report("empty_sheet", "found an empty sheet; expected a table; sheet left out.", "warning")
        return None
    return table.rows


def _report_other_sheet(name: str, rows: Rows, report: Reporter) -> None:
    if find_header(rows) is not None:
        report(
            "unknown_sheet",
            f"found headings of scores in a sheet named {shorten(name)!r}; expected YEAR_dataset such as "
            "2025_dataset; sheet left out: rename it if it is meant to be read.",
            "warning",
        )
    elif not _COVER_SHEET.fullmatch(fold_name(name)):
        report("unknown_sheet", f"found a sheet {shorten(name)!r} without scores; sheet left out.", "info")


def _year_of(name: str, report: Reporter) -> int | None:
    match = _YEAR_SHEET.fullmatch(fold_name(name))
    if match is None:
        return None
    try:
        return known_edition(int(match[1])).edition
    except UnknownNameError:
        report(
            "unknown_edition",
            f"found a sheet of edition {match[1]}; expected an edition of schema/vocabulary/editions.csv; "
            "sheet left out: add the edition there.",
        )
        return None


def _cover_titles(covers: Mapping[str, Rows | None], title: str | None) -> list[str]:
    """List the texts beside the sheet itself that may name its edition."""
    titles = [title or "", *covers]
    for rows in covers.values():
        cells = (cell for row in (rows or [])[:5] for cell in row)
        titles.append(next((cell for cell in cells if isinstance(cell, str) and cell.strip()), ""))
    return titles


def _edition_of_old(rows: Rows, covers: Sequence[str], given: int | None, report: Reporter) -> int | None:
    header = find_header(rows)
    above = [cell for row in rows[: header.row if header else 0] for cell in row if isinstance(cell, str)]
    named = _named_editions(above) or _named_editions(covers)
    if given is not None:
        if named and named != {given}:
            report(
                "edition_differs",
                f"found a title of edition {_join(named)}; expected {given}, as it was given; read as {given}.",
                "warning",
            )
        return known_edition(given).edition
    if len(named) == 1:
        (year,) = named
        report("edition_from_title", f"found edition {year} in the title only; read as {year}.", "info")
        return year
    found = f"titles of the editions {_join(named)}" if named else "no edition"
    report(
        "edition_unknown",
        f"found {found}; expected one edition for this sheet; sheet left out: give the edition in sources.csv, or "
        "rename the sheet to YEAR_dataset.",
    )
    return None


def _named_editions(texts: Iterable[str]) -> set[int]:
    years = {int(year) for text in texts if len(text) <= _TITLE_LENGTH for year in _YEAR.findall(text)}
    return years & {item.edition for item in editions()}


def _join(years: Iterable[int]) -> str:
    return " and ".join(str(year) for year in sorted(years))


def _merge_sheets(results: list[tuple[Sheet, list[Score]]], issues: list[Issue]) -> list[Score]:
    """Join the sheets; where two sheets of one edition differ the score is null."""
    sheets_of: dict[int, list[tuple[Sheet, list[Score]]]] = defaultdict(list)
    for sheet, scores in results:
        sheets_of[sheet.edition].append((sheet, scores))
    merged: list[Score] = []
    for edition, group in sheets_of.items():
        if len(group) == 1:
            merged += group[0][1]
            continue
        locator = ", ".join(sheet.name for sheet, _ in group)
        document_id = group[0][0].document_id
        message = f"found {len(group)} sheets of edition {edition}; expected one; scores are used where all are equal."
        issues.append(Issue("double_sheet", "warning", message, document_id, locator, None, edition))
        found: dict[tuple[str, str], list[Score]] = defaultdict(list)
        for _, scores in group:
            for score in scores:
                found[score.iso3, score.measure].append(score)
        for (iso3, measure), same in found.items():
            values = [score.value for score in same]
            if len(set(values)) > 1:
                message = f"found {describe_values(values)}; expected one score; left without a score."
                issue = Issue("conflicting_scores", "error", message, document_id, locator, iso3, edition, measure)
                issues.append(issue)
            merged.append(same[0] if len(set(values)) == 1 else same[0]._replace(value=None))
    return merged
