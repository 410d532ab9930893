"""One line of a comparison in, the words that say it to people out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple, TypeGuard

Line = Mapping[str, object]

_STRUCTURE = {
    "table_added": "new table {table}",
    "table_removed": "table {table} is gone",
    "column_added": "new column {table}.{column} ({new})",
    "column_removed": "column {table}.{column} is gone",
    "column_retyped": "column {table}.{column} was retyped: {old}, now {new}",
    "columns_reordered": "columns of {table} stand in another order",
    "rows_reordered": "rows of {table} stand in another order",
    "key_changed": "the key of {table} was {old}, now {new}",
    "code_added": "new code {new} in {table}.{column}",
    "code_removed": "code {old} of {table}.{column} is gone",
    "description_changed": "{table}.{column} is described otherwise",
    "unit_changed": "the unit of {table}.{column} was {old}, now {new}",
    "required_changed": "whether {table}.{column} must be filled was {old}, now {new}",
    "tolerance_changed": "the tolerance of {table}.{column} was {old}, now {new}",
}
_ROWS = {
    ("evidence", "added"): "new evidence",
    ("evidence", "removed"): "evidence gone",
    ("evidence", "edited"): "sentence edited",
    ("documents", "added"): "new document",
    ("documents", "removed"): "document gone",
}
_TEXTS = ("text", "quote", "message", "note", "title")


class Words(NamedTuple):
    """What a line says: a headline, where, and the old and new text that it is about (null: none)."""

    headline: str
    place: str
    old: str | None = None
    new: str | None = None


def describe_line(line: Line) -> Words:
    """Say one line of a comparison.

    Parameters
    ----------
    line : mapping
        One row of ``Changes.lines``.

    Returns
    -------
    Words
        Not escaped: whoever prints it escapes source text.

    Examples
    --------
    >>> line = {"table": "indicators", "kind": "changed", "column": "score", "old": "6.5", "new": "7.0"}
    >>> describe_line({**line, "key": '{"iso3":"PER","edition":"2021"}', "iso3": "PER", "edition": 2021})[:2]
    ('score 6.5, now 7.0 (+0.5)', 'indicators: PER 2021')
    """
    kind, table = str(line["kind"]), str(line["table"])
    if kind in _STRUCTURE:
        shown = {name: "nothing" if line.get(name) is None else line[name] for name in ("column", "old", "new")}
        return Words(_STRUCTURE[kind].format(table=table, **shown), table)
    if line.get("column") is None:
        return _describe_row(line, kind, table)
    return _describe_cell(line, kind, table)


def describe_group(group: Line) -> str:
    """Say how many rows of one kind came or went in a table (and edition), and of how many countries."""
    where = f", edition {group['edition']}" if group["edition"] is not None else ""
    countries = int(str(group["iso3_count_distinct"]))
    whose = f", {countries} countries" if countries > 1 else ""
    return f"{group['key_count']} rows {group['kind']} in {group['table']}{where}{whose}"


def row_values(value: object) -> dict[str, str | None]:
    """Give the values of a whole row's line; none where there is no row on that side."""
    return dict(json.loads(value)) if isinstance(value, str) else {}


def name_place(line: Line) -> str:
    """Say where a line stands: table, country, edition, indicator, else the key."""
    named = [str(line[name]) for name in ("iso3", "edition", "indicator") if line.get(name) is not None]
    key = row_values(line.get("key"))
    if not set(key) & {"iso3", "edition", "indicator", "evidence_id"}:
        named = [str(value) for value in key.values()]
    elif "composite" in key:
        named.append(str(key["composite"]))
    return f"{line['table']}: {' '.join(named)}"


def _describe_row(line: Line, kind: str, table: str) -> Words:
    old, new = row_values(line["old"]), row_values(line["new"])
    headline = _ROWS.get((table, kind), f"row {kind}")
    if kind == "moved":
        headline = f"moved from {old.get('start')} to {new.get('start')}"
    elif kind == "relabelled":
        headline = f"same words, other indicator: {old.get('indicator')}, now {new.get('indicator')}"
        return Words(headline, name_place(line), new.get("text"), new.get("text"))
    elif table == "documents":
        # A document's title says which it is; its text is a page long.
        return Words(headline, name_place(line), old.get("title"), new.get("title"))
    return Words(headline, name_place(line), old.get("text"), new.get("text"))


def _describe_cell(line: Line, kind: str, table: str) -> Words:
    column, old, new = str(line["column"]), line["old"], line["new"]
    place = name_place(line)
    if kind == "moved":
        return Words(f"moved from {old} to {new}", place)
    if column == "sha256" and table == "documents":
        return Words("the document's bytes changed", place)
    if column in _TEXTS and (isinstance(old, str) or isinstance(new, str)):
        return Words(f"{column} changed", place, _text(old), _text(new))
    return Words(f"{column} {_shown(old)}, now {_shown(new)}{_step(old, new)}", place)


def _shown(value: object) -> str:
    return "(null)" if value is None else str(value) or '""'


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _step(old: object, new: object) -> str:
    if not (_is_number(old) and _is_number(new)):
        return ""
    return f" ({round(float(new) - float(old), 6):+g})"


def _is_number(value: object) -> TypeGuard[str]:
    if not isinstance(value, str):
        return False
    try:
        return float(value) == float(value)
    except ValueError:
        return False
