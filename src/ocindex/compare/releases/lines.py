"""Two aligned tables in, the SQL of a line per difference out: cells, rows, what a column brought or took away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ocindex.compare.releases.effects import (
    BREAKING,
    COSMETIC,
    COVERAGE,
    Rule,
    effect_of_row,
    rule_of_cell,
    size_of_row,
)
from ocindex.compare.releases.pairs import BOTH, CAME, GONE, Pair, comparable
from ocindex.compare.releases.published import ROW, Column, Table, literal, quoted

if TYPE_CHECKING:
    import duckdb

# What a line says beyond its table, key and cell; null where the table has no such column.
CONTEXT = {"iso3": "VARCHAR", "edition": "INTEGER", "indicator": "VARCHAR", "document_id": "VARCHAR"}
_COLUMNS = (
    "home VARCHAR, kind VARCHAR, key VARCHAR, field VARCHAR, old VARCHAR, new VARCHAR, effect VARCHAR, "
    "size DOUBLE, cause VARCHAR, follows VARCHAR, "
    + ", ".join(f"{name} {kind}" for name, kind in CONTEXT.items())
    + ", o INTEGER, n INTEGER"
)


def prepare_lines(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty table ``lines``; ``o`` and ``n`` are row numbers in the two files."""
    connection.execute(f"create temp table lines ({_COLUMNS})")


def lines_of_pair(pair: Pair) -> list[str]:
    """Give the SQL of one line per changed cell, added row and removed row.

    Each reads the view ``aligned`` as `ocindex.compare.releases.alignment.align` leaves it,
    and has the columns of ``lines``.
    """
    came = [name for name in pair.new.columns if name not in pair.old.columns]
    went = [name for name in pair.old.columns if name not in pair.new.columns]
    found = [_changed_cells(pair, name) for name in pair.shared]
    found += [_one_sided(pair, name, kind="filled", effect=COVERAGE) for name in came]
    found += [_one_sided(pair, name, kind="dropped", effect=BREAKING) for name in went]
    for kind, table, side, rows in (("removed", pair.old, "o", GONE), ("added", pair.new, "n", CAME)):
        source = f"from (select {pair.row(side)} from {rows}) t"
        found.append(lines_of_rows(table, source, kind, key=pair.key))
    return found


def bare_cells(pair: Pair) -> str:
    """Give the SQL of the changed cells, with no more than ``key`` (a struct), ``column``, ``old`` and ``new``."""
    key = ", ".join(f"{quoted(name)} := {pair.cell('n', name)}" for name in pair.key)
    # A table that has nothing but its key has no cell to differ.
    found = [f"""select struct_pack({key}) as key, '' as "column", '' as old, '' as new from {BOTH} where false"""]
    for name in dict.fromkeys((*pair.new.columns, *pair.old.columns)):
        if name in pair.key:
            continue
        old = pair.cell("o", name) if name in pair.old.columns else "null"
        new = pair.cell("n", name) if name in pair.new.columns else "null"
        is_shared = name in pair.shared
        a, b = comparable(pair.old.columns[name], pair.new.columns[name], old, new) if is_shared else (old, new)
        found.append(
            f"""select struct_pack({key}), {literal(name)}, {old}::VARCHAR, {new}::VARCHAR from {BOTH}
            where {a} is distinct from {b}"""
        )
    return " union all ".join(found)


def lines_of_rows(table: Table, source: str, kind: str, *, key: Sequence[str]) -> str:
    """Give the SQL of one line per row of ``source`` (from … where …, alias ``t``), with all of its values as JSON."""
    values = {name: f"t.{quoted(name)}" for name in table.columns}
    row = _json(table.columns, values)
    old, new = (row, "null") if kind == "removed" else ("null", row)
    numbers = f"t.{ROW}, null" if kind == "removed" else f"null, t.{ROW}"
    return (
        f"select {literal(table.name)}, '{kind}', {_json(key, values)}, null, {old}, {new}, "
        f"'{effect_of_row(table.name, kind)}', {size_of_row(table.name, frozenset(table.columns))}, null, null, "
        f"{_context(values)}, {numbers} {source}"
    )


def _json(names: Iterable[str], values: Mapping[str, str]) -> str:
    """Give the SQL of a row or its key: a JSON object of texts, null for null."""
    parts = ", ".join(f"{literal(name)}, {values[name]}::VARCHAR" for name in names)
    return f"json_object({parts})::VARCHAR"


def _changed_cells(pair: Pair, name: str) -> str:
    """Give the SQL of one column's changed cells."""
    old, new = pair.old.columns[name], pair.new.columns[name]
    left, right = pair.cell("o", name), pair.cell("n", name)
    a, b = comparable(old, new, left, right)
    rule = rule_of_cell(_judged(old, new))
    tolerance = new.tolerance or old.tolerance
    near = "false"
    if tolerance and (old.logical, new.logical) == ("number", "number"):
        # The sum is binary: 6.36 - 6.35 is a hair more than 0.01.
        near = f"coalesce(abs(a - b) <= {tolerance} + 1e-9, false)"
        effect = f"case when {near} then '{COSMETIC}' else {rule.effect} end"
        rule = Rule(effect, f"case when {near} then 0 else {rule.size} end")
    values = _new_cells(pair)
    return f"""select {literal(pair.name)}, case when {near} then 'tolerated' else 'changed' end,
            {_json(pair.key, values)},
            {literal(name)}, old, new, {rule.effect}, {rule.size}, null, case when {near} then 'tolerance' end,
            {_context(values)}, o, n
            from (select *, {a} as a, {b} as b, {left}::VARCHAR as old, {right}::VARCHAR as new from {BOTH}
                where {a} is distinct from {b})"""


def _one_sided(pair: Pair, name: str, *, kind: str, effect: str) -> str:
    """Give the SQL of the cells that a column brought or took away."""
    value = pair.cell("n" if kind == "filled" else "o", name)
    old, new = ("null", f"{value}::VARCHAR") if kind == "filled" else (f"{value}::VARCHAR", "null")
    values = _new_cells(pair)
    return f"""select {literal(pair.name)}, '{kind}', {_json(pair.key, values)}, {literal(name)}, {old}, {new},
        '{effect}', 0, null, 'column', {_context(values)}, o, n from {BOTH} where {value} is not null"""


def _judged(old: Column, new: Column) -> Column:
    """Give the column whose type says how far two values are apart; of a retyped one nobody can say."""
    numbers = ("integer", "number")
    if old.logical == new.logical or (old.logical in numbers and new.logical in numbers):
        return new
    return Column(new.name, "RETYPED")


def _new_cells(pair: Pair) -> dict[str, str]:
    return {name: pair.cell("n", name) for name in pair.new.columns}


def _context(values: Mapping[str, str]) -> str:
    return ", ".join(
        f"try_cast({values[name]} as {kind})" if name in values else f"null::{kind}" for name, kind in CONTEXT.items()
    )
