"""Two published tables in, the rows that differ, side by side, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocindex.compare.releases.published import ROW, Column, Table, quoted
from ocindex.errors import DatasetError

if TYPE_CHECKING:
    import duckdb
    import numpy as np

_NUMBERS = ("integer", "number")
BOTH = "(from aligned where o is not null and n is not null)"


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
        """Give the column of the table ``aligned`` that holds a column of a side, ``o`` or ``n``."""
        return f"{side}{list(self._side(side).columns).index(name)}"

    def row(self, side: str) -> str:
        """Give the SQL list that names a side's cells in ``aligned`` as its file does, with the row's number."""
        columns = self._side(side).columns
        return ", ".join([f"{side} as {ROW}", *(f"{self.cell(side, name)} as {quoted(name)}" for name in columns)])

    def _side(self, side: str) -> Table:
        return self.old if side == "o" else self.new


class RepeatedKeyError(DatasetError):
    """A key stands in two rows of ``table``."""

    def __init__(self, message: str, table: Table) -> None:
        super().__init__(message)
        self.table = table


def align(connection: duckdb.DuckDBPyConnection, pair: Pair) -> bool:
    """Match the rows of two tables by key, keep those that differ, and say whether the others changed their order.

    DuckDB joins 64-bit hashes of keys and values, so that no text enters the join, and
    then fetches only the old rows that differ: less memory than a plain join, for the time
    of reading the old file twice. Where keys stand twice, or their hashes meet by chance, the keys themselves
    are joined. After the call the connection has the temporary table ``aligned``: ``o`` and
    ``n``, the numbers of the rows in their files (null: no such row), and the cells as
    `Pair.cell` names them. It may hold rows that are the same on both sides.

    Raises
    ------
    RepeatedKeyError
        If a key stands in two rows of one side; the message names both.
    """
    is_reordered = None if pair.has_other_columns else _align_by_hash(connection, pair)
    return _align_by_key(connection, pair) if is_reordered is None else is_reordered


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


def _align_by_hash(connection: duckdb.DuckDBPyConnection, pair: Pair) -> bool | None:
    """Match rows by the hashes of their keys; None where a key or its hash stands twice."""
    import numpy as np

    keys, values = _compared(pair, pair.key), _compared(pair, pair.shared)
    key = [_hash([part[side] for part in keys]) for side in (0, 1)]
    # Values first: two keys with one hash would share that of the whole row, too.
    whole = [_hash([part[side] for part in values + keys]) for side in (0, 1)]
    connection.execute(
        f"""create or replace temp table hashes as
            select {key[0]} as k, {whole[0]} as whole, o.{ROW}::INTEGER as o from {_rows(pair, 0)}"""
    )
    # The same danger; an estimate costs next to nothing and suffices against it.
    if connection.execute("select count(*) > 2 * approx_count_distinct(k) from hashes").fetchall()[0][0]:
        return None
    rows = connection.execute(
        f"select coalesce(h.o, -1) as o, coalesce(n.n, -1) as n from hashes h "
        f"full join (select {key[1]} as k, n.{ROW}::INTEGER as n from {_rows(pair, 1)}) n on n.k = h.k"
    ).fetchnumpy()
    old, new = np.asarray(rows["o"]), np.asarray(rows["n"])
    both = (old >= 0) & (new >= 0)
    if _has_repeated(old[both]) or _has_repeated(new[both]):
        return None
    is_reordered = _is_reordered(old[both], new[both])
    connection.register("gone", {"o": old[new < 0]})
    touched = f"""select h.o, n.{ROW}::INTEGER as n, {_cells(pair, "n")} from {_rows(pair, 1)}
        left join hashes h on h.k = {key[1]} where h.whole is distinct from {whole[1]}"""
    # One statement: what differs on the new side waits in the join, not in a table of its own.
    connection.execute(
        f"""create or replace temp table aligned as select t.*, {_cells(pair, "o")}
            from {pair.old.relation} o right join ({touched} union all by name select o from gone) t on t.o = o.{ROW}"""
    )
    connection.execute("drop table hashes")
    connection.unregister("gone")
    alone = [
        f"(select {pair.row(side)} from aligned where {other} is null)" for side, other in (("o", "n"), ("n", "o"))
    ]
    _refuse_repeated_keys(connection, pair, alone)
    return None if _keys_differ(connection, pair) else is_reordered


def _align_by_key(connection: duckdb.DuckDBPyConnection, pair: Pair) -> bool:
    """Match rows by the keys themselves and keep every row: where a column came or went, each differs."""
    import numpy as np

    # First: of a key that stands in a thousand rows of each side, a join makes a million.
    _refuse_repeated_keys(connection, pair, [_rows(pair, side) for side in (0, 1)])
    on = " and ".join(f"{left} is not distinct from {right}" for left, right in _compared(pair, pair.key))
    connection.execute(
        f"create or replace temp table aligned as select o.{ROW}::INTEGER as o, n.{ROW}::INTEGER as n, "
        f"{_cells(pair, 'o')}, {_cells(pair, 'n')} from {_rows(pair, 0)} full join {_rows(pair, 1)} on {on}"
    )
    rows = connection.execute(f"select o, n from {BOTH}").fetchnumpy()
    return _is_reordered(np.asarray(rows["o"]), np.asarray(rows["n"]))


def _cells(pair: Pair, side: str) -> str:
    columns = (pair.old if side == "o" else pair.new).columns
    return ", ".join(f"{side}.{quoted(name)} as {pair.cell(side, name)}" for name in columns)


def _compared(pair: Pair, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [comparable(pair.old.columns[name], pair.new.columns[name]) for name in names]


def _hash(values: list[str]) -> str:
    return f"hash({', '.join(values)})"


def _rows(pair: Pair, side: int) -> str:
    """Give the SQL of one side's rows, as ``o`` or ``n``, narrowed."""
    table, alias = ((pair.old, "o"), (pair.new, "n"))[side]
    if not pair.narrowed[side]:
        return f"{table.relation} {alias}"
    return f"(select * from {table.relation} where {pair.narrowed[side]}) {alias}"


