"""Routes in, a table for the terminal and plain values out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from ocindex.report.country import plain_records
from ocindex.report.printable import printable, shorten
from ocindex.vocabulary.indicators import code_of

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from ocindex.dataset.dataset import Dataset
    from ocindex.vocabulary.countries import Country


def render_routes(routes: pd.DataFrame, country: Country) -> RenderableType:
    """Lay out routes, one line each, under the sentence's market."""
    if routes.empty:
        return Text(f"{country.name} ({country.iso3}): no route is stated")
    table = Table(
        title=f"{country.name} ({country.iso3}): routes",
        title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1),
    )  # fmt: skip
    table.add_column("Market", no_wrap=True)
    for name in ("From", "Through", "To"):
        table.add_column(name, overflow="fold", max_width=24)
    table.add_column("Pairing", no_wrap=True)
    table.add_column("Source", no_wrap=True)
    table.add_column("Sentence", ratio=1, no_wrap=True, overflow="ellipsis")
    for row in plain_records(routes):
        source = str(row["edition"] or row["tier"])
        table.add_row(
            Text(code_of(str(row["indicator"])).label),
            *(Text(printable(str(row[name] or "–"))) for name in ("origin", "via", "destination")),
            Text(str(row["pairing"]), style="" if row["pairing"] == "stated" else "dim"),
            source,
            Text(printable(shorten(str(row["quote"]), 200)), style="dim"),
        )
    return table


def routes_json(routes: pd.DataFrame) -> list[dict[str, object]]:
    """Give routes as plain values for a program."""
    return plain_records(routes)


def count_hidden(dataset: Dataset, wanted: Mapping[str, str | int | None], routes: pd.DataFrame) -> tuple[int, int]:
    """Count the flows of articles that were left out, and the shown tiers' flows that are in no route."""
    rows = dataset.flows
    for column, value in wanted.items():
        # An article belongs to no edition; it is left out by its tier, not by --edition.
        if value is not None and column in ("iso3", "indicator"):
            rows = rows[rows[column] == value]
    articles = rows[rows["tier"] == "article"]
    tier, edition = wanted.get("tier"), wanted.get("edition")
    shown = rows if tier is None else rows[rows["tier"] == tier]
    if edition is not None:
        shown = shown[(shown["edition"] == edition).fillna(value=False)]
    alone = shown[~shown["evidence_id"].isin(routes["evidence_id"])]
    return (0 if tier is None else len(articles)), len(alone)
