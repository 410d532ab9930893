"""Commands that compare scores: compare, rank."""

from __future__ import annotations

import click

from ocindex.cli.options import dist_option, json_option, make_console, open_answering, print_json, say_which


@click.command()
@click.argument("country")
@click.argument("then", type=int)
@click.argument("now", type=int)
@dist_option
@json_option
def compare(country: str, then: int, now: int, dist: str | None, as_json: bool) -> None:
    """Compare two editions of a country; the basis of its averages is named."""
    from ocindex.compare.editions import compare_editions
    from ocindex.report.comparison import render_comparison
    from ocindex.report.country import plain_records
    from ocindex.vocabulary.countries import one_country

    chosen = one_country(country)
    dataset = open_answering(dist)
    frame = compare_editions(dataset, chosen.iso3, then, now)
    if as_json:
        print_json(plain_records(frame))
    else:
        make_console().print(render_comparison(frame, then, now))
    say_which(dataset, dist)


@click.command()
@click.argument("measure")
@click.option("--edition", type=int, help="Edition to rank; the newest without it.")
@click.option("--since", type=int, help="Rank by the change since this edition.")
@click.option("--region", help="Only this region or continent.")
@click.option("--top", type=click.IntRange(min=1), help="Ranks to show; a shared rank is never cut through.")
@dist_option
@json_option
def rank(
    measure: str,
    edition: int | None,
    since: int | None,
    region: str | None,
    top: int | None,
    dist: str | None,
    as_json: bool,
) -> None:
    """Rank countries by a score, or by its change."""
    from ocindex.compare.ranking import rank_by
    from ocindex.report.comparison import render_ranking
    from ocindex.report.country import plain_records
    from ocindex.vocabulary.indicators import find_code, newest_edition

    chosen = newest_edition() if edition is None else edition
    found = find_code(measure)
    dataset = open_answering(dist)
    frame = rank_by(dataset, measure, edition=chosen, since=since, region=region, top=top)
    if as_json:
        print_json(plain_records(frame))
    else:
        period = f"{since} to {chosen}" if since else f"edition {chosen}"
        title = f"{found.label}, {period}{f', {region}' if region else ''}: {int(frame.iloc[0]['of'])} ranked"
        make_console().print(render_ranking(frame, title, digits=2 if found.is_composite else 1))
    say_which(dataset, dist)