def _has_repeated(numbers: np.ndarray) -> bool:
    """Whether a row is in two pairs: its key stands twice on the other side."""
    import numpy as np

    return bool(np.bincount(numbers, minlength=1).max() > 1)


def _is_reordered(old: np.ndarray, new: np.ndarray) -> bool:
    import numpy as np

    if not len(old):
        return False
    places = np.full(int(old.max()) + 1, -1, dtype=np.int32)
    places[old] = new
    shared = places[places >= 0]
    return bool((shared[1:] < shared[:-1]).any())


def _refuse_repeated_keys(connection: duckdb.DuckDBPyConnection, pair: Pair, sources: Sequence[str]) -> None:
    key = ", ".join(map(quoted, pair.key))
    for table, source in zip((pair.old, pair.new), sources, strict=True):
        found = connection.execute(
            f"select list({ROW} order by {ROW})[:2], {key} from {source} group by {key} having count(*) > 1 "
            f"order by min({ROW}) limit 1"
        ).fetchone()
        if found is not None:
            rows, *values = found
            named = ", ".join(f"{name} {value!r}" for name, value in zip(pair.key, values, strict=True))
            raise RepeatedKeyError(
                f"{table.path}: found the key {named} in the rows {rows[0] + 1} and {rows[1] + 1}; expected it once: a "
                "comparison would pair them by chance; correct the table or choose another key.",
                table,
            )


def _keys_differ(connection: duckdb.DuckDBPyConnection, pair: Pair) -> bool:
    unequal = " or ".join(
        "{} is distinct from {}".format(
            *comparable(pair.old.columns[name], pair.new.columns[name], pair.cell("o", name), pair.cell("n", name))
        )
        for name in pair.key
    )
    return bool(connection.execute(f"select 1 from {BOTH} where {unequal} limit 1").fetchall())
