"""Commands on the raw folder: add."""

from __future__ import annotations

import click

from ocindex.reading.document import KINDS
from ocindex.reading.manifest import RELIABILITIES


@click.command()
@click.argument("file", type=click.Path())
@click.option("--kind", required=True, type=click.Choice(KINDS))
@click.option("--iso3", help="Country, as iso3 or name; a profile's own title may name it.")
@click.option("--edition", type=int, help="Edition; a profile's own title may name it.")
@click.option("--title", help="Title of the document.")
@click.option("--publisher", help="Who published it.")
@click.option("--published", help="Date or year of publication.")
@click.option("--url", help="Where it was published.")
@click.option("--rights", help="Who holds the rights.")
@click.option("--reliability", type=click.Choice(RELIABILITIES), help="Admiralty code.")
@click.option("--origin", help="Documents of one origin count as one source.")
@click.option("--language", help="Language, such as en.")
@click.option("--withhold", is_flag=True, help="The text must not be passed on.")
@click.option("--raw", default="raw", show_default=True, type=click.Path(), help="Folder to add to.")
def add(file: str, kind: str, raw: str, withhold: bool, **facts: str | int | None) -> None:
    """Add a document to the raw folder: shows what was recognised, then copies it."""
    from pathlib import Path

    from ocindex.intake import prepare_document, store_document
    from ocindex.report.printable import printable

    iso3 = facts.pop("iso3")
    prepared = prepare_document(
        Path(file),
        Path(raw),
        kind=kind,
        country=None if iso3 is None else str(iso3),
        facts={name: None if value is None else str(value) for name, value in facts.items()},
        redistribute=not withhold,
    )
    for line in prepared.recognised:
        click.echo(printable(line))
    path = store_document(prepared, Path(raw))
    click.echo(printable(f"added {path}; run `ocindex build --raw {raw}`"))


@click.command()
@click.option("--url", help="Address of the workbook; the official one without it.")
def fetch(url: str | None) -> None:
    """Fetch the official workbook into the cache, checked against a known hash.

    The cache is the user's, or the folder that OCINDEX_CACHE names.
    """
    import sys

    from ocindex.reading.fetch import URL, fetch_workbook

    path = fetch_workbook(url=url or URL, progress=sys.stderr.isatty())
    click.echo(path)
    click.echo("build with it: `ocindex build --workbook cached`", err=True)
