"""Every difference between two releases in, the report for the terminal and for programs out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from ocindex.compare.releases.changes import Changes, Origin
from ocindex.compare.releases.words import CAME, CUT, SAME, Piece, differing_words
from ocindex.report.changeline import Line, describe_group, describe_line
from ocindex.report.printable import printable, shorten

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import RenderableType

SHOWN = 10
_STYLES = {"breaking": "bold red", "revision": "yellow", "coverage": "green", "cosmetic": "dim"}
_AROUND = 60
_LONG = 400
_FEW = 3
_BATCH = 10_000


def render_changes(changes: Changes, *, everything: bool = False) -> RenderableType:
    """Lay out a comparison: the summary, the changes that matter most, then counts.

    ``everything`` lists every change, also those that merely follow from others.
    """
    old, new = (printable(_name(origin)) for origin in (changes.old, changes.new))
    if not changes.summary:
        return Text(f"{old} and {new} are the same.")
    following = sum(item.following for item in changes.summary)
    totals = Text.assemble(
        *_join([Text(f"{n} {effect}", style=_STYLES[effect]) for effect, n in changes.totals().items()])
    )
    if following:
        totals.append(f"; {following} more lines follow from these", style="dim")
    header = Text(f"{old} to {new}: {'same within tolerance' if changes.is_same else 'different'}, ")
    header.append(f"{changes.bump} release", style="bold")
    parts: list[RenderableType] = [header, totals, Text()]
    groups, alone = (changes.lines.slice(0, 0), changes.lines) if everything else leading_lines(changes.lines)
    shown = alone if everything else alone.slice(0, SHOWN)
    parts += [_render_group(group) for group in groups.to_pylist()]
    for batch in shown.to_batches(_BATCH):
        parts += [_render_line(line) for line in batch.to_pylist()]
    if len(alone) > len(shown):
        parts.append(Text(f"… and {len(alone) - len(shown)} more: --all, --format json or html", style="dim"))
    return Group(*parts, Text(), _render_counts(changes))


def changes_json(changes: Changes) -> Iterator[str]:
    """Give a comparison as JSON, complete, piece by piece; ``schema/changes.schema.json`` describes it."""
    head = {
        "old": _origin(changes.old),
        "new": _origin(changes.new),
        "same": changes.is_same,
        "bump": changes.bump,
        "totals": changes.totals(),
        "summary": [{name: getattr(item, name) for name in item.__slots__} for item in changes.summary],
    }
    text = json.dumps(head, indent=2, ensure_ascii=False)
    yield text.removesuffix("\n}") + ',\n  "changes": ['
    first = True
    for batch in changes.lines.to_batches(_BATCH):
        for line in batch.to_pylist():
            yield ("" if first else ",") + "\n    " + json.dumps(_plain(line), ensure_ascii=False, allow_nan=False)
            first = False
    yield "]\n}\n" if first else "\n  ]\n}\n"


def _name(origin: Origin) -> str:
    return f"{origin.place} ({origin.version})" if origin.version and origin.version != origin.place else origin.place


def _origin(origin: Origin) -> dict[str, str | None]:
    return {"place": origin.place, "version": origin.version or None, "content": origin.content or None}


def _plain(line: dict[str, object]) -> dict[str, object]:
    """Open up the JSON inside a line: the key, and a whole row's values."""
    opened = dict(line)
    for name in ("key", "old", "new"):
        value = line[name]
        if isinstance(value, str) and line["key"] is not None and (name == "key" or line["column"] is None):
            opened[name] = json.loads(value)
    return opened


