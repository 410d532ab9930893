"""Two places in, every difference between the datasets that stand there, with effect and cause, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from ocindex.compare.releases.changes import Changes, Origin
from ocindex.compare.releases.places import describe_place, open_place, same_bytes
from ocindex.compare.releases.scope import Scope, leave_out, narrow
from ocindex.errors import DatasetError

if TYPE_CHECKING:
    import duckdb

    from ocindex.compare.releases.order import Ordered
    from ocindex.compare.releases.pairs import Aligned, Pair
    from ocindex.compare.releases.published import Published, Table
    from ocindex.compare.releases.remainder import Remainder


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
        ``.rows``, ``.cells``, ``.schema``, ``.summary``, ``.bump``, ``.table()``; for single tables
        also ``.difference``, which has no more than the changed cells and rows, and is there sooner.

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
    from ocindex.compare.releases.database import connect, forget_order
    from ocindex.compare.releases.published import read_published

    with connect() as connection:
        # DuckDB reads and joins without Python; meanwhile Arrow, which takes the rows, can be loaded.
        Thread(target=import_module, args=("pyarrow",), daemon=True).start()
        old = read_published(connection, before, label=origins[0].place, side="old", key=key)
        new = read_published(connection, after, label=origins[1].place, side="new", key=key)
        old, new = _paired(old, new)
        forget_order(connection)
        if not new.is_dataset:
            return Changes(origins[0], origins[1], difference=_compare_single(connection, old, new, scope))
        found = _compare_datasets(connection, old, new, scope)
    return Changes(origins[0], origins[1], found.lines, found.summary)


def _compare_single(connection: duckdb.DuckDBPyConnection, old: Published, new: Published, scope: Scope) -> Remainder:
    """Compare two single tables."""
    from ocindex.compare.releases.remainder import Remainder
    from ocindex.compare.releases.structure import compare_structure, rows_reordered

    [(name, table)] = new.tables.items()
    # Of a table without a column that is asked for no row is compared.
    condition = narrow(connection, old, new, scope)[name] or ("false", "false")
    found = _align(connection, old.tables[name], table, condition)
    assert found is not None, "both sides have the key that was asked for"
    pair, aligned = found
    reordered = rows_reordered(name) if aligned.is_reordered else []
    return Remainder(pair, aligned, (*reordered, *compare_structure(old, new)))


def _compare_datasets(connection: duckdb.DuckDBPyConnection, old: Published, new: Published, scope: Scope) -> Ordered:
    """Compare two datasets, of whose tables one explains the other."""
    from ocindex.compare.releases.lines import prepare_lines
    from ocindex.compare.releases.order import order_lines
    from ocindex.compare.releases.structure import add_structure, compare_structure

    prepare_lines(connection)
    conditions = narrow(connection, old, new, scope)
    for name in {**old.tables, **new.tables}:
        condition = conditions[name]
        found = condition and _compare_table(connection, old.tables.get(name), new.tables.get(name), condition)
        if found:
            connection.execute("insert into lines " + " union all ".join(found))
    add_structure(connection, compare_structure(old, new))
    _explain(connection, old, new)
    leave_out(connection, old, new, scope)
    return order_lines(connection, "lines")


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
    from ocindex.compare.releases.lines import lines_of_pair, lines_of_rows
    from ocindex.compare.releases.structure import add_structure, rows_reordered

    if old is not None and new is not None:
        if old.path.suffix == new.path.suffix and same_bytes(old.path, new.path):
            return []
        matched = _align(connection, old, new, conditions)
        if matched is not None:
            pair, aligned = matched
            add_structure(connection, rows_reordered(pair.name) if aligned.is_reordered else [])
            return lines_of_pair(pair)
    found = []
    for table, kind, condition in ((old, "removed", conditions[0]), (new, "added", conditions[1])):
        if table is not None:
            source = f"from {table.relation} t" + (f" where {condition}" if condition else "")
            found.append(lines_of_rows(table, source, kind, key=table.key))
    return found


def _align(
    connection: duckdb.DuckDBPyConnection, old: Table, new: Table, conditions: tuple[str, str]
) -> tuple[Pair, Aligned] | None:
    """Match two versions of a table by the new key, else by the old one; None where neither serves both."""
    from ocindex.compare.releases.alignment import RepeatedKeyError, align
    from ocindex.compare.releases.pairs import Pair

    both = [name for name in new.columns if name in old.columns]
    keys = [key for key in dict.fromkeys((new.key, old.key)) if set(key) <= set(both)]
    for key in keys:
        pair = Pair(old, new, key, tuple(name for name in both if name not in key), conditions)
        try:
            return pair, align(connection, pair)
        except RepeatedKeyError as error:
            if error.table.key == key:
                raise
            # The key of one side need not identify the rows of the other.
    return None


def _listed(value: str | int | Iterable[str] | Iterable[int] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (str(value),) if isinstance(value, str | int) else tuple(map(str, value))
