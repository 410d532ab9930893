"""Commands that tell what moves where: flows."""

from __future__ import annotations

import click

from ocindex.cli.options import dist_option, json_option, make_console, open_answering, print_json, say_which


@click.command()
@click.argument("country")
@click.option("--indicator", help="Code or label of a market.")
@click.option("--edition", type=int, help="Edition; without it every one.")
@click.option("--tier", type=click.Choice(["assessment", "all"]), default="assessment", show_default=True)
@dist_option
@json_option
def flows(country: str, indicator: str | None, edition: int | None, tier: str, dist: str | None, as_json: bool) -> None:
    """List a country's routes: from where, through where, to where."""
    from ocindex.dataset.routes import find_routes
    from ocindex.report.routes import count_hidden, render_routes, routes_json
    from ocindex.vocabulary.countries import one_country
    from ocindex.vocabulary.indicators import find_code, known_edition

    chosen = one_country(country)
    wanted: dict[str, str | int | None] = {
        "iso3": chosen.iso3,
        "indicator": None if indicator is None else find_code(indicator).code,
        "edition": None if edition is None else known_edition(edition).edition,
        "tier": None if tier == "all" else tier,
    }
    dataset = open_answering(dist)
    routes = find_routes(dataset, wanted)
    if as_json:
        print_json(routes_json(routes))
    else:
        make_console().print(render_routes(routes, chosen))
        _say_rest(*count_hidden(dataset, wanted, routes))
    say_which(dataset, dist)


def _say_rest(articles: int, single: int) -> None:
    if articles:
        click.echo(f"articles: {articles} {'flow' if articles == 1 else 'flows'} not shown (--tier all)")
    if single:
        click.echo(f"{single} {'place has' if single == 1 else 'places have'} no second end: see the table flows")
