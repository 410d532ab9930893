"""Two versions of one table, without the rows they share, in; changed cells, added and removed rows, lines out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ocindex.compare.releases.database import connect, forget_order
from ocindex.compare.releases.pairs import CAME, GONE, Aligned, Pair, show_aligned

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from ocindex.compare.releases.order import Ordered
    from ocindex.compare.releases.structure import Structural


class _Bare(NamedTuple):
    cells: pa.Table
    added: pa.Table
    removed: pa.Table


@dataclass(frozen=True)
class Remainder:
    """What differs between two versions of one table, in memory: the files are not needed any more.

    What is asked for first is computed then, and kept.
    """

    pair: Pair
    aligned: Aligned
    structure: tuple[Structural, ...]

    @property
    def cells(self) -> pa.Table:
        """Changed cells, in no order: ``key`` (a struct of the key's columns), ``column``, ``old``, ``new`` (text)."""
        return self._bare.cells

    @property
    def added(self) -> pa.Table:
        """Rows only of the new table, in no order, as its file has them."""
        return self._bare.added

    @property
    def removed(self) -> pa.Table:
        """Rows only of the old table, in no order, as its file has them."""
        return self._bare.removed

    @cached_property
    def _bare(self) -> _Bare:
        from ocindex.compare.releases.lines import bare_cells

        queries = (
            bare_cells(self.pair),
            f"select {self.pair.row('n', numbered=False)} from {CAME}",
            f"select {self.pair.row('o', numbered=False)} from {GONE}",
        )
        with self._connect() as connection:
            return _Bare(*(connection.sql(query).to_arrow_table() for query in queries))

    def order(self) -> Ordered:
        """Say in one line per difference what it means and how large it is, and count them."""
        from ocindex.compare.releases.lines import lines_of_pair, prepare_lines
        from ocindex.compare.releases.order import order_lines
        from ocindex.compare.releases.structure import add_structure

        with self._connect() as connection:
            prepare_lines(connection)
            add_structure(connection, self.structure)
            # Nothing looks back at the lines of a single table: a million need not be stored first.
            return order_lines(connection, "(" + " union all ".join(["from lines", *lines_of_pair(self.pair)]) + ")")

    def _connect(self) -> duckdb.DuckDBPyConnection:
        connection = connect()
        forget_order(connection)
        show_aligned(connection, self.aligned)
        return connection
