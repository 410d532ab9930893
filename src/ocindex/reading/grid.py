"""A sheet's rows in memory: its cells, their names, and issues that say where they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocindex.reading.scores import Reporter

if TYPE_CHECKING:
    from ocindex.reading.document import Issue
    from ocindex.vocabulary.countries import Country

Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of scores of one edition.

    ``rows`` start at cell A1; ``find_errors`` maps cells such as ``D7`` to an error such as ``#REF!``,
    when it is asked for.
    """

    name: str
    edition: int
    document_id: str
    rows: Sequence[Sequence[object]]
    find_errors: Callable[[], Mapping[str, str]] = dict

    def error_at(self, place: Place) -> str | None:
        """Give the error that a cell holds, which stands in ``rows`` as a blank."""
        return self.find_errors().get(cell_name(*place))

    def locate(self, *places: Place) -> str:
        """Name cells, given as row and column from 0: ``2025_dataset!C2,C7``."""
        return f"{self.name}!{','.join(cell_name(row, column) for row, column in places)}"


def report_at(sheet: Sheet, issues: list[Issue], *places: Place, country: Country | None = None) -> Reporter:
    """Start an issue at cells of a sheet, or at the sheet as a whole."""
    reporter = Reporter(sheet.document_id, sheet.locate(*places) if places else sheet.name, issues)
    reporter.edition = sheet.edition
    reporter.iso3 = country.iso3 if country else None
    return reporter


def cell_name(row: int, column: int) -> str:
    """Give the name of a cell whose row and column are counted from 0.

    Examples
    --------
    >>> cell_name(6, 2), cell_name(0, 701), cell_name(0, 702)
    ('C7', 'ZZ1', 'AAA1')
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
