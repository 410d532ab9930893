"""Two aligned tables in, one line per difference out: cells, rows, and what follows from a column that came or went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ocindex.compare.releases.alignment import JOINED, Pair, comparable
from ocindex.compare.releases.effects import (
    BREAKING,
    COSMETIC,
    COVERAGE,
    Rule,
    effect_of_row,
    rule_of_cell,
    size_of_row,
)
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


def add_lines(connection: duckdb.DuckDBPyConnection, pair: Pair) -> None:
    """Add one line per changed cell, added row and removed row of an aligned pair of tables.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        As `ocindex.compare.releases.alignment.align` leaves it.
    pair : Pair
    """
    _join(connection, pair)
    if pair.shared:
        # One statement: DuckDB works on several columns at a time.
        changed = " union all ".join(_changed_cells(pair, index) for index in range(len(pair.shared)))
        connection.execute(f"insert into lines {changed}")
    connection.execute("drop table joined")
    for name in pair.new.columns:
        if name not in pair.old.columns:
            _add_one_sided(connection, pair, name, kind="filled", effect=COVERAGE)
    for name in pair.old.columns:
        if name not in pair.new.columns:
            _add_one_sided(connection, pair, name, kind="dropped", effect=BREAKING)
    where = {
        "removed": f"from side_old t where t.{ROW} in (select o from pairs where n = -1)",
        "added": f"from side_new t where t.{ROW} in (select n from pairs where o = -1)",
    }
    for kind, table in (("removed", pair.old), ("added", pair.new)):
        add_rows(connection, table, where[kind], kind, key=pair.key)


def add_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, source: str, kind: str, *, key: Sequence[str]
) -> None:
    """Add one line per row of ``source`` (from … where …, alias ``t``), with all of its values as JSON."""
    values = _json(table.columns, "t")
    old, new = (values, "null") if kind == "removed" else ("null", values)
    numbers = f"t.{ROW}, null" if kind == "removed" else f"null, t.{ROW}"
    connection.execute(
        f"insert into lines select {literal(table.name)}, '{kind}', {key_of(key, 't')}, null, {old}, {new}, "
        f"'{effect_of_row(table.name, kind)}', {size_of_row(table.name, frozenset(table.columns))}, null, null, "
        f"{_context(table, 't')}, {numbers} {source}"
    )


def key_of(key: Sequence[str], alias: str) -> str:
    """Give the SQL of a row's key: a JSON object of texts, null for null."""
    return _json(key, alias)


def _json(names: Iterable[str], alias: str) -> str:
    parts = ", ".join(f"{literal(name)}, {alias}.{quoted(name)}::VARCHAR" for name in names)
    return f"json_object({parts})::VARCHAR"


def _join(connection: duckdb.DuckDBPyConnection, pair: Pair) -> None:
    """Put the two versions of each changed row side by side, once for all columns."""
    cells = "".join(
        f", o.{quoted(name)} as o{index}, n.{quoted(name)} as n{index}" for index, name in enumerate(pair.shared)
    )
    connection.execute(
        f"create or replace temp table joined as select {key_of(pair.key, 'n')} as key, "
        f"{_context(pair.new, 'n', named=True)}, p.o, p.n{cells} from {JOINED}"
    )


def _changed_cells(pair: Pair, index: int) -> str:
    """Give the SQL of one column's changed cells."""
    name = pair.shared[index]
    old, new = pair.old.columns[name], pair.new.columns[name]
    a, b = comparable(old, new, f"o{index}", f"n{index}")
    rule = rule_of_cell(_judged(old, new))
    tolerance = new.tolerance or old.tolerance
    near = "false"
    if tolerance and (old.logical, new.logical) == ("number", "number"):
        # The sum is binary: 6.36 - 6.35 is a hair more than 0.01.
        near = f"coalesce(abs(a - b) <= {tolerance} + 1e-9, false)"
        effect = f"case when {near} then '{COSMETIC}' else {rule.effect} end"
        rule = Rule(effect, f"case when {near} then 0 else {rule.size} end")
    return f"""select {literal(pair.name)}, case when {near} then 'tolerated' else 'changed' end, key,
            {literal(name)}, old, new, {rule.effect}, {rule.size}, null, case when {near} then 'tolerance' end,
            {", ".join(f"c_{column}" for column in CONTEXT)}, o, n
            from (select *, {a} as a, {b} as b, o{index}::VARCHAR as old, n{index}::VARCHAR as new from joined
                where {a} is distinct from {b})"""


def _add_one_sided(connection: duckdb.DuckDBPyConnection, pair: Pair, name: str, *, kind: str, effect: str) -> None:
    side = "n" if kind == "filled" else "o"
    value = f"{side}.{quoted(name)}"
    old, new = ("null", f"{value}::VARCHAR") if kind == "filled" else (f"{value}::VARCHAR", "null")
    connection.execute(
        f"""insert into lines select {literal(pair.name)}, '{kind}', {key_of(pair.key, "n")}, {literal(name)},
            {old}, {new}, '{effect}', 0, null, 'column', {_context(pair.new, "n")}, p.o, p.n
            from {JOINED} where {value} is not null"""
    )


def _judged(old: Column, new: Column) -> Column:
    """Give the column whose type says how far two values are apart; of a retyped one nobody can say."""
    numbers = ("integer", "number")
    if old.logical == new.logical or (old.logical in numbers and new.logical in numbers):
        return new
    return Column(new.name, "RETYPED")


def _context(table: Table, alias: str, *, named: bool = False) -> str:
    parts = []
    for name, kind in CONTEXT.items():
        value = f"try_cast({alias}.{quoted(name)} as {kind})" if name in table.columns else f"null::{kind}"
        parts.append(f"{value} as c_{name}" if named else value)
    return ", ".join(parts)
