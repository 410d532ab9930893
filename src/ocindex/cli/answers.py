"""Commands that answer from a dataset: show, find, quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ocindex.cli.options import dist_option, json_option, make_console, open_answering, print_json, say_which

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ocindex.dataset.dataset import Dataset
    from ocindex.vocabulary.indicators import Indicator


@click.command()
@click.argument("country")
@click.option("--edition", type=int, help="Edition; without it the newest with text, else the newest.")
@click.option("--indicator", help="Code or label; shows its text and evidence.")
@click.option("--tier", type=click.Choice(["assessment", "all"]), default="assessment", show_default=True)
@click.option("--explain", help="Why a sentence stands where it does: an evidence_id, or document_id:start.")
@dist_option
@json_option
def show(
    country: str,
    edition: int | None,
    indicator: str | None,
    tier: str,
    explain: str | None,
    dist: str | None,
    as_json: bool,
) -> None:
    """Show a country, or one of its indicators with the evidence."""
    from ocindex.report.country import country_json, render_country, view_country
    from ocindex.report.indicator import indicator_json, render_indicator, view_indicator
    from ocindex.vocabulary.countries import one_country
    from ocindex.vocabulary.indicators import known_edition

    chosen = one_country(country)
    wanted = None if indicator is None else _indicator_of(indicator)
    if edition is not None:
        known_edition(edition)
    dataset = open_answering(dist)
    if explain is not None:
        _explain(dataset, explain, as_json=as_json)
        say_which(dataset, dist)
        return
    page = view_country(dataset, chosen, edition)
    if wanted is None:
        answer, rendered = country_json(page), render_country(page)
        hidden = page.articles
    else:
        _refuse_later_indicator(wanted.code, page.edition)
        view = view_indicator(dataset, page, wanted)
        answer = indicator_json(view, all_tiers=tier == "all")
        rendered = render_indicator(view, all_tiers=tier == "all")
        hidden = 0 if tier == "all" else len(view.articles)
    if as_json:
        print_json(answer)
    else:
        make_console().print(rendered)
        _say_hidden(hidden, page.issues if wanted is None else 0, whole=wanted is None)
        if wanted is None:
            _say_conflicts(page.conflicts, chosen.iso3)
    say_which(dataset, dist)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--tier", type=click.Choice(["assessment", "all"]), default="assessment", show_default=True)
@dist_option
@json_option
def find(words: tuple[str, ...], tier: str, dist: str | None, as_json: bool) -> None:
    """Search indicators, evidence, spans and columns for words."""
    from dataclasses import asdict

    from rich.text import Text

    from ocindex.report.printable import printable
    from ocindex.report.search import search

    dataset = open_answering(dist)
    hits = search(dataset, " ".join(words).split())
    shown = [hit for hit in hits if tier == "all" or hit.tier != "article"]
    if as_json:
        print_json([asdict(hit) for hit in shown])
    else:
        console = make_console()
        for hit in shown:
            console.print(Text(f"{hit.kind:<9} {printable(hit.place)}", style="bold"))
            console.print(Text(f"          {printable(hit.text)}"))
        _say_hidden(len(hits) - len(shown), 0, whole=False)
    if not hits:
        click.echo(f"found nothing for {' '.join(words)!r}; expected words that begin as typed; try fewer.", err=True)
    say_which(dataset, dist)
    if not hits:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("country")
@click.argument("words", nargs=-1, required=True)
@click.option("--tier", type=click.Choice(["assessment", "all"]), default="assessment", show_default=True)
@dist_option
@json_option
def quote(country: str, words: tuple[str, ...], tier: str, dist: str | None, as_json: bool) -> None:
    """Print each sentence on a country that holds the words, with its source."""
    from ocindex.report.quotation import quotations
    from ocindex.report.search import find_sentences
    from ocindex.vocabulary.countries import one_country

    chosen = one_country(country)
    dataset = open_answering(dist)
    found = find_sentences(dataset, chosen.iso3, " ".join(words).split())
    sentences = found if tier == "all" else found[found["tier"] == "assessment"]
    listed = quotations(dataset, sentences)
    if as_json:
        print_json(listed)
    else:
        for item in listed:
            click.echo(item["quotation"])
        _say_hidden(len(found) - len(sentences), 0, whole=False)
    if found.empty:
        click.echo(
            f"found no sentence on {chosen.iso3} with {' '.join(words)!r}; expected words that begin as typed; try "
            f"`ocindex find`.",
            err=True,
        )
    say_which(dataset, dist)
    if found.empty:
        raise click.exceptions.Exit(1)


def _explain(dataset: Dataset, name: str, *, as_json: bool) -> None:
    from ocindex.explaining import explain
    from ocindex.report.explanation import explanation_json, render_explanation

    found = explain(dataset, name)
    if as_json:
        print_json(explanation_json(found))
    else:
        make_console().print(render_explanation(found))


def _indicator_of(name: str) -> Indicator:
    from ocindex.errors import UnknownNameError
    from ocindex.vocabulary.indicators import find_code

    found = find_code(name)
    if found.is_composite:
        raise UnknownNameError(f"found {found.code}, an average; expected an indicator; see `ocindex show COUNTRY`.")
    return found


def _refuse_later_indicator(code: str, edition: int) -> None:
    from ocindex.errors import UnknownNameError
    from ocindex.vocabulary.indicators import code_of

    since = code_of(code).since
    if since > edition:
        raise UnknownNameError(f"found {code} in edition {edition}; expected it since {since}; give --edition {since}.")


def _say_conflicts(counts: Mapping[str, int], iso3: str) -> None:
    total = sum(counts.values())
    if total:
        parts = ", ".join(f"{number} {strength}" for strength, number in counts.items() if number)
        noun = "conflict" if total == 1 else "conflicts"
        click.echo(f"{total} {noun} in what the documents claim ({parts}): see `ocindex conflicts {iso3}`")


def _say_hidden(sentences: int, issues: int, *, whole: bool) -> None:
    if sentences:
        hint = "--indicator … --tier all" if whole else "--tier all"
        noun = "sentence" if sentences == 1 else "sentences"
        click.echo(f"articles: {sentences} {noun} not shown ({hint})")
    if issues:
        click.echo(f"{issues} doubtful things in the sources: see the table issues")
