"""Two tables in, whether both are sorted by the key that matches their rows, and how far they reach, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.compare.releases.pairs import Pair
from ocindex.compare.releases.published import ROW, quoted

if TYPE_CHECKING:
    import duckdb

# A table in any other order shows it in its first rows.
_FIRST = 10_000


def last_rows(connection: duckdb.DuckDBPyConnection, pair: Pair) -> tuple[int, int] | None:
    """Give the number of the last row of both files if in each every key is larger than the one before.

    Then no key stands twice, and rows of both files stand in one order.

    Returns
    -------
    tuple of int, or None
        -1 for a file without rows; None where the keys are not sorted, or of another type on the other side.
    """
    if any(pair.old.columns[name].kind != pair.new.columns[name].kind for name in pair.key):
        return None
    found: list[int] = []
    for condition in (f"{ROW} < {_FIRST}", ""):
        query = " union all ".join(_reach(pair, side, condition) for side in "on")
        # Of two parts that are read at once, either may come first.
        found = [last for _, last in sorted(connection.execute(query).fetchall())]
        if None in found:
            return None
    return found[0], found[1]


def _reach(pair: Pair, side: str, condition: str) -> str:
    """Give the SQL of the side and its last row's number; null if it is not sorted."""
    before = ", ".join(f"lag({quoted(name)}) over () as b{index}" for index, name in enumerate(pair.key))
    keys = ", ".join(f"{quoted(name)} as a{index}" for index, name in enumerate(pair.key))
    places = range(len(pair.key))
    larger = " ".join(f"when a{index} <> b{index} then a{index} > b{index}" for index in places)
    is_full = " and ".join(f"count(a{index}) = count(*)" for index in places)
    # Rows read in another order than the file's would have no meaning; only the first has none before it.
    return f"""select '{side}', case when {is_full} and
            count(*) filter (p < r and case {larger} else false end) >= count(*) - 1 then coalesce(max(r), -1) end
        from (select {keys}, {before}, {ROW} as r, lag({ROW}) over () as p from {pair.rows(side, condition)})"""
