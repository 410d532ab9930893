"""Why a sentence was filed where it was in, lines for the terminal and plain values out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from ocindex.report.printable import printable, shorten

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ocindex.analysis.findings import Finding


class Explained(Protocol):
    """What an explanation has, see `ocindex.explaining.Explanation`."""

    @property
    def document_id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def finding(self) -> Finding: ...
    @property
    def cues(self) -> tuple[tuple[str, int, str], ...]: ...
    @property
    def alone(self) -> tuple[tuple[str, float], ...]: ...
    @property
    def together(self) -> tuple[tuple[str, float], ...]: ...
    @property
    def also(self) -> tuple[tuple[str, tuple[str, ...]], ...]: ...
    @property
    def before(self) -> Finding | None: ...
    @property
    def after(self) -> Finding | None: ...


def render_explanation(item: Explained) -> RenderableType:
    """Lay out label, cues, section, neighbours and runner-up of one sentence."""
    finding = item.finding
    lines = [
        f"{item.document_id}:{item.start} → {finding.indicator}, label_probability {finding.probability:.2f}",
        f"runner-up: {finding.runner_up}, {finding.runner_up_probability:.2f}",
        f"section: {finding.sentence.section or 'none: the content decides'}",
    ]
    strong = [cue for cue in item.cues if cue[1] > 1]
    weak = [cue for cue in item.cues if cue[1] == 1]
    lines += [f"cue of weight {weight}: “{printable(words)}” → {code}" for code, weight, words in strong]
    if weak:
        lines.append("cues of weight 1: " + ", ".join(f"“{printable(words)}” → {code}" for code, _, words in weak))
    if not item.cues:
        lines.append("no cue of the lexicon: section and neighbours decided")
    if item.alone:
        lines.append(f"by itself:       {_shares(item.alone)}")
        lines.append(f"with neighbours: {_shares(item.together)}")
    for name, neighbour in (("before", item.before), ("after", item.after)):
        if neighbour is not None:
            lines.append(f"{name}: {neighbour.indicator} · “{printable(shorten(neighbour.sentence.text, 90))}”")
    for other, (_, words) in zip(finding.secondary, item.also, strict=True):
        quoted = ", ".join(f"“{printable(word)}”" for word in words)
        lines.append(
            f"also: {other.indicator}, {other.probability:.2f}" + (f", by the words {quoted}" if words else "")
        )
    return Group(
        Text(f"“{printable(finding.sentence.text)}”", style="bold"), *(Padding(Text(line), (0, 2)) for line in lines)
    )


def explanation_json(item: Explained) -> dict[str, object]:
    """Give the same as plain values for a program."""
    finding = item.finding
    return {
        "document_id": item.document_id,
        "start": item.start,
        "end": finding.sentence.end,
        "text": finding.sentence.text,
        "section": finding.sentence.section,
        "indicator": finding.indicator,
        "label_probability": round(finding.probability, 4),
        "runner_up": finding.runner_up,
        "runner_up_probability": round(finding.runner_up_probability, 4),
        "cues": [{"indicator": code, "weight": weight, "words": words} for code, weight, words in item.cues],
        "alone": {code: round(value, 4) for code, value in item.alone},
        "together": {code: round(value, 4) for code, value in item.together},
        "before": item.before.indicator if item.before else None,
        "after": item.after.indicator if item.after else None,
        "secondary": {other.indicator: round(other.probability, 4) for other in finding.secondary},
        "secondary_words": {code: list(words) for code, words in item.also},
    }


def _shares(labels: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{code} {value:.2f}" for code, value in labels)
