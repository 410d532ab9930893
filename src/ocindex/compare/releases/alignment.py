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


class _CollisionError(Exception):
    """Two keys have one hash; the rows are matched by the keys themselves then."""


def align(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Alignment:
    """Match the rows of two tables by key and keep those that differ.

    DuckDB joins 64-bit hashes of key and values, so that texts never enter the join:
    the time of a plain join at about half its memory. Keys whose hashes meet by chance
    are noticed, and the keys themselves are joined then. After the call the connection
    has the temporary tables ``side_old``, ``side_new`` (the rows that differ) and
    ``pairs`` (o, n).

    Raises
    ------
    RepeatedKeyError
        If a key stands in two rows of one side; the message names both.
    """
    try:
        return _align(connection, pair, by_hash=True)
    except _CollisionError:
        return _align(connection, pair, by_hash=False)


def comparable(old: Column, new: Column) -> tuple[str, str]:
    """Give the SQL of a column on both sides (``o.``, ``n.``), cast so that 5 equals 5.0.

    A number equals the text that writes it without padding: 5 and "5", not "05".
    """
    left, right = f"o.{quoted(old.name)}", f"n.{quoted(new.name)}"
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


def _align(connection: duckdb.DuckDBPyConnection, pair: Pair, *, by_hash: bool) -> Alignment:
    import numpy as np

    rows = connection.execute(_matching_sql(pair, by_hash=by_hash)).fetchnumpy()
    old, new, differs = (np.asarray(rows[name]) for name in ("o", "n", "differs"))
    both = (old >= 0) & (new >= 0)
    kept = differs | (both & (_repeated(old, both) | _repeated(new, both)))
    is_reordered = _is_reordered(old[both], new[both])
    old, new = old[kept], new[kept]
    _fetch(connection, pair, old, new)
    _refuse_repeated_keys(connection, pair)
    if by_hash and _keys_differ(connection, pair):
        raise _CollisionError
    return Alignment(old, new, is_reordered)


def _matching_sql(pair: Pair, *, by_hash: bool) -> str:
    keys = [comparable(pair.old.columns[name], pair.new.columns[name]) for name in pair.key]
    values = [comparable(pair.old.columns[name], pair.new.columns[name]) for name in pair.shared]
    sides = []
    for side, table, alias in ((0, pair.old, "o"), (1, pair.new, "n")):
        where = f" where {pair.narrowed[side]}" if pair.narrowed[side] else ""
        hashed = f"hash({', '.join(value[side] for value in values)})" if values else "0"
        key = f"hash({', '.join(key[side] for key in keys)}) as k"
        if not by_hash:
            key = ", ".join(f"{key[side]} as k{index}" for index, key in enumerate(keys))
        sides.append(f"(select {key}, {hashed} as v, {alias}.{ROW}::INTEGER as r from {table.relation} {alias}{where})")
    on = "o.k = n.k"
    if not by_hash:
        on = " and ".join(f"o.k{index} is not distinct from n.k{index}" for index in range(len(keys)))
    differs = "true" if pair.has_other_columns else "o.v is distinct from n.v"
    return (
        f"select coalesce(o.r, -1) as o, coalesce(n.r, -1) as n, ({differs} or o.r is null or n.r is null) as differs "
        f"from {sides[0]} o full join {sides[1]} n on {on}"
    )


def _repeated(numbers: np.ndarray, both: np.ndarray) -> np.ndarray:
    """Mark pairs whose row is in another pair too: its key stands twice on the other side."""
    import numpy as np

    counts = np.bincount(numbers[both], minlength=1)
    if counts.max() < 2:
        return np.zeros(len(numbers), dtype=bool)
    return np.where(both, counts[np.where(both, numbers, 0)] > 1, False)


def _is_reordered(old: np.ndarray, new: np.ndarray) -> bool:
    import numpy as np

    if not len(old):
        return False
    places = np.full(int(old.max()) + 1, -1, dtype=np.int32)
    places[old] = new
    shared = places[places >= 0]
    return bool((shared[1:] < shared[:-1]).any())


def _fetch(connection: duckdb.DuckDBPyConnection, pair: Pair, old: np.ndarray, new: np.ndarray) -> None:
    """Read the rows that differ, and no others, into temporary tables."""
    numbers = {"o": old, "n": new}
    connection.register("numbers", numbers)
    connection.execute("create or replace temp table pairs as select o, n from numbers")
    connection.unregister("numbers")
    for side, table, number in (("old", pair.old, "o"), ("new", pair.new, "n")):
        connection.execute(
            f"create or replace temp table side_{side} as select * from {table.relation} "
            f"where {ROW} in (select {number} from pairs)"
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
    keys = [comparable(pair.old.columns[name], pair.new.columns[name]) for name in pair.key]
    unequal = " or ".join(f"{left} is distinct from {right}" for left, right in keys)
    row = connection.execute(f"select count(*) from {JOINED} where {unequal}").fetchone()
    return row is not None and row[0] > 0
