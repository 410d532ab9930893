"""Two places in, every difference between the datasets that stand there, with effect and cause, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from ocindex.compare.releases.changes import Changes, Count, Origin
from ocindex.compare.releases.effects import COSMETIC, SMALLEST
from ocindex.compare.releases.places import describe_place, open_place, same_bytes
from ocindex.compare.releases.scope import Scope, leave_out, narrow
from ocindex.errors import DatasetError

if TYPE_CHECKING:
    import duckdb

    from ocindex.compare.releases.published import Published, Table

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
_EFFECT_ORDER = "case effect when 'breaking' then 0 when 'revision' then 1 when 'coverage' then 2 else 3 end"


def diff(
    old: str | Path,
    new: str | Path,
    *,
    key: str | Sequence[str] | None = None,
    iso3: str | Iterable[str] | None = None,
    indicator: str | Iterable[str] | None = None,
    edition: int | Iterable[int] | None = None,
    releases: str | Path | None = None,
) -> Changes:
    """Compare two releases of the dataset, or two versions of one table.

    Published files are compared, whatever version of the schema wrote them.

    Parameters
    ----------
    old, new : str or pathlib.Path
        A dataset's folder, its ``datapackage.json``, a ``.zip``, ``git:REV`` of the repository
        one stands in, a version of the folder of releases, or a Parquet or CSV file.
    key : str or sequence of str, optional
        Columns that identify a row, for single files; a dataset has its own.
    iso3, indicator, edition : optional
        Compare only the rows of these countries, indicators, editions.
    releases : str or pathlib.Path, optional
        Folder of releases; ``releases`` without it.

    Returns
    -------
    Changes
        ``.rows``, ``.cells``, ``.schema``, ``.summary``, ``.bump``, ``.table()``.

    Raises
    ------
    DatasetError
        If a place has nothing to compare, or a key stands in two rows of one side.
    UnknownNameError
        If the key or what the comparison is narrowed to does not exist.

    Examples
    --------
    >>> from ocindex.vocabulary.bundled import bundled_folder
    >>> changes = diff(bundled_folder("dist"), bundled_folder("dist"))
    >>> changes.is_same, changes.bump
    (True, None)
    """
    scope = Scope(_listed(iso3), tuple(map(int, _listed(edition))), _listed(indicator))
    with open_place(old, releases=releases) as before, open_place(new, releases=releases) as after:
        origins = [Origin(str(place), *describe_place(path)) for place, path in ((old, before), (new, after))]
        if same_bytes(before, after):
            return Changes(origins[0], origins[1])
        return _compare(before, after, origins, _listed(key), scope)


def _compare(before: Path, after: Path, origins: Sequence[Origin], key: Sequence[str], scope: Scope) -> Changes:
    import duckdb

    from ocindex.compare.releases.lines import prepare_lines
    from ocindex.compare.releases.published import read_published
    from ocindex.compare.releases.structure import add_structure, compare_structure

    with duckdb.connect() as connection:
        for setting in _SETTINGS:
            connection.execute(f"set {setting}")
        # DuckDB reads and joins without Python; meanwhile Arrow, which takes the lines, can be loaded.
        Thread(target=import_module, args=("pyarrow",), daemon=True).start()
        old = read_published(connection, before, label=origins[0].place, side="old", key=key)
        new = read_published(connection, after, label=origins[1].place, side="new", key=key)
        old, new = _paired(old, new)
        connection.execute("set preserve_insertion_order = false")
        prepare_lines(connection)
        conditions = narrow(connection, old, new, scope)
        source = "lines"
        for name in {**old.tables, **new.tables}:
            condition = conditions[name]
            found = condition and _compare_table(connection, old.tables.get(name), new.tables.get(name), condition)
            if found and new.is_dataset:
                connection.execute("insert into lines " + " union all ".join(found))
            elif found:
                # Nothing looks back at the lines of a single table: a million need not be stored first.
                source = "(" + " union all ".join(["from lines", *found]) + ")"
        add_structure(connection, compare_structure(old, new))
        if new.is_dataset:
            _explain(connection, old, new)
            leave_out(connection, old, new, scope)
        lines = connection.sql(
            f"""select * exclude (o, n) rename (home as "table", field as "column") from {source}
            order by {_EFFECT_ORDER}, follows is not null, size desc, home, coalesce(n, o), field nulls first,
            kind, old, new"""
        ).to_arrow_table()
        connection.register("ordered", lines)
        counts = connection.execute(
            f"""select * from (select "table", kind, "column", effect, cause,
                count(*) filter (follows is null) as leads, count(follows) as following from ordered group by all)
            order by {_EFFECT_ORDER}, leads desc, "table", kind, "column", cause"""
        ).fetchall()
    return Changes(origins[0], origins[1], lines, tuple(Count(*row) for row in counts))


def _explain(connection: duckdb.DuckDBPyConnection, old: Published, new: Published) -> None:
    """Say of the lines on a dataset what they mean together, what follows from what, and why."""
    from ocindex.compare.releases.causes import name_causes
    from ocindex.compare.releases.consequences import mark_consequences
    from ocindex.compare.releases.passages import tell_passages_apart

    tell_passages_apart(connection, old, new)
    mark_consequences(connection)
    name_causes(connection, old, new)


def _paired(old: Published, new: Published) -> tuple[Published, Published]:
    """Give two datasets as they are, two single tables under one name."""
    if old.is_dataset != new.is_dataset:
        raise DatasetError(
            f"found a dataset and a single table ({old.label}, {new.label}); expected two of a kind; name the same on "
            "both sides."
        )
    if old.is_dataset or set(old.tables) == set(new.tables):
        return old, new
    sides = [replace(next(iter(side.tables.values())), name="table") for side in (old, new)]
    return replace(old, tables={"table": sides[0]}), replace(new, tables={"table": sides[1]})


def _compare_table(
    connection: duckdb.DuckDBPyConnection, old: Table | None, new: Table | None, conditions: tuple[str, str]
) -> list[str]:
    """Give the SQL of the lines on one table."""
    from ocindex.compare.releases.lines import lines_of_rows

    if old is not None and new is not None:
        found = [] if _are_one(old, new) else _compare_rows(connection, old, new, conditions)
        if found is not None:
            return found
    found = []
    for table, kind, condition in ((old, "removed", conditions[0]), (new, "added", conditions[1])):
        if table is not None:
            source = f"from {table.relation} t" + (f" where {condition}" if condition else "")
            found.append(lines_of_rows(table, source, kind, key=table.key))
    return found


def _are_one(old: Table, new: Table) -> bool:
    return old.path.suffix == new.path.suffix and same_bytes(old.path, new.path)


def _compare_rows(
    connection: duckdb.DuckDBPyConnection, old: Table, new: Table, conditions: tuple[str, str]
) -> list[str] | None:
    """Compare two versions of a table by the new key, else by the old one; None where neither serves both."""
    from ocindex.compare.releases.alignment import RepeatedKeyError, align
    from ocindex.compare.releases.lines import lines_of_pair
    from ocindex.compare.releases.pairs import Pair
    from ocindex.compare.releases.structure import Structural, add_structure

    both = [name for name in new.columns if name in old.columns]
    keys = [key for key in dict.fromkeys((new.key, old.key)) if set(key) <= set(both)]
    for key in keys:
        pair = Pair(old, new, key, tuple(name for name in both if name not in key), conditions)
        try:
            is_reordered = align(connection, pair)
        except RepeatedKeyError as error:
            if error.table.key == key:
                raise
            # The key of one side need not identify the rows of the other.
            continue
        if is_reordered:
            line = Structural(new.name, "rows_reordered", None, None, None, COSMETIC, SMALLEST)
            add_structure(connection, [line])
        return lines_of_pair(pair)
    return None


def _listed(value: str | int | Iterable[str] | Iterable[int] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (str(value),) if isinstance(value, str | int) else tuple(map(str, value))
