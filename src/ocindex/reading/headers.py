"""The rows of a sheet in, the row of headings and what each column holds out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.indicators import all_codes
from ocindex.vocabulary.sections import heading_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONTEXT = ("country", "country_code", "continent", "region")
"""Columns beside the measures; ``header_aliases.csv`` names them too."""
_SEARCHED_ROWS = 100
_CERTAIN_MEASURES = 4
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Header:
    """The row of headings of one sheet.

    ``row`` is counted from 0. ``columns`` maps a measure or one of `CONTEXT` to
    its columns, counted from 0; more than one where headings mean the same.
    ``unknown`` maps the other columns to their headings.
    """

    row: int
    columns: Mapping[str, tuple[int, ...]]
    unknown: Mapping[int, str]

    @property
    def measures(self) -> dict[str, tuple[int, ...]]:
        """The columns of indicators and composites."""
        return {name: columns for name, columns in self.columns.items() if name not in CONTEXT}

    def first(self, name: str) -> int | None:
        """Give the first column of a measure or of one of `CONTEXT`."""
        return self.columns[name][0] if name in self.columns else None


def find_header(rows: Sequence[Sequence[object]]) -> Header | None:
    r"""Find the row of headings below whatever titles and blank rows there are.

    Parameters
    ----------
    rows : sequence of sequences
        Cells of a sheet; the first 100 rows are looked at.

    Returns
    -------
    Header or None
        The first row with a country column and four measures; failing that, the row
        with a country column and the most measures.

    Examples
    --------
    >>> header = find_header([["The Index"], ["Country", "Criminality avg,", "ARMS\ntrafficking "]])
    >>> header.row, header.measures
    (1, {'criminality': (1,), 'arms_trafficking': (2,)})
    """
    best: Header | None = None
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        header = _read_header(number, row)
        if "country" not in header.columns and "country_code" not in header.columns:
            continue
        if len(header.measures) > (len(best.measures) if best else 0):
            best = header
        if len(header.measures) >= _CERTAIN_MEASURES:
            break
    return best


def measure_of(heading: str) -> str | None:
    """Give the measure, or one of `CONTEXT`, that a heading names exactly in the list of aliases.

    Case, blanks, line breaks, hyphens, ``&`` for ``and`` and trailing points and commas make no difference.

    Examples
    --------
    >>> measure_of("Criminality avg,"), measure_of("Victim & witness support"), measure_of("Crime")
    ('criminality', 'victim_and_witness_support', None)
    """
    return _aliases().get(_header_key(heading))


def shorten(text: str) -> str:
    """Cut what a cell holds down to what fits in a message."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _read_header(number: int, row: Sequence[object]) -> Header:
    columns: dict[str, tuple[int, ...]] = {}
    unknown: dict[int, str] = {}
    for column, cell in enumerate(row):
        heading = cell if isinstance(cell, str) else str(cell)
        if not heading.strip():
            continue
        measure = measure_of(heading)
        if measure is None:
            unknown[column] = heading
        else:
            columns[measure] = (*columns.get(measure, ()), column)
    return Header(number, columns, unknown)


def _header_key(heading: str) -> str:
    return heading_key(heading[:200]).rstrip(" .,:;")


@cache
def _aliases() -> dict[str, str]:
    known = {item.code for item in all_codes()} | set(CONTEXT)
    aliases: dict[str, str] = {}
    for number, row in enumerate(read_code_list("header_aliases", ("alias", "measure")), start=2):
        key, measure = _header_key(row["alias"]), row["measure"]
        if measure not in known or aliases.get(key, measure) != measure:
            raise VocabularyError(
                f"header_aliases.csv, line {number}: found {row['alias']!r} for {measure!r}; expected one code of "
                f"indicators.csv (or {', '.join(CONTEXT)}) per heading; correct the row."
            )
        aliases[key] = measure
    return aliases
