"""A DuckDB database in memory, set up for reading two versions of a table once, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_SETTINGS = (
    # The cache would keep both files whole in memory; each is read twice at most.
    "enable_external_file_cache = false",
    # Read ahead, whole groups of rows would wait in memory for no gain on a local file.
    "disable_parquet_prefetching = true",
    # Given back after every stretch, the memory of a join would be asked for again at the next.
    "block_allocator_memory = '64MB'",
    # On slow machines DuckDB writes its bar to stdout, into the JSON.
    "enable_progress_bar = false",
    # Nothing is kept: to check-point a database in memory only costs time.
    "checkpoint_threshold = '1TB'",
    # Of the rows that differ DuckDB can only guess how few they are: each join holds its right side, as written.
    "disabled_optimizers = 'build_side_probe_side'",
)


def connect() -> duckdb.DuckDBPyConnection:
    """Open an empty database; rows are read in the order of their files until `forget_order`."""
    import duckdb

    return _set_up(duckdb.connect())


def connect_again(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Open a database a second time, for one more query at once; it does not show what is temporary in the first."""
    again = _set_up(connection.cursor())
    forget_order(again)
    return again


def forget_order(connection: duckdb.DuckDBPyConnection) -> None:
    """Let results come in any order, which needs less time and memory."""
    connection.execute("set preserve_insertion_order = false")


def _set_up(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for setting in _SETTINGS:
        connection.execute(f"set {setting}")
    return connection
