"""Two published tables in, which rows belong together and which of them differ out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocindex.compare.releases.published import ROW, Column, Table, quoted
from ocindex.errors import DatasetError

if TYPE_CHECKING:
    import duckdb
    import numpy as np

_NUMBERS = ("integer", "number")
JOINED = f"pairs p join side_old o on o.{ROW} = p.o join side_new n on n.{ROW} = p.n"


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


@dataclass(frozen=True, slots=True)
class Alignment:
    """Rows that differ, as row numbers from 0 (-1: no such row), and whether shared rows stand in another order."""

    old: np.ndarray
    new: np.ndarray
    is_reordered: bool


class RepeatedKeyError(DatasetError):
    """A key stands in two rows of ``table``."""

    def __init__(self, message: str, table: Table) -> None:
        super().__init__(message)
        self.table = table


def align(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Alignment:
    """Match the rows of two tables by key and keep those that differ.

    DuckDB joins 64-bit hashes of keys and values, so that no text enters the join, and
    then reads only the rows that differ: the time of a plain join at about half its
    memory. Where keys stand twice, or their hashes meet by chance, the keys themselves
    are joined. After the call the connection has the temporary tables ``side_old``,
    ``side_new`` (the rows that differ) and ``pairs`` (o, n).

    Raises
    ------
    RepeatedKeyError
        If a key stands in two rows of one side; the message names both.
    """
    found = None if pair.has_other_columns else _align_by_hash(connection, pair)
    return found or _align_by_key(connection, pair)


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


def _align_by_hash(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Alignment | None:
    """Match rows by the hashes of their keys; None where a key or its hash stands twice."""
    import numpy as np

    keys, values = _compared(pair, pair.key), _compared(pair, pair.shared)
    hashed = []
    for side in (0, 1):
        # Values first: two keys with one hash would share that of the whole row, too.
        whole = _hash([part[side] for part in values + keys])
        hashed.append((_hash([part[side] for part in keys]), whole))
    connection.execute(
        f"""create or replace temp table hashes as
            select {hashed[0][0]} as k, {hashed[0][1]} as whole, o.{ROW}::INTEGER as r from {_rows(pair, 0)}"""
    )
    rows = connection.execute(
        f"select coalesce(o.r, -1) as o, coalesce(n.r, -1) as n from hashes o "
        f"full join (select {hashed[1][0]} as k, n.{ROW}::INTEGER as r from {_rows(pair, 1)}) n on o.k = n.k"
    ).fetchnumpy()
    old, new = np.asarray(rows["o"]), np.asarray(rows["n"])
    both = (old >= 0) & (new >= 0)
    if _has_repeated(old[both]) or _has_repeated(new[both]):
        return None
    # What has no equal among the old rows is read at once: the values pass by here anyway.
    connection.execute(
        f"create or replace temp table side_new as select n.* from {_rows(pair, 1)} anti join hashes h "
        f"on h.whole = {hashed[1][1]}"
    )
    connection.execute("drop table hashes")
    # One place more than there are rows: -1, no such row, falls on it.
    touched = np.zeros(int(new.max(initial=-1)) + 2, dtype=bool)
    touched[connection.execute(f"select {ROW} as r from side_new").fetchnumpy()["r"]] = True
    kept = (new < 0) | touched[new]
    is_reordered = _is_reordered(old[both], new[both])
    _set_pairs(connection, old[kept], new[kept])
    _fetch(connection, "old", pair.old)
    _refuse_repeated_keys(connection, pair)
    if _keys_differ(connection, pair):
        return None
    return Alignment(old[kept], new[kept], is_reordered)


def _align_by_key(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Alignment:
    """Match rows by the keys themselves, every row of a table that has other columns now."""
    import numpy as np

    keys, values = _compared(pair, pair.key), _compared(pair, pair.shared)
    differs = "true" if pair.has_other_columns else "o.v is distinct from n.v"
    sides = []
    for side, alias in ((0, "o"), (1, "n")):
        columns = ", ".join(f"{key[side]} as k{index}" for index, key in enumerate(keys))
        hashed = _hash([value[side] for value in values] or ["0"])
        sides.append(f"(select {columns}, {hashed} as v, {alias}.{ROW}::INTEGER as r from {_rows(pair, side)})")
    on = " and ".join(f"o.k{index} is not distinct from n.k{index}" for index in range(len(keys)))
    rows = connection.execute(
        f"select coalesce(o.r, -1) as o, coalesce(n.r, -1) as n, ({differs} or o.r is null or n.r is null) as differs "
        f"from {sides[0]} o full join {sides[1]} n on {on}"
    ).fetchnumpy()
    old, new, kept = (np.asarray(rows[name]) for name in ("o", "n", "differs"))
    both = (old >= 0) & (new >= 0)
    if _has_repeated(old[both]) or _has_repeated(new[both]):
        kept = np.ones(len(old), dtype=bool)
    _set_pairs(connection, old[kept], new[kept])
    _fetch(connection, "old", pair.old)
    _fetch(connection, "new", pair.new)
    _refuse_repeated_keys(connection, pair)
    return Alignment(old[kept], new[kept], _is_reordered(old[both], new[both]))


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


def _set_pairs(connection: duckdb.DuckDBPyConnection, old: np.ndarray, new: np.ndarray) -> None:
    numbers = {"o": old, "n": new}
    connection.register("numbers", numbers)
    connection.execute("create or replace temp table pairs as select o, n from numbers")
    connection.unregister("numbers")


def _fetch(connection: duckdb.DuckDBPyConnection, side: str, table: Table) -> None:
    """Read the rows that differ, and no others, into a temporary table."""
    connection.execute(
        f"create or replace temp table side_{side} as select * from {table.relation} "
        f"where {ROW} in (select {side[0]} from pairs)"
    )


def _refuse_repeated_keys(connection: duckdb.DuckDBPyConnection, pair: Pair) -> None:
    for side, table in (("old", pair.old), ("new", pair.new)):
        key = ", ".join(map(quoted, pair.key))
        found = connection.execute(
            f"select list({ROW} order by {ROW})[:2], {key} from side_{side} group by {key} having count(*) > 1 "
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
    unequal = " or ".join(f"{left} is distinct from {right}" for left, right in _compared(pair, pair.key))
    row = connection.execute(f"select count(*) from {JOINED} where {unequal}").fetchone()
    return row is not None and row[0] > 0
