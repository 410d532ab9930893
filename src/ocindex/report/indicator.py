"""A dataset, a country and an indicator in, text and evidence for the terminal out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from ocindex.report.country import STATUS_WORDS, CountryView, plain_records
from ocindex.report.printable import printable
from ocindex.vocabulary.indicators import Indicator

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from ocindex.dataset.dataset import Dataset


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """Text and evidence of one indicator; articles stand apart from the assessment."""

    country: CountryView
    indicator: Indicator
    row: pd.DataFrame
    assessment: pd.DataFrame
    articles: pd.DataFrame


def view_indicator(dataset: Dataset, country: CountryView, indicator: Indicator) -> IndicatorView:
    """Gather the text and the evidence of one indicator."""
    evidence = dataset.evidence
    own = evidence[(evidence["iso3"] == country.country.iso3) & (evidence["indicator"] == indicator.code)]
    own = own.sort_values(["document_id", "start"])
    return IndicatorView(
        country,
        indicator,
        country.indicators[country.indicators["indicator"] == indicator.code],
        own[(own["tier"] == "assessment") & (own["edition"] == country.edition)],
        own[own["tier"] == "article"],
    )


def render_indicator(view: IndicatorView, *, all_tiers: bool = False) -> RenderableType:
    """Lay out score, text, each piece of evidence with its place, and what else touches on it."""
    row = next(view.row.itertuples())
    country = view.country.country
    parts: list[RenderableType] = [
        Text(f"{row.label}: {country.name} ({country.iso3}), edition {row.edition}", style="bold")
    ]
    score = "no score" if row.score != row.score else f"{row.score:g} of 10 ({row.higher_is} when higher)"
    parts.append(Text(f"Score: {score}"))
    body = printable(row.text) if row.text_status == "present" else STATUS_WORDS[row.text_status]
    parts.append(Padding(Text(body), (1, 2)))
    primary = view.assessment[view.assessment["relation"] == "primary"]
    secondary = view.assessment[view.assessment["relation"] == "secondary"]
    parts += _evidence_list("Evidence", primary)
    parts += _evidence_list("Also touches on this", secondary)
    if all_tiers:
        parts += _evidence_list("Articles (not part of the assessment)", view.articles)
    return Group(*parts)


def indicator_json(view: IndicatorView, *, all_tiers: bool = False) -> dict[str, object]:
    """Give the same as plain values for a program."""
    result = plain_records(view.row)[0]
    result["evidence"] = plain_records(view.assessment)
    if all_tiers:
        result["articles"] = plain_records(view.articles)
    else:
        result["article_sentences_not_shown"] = len(view.articles)
    return result


def place_of(row: object) -> str:
    """Say where a piece of evidence stands: document, section, page or line, code points."""
    page, line = getattr(row, "page", None), getattr(row, "line", None)
    where = f"page {page}" if _is_number(page) else f"line {line}"
    section = getattr(row, "section", None)
    parts = [str(getattr(row, "document_id", "")), str(section) if isinstance(section, str) else "", where]
    reliability = getattr(row, "reliability", None)
    if isinstance(reliability, str):
        parts.append(f"reliability {reliability}")
    parts.append(f"characters {getattr(row, 'start', 0)}–{getattr(row, 'end', 0)}")
    return printable(" · ".join(part for part in parts if part))


def _evidence_list(title: str, rows: pd.DataFrame) -> list[RenderableType]:
    if rows.empty:
        return []
    parts: list[RenderableType] = [Text(title, style="bold")]
    for row in rows.itertuples():
        facts = f"{row.evidence_id} · {place_of(row)} · probability {row.label_probability:.2f}"
        if isinstance(row.cues, str):
            facts += f" · cues: {printable(row.cues)}"
        if row.about != "country":
            facts += f" · about: {row.about}"
        parts.append(Padding(Group(Text(f"“{printable(row.text)}”"), Text(facts, style="dim")), (0, 2, 1, 2)))
    return parts


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
