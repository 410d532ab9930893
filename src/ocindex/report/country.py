"""A dataset and a country in, the country's page for the terminal out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from ocindex.compare.conflicts import count_conflicts
from ocindex.errors import UnknownNameError
from ocindex.report.printable import printable, shorten
from ocindex.vocabulary.countries import Country
from ocindex.vocabulary.indicators import code_of

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from ocindex.dataset.dataset import Dataset

COMPONENT_TITLES = {
    "criminal_markets": "Criminal markets",
    "criminal_actors": "Criminal actors",
    "resilience": "Resilience",
}
STATUS_WORDS = {
    "silent": "(the profile says nothing on this)",
    "no_profile": "(no profile read for this edition)",
    "withheld": "(text withheld: rights)",
    "unreadable": "(the profile could not be read)",
}


@dataclass(frozen=True, slots=True)
class CountryView:
    """What one country's page shows; ``articles`` counts sentences not shown, ``conflicts`` go by strength."""

    country: Country
    edition: int
    indicators: pd.DataFrame
    composites: pd.DataFrame
    articles: int
    issues: int
    conflicts: Mapping[str, int]


def view_country(dataset: Dataset, country: Country, edition: int | None = None) -> CountryView:
    """Gather what the dataset knows of a country in one edition.

    Parameters
    ----------
    dataset : Dataset
    country : Country
    edition : int, optional
        Without it the newest edition that has text, else the newest.

    Raises
    ------
    UnknownNameError
        If the dataset has nothing on the country, or not in that edition.
    """
    rows = dataset.indicators[dataset.indicators["iso3"] == country.iso3]
    chosen = _choose_edition(country, rows, edition)
    averages = dataset.composites
    evidence = dataset.evidence
    articles = evidence[(evidence["iso3"] == country.iso3) & (evidence["tier"] == "article")]
    issues = dataset.issues
    own = (issues["iso3"] == country.iso3) & (issues["edition"] == chosen) & (issues["severity"] != "info")
    return CountryView(
        country,
        chosen,
        rows[rows["edition"] == chosen],
        averages[(averages["iso3"] == country.iso3) & (averages["edition"] == chosen)],
        len(articles.drop_duplicates(["document_id", "start"])),
        int(own.sum()),
        count_conflicts(dataset, country.iso3),
    )


def render_country(view: CountryView) -> RenderableType:
    """Lay out a country's page: averages, then one line per indicator."""
    header = Text(f"{view.country.name} ({view.country.iso3}), edition {view.edition}", style="bold")
    parts: list[RenderableType] = [header]
    averages = [f"{row.label} {_score(row.score, 2)}" for row in _ordered(view.composites, "composite").itertuples()]
    if averages:
        parts.append(Text(" · ".join(averages)))
    has_text = bool((view.indicators["text_status"] != "no_profile").any())
    if not has_text:
        # Once; a column that repeats it on every line hides the scores.
        parts.append(Text(STATUS_WORDS["no_profile"], style="dim"))
    table = Table(box=box.SIMPLE_HEAD, expand=has_text, pad_edge=False, padding=(0, 1))
    table.add_column("Indicator", no_wrap=True)
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("of 10", no_wrap=True)
    if has_text:
        table.add_column("What the profile says", ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column("Sentences", no_wrap=True)
    for component, title in COMPONENT_TITLES.items():
        rows = view.indicators[view.indicators["component"] == component]
        if len(rows):
            _add_component(table, title, _ordered(rows, "indicator"), has_text=has_text)
    return Group(*parts, table)


def country_json(view: CountryView) -> dict[str, object]:
    """Give a country's page as plain values for a program."""
    return {
        "iso3": view.country.iso3,
        "country": view.country.name,
        "edition": view.edition,
        "composites": plain_records(view.composites),
        "indicators": plain_records(view.indicators),
        "article_sentences_not_shown": view.articles,
        "issues": view.issues,
        "conflicts": dict(view.conflicts),
    }


def plain_records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Turn a frame into dictionaries of plain values, null for what is absent."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [{str(name): _plain(value) for name, value in row.items()} for row in cells.to_dict("records")]


def _choose_edition(country: Country, rows: pd.DataFrame, edition: int | None) -> int:
    known = sorted(int(value) for value in rows["edition"].unique())
    if not known:
        raise UnknownNameError(
            f"found nothing on {country.iso3} ({country.name}) in this dataset; expected scores or a profile; add a "
            "profile with `ocindex add`, or name another dataset with --dist."
        )
    if edition is not None:
        if edition not in known:
            listed = ", ".join(map(str, known))
            raise UnknownNameError(f"found no edition {edition} of {country.iso3}; expected one of {listed}.")
        return edition
    with_text = rows.loc[rows["text_status"] == "present", "edition"]
    return int(with_text.max()) if len(with_text) else known[-1]


def _add_component(table: Table, title: str, rows: pd.DataFrame, *, has_text: bool) -> None:
    higher_is = str(rows["higher_is"].iloc[0])
    direction = ("higher is", higher_is) if has_text else (f"higher is {higher_is}",)
    table.add_row(Text(title, style="bold"), "", *(Text(part, style="dim") for part in direction))
    for row in rows.itertuples():
        present = row.text_status == "present"
        text = Text(printable(shorten(row.text, 200)) if present else STATUS_WORDS[row.text_status])
        if not present:
            text.stylize("dim")
        counts = [
            str(row.sentence_count) if present else "–",
            f"+{row.secondary_count}" * (row.secondary_count > 0),
        ]
        says = (text, " ".join(counts)) if has_text else ()
        table.add_row(Text(f"  {row.label}"), _score(row.score, 1), _bar(row.score, higher_is), *says)
    table.add_section()


def _ordered(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Sort rows in the Index's own order."""
    return rows.assign(_position=[code_of(code).position for code in rows[column]]).sort_values("_position")


def _score(value: float, digits: int) -> str:
    return "–" if value != value else f"{value:.{digits}f}"


def _bar(value: float, higher_is: str) -> Text:
    if value != value:
        return Text("")
    filled = round(value)
    bad = value if higher_is == "worse" else 11 - value
    style = "red" if bad >= 7 else "yellow" if bad >= 4.5 else "green"
    return Text("■" * filled, style=style) + Text("·" * (10 - filled), style="dim")


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else value
