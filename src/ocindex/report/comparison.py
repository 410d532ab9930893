"""Compared or ranked scores in, tables for the terminal out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from ocindex.report.printable import printable, shorten

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

_STYLES = {"worse": "red", "better": "green", "same": "dim"}


def render_comparison(frame: pd.DataFrame, then: int, now: int) -> RenderableType:
    """Lay out what changed: averages first, then the indicators; text then and now where there is any."""
    first = frame.iloc[0]
    averages = frame[frame["level"] == "composite"]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("Measure", no_wrap=True)
    for title in (str(then), str(now), "Change"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("Means", no_wrap=True)
    for rows in (averages, frame[frame["level"] == "indicator"]):
        for row in rows.itertuples():
            digits = 2 if row.level == "composite" else 1
            means = row.means if isinstance(row.means, str) else "n/a"
            table.add_row(
                Text(row.label),
                _number(row.then, digits),
                _number(row.now, digits),
                _signed(row.change, digits),
                Text(means, style=_STYLES.get(means, "dim")),
            )
        table.add_section()
    texts = [
        Text(f"{row.label}, {edition}: {printable(shorten(text, 300))}")
        for row in frame.itertuples()
        for edition, text in ((then, row.text_then), (now, row.text_now))
        if isinstance(text, str)
    ]
    header = Text(f"{first.country} ({first.iso3}), {then} to {now}", style="bold")
    return Group(header, _basis_line(averages), table, *texts)


def render_ranking(frame: pd.DataFrame, title: str, *, digits: int = 2) -> RenderableType:
    """Lay out ranked countries; a shared rank is marked with =, scores have one or two decimals."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("Rank", justify="right", no_wrap=True)
    table.add_column("Country", no_wrap=True)
    table.add_column("Region", no_wrap=True)
    changes = "change" in frame
    for name in ("Then", "Now", "Change") if changes else ("Score",):
        table.add_column(name, justify="right", no_wrap=True)
    if changes:
        table.add_column("Means", no_wrap=True)
    for row in frame.itertuples():
        cells: list[str | Text] = [f"{row.rank}{'=' if row.tied else ' '}", f"{row.country} ({row.iso3})", row.region]
        if changes:
            cells += [f"{row.then:.{digits}f}", f"{row.now:.{digits}f}", _signed(row.change, digits)]
            cells.append(Text(row.means, style=_STYLES[row.means]))
        else:
            cells.append(f"{row.score:.{digits}f}")
        table.add_row(*cells)
    parts: list[RenderableType] = [Text(title, style="bold")]
    if changes and frame.iloc[0].basis != "published":
        parts.append(_basis_line(frame))
    return Group(*parts, table)


def _number(value: float, digits: int) -> str:
    return "n/a" if value != value else f"{value:.{digits}f}"


def _signed(value: float, digits: int) -> str:
    if value != value:
        return "n/a"
    # +0.0 would look like a rise.
    return f"{value:+.{digits}f}" if round(value, digits) else f"{0:.{digits}f}"


def _basis_line(averages: pd.DataFrame) -> Text:
    basis = str(averages.iloc[0].basis)
    return Text(f"{basis[:1].upper()}{basis[1:]}.")
