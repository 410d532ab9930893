"""A dataset's folder or one table's file in, what was published there out: tables, columns, keys, tolerances."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.dataset.releases import DESCRIPTOR, resource_paths
from ocindex.errors import DatasetError, UnknownNameError

if TYPE_CHECKING:
    import duckdb

ROW = "file_row_number"
_INTEGER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")
_LOGICAL = {"BOOLEAN": "boolean", "VARCHAR": "string", "DOUBLE": "number", "FLOAT": "number"}
_CAST = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


@dataclass(frozen=True, slots=True)
class Column:
    """One published column.

    ``kind`` is DuckDB's type; ``is_typed`` is false for a CSV column without a single
    value, of which nobody can say what type it has.
    """

    name: str
    kind: str
    tolerance: float = 0.0
    required: bool = False
    codes: tuple[str, ...] = ()
    description: str = ""
    unit: str = ""
    is_typed: bool = True

    @property
    def logical(self) -> str:
        """Type of Table Schema: string, integer, number, boolean; DuckDB's own for others."""
        # Not any kind with these letters: INTERVAL, BIGINT[] and STRUCT(a BIGINT) are no numbers.
        if _INTEGER.fullmatch(self.kind):
            return "integer"
        return "number" if self.kind.startswith("DECIMAL") else _LOGICAL.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Table:
    """One published table; ``relation`` is the SQL that reads it, with the row's number."""

    name: str
    path: Path
    relation: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in one place: a dataset, with a descriptor, or a single table."""

    label: str
    tables: Mapping[str, Table]
    is_dataset: bool = False


def read_published(
    connection: duckdb.DuckDBPyConnection, path: Path, *, label: str, side: str, key: Sequence[str] | None = None
) -> Published:
    """Read what was published in a place, without today's models.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        CSV is loaded into it; Parquet stays where it is.
    path : pathlib.Path
        Folder with a descriptor, or one Parquet or CSV file.
    label : str
        Name of the place for messages.
    side : str
        Prefix of what is loaded, such as ``old``.
    key : sequence of str, optional
        Key of a single table; a dataset brings its own.

    Raises
    ------
    DatasetError
        If a file is missing or cannot be read.
    """
    if path.is_dir():
        if key:
            raise UnknownNameError(f"{label}: found --key for a dataset, which has its own keys; leave it out.")
        return _read_dataset(connection, path, label, side)
    table = _read_table(connection, path, path.stem, side, {}, is_ours=False)
    missing = [column for column in key or () if column not in table.columns]
    if missing:
        raise UnknownNameError(f"{label}: found no column {missing[0]!r}; expected one of {', '.join(table.columns)}.")
    if not key:
        raise UnknownNameError(
            f"{label}: found no key of the table; expected --key COLUMN[,COLUMN…] for a single file."
        )
    return Published(label, {table.name: replace(table, key=tuple(key))})


def quoted(name: str) -> str:
    """Write a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def unglobbed(path: Path) -> str:
    """Give a path as the pattern that only it meets: for DuckDB a folder named [old] is one of three."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def _read_dataset(connection: duckdb.DuckDBPyConnection, folder: Path, label: str, side: str) -> Published:
    text = (folder / DESCRIPTOR).read_bytes()
    resource_paths(text, f"{label}: {DESCRIPTOR}")
    descriptor = json.loads(text)
    tables: dict[str, Table] = {}
    for resource in sorted(descriptor["resources"], key=lambda item: str(item["path"]).endswith(".csv")):
        name = str(resource.get("name", "")).removesuffix("-csv")
        # A table is read once, from Parquet where there is one.
        if name in tables:
            continue
        schema = resource.get("schema")
        described = schema if isinstance(schema, dict) else {}
        table = _read_table(connection, folder / resource["path"], name, side, described, is_ours=True)
        key = described.get("primaryKey") or []
        key = [key] if isinstance(key, str) else key
        if not key or any(column not in table.columns for column in key):
            raise DatasetError(
                f"{label}: {name}: found the key {key}; expected columns of the table; name the file and --key instead."
            )
        tables[name] = replace(table, key=tuple(key))
    order = [str(resource.get("name", "")).removesuffix("-csv") for resource in descriptor["resources"]]
    return Published(
        label,
        {name: tables[name] for name in dict.fromkeys(order)},
        is_dataset=True,
    )


def _read_table(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    side: str,
    schema: Mapping[str, object],
    *,
    is_ours: bool,
) -> Table:
    import duckdb

    if not path.is_file():
        raise DatasetError(f"{path}: found no such file; expected it from {DESCRIPTOR}; build the dataset again.")
    fields = schema.get("fields")
    described = {str(item["name"]): item for item in fields} if isinstance(fields, list) else {}
    is_text = path.suffix.lower() == ".csv"
    try:
        if is_text:
            relation, untyped = _load_csv(connection, path, f"{side}_csv_{name}", described, is_ours=is_ours)
        else:
            relation, untyped = f"read_parquet({literal(unglobbed(path))}, file_row_number=true)", set()
        kinds = connection.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise DatasetError(f"{path}: found no readable table ({said}); expected Parquet or CSV.") from error
    columns = {
        row[0]: _column(row[0], row[1], described.get(row[0], {}), is_typed=row[0] not in untyped)
        for row in kinds
        if row[0] != ROW
    }
    return Table(name, path, relation, columns, (), is_text)


def _column(name: str, kind: str, described: Mapping[str, object], *, is_typed: bool) -> Column:
    constraints = described.get("constraints")
    codes = described.get("categories")
    tolerance = described.get("ocindex:tolerance", 0.0)
    return Column(
        name,
        kind,
        tolerance=float(tolerance) if isinstance(tolerance, int | float) else 0.0,
        required=isinstance(constraints, dict) and bool(constraints.get("required")),
        codes=tuple(map(str, codes)) if isinstance(codes, list) else (),
        description=str(described.get("description", "")),
        unit=str(described.get("ocindex:unit", "")),
        is_typed=is_typed,
    )


def _load_csv(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    described: Mapping[str, Mapping[str, object]],
    *,
    is_ours: bool,
) -> tuple[str, set[str]]:
    """Load a CSV file and give each column the type that all of its cells have."""
    from ocindex.dataset.csvfile import read_cells

    cells = read_cells(path, is_guarded=is_ours)
    connection.register("cells", cells)
    connection.execute(
        f"create or replace temp table {quoted(name)} as select *, row_number() over () - 1 as {ROW} from cells"
    )
    connection.unregister("cells")
    columns = cells.column_names
    kinds = {
        column: _CAST.get(str(described[column].get("type")), "VARCHAR") for column in columns if column in described
    }
    kinds |= _infer(connection, name, [column for column in columns if column not in kinds])
    typed = ", ".join(
        f"cast({quoted(column)} as {kinds[column] or 'VARCHAR'}) as {quoted(column)}" for column in columns
    )
    untyped = {column for column in columns if not kinds[column]}
    return f"(select {typed}, {ROW} from {quoted(name)})", untyped


def _infer(connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str]) -> dict[str, str]:
    """Infer types; 007 is text, for as a number it would lose its zeros; "" marks a column without a value."""
    if not columns:
        return {}
    patterns = (
        ("BIGINT", r"-?(0|[1-9]\d{0,17})"),
        ("DOUBLE", r"-?(0|[1-9]\d{0,14})(\.\d+)?([eE][+-]?\d{1,3})?|(?i:nan)"),
        ("BOOLEAN", "true|false"),
    )
    tests = ", ".join(
        f"coalesce(bool_and(regexp_full_match({quoted(column)}, {literal(pattern)})), true)"
        for column in columns
        for _, pattern in patterns
    )
    counts = ", ".join(f"count({quoted(column)})" for column in columns)
    row = connection.execute(f"select {tests}, {counts} from {quoted(name)}").fetchone()
    assert row is not None
    found = {}
    for index, column in enumerate(columns):
        fits = [kind for offset, (kind, _) in enumerate(patterns) if row[index * len(patterns) + offset]]
        has_values = row[len(columns) * len(patterns) + index] > 0
        found[column] = (fits[0] if fits else "VARCHAR") if has_values else ""
    return found
