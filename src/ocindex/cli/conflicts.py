"""The command that says where the documents on a country disagree: conflicts."""

from __future__ import annotations

import click

from ocindex.cli.options import dist_option, json_option, make_console, open_answering, print_json, say_which


@click.command()
@click.argument("country")
@click.option("--all", "weak", is_flag=True, help="Also the weak ones.")
@dist_option
@json_option
def conflicts(country: str, weak: bool, dist: str | None, as_json: bool) -> None:
    """Say where the documents on a country contradict each other or are in tension."""
    from ocindex.compare.conflicts import count_conflicts, list_conflicts
    from ocindex.errors import UnknownNameError
    from ocindex.report.conflicts import conflicts_json, render_conflicts
    from ocindex.vocabulary.countries import one_country

    chosen = one_country(country)
    dataset = open_answering(dist)
    claims = dataset.table("claims")
    compared = int((claims["iso3"] == chosen.iso3).sum())
    if not compared:
        raise UnknownNameError(
            f"found no claim on {chosen.iso3} ({chosen.name}) in this dataset; expected a profile or an article on it; "
            "add one with `ocindex add`, or name another dataset with --dist."
        )
    found = list_conflicts(dataset, chosen.iso3, weak=weak)
    hidden = 0 if weak else count_conflicts(dataset, chosen.iso3)["weak"]
    if as_json:
        print_json(conflicts_json(found, chosen, claims=compared, weak_not_shown=hidden))
    else:
        make_console().print(render_conflicts(found, chosen, claims=compared))
        if hidden:
            click.echo(f"\n{hidden} weak {'conflict' if hidden == 1 else 'conflicts'} not shown (--all)")
    say_which(dataset, dist)
