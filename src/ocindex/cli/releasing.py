"""Commands on releases: diff, release."""

from __future__ import annotations

from pathlib import Path

import click

from ocindex.cli.options import make_console
from ocindex.reading.reader import MAX_BYTES

FORMATS = ("text", "json", "html")
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
        from ocindex.report.page import render_page

        click.echo(render_page(changes), nl=False)
    else:
        from ocindex.report.changes import render_changes

        make_console().print(render_changes(changes, everything=everything))
    if changes.fails(fail_on):
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--raw", default="raw", show_default=True, type=click.Path(), help="Folder with sources.csv.")
@click.option("--dist", default="dist", show_default=True, type=click.Path(), help="Folder to publish in.")
@click.option("--bump", type=click.Choice(("auto", "major", "minor", "patch")), default="auto", show_default=True)
@click.option("--workbook", help="The Index's workbook: a file, or `cached` for the one that was fetched.")
@click.option("--max-bytes", default=MAX_BYTES, show_default=True, help="Largest document that is read.")
@click.option("--since", help="The release before, where dist was built again since: git:REV, a folder, a version.")
@click.option("--releases", type=click.Path(), help="Folder in which a copy of each release is kept.")
@click.option("--date", help="Day for the changelog, such as 2026-05-01; none without it.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be released.")
def release(
    raw: str,
    dist: str,
    bump: str,
    workbook: str | None,
    max_bytes: int,
    since: str | None,
    releases: str | None,
    date: str | None,
    dry_run: bool,
) -> None:
    """Release the dataset: build, compare with the release before, choose the version, publish."""
    from ocindex.cli.building import say_issues, show_progress
    from ocindex.releasing import release as run

    done = run(
        raw, dist, bump=bump, workbook=workbook, max_bytes=max_bytes, since=since, releases=releases, date=date,
        dry_run=dry_run, progress=show_progress,
    )  # fmt: skip
    say_issues(done.dataset.issues)
    if done.version is None:
        click.echo(f"nothing changed since {done.previous}: nothing released")
        if not (Path(dist) / "CHANGELOG.md").is_file():
            hint = "without CHANGELOG.md nothing tells whether a build replaced the release"
            click.echo(f"{dist}: {hint}; if one did, name the release: --since git:REV", err=True)
        return
    totals = done.changes.totals() if done.changes is not None else {}
    counts = ", ".join(f"{count} {effect}" for effect, count in totals.items() if count) or "the first release"
    said = f"would release {dist}" if dry_run else f"released {dist}"
    click.echo(f"{said}, version {done.version} after {done.previous or 'none'}: {done.bump}, {counts}")
    if done.asked not in (None, done.bump):
        click.echo(f"--bump {done.bump} as asked; the changes ask for {done.asked}", err=True)
    if dry_run:
        click.echo(f"\n{done.entry}", nl=False)
    if done.kept is not None:
        click.echo(f"kept as {done.kept}")


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
