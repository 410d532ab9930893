"""Code and data of different versions: what cannot be read is said, what can be is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

import ocindex
from ocindex.dataset.arrow import arrow_schema
from ocindex.dataset.compatibility import arrow_kinds, refuse_misfit
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.models import table_models
from ocindex.dataset.schema import field_type
from ocindex.errors import DatasetError


def rewrite(dist: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Publish a table as another version of the code would have."""
    changed = change(pq.ParquetFile(dist / "parquet" / f"{table}.parquet").read())
    pq.write_table(changed, dist / "parquet" / f"{table}.parquet", store_schema=False)
    pc.write_csv(changed, dist / "csv" / f"{table}.csv", pc.WriteOptions(quoting_style="needed"))
    path = dist / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["hash"] = f"sha256:{hashlib.sha256((dist / resource['path']).read_bytes()).hexdigest()}"
    path.write_text(json.dumps(descriptor), encoding="utf-8")


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_table_without_a_column_that_the_code_reads_is_refused_with_the_next_step(kind: str, published: Path) -> None:
    rewrite(published, "editions", lambda table: table.rename_columns(["year", *table.column_names[1:]]))
    dataset = ocindex.open(published, format=kind)
    with pytest.raises(DatasetError) as raised:
        dataset.table("editions")
    said = str(raised.value)
    assert f"editions.{kind}: found the table editions of dataset 0.1.0 with no edition; year that this code" in said
    assert f"expected the columns of ocindex {ocindex.__version__}; read the file itself" in said


def test_the_other_tables_and_sql_still_answer(published: Path) -> None:
    rewrite(
        published,
        "editions",
        lambda table: table.drop_columns(["note"] if "note" in table.column_names else ["countries"]),
    )
    dataset = ocindex.open(published)
    with pytest.raises(DatasetError, match="found the table editions"):
        ocindex.load("editions", dist=published)
    assert len(dataset.countries) == 193
    assert dataset.sql("select count(*) as n from editions")["n"].tolist() == [3]


def test_a_column_of_another_type_is_refused(published: Path) -> None:
    def retype(table: pa.Table) -> pa.Table:
        return table.set_column(0, "edition", table["edition"].cast(pa.string()))

    rewrite(published, "editions", retype)
    with pytest.raises(DatasetError, match="with edition as string instead of integer; expected"):
        ocindex.load("editions", dist=published)


def test_a_further_column_is_no_obstacle(published: Path) -> None:
    rewrite(published, "editions", lambda table: table.append_column("remark", pa.array(["a", "b", "c"])))
    assert ocindex.load("editions", dist=published)["remark"].tolist() == ["a", "b", "c"]
    assert len(ocindex.open(published, format="csv").editions) == 3


@pytest.mark.parametrize("bits", [pa.int32(), pa.int64()])
def test_a_wider_number_is_no_obstacle(bits: pa.DataType, published: Path) -> None:
    rewrite(published, "editions", lambda table: table.set_column(0, "edition", table["edition"].cast(bits)))
    assert ocindex.load("editions", dist=published)["edition"].tolist() == [2021, 2023, 2025]


def test_a_table_that_the_code_does_not_know_is_no_misfit() -> None:
    refuse_misfit("poems", {"verse": "string"}, path=Path("poems.parquet"), version="9.0.0")


@pytest.mark.parametrize("name", table_models())
def test_every_published_table_fits_the_code_that_published_it(name: str, assembled: Dataset) -> None:
    kinds = arrow_kinds(arrow_schema(name))
    assert kinds == {column: field_type(field) for column, field in table_models()[name].columns.items()}
    refuse_misfit(name, kinds, path=Path(name), version=assembled.version)
