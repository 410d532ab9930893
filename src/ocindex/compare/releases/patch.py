"""An old release and a change table in, the new release's tables out: the proof that a diff is complete."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.compare.releases.pairs import as_text
from ocindex.compare.releases.places import open_place
from ocindex.compare.releases.published import Published, literal, quoted, read_published

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa


def apply_changes(
    old: str | Path,
    changes: pd.DataFrame,
    *,
    key: str | Sequence[str] | None = None,
    releases: str | Path | None = None,
) -> dict[str, pa.Table]:
    """Make the new release from the old one and the change table between them.

    Parameters
    ----------
    old : str or pathlib.Path
        A place as `ocindex.diff` takes it.
    changes : pandas.DataFrame
        What ``Changes.table()`` gave, whole.
    key : str or sequence of str, optional
        Key of a single table.
    releases : str or pathlib.Path, optional
        Folder of releases.

    Returns
    -------
    dict of str to pyarrow.Table
        Every table of the new release, in its types, ordered by its key. A table in which
        nothing changed is read, not copied from the new release.
    """
    import duckdb

    keys = [key] if isinstance(key, str) else key
    with open_place(old, releases=releases) as path, duckdb.connect() as connection:
        side = read_published(connection, path, label=str(old), side="old", key=keys)
        connection.register("changes", changes)
        names = dict.fromkeys((*side.tables, *changes["table"]))
        gone = set(changes.loc[changes["kind"] == "table_removed", "table"])
        if not side.is_dataset and len(names) > 1:
            side = Published(side.label, {name: table for name in changes["table"] for table in side.tables.values()})
            names = dict.fromkeys(side.tables)
        return {name: _apply(connection, side, name) for name in names if name not in gone}


def tables_hash(tables: Mapping[str, pa.Table]) -> str:
    """Give the content hash that these tables have when they are published.

    Returns
    -------
    str
        SHA-256 in hex, as `ocindex.dataset.descriptor.content_hash` gives it for a folder.
    """
    from ocindex.dataset.csvfile import to_csv

    lines = [f"{hashlib.sha256(to_csv(tables[name])).hexdigest()}  csv/{name}.csv\n" for name in sorted(tables)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _apply(connection: duckdb.DuckDBPyConnection, side: Published, name: str) -> pa.Table:
    structure = connection.execute(
        'select kind, "column", old, new from changes where "table" = ? and key is null', [name]
    ).fetchall()
    table = side.tables.get(name)
    before = {column.name: column.kind for column in table.columns.values()} if table else {}
    after = _columns_after(before, structure)
    key = _key_after(list(table.key) if table else [], structure)
    parts = []
    if table is not None:
        keys = _keys_of_lines(connection, name, list(table.key))
        parts.append(_kept_rows(connection, name, table.relation, before, after, keys))
    parts.append(_new_rows(name, after))
    query = " union all ".join(parts) + " order by " + ", ".join(map(quoted, key))
    return connection.sql(query).to_arrow_table()


def _columns_after(before: Mapping[str, str], structure: Sequence[tuple[str, str, str, str]]) -> dict[str, str]:
    """Give the new columns and types, in their order."""
    columns = dict(before)
    for kind, column, _, new in sorted(structure, key=lambda line: line[1] or ""):
        if kind == "column_removed":
            columns.pop(column)
        elif kind in ("column_added", "column_retyped"):
            columns[column] = new
    for kind, _, _, new in structure:
        if kind in ("columns_reordered", "table_added"):
            order = json.loads(new)["columns"] if kind == "table_added" else json.loads(new)
            columns = {column: columns[column] for column in order}
    return columns


def _key_after(key: list[str], structure: Sequence[tuple[str, str, str, str]]) -> list[str]:
    for kind, _, _, new in structure:
        if kind in ("key_changed", "table_added"):
            found = json.loads(new)
            return list(found["key"] if kind == "table_added" else found)
    return key


def _keys_of_lines(connection: duckdb.DuckDBPyConnection, name: str, default: list[str]) -> tuple[list[str], list[str]]:
    """Give the columns by which lines name rows that went, and rows that stayed."""
    found = []
    for is_row in (True, False):
        condition = '"column" is null and old is not null' if is_row else '"column" is not null'
        row = connection.execute(
            f'select key from changes where "table" = ? and key is not null and {condition} limit 1', [name]
        ).fetchone()
        found.append(list(json.loads(row[0])) if row else default)
    return found[0], found[1]


def _kept_rows(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    relation: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
    keys: tuple[Sequence[str], Sequence[str]],
) -> str:
    """Give the SQL of the old rows that stay, with their changed cells."""
    cells = f"""create or replace temp table {quoted("cells_" + name)} as
        select key, "column", new from changes where "table" = ? and key is not null and "column" is not null"""
    connection.execute(cells, [name])
    gone = f"""create or replace temp table {quoted("gone_" + name)} as
        select key from changes where "table" = ? and key is not null and "column" is null and old is not null"""
    connection.execute(gone, [name])
    changed = {
        row[0] for row in connection.execute(f'select distinct "column" from {quoted("cells_" + name)}').fetchall()
    }
    values, joins = [], []
    for index, (column, kind) in enumerate(after.items()):
        old = f"t.{quoted(column)}" if column in before else "null"
        if column in before and before[column] != kind:
            old = as_text(old, before[column]) if kind == "VARCHAR" else f"cast({old} as {kind})"
        if column in changed:
            joins.append(
                f"left join {quoted('cells_' + name)} c{index} on c{index}.key = t.new_key and "
                f'c{index}."column" = {literal(column)}'
            )
            old = f"case when c{index}.key is null then {old} else cast(c{index}.new as {kind}) end"
        values.append(f"{old} as {quoted(column)}")
    named = f"{_key_json(keys[0], before, before)} as old_key, {_key_json(keys[1], before, after)} as new_key"
    return (
        f"select {', '.join(values)} from (select *, {named} from {relation}) t {' '.join(joins)} "
        f"where t.old_key not in (select key from {quoted('gone_' + name)})"
    )


def _key_json(matched: Sequence[str], before: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """Give the SQL of a key as its lines write it: gone rows in the old types, changed ones in the new."""
    parts = []
    for column in matched:
        value = quoted(column)
        if kinds.get(column, before[column]) != before[column]:
            value = f"cast({value} as {kinds[column]})"
        parts.append(f"{literal(column)}, {value}::VARCHAR")
    return f"json_object({', '.join(parts)})::VARCHAR"


def _new_rows(name: str, after: Mapping[str, str]) -> str:
    """Give the SQL of the rows that came, each from the JSON of its values."""
    shape = literal(json.dumps(dict.fromkeys(after, "VARCHAR")))
    values = ", ".join(f"cast(v.{quoted(column)} as {kind}) as {quoted(column)}" for column, kind in after.items())
    return (
        f"select {values} from (select from_json(new, {shape}) as v from changes "
        f'where "table" = {literal(name)} and key is not null and "column" is null and new is not null)'
    )
