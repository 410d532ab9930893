"""Two tables whose rows stand in one order in, the rows that differ, joined stretch by stretch, out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from typing import TYPE_CHECKING

from ocindex.compare.releases.database import connect_again
from ocindex.compare.releases.pairs import Aligned, Pair, comparable, show_aligned
from ocindex.compare.releases.published import ROW, literal, unglobbed

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa

# A group of rows as DuckDB writes it: a cut within a group would read the group twice.
STRETCH = 122_880
# Of this many stretches at once, each with a processor to itself, none waits for another;
# they are still a fraction of the table.
_AT_ONCE = 2
_NEAR = STRETCH // 16


def join_stretches(connection: duckdb.DuckDBPyConnection, pair: Pair, cuts: Sequence[tuple[int, int]]) -> Aligned:
    """Give and show the rows that differ.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    pair : Pair
        Two tables with the same columns, in one order, without repeated keys.
    cuts : sequence of tuple of int
        Number of the first row of every further stretch in the old and the new file. A row whose partner
        stands beyond a cut is found in the end; the more there are, the more wait in memory.
    """
    import pyarrow as pa

    # As Arrow: to store them in a table, DuckDB takes a quarter as long again as to join them.
    if _has_small_groups(connection, pair):
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            joined = list(pool.map(lambda query: _join_beside(connection, query), _queries(pair, cuts)))
    else:
        # Each stretch reads its large group up to there: the fewer the better.
        cuts = cuts[1::2]
        joined = [connection.sql(query).to_arrow_table() for query in _queries(pair, cuts)]
    aligned = Aligned(pa.concat_tables(joined))
    show_aligned(connection, aligned)
    if cuts:
        late = _across(connection, pair)
        aligned = Aligned(pa.concat_tables([*joined, late]), late.select(["o", "n"]))
        show_aligned(connection, aligned)
    return aligned


def are_near(last_old: int, last_new: int) -> bool:
    """Whether two files are about as long, so that both can be cut at the same rows."""
    return abs(last_old - last_new) < _NEAR


def even_cuts(last: int) -> list[tuple[int, int]]:
    """Cut both files at the same rows, so that whole groups of rows are read."""
    return [(cut, cut) for cut in range(STRETCH, last + 1, STRETCH)]


def cuts_between(old: np.ndarray, new: np.ndarray) -> list[tuple[int, int]]:
    """Cut the new file at the partners of the rows where the old one is cut.

    Parameters
    ----------
    old, new : numpy.ndarray
        Numbers of the rows of each pair, in any order of pairs; larger old numbers have larger new ones.
    """
    import numpy as np

    partners = np.zeros(old.max(initial=0) + 1, dtype=np.int32)
    partners[old] = new
    # Of a row that went, the partner is that of the row before.
    partners = np.maximum.accumulate(partners)
    places = [cut if are_near(cut, partners[cut]) else int(partners[cut]) for cut, _ in even_cuts(len(partners) - 1)]
    # Of two cuts, one near its partner and one at it, the second may stand before the first: rows would be read twice.
    return list(zip(range(STRETCH, len(partners), STRETCH), accumulate(places, max), strict=True))


def _has_small_groups(connection: duckdb.DuckDBPyConnection, pair: Pair) -> bool:
    """Whether stretches can be read at once: no row twice, and nothing that only the first connection has."""
    if pair.old.is_text or pair.new.is_text or any(pair.narrowed):
        return False
    paths = ", ".join(literal(unglobbed(table.path)) for table in (pair.old, pair.new))
    return bool(
        connection.execute(
            f"select bool_and(num_rows <= num_row_groups * {STRETCH}) from parquet_file_metadata([{paths}])"
        ).fetchall()[0][0]
    )


def _queries(pair: Pair, cuts: Sequence[tuple[int, int]]) -> list[str]:
    return [
        _differing(pair, _between(first, last), _between(start, end))
        for (first, start), (last, end) in zip([(0, 0), *cuts], [*cuts, (None, None)], strict=True)
    ]


def _join_beside(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Table:
    with connect_again(connection) as again:
        return again.sql(query).to_arrow_table()


def _differing(pair: Pair, old: str, new: str) -> str:
    """Give the SQL of the rows of one stretch that differ or stand alone."""
    on = " and ".join(f"{left} is not distinct from {right}" for left, right in pair.compared(pair.key))
    unequal = " or ".join(f"{left} is distinct from {right}" for left, right in pair.compared(pair.shared))
    return f"""select o.{ROW}::INTEGER as o, n.{ROW}::INTEGER as n, {pair.cells("o")}, {pair.cells("n")}
        from {pair.rows("n", new)} full join {pair.rows("o", old)} on {on}
        where o.{ROW} is null or n.{ROW} is null or {unequal or "false"}"""


def _between(first: int, last: int | None) -> str:
    return f"{ROW} >= {first}" + ("" if last is None else f" and {ROW} < {last}")


def _across(connection: duckdb.DuckDBPyConnection, pair: Pair) -> pa.Table:
    """Join the rows beside a cut whose partners are in the next stretch."""
    o, n = (
        ", ".join([side, *(pair.cell(side, name) for name in table.columns)])
        for side, table in (("o", pair.old), ("n", pair.new))
    )
    on = " and ".join(
        "{} is not distinct from {}".format(
            *comparable(pair.old.columns[name], pair.new.columns[name], pair.cell("o", name), pair.cell("n", name))
        )
        for name in pair.key
    )
    return connection.sql(
        f"""select a.o, b.n, a.* exclude (o), b.* exclude (n) from (select {o} from aligned where n is null) a
            join (select {n} from aligned where o is null) b on {on}"""
    ).to_arrow_table()
