"""Conflicts of a country in, both quotes and sources side by side for the terminal out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ocindex.report.country import plain_records
from ocindex.report.printable import printable
from ocindex.vocabulary.countries import Country
from ocindex.vocabulary.indicators import code_of

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

_STYLES = {"contradiction": "bold red", "tension": "bold yellow"}
_RELIABILITY = {"F": "reliability F (cannot be judged)"}


def render_conflicts(conflicts: pd.DataFrame, country: Country, *, claims: int) -> RenderableType:
    """Lay out each conflict: what it is, both quotes, whose they are, and why it is one.

    Parameters
    ----------
    conflicts : pandas.DataFrame
        As `ocindex.compare.conflicts.list_conflicts` gives it.
    country : Country
    claims : int
        Claims that were compared.
    """
    count = len(conflicts)
    noun = "conflict" if count == 1 else "conflicts"
    parts: list[RenderableType] = [
        Text(f"{country.name} ({country.iso3}): {count} {noun} among {claims} claims", style="bold")
    ]
    for number, row in enumerate(plain_records(conflicts), start=1):
        parts.append(Padding(_one(number, row), (1, 0, 0, 0)))
    return Group(*parts)


def conflicts_json(conflicts: pd.DataFrame, country: Country, *, claims: int, weak_not_shown: int) -> dict[str, object]:
    """Give the same as plain values for a program."""
    return {
        "iso3": country.iso3,
        "country": country.name,
        "claims": claims,
        "weak_not_shown": weak_not_shown,
        "conflicts": plain_records(conflicts),
    }


def _one(number: int, row: dict[str, object]) -> RenderableType:
    about = code_of(str(row["indicator"])).label if row["indicator"] is not None else None
    same = "one document" if row["same_document"] else "one origin" if row["same_origin"] else None
    facts = " · ".join(part for part in (about, same) if part)
    head = Text(f"{number}. {row['kind']}, {row['strength']}", style=_STYLES[str(row["kind"])])
    if facts:
        head.append(f" · {facts}", style="not bold default")
    sides = Table.grid(padding=(0, 2), expand=True)
    sides.add_column(ratio=1, overflow="fold")
    sides.add_column(ratio=1, overflow="fold")
    sides.add_row(*(Text(f"“{printable(str(row[f'text_{side}']))}”") for side in ("a", "b")))
    sides.add_row(*(Text(_source(row, side), style="dim") for side in ("a", "b")))
    return Group(head, Padding(Text(printable(str(row["reason"]))), (0, 0, 0, 3)), Padding(sides, (0, 0, 0, 3)))


def _source(row: dict[str, object], side: str) -> str:
    """Whose sentence it is, where it stands and how reliable that is."""
    page, line = row[f"page_{side}"], row[f"line_{side}"]
    reliability = row[f"reliability_{side}"]
    parts = [
        row[f"publisher_{side}"] or "publisher unknown",
        row[f"title_{side}"] or row[f"document_id_{side}"],
        f"p. {page}" if page is not None else f"line {line}" if line is not None else None,
        _RELIABILITY.get(str(reliability), f"reliability {reliability}") if reliability else "reliability not judged",
        "hedged" if row[f"hedged_{side}"] else None,
        f"attributed to {row[f'attributed_to_{side}']}" if row[f"attributed_to_{side}"] else None,
    ]
    return "— " + ", ".join(printable(str(part)) for part in parts if part)
