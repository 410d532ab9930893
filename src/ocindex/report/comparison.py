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
    return Group(header, Text(f"Averages on the {averages.iloc[0].basis}."), table, *texts)


def render_ranking(frame: pd.DataFrame, title: str) -> RenderableType:
    """Lay out ranked countries; a shared rank is marked with =."""
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
        cells = [f"{row.rank}{'=' if row.tied else ' '}", f"{row.country} ({row.iso3})", row.region]
        if changes:
            cells += [f"{row.then:.2f}", f"{row.now:.2f}", _signed(row.change, 2), row.means]
        else:
            cells.append(f"{row.score:.2f}")
        table.add_row(*cells)
    parts: list[RenderableType] = [Text(title, style="bold")]
    if changes:
        parts.append(Text(f"Compared: {frame.iloc[0].basis}."))
    return Group(*parts, table)


def _number(value: float, digits: int) -> str:
    return "n/a" if value != value else f"{value:.{digits}f}"


def _signed(value: float, digits: int) -> str:
    return "n/a" if value != value else f"{value:+.{digits}f}"
