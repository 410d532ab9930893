"""Commands that make or judge a dataset: build, check, schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocindex.reading.reader import MAX_BYTES

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.reading.document import Source


@click.command()
@click.option("--raw", default="raw", show_default=True, type=click.Path(), help="Folder with sources.csv.")
@click.option("--dist", default="dist", show_default=True, type=click.Path(), help="Folder to publish in.")
@click.option("--workbook", help="The Index's workbook: a file, or `cached` for the one that was fetched.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a file or row could not be used.")
@click.option("--max-bytes", default=MAX_BYTES, show_default=True, help="Largest document that is read.")
def build(raw: str, dist: str, workbook: str | None, strict: bool, max_bytes: int) -> None:
    """Build the dataset of a raw folder: read, attribute, check, publish."""
    from ocindex.pipeline import build as run

    dataset = run(raw, dist, workbook=workbook, max_bytes=max_bytes, progress=show_progress)
    counts = ", ".join(f"{len(frame)} {name}" for name, frame in dataset if name in ("indicators", "evidence"))
    click.echo(f"built {dist}, version {dataset.version}: {len(dataset.documents)} documents, {counts}")
    left_out = say_issues(dataset.issues)
    if strict and left_out:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("dist", required=False, type=click.Path())
def check(dist: str | None) -> None:
    """Check a published dataset again: schemas, keys, hashes and every quote."""
    from ocindex.dataset.checking import check_published
    from ocindex.vocabulary.bundled import bundled_folder

    folder = Path(dist) if dist is not None else bundled_folder("dist")
    failures = check_published(folder)
    for failure in failures:
        click.echo(failure)
    if failures:
        click.echo(f"{folder}: {len(failures)} checks failed; build the dataset again.", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"{folder}: all checks passed")


@click.command()
@click.option("--schema", "folder", type=click.Path(), help="Folder to write to; without it the package's own.")
def schema(folder: str | None) -> None:
    """Render schema/tables/ and the data dictionary from the models."""
    from ocindex.dataset.schema import write_schemas
    from ocindex.vocabulary.bundled import bundled_folder

    target = Path(folder) if folder is not None else bundled_folder("schema")
    changed = write_schemas(target)
    click.echo(f"{target}: {len(changed)} files written" if changed else f"{target}: up to date")


def show_progress(sources: Iterable[Source]) -> Iterator[Source]:
    """Show a bar while documents are worked on, when stderr is a terminal."""
    import sys

    if not sys.stderr.isatty():
        yield from sources
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(list(sources), "Reading documents", console=Console(stderr=True), transient=True)


def say_issues(issues: pd.DataFrame) -> int:
    """List the issues on stderr, the gravest first; returns how many things could not be used."""
    from ocindex.report.country import plain_records
    from ocindex.report.printable import printable

    grave = {"error": 0, "warning": 1, "info": 2}
    ordered = issues.sort_values(
        ["severity", "document_id", "code"], key=lambda c: c.map(grave) if c.name == "severity" else c
    )
    listed = plain_records(ordered)
    for issue in listed:
        place = ", ".join(str(part) for part in (issue["document_id"], issue["locator"]) if part) or "sources"
        click.echo(printable(f"{issue['severity']}: {place}: {issue['message']}"), err=True)
    left_out = sum(issue["severity"] == "error" for issue in listed)
    doubtful = sum(issue["severity"] == "warning" for issue in listed)
    if listed:
        notes = len(listed) - left_out - doubtful
        click.echo(f"{left_out} left out, {doubtful} doubtful, {notes} notes; see the table issues", err=True)
    return left_out
