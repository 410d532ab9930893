"""The lines of a comparison in, the same lines with what matters most first, and their counts, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ocindex.compare.releases.changes import Count

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_BY_EFFECT = "case effect when 'breaking' then 0 when 'revision' then 1 when 'coverage' then 2 else 3 end"


class Ordered(NamedTuple):
    """Lines and summary as `ocindex.compare.releases.changes.Changes` gives them."""

    lines: pa.Table
    summary: tuple[Count, ...]


def order_lines(connection: duckdb.DuckDBPyConnection, source: str) -> Ordered:
    """Put lines in order and count them.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    source : str
        SQL of the lines, with the columns of the table ``lines``.
    """
    lines = connection.sql(
        f"""select * exclude (o, n) rename (home as "table", field as "column") from {source}
        order by {_BY_EFFECT}, follows is not null, size desc, home, coalesce(n, o), field nulls first,
        kind, old, new"""
    ).to_arrow_table()
    connection.register("ordered", lines)
    counts = connection.execute(
        f"""select * from (select "table", kind, "column", effect, cause,
            count(*) filter (follows is null) as leads, count(follows) as following from ordered group by all)
        order by {_BY_EFFECT}, leads desc, "table", kind, "column", cause"""
    ).fetchall()
    return Ordered(lines, tuple(Count(*row) for row in counts))
