"""Small published datasets of any shape, written without today's models."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ocindex.dataset.csvfile import to_csv
from ocindex.dataset.descriptor import content_hash


class Table(NamedTuple):
    """A table to publish: its data, its key, and what its fields say beside their names."""

    data: pa.Table
    key: Sequence[str]
    fields: Mapping[str, Mapping[str, object]] = {}


def write_release(folder: Path, tables: Mapping[str, Table], version: str = "1.0.0") -> Path:
    """Publish tables, ordered by their keys, with the descriptor that a comparison reads."""
    resources = []
    for kind in ("parquet", "csv"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        data = table.data.sort_by([(column, "ascending") for column in table.key]) if len(table.data) else table.data
        path = folder / "parquet" / f"{name}.parquet"
        pq.write_table(data, path, store_schema=False)
        (folder / "csv" / f"{name}.csv").write_bytes(to_csv(data))
        fields = [{"name": column, "type": "any", **table.fields.get(column, {})} for column in data.column_names]
        resources.append(
            {
                "name": name,
                "path": f"parquet/{name}.parquet",
                "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
                "schema": {"fields": fields, "primaryKey": list(table.key)},
            }
        )
    descriptor = {
        "version": version,
        "ocindex:contentHash": f"sha256:{content_hash(folder)}",
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def release(tmp_path: Path) -> Callable[..., Path]:
    """Publish a release under a name: ``release("old", scores=(data, key))``."""

    def write(name: str, version: str = "1.0.0", **tables: tuple[object, ...]) -> Path:
        made = {
            table: Table(data if isinstance(data, pa.Table) else pa.table(data), *rest)
            for table, (data, *rest) in tables.items()
        }
        return write_release(tmp_path / name, made, version)

    return write
