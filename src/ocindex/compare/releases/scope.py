"""What a reader uses in, the condition that keeps just these rows of each table out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocindex.compare.releases.published import Published, Table, literal, quoted
from ocindex.errors import UnknownNameError

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Scope:
    """Countries, editions and indicators that a reader uses; empty means all."""

    iso3: tuple[str, ...] = ()
    edition: tuple[int, ...] = ()
    indicator: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.iso3 or self.edition or self.indicator)


def narrow(
    connection: duckdb.DuckDBPyConnection, old: Published, new: Published, scope: Scope
) -> dict[str, tuple[str, str] | None]:
    """Give the SQL conditions of each table's two sides; empty for all rows, None for a table left out.

    A row is kept if every column that was asked for and that the table has holds one of
    the values. A table with none of these columns, but with documents, keeps the
    rows of the documents that are kept; one with neither is left out.

    Raises
    ------
    UnknownNameError
        If a value that was asked for stands in neither side.
    """
    tables = {**old.tables, **new.tables}
    names = list(tables)
    if not scope:
        return dict.fromkeys(names, ("", ""))
    _refuse_unknown(connection, old, new, scope)
    conditions = {}
    for name in names:
        sides = [_condition(side, side.tables.get(name) or tables[name], scope) for side in (old, new)]
        conditions[name] = None if None in sides else (str(sides[0]), str(sides[1]))
    return conditions


def leave_out(connection: duckdb.DuckDBPyConnection, old: Published, new: Published, scope: Scope) -> None:
    """Take lines on tables without indicators away where single indicators were asked for.

    Not before the end: that a text changed says what the lines on its sentences follow from.
    """
    if scope.indicator:
        for name, table in {**old.tables, **new.tables}.items():
            if not {"indicator", "composite"} & set(table.columns):
                connection.execute("delete from lines where home = ? and key is not null", [name])


def _condition(side: Published, table: Table, scope: Scope) -> str | None:
    parts = list(_own(table, scope))
    documents = side.tables.get("documents")
    if "document_id" in table.columns and "iso3" not in table.columns and documents is not None:
        kept = " and ".join(_own(documents, scope))
        if kept:
            parts.append(f"document_id in (select document_id from {documents.relation} where {kept})")
    return " and ".join(parts) or None


def _own(table: Table, scope: Scope) -> Iterator[str]:
    for name, values in _asked(scope):
        # An average is an indicator's code too.
        column = "composite" if name == "indicator" and "composite" in table.columns else name
        if column in table.columns:
            yield f"{quoted(column)}::VARCHAR in ({', '.join(literal(value) for value in values)})"


def _asked(scope: Scope) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, values in (("iso3", scope.iso3), ("edition", scope.edition), ("indicator", scope.indicator)):
        if values:
            yield name, tuple(map(str, values))


def _refuse_unknown(connection: duckdb.DuckDBPyConnection, old: Published, new: Published, scope: Scope) -> None:
    for name, values in _asked(scope):
        tables = [
            (table, column)
            for side in (old, new)
            for table in side.tables.values()
            for column in (name, "composite" if name == "indicator" else name)
            if column in table.columns
        ]
        for value in values:
            held = any(
                connection.execute(
                    f"select 1 from {table.relation} where {quoted(column)}::VARCHAR = ? limit 1", [value]
                ).fetchone()
                for table, column in tables
            )
            if not held:
                raise UnknownNameError(
                    f"found {name} {value!r} on neither side; expected one that {old.label} or {new.label} has."
                )
