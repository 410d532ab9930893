"""Figures of an evaluation in, tables for the terminal and plain values out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from ocindex.report.printable import printable, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from ocindex.analysis.differences import Difference
    from ocindex.analysis.evaluate import Evaluation, Judged

FIGURES = (
    "boundaries",
    "accuracy",
    "accepted",
    "macro_f1",
    "none_recall",
    "none_precision",
    "secondary_f1",
    "calibration_error",
)
_WORST = 6


def evaluation_json(whole: Evaluation, parts: Mapping[str, Evaluation]) -> dict[str, object]:
    """Give the pooled figures, their counts, and the same per document."""
    return {
        **_figures(whole),
        "precision": whole.precision,
        "recall": whole.recall,
        "counts": whole.counts | _flow_counts(whole),
        "flows": _flow_figures(whole),
        "calibration": [
            {"low": b.low, "high": b.high, "rows": b.rows, "mean_probability": b.mean_probability, "right": b.right}
            for b in whole.calibration
        ],
        "indicators": whole.by_indicator,
        "documents": {
            name: {**_figures(part), "counts": part.counts | _flow_counts(part), "flows": _flow_figures(part)}
            for name, part in parts.items()
        },
        "misses": [_miss(item) for item in whole.misses],
        "flow_misses": [
            {"document": item.document, "text": _text_of(item), "missed": list(missed), "wrong": list(wrong)}
            for item, missed, wrong in whole.flows.misses
        ],
    }


def render_evaluation(whole: Evaluation, parts: Mapping[str, Evaluation], *, misses: bool) -> RenderableType:
    """Lay out figures per document and pooled, calibration, the worst indicators, and each miss."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("Document", no_wrap=True, max_width=24)
    for title in (
        "sentences",
        "bounds",
        "strict",
        "accepted",
        "macro-F1",
        "none",
        "sec. F1",
        "calib.",
        "prec.",
        "recall",
    ):
        table.add_column(title, justify="right", no_wrap=True)
    for name, part in parts.items():
        table.add_row(*_cells(name, part))
    table.add_section()
    table.add_row(*_cells("all", whole))
    sections: list[RenderableType] = [table, _calibration(whole), _worst(whole)]
    if whole.flows.labelled:
        sections.append(_flows(whole, parts))
    if misses:
        sections.append(Text(f"Misses: {len(whole.misses)}", style="bold"))
        sections += [_render_miss(item) for item in whole.misses]
        sections.append(Text(f"Flows missed or wrong in {len(whole.flows.misses)} sentences", style="bold"))
        sections += [_render_flow_miss(*miss) for miss in whole.flows.misses]
    return Group(*sections)


def differences_json(differences: Sequence[Difference]) -> list[dict[str, str | None]]:
    """Give differences between two forms of a text as plain values."""
    return [
        {"document": d.document, "kind": d.kind, "text": d.text, "expected": d.expected, "found": d.found}
        for d in differences
    ]


def render_differences(differences: Sequence[Difference]) -> RenderableType:
    """List each sentence that another form of the text lacks, adds, or files elsewhere."""
    lines = [f"Differences from the labelled text: {len(differences) or 'none'}"]
    for item in differences:
        sides = f"{item.expected or 'no such sentence'} → {item.found or 'no such sentence'}"
        lines.append(f"{printable(item.document)}: {item.kind}: {sides}\n    {printable(shorten(item.text, 160))}")
    return Text("\n".join(lines))


def _figures(part: Evaluation) -> dict[str, float | None]:
    return {name: getattr(part, name) for name in FIGURES}


def _cells(name: str, part: Evaluation) -> list[str]:
    counts = part.counts
    return [
        name,
        str(counts["sentences"]),
        _share(part.boundaries),
        _share(part.accuracy),
        _share(part.accepted),
        _share(part.macro_f1),
        f"{counts['none_found']}/{counts['none']} of {counts['none_said']}",
        _share(part.secondary_f1),
        _share(part.calibration_error),
        _share(part.precision),
        _share(part.recall),
    ]


def _calibration(whole: Evaluation) -> Table:
    table = Table(title="Calibration of primary rows", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("label_probability", "rows", "mean", "right"):
        table.add_column(title, justify="right", no_wrap=True)
    for cell in whole.calibration:
        table.add_row(
            f"{cell.low:.1f}–{cell.high:.1f}", str(cell.rows), f"{cell.mean_probability:.3f}", f"{cell.right:.3f}"
        )
    return table


def _worst(whole: Evaluation) -> Text:
    gold = {code: figures for code, figures in whole.by_indicator.items() if figures["gold"]}
    ordered = sorted(gold.items(), key=lambda item: (item[1]["f1"], item[0]))[:_WORST]
    listed = ", ".join(f"{code} {figures['f1']:.2f} ({figures['gold']:.0f})" for code, figures in ordered)
    return Text(f"Worst indicators by F1 (gold sentences): {listed}")


def _flows(whole: Evaluation, parts: Mapping[str, Evaluation]) -> Table:
    table = Table(title="Flows: (sentence, role, place)", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Document", no_wrap=True, max_width=24)
    for title in ("labelled", "said", "right", "prec.", "recall", "F1"):
        table.add_column(title, justify="right", no_wrap=True)
    for name, part in [*parts.items(), ("all", whole)]:
        flows = part.flows
        counts = (str(number) for number in (flows.labelled, flows.said, flows.right))
        table.add_row(name, *counts, *map(_share, (flows.precision, flows.recall, flows.f1)))
    return table


def _flow_figures(part: Evaluation) -> dict[str, float | None]:
    return {"precision": part.flows.precision, "recall": part.flows.recall, "f1": part.flows.f1}


def _flow_counts(part: Evaluation) -> dict[str, int]:
    return {"flows": part.flows.labelled, "flows_said": part.flows.said, "flows_right": part.flows.right}


def _render_flow_miss(item: Judged, missed: Sequence[tuple[str, str]], wrong: Sequence[tuple[str, str]]) -> Text:
    said = [f"{word} {role} {place}" for word, pairs in (("missed", missed), ("wrong", wrong)) for role, place in pairs]
    return Text(f"{item.document}: {printable(', '.join(said))}\n    {printable(shorten(_text_of(item), 160))}")


def _render_miss(item: Judged) -> Text:
    miss = _miss(item)
    found = f"{miss['found']} ({miss['probability']:.2f})" if item.finding else "no such sentence"
    cues = f" · cues: {printable(str(miss['cues']))}" if miss["cues"] else ""
    return Text(f"{item.document}: {miss['gold']} → {found}{cues}\n    {printable(shorten(str(miss['text']), 160))}")


def _miss(item: Judged) -> dict[str, object]:
    finding, gold = item.finding, item.gold
    return {
        "document": item.document,
        "text": _text_of(item),
        "gold": gold.primary if gold else "not evidence",
        "also_accepted": sorted(gold.accepted) if gold else [],
        "found": item.found,
        "probability": round(finding.probability, 4) if finding else None,
        "runner_up": finding.runner_up if finding else None,
        "cues": "; ".join(finding.cues) if finding else None,
    }


def _text_of(item: Judged) -> str:
    if item.gold is not None:
        return item.gold.text
    return item.finding.sentence.text if item.finding is not None else ""


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
