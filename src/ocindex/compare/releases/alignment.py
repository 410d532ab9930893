"""Two published tables in, the rows that differ, side by side, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ocindex.compare.releases.pairs import BOTH, CAME, GONE, Aligned, Pair, comparable, show_aligned
from ocindex.compare.releases.published import ROW, Table, quoted
from ocindex.compare.releases.sorting import last_rows
from ocindex.compare.releases.stretches import are_near, cuts_between, even_cuts, join_stretches
from ocindex.errors import DatasetError

if TYPE_CHECKING:
    import duckdb
    import numpy as np


# A batch of Arrow holds 2 GB of text at most; in this many rows no 30,000 characters each are too long.
_BATCH = 65_536


class RepeatedKeyError(DatasetError):
    """A key stands in two rows of ``table``."""

    def __init__(self, message: str, table: Table) -> None:
        super().__init__(message)
        self.table = table


class _Matched(NamedTuple):
    """Row numbers of each pair in ``old`` and ``new``, of the old rows without one in ``gone``."""

    old: np.ndarray
    new: np.ndarray
    gone: np.ndarray


def align(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Aligned:
    """Match the rows of two tables by key, keep those that differ, and say whether the others changed their order.

    Two tables in one order, as published ones are, are joined by their keys stretch by stretch and
    compared cell by cell: each file is read once, and no chance is left that a change is missed.
    Where a table is not sorted by its key, DuckDB first joins 64-bit hashes of the keys, which tells
    how the rows are ordered. If in two ways, the rows whose values hash differently are
    fetched, for the time of reading the old file twice: of a million changed rows one would be
    missed one time in 2e13. Where keys stand twice, or their hashes meet by chance, the whole
    tables are joined by the keys. What is given is also shown as `show_aligned` does it.

    Raises
    ------
    RepeatedKeyError
        If a key stands in two rows of one side; the message names both.
    """
    if pair.has_other_columns:
        return _align_by_key(connection, pair)
    last = last_rows(connection, pair)
    if last is not None and are_near(*last):
        return join_stretches(connection, pair, even_cuts(last[0]))
    matched = _match_keys(connection, pair)
    if matched is None:
        return _align_by_key(connection, pair)
    is_reordered = _is_reordered(matched.old, matched.new)
    if is_reordered:
        aligned = _align_by_hash(connection, pair, matched.gone)
    else:
        aligned = join_stretches(connection, pair, cuts_between(matched.old, matched.new))
    alone = [f"(select {pair.row(side)} from {rows})" for side, rows in (("o", GONE), ("n", CAME))]
    _refuse_repeated_keys(connection, pair, alone)
    if is_reordered and _keys_differ(connection, pair):
        return _align_by_key(connection, pair)
    return aligned


def _match_keys(connection: duckdb.DuckDBPyConnection, pair: Pair) -> _Matched | None:
    """Match all rows by the hashes of their keys; None where a key or its hash stands twice."""
    import numpy as np

    old_key, new_key = _hashes(pair, pair.key)
    connection.execute(
        f"create or replace temp table hashes as select {old_key} as k, o.{ROW}::INTEGER as o from {pair.rows('o')}"
    )
    # Of a key that stands in a thousand rows of each side, a join makes a million; an estimate
    # costs next to nothing and suffices against it.
    if connection.execute("select count(*) > 2 * approx_count_distinct(k) from hashes").fetchall()[0][0]:
        return None
    rows = connection.execute(
        f"select coalesce(h.o, -1) as o, coalesce(n.n, -1) as n from hashes h "
        f"full join (select {new_key} as k, n.{ROW}::INTEGER as n from {pair.rows('n')}) n on n.k = h.k"
    ).fetchnumpy()
    connection.execute("drop table hashes")
    old, new = np.asarray(rows["o"]), np.asarray(rows["n"])
    both = (old >= 0) & (new >= 0)
    matched = _Matched(old[both], new[both], old[new < 0])
    return None if _has_repeated(matched.old) or _has_repeated(matched.new) else matched


def _align_by_hash(connection: duckdb.DuckDBPyConnection, pair: Pair, gone: np.ndarray) -> Aligned:
    """Fetch the rows whose values hash differently on both sides, whatever their order."""
    key = _hashes(pair, pair.key)
    # Values first: two keys with one hash would share that of the whole row, too.
    whole = _hashes(pair, pair.shared + pair.key)
    connection.execute(
        f"""create or replace temp table hashes as
            select {key[0]} as k, {whole[0]} as whole, o.{ROW}::INTEGER as o from {pair.rows("o")}"""
    )
    connection.register("gone", {"o": gone})
    touched = f"""select h.o, n.{ROW}::INTEGER as n, {pair.cells("n")} from {pair.rows("n")}
        left join hashes h on h.k = {key[1]} where h.whole is distinct from {whole[1]}"""
    # One statement: what differs on the new side waits in the join, not in a table of its own.
    rows = connection.sql(
        f"""select t.*, {pair.cells("o")}
            from {pair.old.relation} o right join ({touched} union all by name select o from gone) t on t.o = o.{ROW}"""
    ).to_arrow_table(_BATCH)
    connection.execute("drop table hashes")
    connection.unregister("gone")
    aligned = Aligned(rows, is_reordered=True)
    show_aligned(connection, aligned)
    return aligned


def _align_by_key(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Aligned:
    """Match rows by the keys themselves and keep every row: where a column came or went, each differs."""
    import numpy as np

    # First: of a key that stands in a thousand rows of each side, a join makes a million.
    _refuse_repeated_keys(connection, pair, [pair.rows(side) for side in "on"])
    on = " and ".join(f"{left} is not distinct from {right}" for left, right in pair.compared(pair.key))
    rows = connection.sql(
        f"select o.{ROW}::INTEGER as o, n.{ROW}::INTEGER as n, "
        f"{pair.cells('o')}, {pair.cells('n')} from {pair.rows('o')} full join {pair.rows('n')} on {on}"
    ).to_arrow_table(_BATCH)
    aligned = Aligned(rows)
    show_aligned(connection, aligned)
    numbers = connection.execute(f"select o, n from {BOTH}").fetchnumpy()
    return replace(aligned, is_reordered=_is_reordered(np.asarray(numbers["o"]), np.asarray(numbers["n"])))


def _hashes(pair: Pair, names: tuple[str, ...]) -> list[str]:
    """Give the SQL of the hash over some columns, for each side."""
    parts = pair.compared(names)
    return [_hash([part[side] for part in parts]) for side in (0, 1)]


def _hash(values: list[str]) -> str:
    return f"hash({', '.join(values)})"


def _has_repeated(numbers: np.ndarray) -> bool:
    """Whether a row is in two pairs: its key stands twice on the other side."""
    import numpy as np

    seen = np.zeros(numbers.max(initial=-1) + 1, dtype=bool)
    seen[numbers] = True
    return int(np.count_nonzero(seen)) < len(numbers)


def _is_reordered(old: np.ndarray, new: np.ndarray) -> bool:
    import numpy as np

    places = np.full(old.max(initial=-1) + 1, -1, dtype=np.int32)
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
