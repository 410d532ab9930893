"""Labelled profiles written as the forms in which a profile comes: wrapped text, web page, pasted web page."""

from __future__ import annotations

import html
import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ocindex.analysis.gold import GoldDocument, read_gold
from ocindex.reading.document import Document
from ocindex.vocabulary.indicators import Indicator, composites, indicators_of

# Explanations as a site prints them beside its scores: no statement about any country.
_DEFINITIONS = {
    "criminal_markets": "An assessment of the reach and harm of a type of crime.",
    "criminal_actors": "An assessment of the influence of a type of actor on society.",
    "resilience": "An assessment of the means that hold out against organized crime.",
    "human_trafficking": "Illicit activity involving force or fraud for the purpose of exploitation.",
    "human_smuggling": "Criminal activities involving the illegal entry of migrants for profit.",
    "arms_trafficking": "The import, sale and transfer of arms without involving a licence.",
    "heroin_trade": "The production, distribution and sale of heroin. Consumption is considered too.",
    "mafia_style_groups": "Clearly defined groups that usually have a known name and a territory.",
    "foreign_actors": "State and/or non-state criminal actors operating outside their home country.",
    "law_enforcement": "A state’s ability to investigate, gather intelligence and enforce its rules.",
    "prevention": "Refers to the existence of measures that are aimed to inhibit organized crime.",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A profile in its parts: sections as heading and paragraphs."""

    name: str
    country: str
    edition: int
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def written_profile(gold: GoldDocument, country: str) -> Written:
    """Take a labelled profile's text apart, its lines joined."""
    sections: list[tuple[str, tuple[str, ...]]] = []
    for part in re.split(r"\n\s*\n", (gold.document.text or "").strip()):
        lines = part.strip().split("\n")
        while lines and lines[0].isupper():
            sections.append((lines.pop(0).strip(), ()))
        if lines:
            heading, paragraphs = sections[-1]
            sections[-1] = (heading, (*paragraphs, _unwrap("\n".join(lines))))
    return Written(gold.name, country, gold.document.source.edition or 0, tuple(sections))


def as_html(profile: Written) -> str:
    """Write a saved page: scripts, navigation, a table of scores, definitions, hidden text, footer."""
    scores = "".join(_score_rows(item, number, profile.edition) for number, item in enumerate(_measures(profile)))
    prose = "".join(
        f"<section><h2><span>{html.escape(_title(heading))}</span></h2>"
        + "".join(f"<p>{_marked_up(text)}</p>\n" for text in paragraphs)
        + "</section>"
        for heading, paragraphs in profile.sections
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Criminality in {profile.country} - The '
        f"Index</title><style>p{{color:red}}</style><script>var a = '<p>Gangs.</p>';</script></head>\n"
        f'<body class="has-sidebar"><a class="skip-link" href="#x">Skip to content</a><nav><ul><li><a href="/">Home</a>'
        f"<li><a>Countries</a></ul></nav><header><h1>{profile.country}</h1></header><main>"
        f"<div class=scores>{scores}</div><div hidden>Drugs are sold in the hidden part of the page.</div>"
        f"<noscript>Trade needs a script.</noscript>{prose}</main><aside>People also read this.</aside>"
        f"<footer><p>The Index is funded by a foundation. All rights reserved.</p></footer></body></html>"
    )


def as_pasted(profile: Written) -> str:
    """Write what a browser copies of that page: blocks on lines of their own, scores glued to their changes."""
    lines = ["Skip to content", "Home", "Countries", profile.country, "Download profile"]
    for number, item in enumerate(_measures(profile)):
        score = _figures(item, number, profile.edition)
        if item.code in ("criminality", "resilience"):
            lines += [score, f"{item.label} score", f"{number + 31}st of 193 countries 3"]
        else:
            lines += [item.label, score]
        lines += [_DEFINITIONS[item.code]] if item.code in _DEFINITIONS else []
    for heading, paragraphs in profile.sections:
        lines += [_title(heading), *paragraphs]
    lines += ["About the Index", "The Index is funded by a foundation.", "Contact", "© 2021. All rights reserved."]
    return "\n".join(lines) + "\n"


def as_wrapped(profile: Written) -> str:
    """Write plain text with lines wrapped at 60 characters."""
    parts = [
        f"{heading}\n" + "\n\n".join(textwrap.fill(text, 60, break_on_hyphens=False) for text in paragraphs)
        for heading, paragraphs in profile.sections
    ]
    return "\n\n".join(parts) + "\n"


def labelled_profiles(folder: Path, known: Sequence[Document] = ()) -> dict[str, tuple[GoldDocument, str]]:
    """Read the labelled profiles of a folder with the names of their countries."""
    found = {"peru_2021": (read_gold(folder / "peru_2021.csv", known)[0], "Peru")}
    for path in sorted(folder.glob("profiles/*.json")):
        found[path.stem] = (read_gold(path)[0], json.loads(path.read_text(encoding="utf-8"))["country"])
    return found


def _measures(profile: Written) -> list[Indicator]:
    overall = [item for item in composites() if item.code in ("criminality", "resilience")]
    return overall + sorted(
        [item for item in composites() if item not in overall] + list(indicators_of(profile.edition)),
        key=lambda item: item.position,
    )


def _figures(item: Indicator, number: int, edition: int) -> str:
    value = f"{5 + number / 100:.2f}" if item.is_composite else f"{2 + number % 13 / 2:.2f}"
    return value + ("" if edition == 2021 else ("0.50", "-1.00", " n/a", "0.00")[number % 4])


def _score_rows(item: Indicator, number: int, edition: int) -> str:
    figures = _figures(item, number, edition)
    explained = f"<p class=hint>{_DEFINITIONS[item.code]}</p>" if item.code in _DEFINITIONS else ""
    label = f"<div>{item.label}</div>"
    if item.code in ("criminality", "resilience"):
        label = f"<div>{item.label} score</div><div>{number + 31}<sup>st</sup> of 193 countries <b>3</b></div>"
        return f"<div><span>{figures[:4]}</span><span>{figures[4:]}</span></div>{label}{explained}"
    return f"{label}<div><span>{figures[:4]}</span><span>{figures[4:]}</span></div>{explained}"


def _unwrap(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", re.sub(r"-\s*\n\s*", "-", text)).strip()


def _title(heading: str) -> str:
    return heading.capitalize()


def _marked_up(text: str) -> str:
    """Escape, and set the first words in bold as pages do."""
    first, _, rest = html.escape(text).partition(" ")
    return f"<b>{first}</b> {rest}"
