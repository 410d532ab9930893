"""Commands on releases: diff, release."""

from __future__ import annotations

import click

from ocindex.cli.options import make_console

FORMATS = ("text", "json", "html")
BUMPS = ("auto", "major", "minor", "patch")
SEVERITIES = ("breaking", "revision", "any")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--key", help="Columns that identify a row, by comma; for single tables only.")
@click.option("--iso3", multiple=True, help="Only this country; may be repeated.")
@click.option("--indicator", multiple=True, help="Only this indicator; may be repeated.")
@click.option("--edition", multiple=True, type=int, help="Only this edition; may be repeated.")
@click.option("--releases", type=click.Path(), help="Folder of releases; `releases` without it.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--all", "everything", is_flag=True, help="List every change, also what merely follows from others.")
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), default="any", show_default=True, help="Exit with 1 from here."
)
def diff(
    old: str,
    new: str,
    key: str | None,
    iso3: tuple[str, ...],
    indicator: tuple[str, ...],
    edition: tuple[int, ...],
    releases: str | None,
    kind: str,
    everything: bool,
    fail_on: str,
) -> None:
    """Compare two releases: what changed, what it means, and why.

    OLD and NEW are a dataset's folder, its datapackage.json, a .zip, git:REV, a version of
    the folder of releases, or one Parquet or CSV file with --key. Exit code 0: same, 1:
    different, 2: the comparison could not be made.
    """
    from ocindex.compare.releases.difference import diff as compare

    changes = compare(
        old,
        new,
        key=key.split(",") if key else None,
        iso3=[_country(name) for name in iso3] or None,
        indicator=[_code(name) for name in indicator] or None,
        edition=edition or None,
        releases=releases,
    )
    if kind == "json":
        from ocindex.report.changes import changes_json

        for piece in changes_json(changes):
            click.echo(piece, nl=False)
    elif kind == "html":
        from ocindex.report.changepage import render_page

        click.echo(render_page(changes), nl=False)
    else:
        from ocindex.report.changes import render_changes

        make_console().print(render_changes(changes, everything=everything))
    if changes.fails(fail_on):
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--raw", default="raw", show_default=True, type=click.Path(), help="Folder with sources.csv.")
@click.option("--dist", default="dist", show_default=True, type=click.Path(), help="Published dataset to replace.")
@click.option("--workbook", help="The Index's workbook: a file, or `cached` for the one that was fetched.")
@click.option(
    "--bump", type=click.Choice(BUMPS), default="auto", show_default=True, help="Part of the version to raise."
)
@click.option("--releases", type=click.Path(), help="Folder in which to keep a copy under its version.")
def release(raw: str, dist: str, workbook: str | None, bump: str, releases: str | None) -> None:
    """Release the dataset: build beside, compare, choose the version, publish all or nothing.

    What changed stands in CHANGELOG.md of the published folder, by effect. Nothing changed:
    nothing is released.
    """
    from ocindex.releasing import release as run
    from ocindex.report.changes import render_changes

    done = run(raw, dist, bump=bump, workbook=workbook, releases=releases)
    if not done.is_released:
        click.echo(f"nothing changed since {done.version}; nothing was released")
        return
    if done.changes is not None:
        make_console().print(render_changes(done.changes))
    click.echo(f"released {done.version} in {dist}")


def _country(name: str) -> str:
    """Take a country's name or code; what today's vocabulary lacks may stand in an old release."""
    from ocindex.errors import UnknownNameError
    from ocindex.vocabulary.countries import one_country

    try:
        return one_country(name).iso3
    except UnknownNameError:
        if len(name) == 3 and name.isupper():
            return name
        raise


def _code(name: str) -> str:
    from ocindex.errors import UnknownNameError
    from ocindex.vocabulary.indicators import find_code

    try:
        return find_code(name).code
    except UnknownNameError:
        if name.isidentifier():
            return name
        raise
