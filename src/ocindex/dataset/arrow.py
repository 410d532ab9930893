"""A table's frame in, its Arrow form out; and back again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_TYPES = {
    "str": "string",
    "int16": "int16",
    "int32": "int32",
    "int64": "int64",
    "float64": "float64",
    "bool": "bool_",
    "boolean": "bool_",
}


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Give the Arrow schema of a table: ``string``, never ``large_string``; null only where the model allows it."""
    import pyarrow as pa

    from ocindex.dataset.models import table_models

    fields = []
    for column, field in table_models()[name].columns.items():
        dtype = str(field.dtype).lower()
        kind = _TYPES["str" if "string" in dtype else dtype]
        fields.append(pa.field(column, getattr(pa, kind)(), nullable=field.nullable))
    return pa.schema(fields)


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Turn a checked frame into an Arrow table without metadata; NaN becomes null."""
    import pyarrow as pa

    schema = arrow_schema(name)
    return pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata(None)


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Turn an Arrow table into a typed frame.

    A whole-number or boolean column that may be null gets pandas' nullable
    type, so that an edition never turns into 2021.0.
    """
    import pandas as pd

    frame = table.to_pandas(types_mapper=_nullable_type, integer_object_nulls=False)
    for field in table.schema:
        if not field.nullable and isinstance(frame[field.name].dtype, pd.api.extensions.ExtensionDtype):
            plain = _plain_type(field.type)
            if plain is not None:
                frame[field.name] = frame[field.name].astype(plain)
    return frame


def _nullable_type(kind: pa.DataType) -> pd.api.extensions.ExtensionDtype | None:
    import pandas as pd
    import pyarrow as pa

    return {
        pa.int16(): pd.Int16Dtype(),
        pa.int32(): pd.Int32Dtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }.get(kind)


def _plain_type(kind: pa.DataType) -> str | None:
    import pyarrow as pa

    return {pa.int16(): "int16", pa.int32(): "int32", pa.int64(): "int64", pa.bool_(): "bool"}.get(kind)
