"""Two versions of one table in, the SQL that names and compares their rows, keys and cells out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocindex.compare.releases.published import ROW, Column, Table, quoted

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_NUMBERS = ("integer", "number")
_ZONED = "TIME WITH TIME ZONE"
# What `show_aligned` shows: rows of both sides, of the old one only, of the new one only.
BOTH = "(from aligned where o is not null and n is not null)"
GONE = "(from aligned where n is null and o not in (select o from across))"
CAME = "(from aligned where o is null and n not in (select n from across))"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of one table, with what both have and how it is compared.

    ``key`` are the columns by which rows are matched, ``shared`` the other columns that
    both have; ``narrowed`` is an SQL condition per side, empty for all rows.
    """

    old: Table
    new: Table
    key: tuple[str, ...]
    shared: tuple[str, ...]
    narrowed: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.new.name

    @property
    def has_other_columns(self) -> bool:
        """Whether a column came or went, so that every row differs."""
        return set(self.old.columns) != set(self.new.columns)

    def cell(self, side: str, name: str) -> str:
        """Give the column of the view ``aligned`` that holds a column of a side, ``o`` or ``n``."""
        return f"{side}{list(self._side(side).columns).index(name)}"

    def row(self, side: str, *, numbered: bool = True) -> str:
        """Give the SQL list that names a side's cells in ``aligned`` as its file does, with the row's number or not."""
        cells = [f"{self.cell(side, name)} as {quoted(name)}" for name in self._side(side).columns]
        return ", ".join([f"{side} as {ROW}", *cells] if numbered else cells)

    def cells(self, side: str) -> str:
        """Give the SQL list of a side's cells, from its file's rows to ``aligned``."""
        columns = self._side(side).columns.values()
        # Arrow has no time with a zone; as text it keeps it.
        values = (f"{side}.{quoted(column.name)}" + "::VARCHAR" * (column.kind == _ZONED) for column in columns)
        return ", ".join(
            f"{value} as {self.cell(side, name)}" for value, name in zip(values, self._side(side).columns, strict=True)
        )

    def rows(self, side: str, condition: str = "") -> str:
        """Give the SQL of one side's rows, as ``o`` or ``n``: narrowed, and those that meet the condition."""
        relation, narrowed = self._side(side).relation, self.narrowed[side == "n"]
        conditions = " and ".join(f"({part})" for part in (narrowed, condition) if part)
        return f"(select * from {relation} where {conditions}) {side}" if conditions else f"{relation} {side}"

    def compared(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """Give the SQL of some columns on both sides, as `comparable` does."""
        return [comparable(self.old.columns[name], self.new.columns[name]) for name in names]

    def _side(self, side: str) -> Table:
        return self.old if side == "o" else self.new


@dataclass(frozen=True, slots=True)
class Aligned:
    """The rows of two tables that differ, side by side, in memory.

    ``rows`` has ``o`` and ``n``, the numbers of the rows in their files (null: no such row), and the
    cells as `Pair.cell` names them; it may hold rows that are the same on both sides. ``across``
    has the ``o`` and ``n`` of pairs that also stand there as rows of one side.
    """

    rows: pa.Table
    across: pa.Table | None = None
    is_reordered: bool = False


def show_aligned(connection: duckdb.DuckDBPyConnection, aligned: Aligned) -> None:
    """Show rows as the view ``aligned``, from which `BOTH`, `GONE` and `CAME` take theirs."""
    across = "select null::INTEGER as o, null::INTEGER as n where false"
    connection.register("joined", aligned.rows)
    if aligned.across is not None:
        connection.register("late", aligned.across)
        across = "select o, n from late"
    connection.execute("create or replace temp view aligned as from joined")
    connection.execute(f"create or replace temp view across as {across}")


def comparable(old: Column, new: Column, left: str = "", right: str = "") -> tuple[str, str]:
    """Give the SQL of a column on both sides, cast so that 5 equals 5.0.

    A number equals the text that writes it without padding: 5 and "5", not "05".

    Parameters
    ----------
    old, new : Column
    left, right : str
        SQL of the two values; ``o.`` and ``n.`` with the column's name without them.
    """
    left, right = left or f"o.{quoted(old.name)}", right or f"n.{quoted(new.name)}"
    if old.kind == new.kind:
        return left, right
    kinds = (old.logical, new.logical)
    if kinds == ("integer", "integer"):
        return f"{left}::HUGEINT", f"{right}::HUGEINT"
    if all(kind in _NUMBERS for kind in kinds):
        return f"{left}::DOUBLE", f"{right}::DOUBLE"
    return as_text(left, old.kind), as_text(right, new.kind)


def as_text(value: str, kind: str) -> str:
    """Give the SQL of a value as text; a whole number is written without ``.0``, whatever its type."""
    return rf"regexp_replace({value}::VARCHAR, '\.0$', '')" if kind in ("DOUBLE", "FLOAT") else f"{value}::VARCHAR"