def leading_lines(lines: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Give groups of whole rows that came or went in numbers, and the other lines that lead.

    One line on a group says more than thousands on its rows; a group has effect, table,
    kind, edition, cause, ``key_count`` and ``iso3_count_distinct``.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    leading = lines.filter(pc.is_null(lines["follows"]))
    is_row = pc.and_(pc.is_valid(leading["key"]), pc.is_null(leading["column"]))
    is_row = pc.and_(is_row, pc.is_in(leading["kind"], pa.array(["added", "removed"])))
    rows = leading.filter(is_row)
    keys = ["effect", "table", "kind", "edition", "cause"]
    groups = rows.group_by(keys, use_threads=False).aggregate(
        [("key", "count"), ("iso3", "count_distinct"), ("key", "first")]
    )
    groups = groups.filter(pc.greater(groups["key_count"], _FEW))
    many = {tuple(group[name] for name in keys) for group in groups.to_pylist()}
    listed = zip(*(leading[name].to_pylist() for name in keys), is_row.to_pylist(), strict=True) if many else ()
    kept = [not (row[-1] and row[:-1] in many) for row in listed]
    return groups, leading.filter(pa.array(kept)) if many else leading


def _render_group(group: Line) -> Text:
    effect = str(group["effect"])
    text = Text(f"{effect:<9} ", style=_STYLES[effect])
    return text.append(printable(describe_group(group)), style="default").append(_because(group), style="dim")


def _render_line(line: Line) -> Text:
    words = describe_line(line)
    effect = str(line["effect"])
    text = Text(f"{effect:<9} ", style=_STYLES[effect])
    text.append(printable(words.headline), style="default")
    if words.place != line["table"]:
        text.append(f"  {printable(words.place)}", style="dim")
    text.append(_because(line), style="dim")
    if words.old is not None and words.new is not None and words.old != words.new:
        text.append("\n          ").append_text(mark_words(differing_words(words.old, words.new)))
    elif words.old is not None or words.new is not None:
        sign, said = (
            ("", words.new) if words.new == words.old else ("− ", words.old) if words.new is None else ("+ ", words.new)
        )
        text.append(f"\n          {sign}{printable(shorten(said or '', _LONG))}", style="default")
    return text


def mark_words(pieces: list[Piece]) -> Text:
    """Mark what was cut as [-…-] and what came as {+…+}; long unchanged stretches are shortened."""
    text = Text(style="default")
    for number, piece in enumerate(pieces):
        gap = " " if piece.text[:1].isspace() else ""
        words = printable(piece.text)
        if piece.kind == SAME:
            text.append(gap + _shorten_same(words, is_first=number == 0, is_last=number == len(pieces) - 1))
        elif piece.kind == CUT:
            text.append(f"{gap}[-{words}-]", style="red")
        elif piece.kind == CAME:
            text.append(f"{gap}{{+{words}+}}", style="green")
    return text


def _shorten_same(words: str, *, is_first: bool, is_last: bool) -> str:
    if len(words) <= 2 * _AROUND:
        return words
    before = "" if is_first else words[:_AROUND].rsplit(" ", 1)[0] + " "
    after = "" if is_last else " " + words[-_AROUND:].split(" ", 1)[-1]
    return f"{before}…{after}"


def _because(line: Line) -> str:
    parts = [str(line[name]) for name in ("cause",) if line.get(name) is not None]
    if line.get("follows") is not None:
        parts.append(f"follows from {line['follows']}")
    return f"  [{', '.join(parts)}]" if parts else ""


def _render_counts(changes: Changes) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for title in ("Table", "What", "Effect", "Cause"):
        table.add_column(title, no_wrap=True)
    for title in ("Changes", "Follow"):
        table.add_column(title, justify="right", no_wrap=True)
    for item in changes.summary:
        what = item.kind if item.column is None else f"{item.column} {item.kind}"
        cells = (item.table, what, item.effect, item.cause or "")
        numbers = (str(item.changes or ""), str(item.following or ""))
        table.add_row(*(Text(printable(cell)) for cell in cells), *numbers)
    return table


def _join(texts: list[Text]) -> list[Text]:
    joined: list[Text] = []
    for text in texts:
        joined += [Text(" · "), text] if joined else [text]
    return joined
