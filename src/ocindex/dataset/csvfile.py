"""A table in, CSV that no spreadsheet executes out; and back again."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.errors import DatasetError

if TYPE_CHECKING:
    import pyarrow as pa

# Spreadsheets run a cell that begins like a formula, also after a quote is stripped.
_DANGEROUS = r"^'*[=+\-@\t\r\n＝＋－＠]"
_GUARDED = r"^'+[=+\-@\t\r\n＝＋－＠]"


def guard(cell: str) -> str:
    """Put one ``'`` in front of a cell that a spreadsheet might execute.

    Examples
    --------
    >>> guard("=1+1"), guard("Peru")
    ("'=1+1", 'Peru')
    """
    return f"'{cell}" if re.match(_DANGEROUS, cell) else cell


def unguard(cell: str) -> str:
    """Take the ``'`` away again.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if re.match(_GUARDED, cell) else cell


def to_csv(table: pa.Table) -> bytes:
    """Write a table as CSV: UTF-8, comma, LF, every string quoted, null an empty field."""
    import pyarrow as pa
    import pyarrow.csv as pc

    sink = pa.BufferOutputStream()
    options = pc.WriteOptions(include_header=True, delimiter=",", quoting_style="needed")
    pc.write_csv(_map_text(table, guard), sink, options)
    return bytes(sink.getvalue())


def from_csv(data: bytes, schema: pa.Schema, *, is_guarded: bool = True) -> pa.Table:
    """Read a table that `to_csv` wrote, into the given types."""
    import pyarrow as pa
    import pyarrow.csv as pc

    convert = pc.ConvertOptions(
        column_types=schema, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
    )
    # One block: a table with a long text must not be cut inside a quoted cell.
    read = pc.ReadOptions(block_size=max(1 << 20, len(data) + 1))
    parse = pc.ParseOptions(newlines_in_values=True)
    table = pc.read_csv(pa.BufferReader(data), read_options=read, parse_options=parse, convert_options=convert)
    table = table.select(schema.names).cast(schema)
    return _map_text(table, unguard) if is_guarded else table


def read_header(data: bytes) -> list[str]:
    """Read the names of a table's columns."""
    return next(csv.reader([data.split(b"\n", 1)[0].decode("utf-8-sig")]), [])


def read_cells(path: Path, *, is_guarded: bool) -> pa.Table:
    """Read any CSV file as text, cell for cell: an unquoted empty field is null, a quoted one is empty.

    Parameters
    ----------
    path : pathlib.Path
        UTF-8, comma, one header line.
    is_guarded : bool
        Whether `to_csv` wrote it, so that guarded cells are unguarded.

    Raises
    ------
    DatasetError
        If it is not such a file, or two columns have one name.
    """
    import pyarrow as pa

    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            names = next(csv.reader(handle), [])
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated or not names:
            found = f"the column {repeated[0]!r} twice" if repeated else "no header"
            raise DatasetError(f"{path}: found {found}; expected one header line of distinct names; correct the file.")
        table = from_csv(path.read_bytes(), pa.schema([(name, pa.string()) for name in names]), is_guarded=is_guarded)
    except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(
            f"{path}: found no readable CSV ({error}); expected UTF-8, commas, a header line."
        ) from error
    return table


def _map_text(table: pa.Table, change: Callable[[str], str]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    pattern = _DANGEROUS if change is guard else _GUARDED
    for index, field in enumerate(table.schema):
        if not pa.types.is_string(field.type):
            continue
        column = table.column(index)
        if pc.any(pc.match_substring_regex(column, pattern)).as_py():
            cells = [None if cell is None else change(cell) for cell in column.to_pylist()]
            table = table.set_column(index, field, pa.array(cells, pa.string()))
    return table
