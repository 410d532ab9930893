"""Arrow: each table's types are those of its model, in Parquet files and back in pandas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ocindex.dataset.arrow import arrow_schema, to_arrow, to_pandas
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.models import table_models


@pytest.mark.parametrize("name", table_models())
def test_a_frame_comes_back_equal_with_its_types(name: str, frames: dict[str, pd.DataFrame]) -> None:
    table = to_arrow(name, frames[name])
    pd.testing.assert_frame_equal(to_pandas(table), frames[name])


@pytest.mark.parametrize("name", table_models())
def test_nullability_is_that_of_the_model(name: str) -> None:
    schema = arrow_schema(name)
    assert {field.name: field.nullable for field in schema} == {
        column: field.nullable for column, field in table_models()[name].columns.items()
    }


@pytest.mark.parametrize("name", table_models())
def test_a_parquet_file_is_zstd_with_plain_types_and_no_metadata(name: str, published: Path) -> None:
    file = pq.ParquetFile(published / "parquet" / f"{name}.parquet")
    assert file.schema_arrow == arrow_schema(name)
    assert not any(pa.types.is_large_string(field.type) for field in file.schema_arrow)
    assert file.schema_arrow.metadata is None
    assert not (file.metadata.metadata or {}).keys() & {b"pandas", b"ARROW:schema"}
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    codecs = {group.column(number).compression for group in groups for number in range(group.num_columns)}
    assert codecs <= {"ZSTD"}
    assert codecs or not file.metadata.num_rows


def test_nan_becomes_null_and_not_a_number(frames: dict[str, pd.DataFrame]) -> None:
    frames["indicators"].loc[0, ["score", "score_source"]] = None
    table = to_arrow("indicators", frames["indicators"])
    assert table["score"][0].as_py() is None
    assert table["score_source"][0].as_py() is None
    assert not any(value != value for value in table["score"].to_pylist())


def test_no_file_holds_nan_or_an_empty_text(published: Path) -> None:
    for path in (published / "parquet").iterdir():
        for row in pq.ParquetFile(path).read().to_pylist():
            assert all(value == value and value != "" for value in row.values()), (path.name, row)


def test_null_in_a_column_that_may_not_have_it_is_no_arrow_table(frames: dict[str, pd.DataFrame]) -> None:
    frames["countries"].loc[0, "country"] = None
    with pytest.raises(ValueError, match="country"):
        to_arrow("countries", frames["countries"])


def test_an_edition_that_may_be_null_never_turns_into_a_float(assembled: Dataset) -> None:
    loaded = to_pandas(to_arrow("evidence", assembled.evidence))
    assert str(loaded["edition"].dtype) == "Int16"
    assert loaded["edition"].isna().any()
    assert set(loaded["edition"].dropna()) == {2021}
