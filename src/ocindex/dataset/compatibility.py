"""A published table's columns in, a clear error out where this version of the code cannot read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.errors import DatasetError
from ocindex.version import __version__
from ocindex.vocabulary.bundled import bundled_folder

if TYPE_CHECKING:
    import pyarrow as pa


def refuse_misfit(table: str, found: Mapping[str, str | None], *, path: Path, version: str) -> None:
    """Refuse a table that lacks columns which this code reads, or has them as another type.

    Further columns are no obstacle: whoever added them broke nobody. A table that this
    code does not know is read as it is.

    Parameters
    ----------
    table : str
    found : mapping of str to str or None
        Type of Table Schema by column; None where the file does not tell.
    path : pathlib.Path
        File of the table, for the message.
    version : str
        Version of the dataset, for the message.

    Raises
    ------
    DatasetError
        Naming every column that does not fit, and what can be done.
    """
    expected = _known_columns(table)
    missing = [name for name in expected if name not in found]
    retyped = [
        f"{name} as {found[name]} instead of {kind}"
        for name, kind in expected.items()
        if found.get(name) not in (None, kind)
    ]
    if not missing and not retyped:
        return
    others = [name for name in found if name not in expected]
    parts = [f"no {', '.join(missing)}"] if missing else []
    parts += retyped
    if others:
        parts.append(f"{', '.join(others)} that this code does not know")
    raise DatasetError(
        f"{path}: found the table {table} of dataset {version} with {'; '.join(parts)}; expected the columns of "
        f"ocindex {__version__}; read the file itself (pandas.read_parquet, or Dataset.sql), see `ocindex "
        "diff`, or install the ocindex that published it."
    )


def arrow_kinds(schema: pa.Schema) -> dict[str, str]:
    """Give the type of Table Schema of each column of an Arrow table."""
    import pyarrow as pa

    tests = (
        ("string", pa.types.is_string),
        ("string", pa.types.is_large_string),
        ("integer", pa.types.is_integer),
        ("number", pa.types.is_floating),
        ("boolean", pa.types.is_boolean),
    )
    return {field.name: next((kind for kind, test in tests if test(field.type)), str(field.type)) for field in schema}


def _known_columns(table: str) -> dict[str, str]:
    # The rendered schema, not the model: opening a dataset must not load pandera.
    path = bundled_folder("schema") / "tables" / f"{table}.json"
    if not path.is_file():
        return {}
    fields = json.loads(path.read_text(encoding="utf-8"))["fields"]
    return {str(field["name"]): str(field["type"]) for field in fields}
