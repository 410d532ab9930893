"""Two published datasets in, what changed in their tables, columns, keys and code lists out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ocindex.compare.releases.effects import (
    BREAKING,
    CODE_SIZE,
    COLUMN_SIZE,
    COSMETIC,
    COVERAGE,
    KEY_SIZE,
    SMALLEST,
    TABLE_SIZE,
    TYPE_SIZE,
)
from ocindex.compare.releases.published import Column, Published, Table

if TYPE_CHECKING:
    import duckdb


class Structural(NamedTuple):
    """One difference that is not in the data but in what holds it."""

    table: str
    kind: str
    column: str | None
    old: str | None
    new: str | None
    effect: str
    size: float
    follows: str | None = None


def compare_structure(old: Published, new: Published) -> list[Structural]:
    """List tables, columns, types, keys and codes that came, went or changed.

    A table or column that is gone, a type or key that is another and a code that may no
    longer occur break whoever relied on it; what is new is coverage; descriptions,
    units and the order of columns are cosmetic.
    """
    found: list[Structural] = []
    for name in old.tables:
        if name not in new.tables:
            found += _whole_table(old.tables[name], "removed")
    for name, table in new.tables.items():
        if name in old.tables:
            found += _compare_tables(old.tables[name], table)
        else:
            found += _whole_table(table, "added")
    return found


def rows_reordered(table: str) -> list[Structural]:
    """Say that rows of a table stand in another order."""
    return [Structural(table, "rows_reordered", None, None, None, COSMETIC, SMALLEST)]


def add_structure(connection: duckdb.DuckDBPyConnection, found: Iterable[Structural]) -> None:
    """Add the differences to the table ``lines``; a change of structure is a change of method."""
    for line in found:
        connection.execute(
            "insert into lines (home, kind, field, old, new, effect, size, cause, follows) "
            "values (?, ?, ?, ?, ?, ?, ?, 'method', ?)",
            [line.table, line.kind, line.column, line.old, line.new, line.effect, line.size, line.follows],
        )


def is_retyped(old: Column, new: Column, *, is_text: bool) -> bool:
    """Whether a column has another type; in CSV 16 and 64 bits are one, and a column without values has none."""
    if not (old.is_typed and new.is_typed):
        return False
    return old.logical != new.logical if is_text else old.kind != new.kind


def applied_order(old: Table, new: Table) -> list[str]:
    """Give the order of columns after the removed ones went and the added ones came at the end, by name."""
    kept = [name for name in old.columns if name in new.columns]
    return kept + sorted(name for name in new.columns if name not in old.columns)


def _whole_table(table: Table, event: str) -> Iterator[Structural]:
    effect, size = (COVERAGE, TABLE_SIZE) if event == "added" else (BREAKING, TABLE_SIZE)
    shape = json.dumps({"key": list(table.key), "columns": list(table.columns)}, ensure_ascii=False)
    old, new = (None, shape) if event == "added" else (shape, None)
    yield Structural(table.name, f"table_{event}", None, old, new, effect, size)
    for column in table.columns.values():
        old, new = (None, column.kind) if event == "added" else (column.kind, None)
        yield Structural(table.name, f"column_{event}", column.name, old, new, effect, COLUMN_SIZE, "table")


def _compare_tables(old: Table, new: Table) -> Iterator[Structural]:
    name = new.name
    if old.key != new.key:
        yield Structural(name, "key_changed", None, json.dumps(old.key), json.dumps(new.key), BREAKING, KEY_SIZE)
    for column in old.columns.values():
        if column.name not in new.columns:
            yield Structural(name, "column_removed", column.name, column.kind, None, BREAKING, COLUMN_SIZE)
    for column in new.columns.values():
        if column.name not in old.columns:
            yield Structural(name, "column_added", column.name, None, column.kind, COVERAGE, COLUMN_SIZE)
        else:
            yield from _compare_columns(name, old.columns[column.name], column, is_text=old.is_text or new.is_text)
    if applied_order(old, new) != list(new.columns):
        before, after = json.dumps(list(old.columns)), json.dumps(list(new.columns))
        yield Structural(name, "columns_reordered", None, before, after, COSMETIC, SMALLEST)


def _compare_columns(table: str, old: Column, new: Column, *, is_text: bool) -> Iterator[Structural]:
    if is_retyped(old, new, is_text=is_text):
        yield Structural(table, "column_retyped", new.name, old.kind, new.kind, BREAKING, TYPE_SIZE)
    if old.codes and new.codes:
        for code in old.codes:
            if code not in new.codes:
                yield Structural(table, "code_removed", new.name, code, None, BREAKING, CODE_SIZE)
        for code in new.codes:
            if code not in old.codes:
                yield Structural(table, "code_added", new.name, None, code, COVERAGE, CODE_SIZE)
    for what in ("description", "unit", "required", "tolerance"):
        before, after = getattr(old, what), getattr(new, what)
        if before != after and old.description and new.description:
            kind = f"{what}_changed"
            yield Structural(table, kind, new.name, str(before), str(after), COSMETIC, SMALLEST)
