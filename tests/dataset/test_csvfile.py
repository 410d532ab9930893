"""CSV: what was written reads back equal, by our reader and by the README's rule with others'."""

from __future__ import annotations

import io
import re

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ocindex.dataset.csvfile import from_csv, guard, to_csv, unguard

SCHEMA = pa.schema([pa.field("key", pa.string(), nullable=False), pa.field("text", pa.string())])
# The README's rule, written down once more: one ' goes where this matches.
GUARDED = r"^'+[=+\-@\t\r\n＝＋－＠]"
# A cell of a table is never an empty string; a lone surrogate is no text.
cells = st.lists(st.none() | st.text(min_size=1), max_size=5)
starts = st.text(alphabet="'=+-@\t\r\n＝＋－＠a", min_size=1, max_size=4)


def table_of(texts: list[str | None]) -> pa.Table:
    keys = [f"k{number}" for number in range(len(texts))]
    return pa.table([pa.array(keys, pa.string()), pa.array(texts, pa.string())], schema=SCHEMA)


def by_rule(cell: str | None) -> str | None:
    return cell[1:] if cell is not None and re.match(GUARDED, cell) else cell


@given(st.text() | starts)
def test_unguard_undoes_guard(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@given(st.text() | starts)
def test_no_guarded_cell_begins_like_a_formula(cell: str) -> None:
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", guard(cell))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a", "'=1"]
)
def test_a_cell_that_a_spreadsheet_might_run_gets_one_quote(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Peru", "'tis", "a=b", "", " =1", "''"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert guard(cell) == cell
    assert unguard(cell) == cell


@given(cells)
@example(["=1+1", None, "'=1", "''-1", "'tis", 'say "so"', "a,b", "line\r\nline", "\n", "\x00", "NA", "null", " x "])
def test_what_was_written_reads_back_equal(texts: list[str | None]) -> None:
    table = table_of(texts)
    assert from_csv(to_csv(table), SCHEMA).equals(table)


@given(cells)
@example(["=1+1", None, "'=1", "NA", "null", "nan", "None", "line\r\nline", "\r", "\n"])
def test_pandas_reads_it_equal_by_the_rule(texts: list[str | None]) -> None:
    frame = pd.read_csv(
        io.BytesIO(to_csv(table_of(texts))), dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8",
        lineterminator="\n",
    )  # fmt: skip
    found = [None if pd.isna(cell) else by_rule(cell) for cell in frame["text"]]
    assert found == texts


@given(cells)
@example(["=1+1", None, "'=1", "NA", "null", "line\r\nline", "\r", "\n"])
def test_polars_reads_it_equal_by_the_rule(texts: list[str | None]) -> None:
    schema = {"key": pl.String, "text": pl.String}
    frame = pl.read_csv(io.BytesIO(to_csv(table_of(texts))), schema=schema)
    assert [by_rule(cell) for cell in frame["text"]] == texts


def test_the_file_is_utf8_with_lf_and_quotes_every_string() -> None:
    data = to_csv(table_of(["Perú", None, 'say "so"']))
    assert data.decode("utf-8") == '"key","text"\n"k0","Perú"\n"k1",\n"k2","say ""so"""\n'


def test_numbers_and_truth_are_not_quoted() -> None:
    schema = pa.schema([("edition", pa.int16()), ("score", pa.float64()), ("tied", pa.bool_())])
    table = pa.table([[2021, None], [6.5, None], [True, None]], schema=schema)
    data = to_csv(table)
    assert data == b'"edition","score","tied"\n2021,6.5,true\n,,\n'
    assert from_csv(data, schema).equals(table)


def test_a_text_longer_than_a_block_reads_back_whole() -> None:
    table = table_of(["a line\n" * 400_000, "after"])
    assert from_csv(to_csv(table), SCHEMA).equals(table)


def test_an_empty_table_reads_back_with_its_types() -> None:
    assert from_csv(to_csv(table_of([])), SCHEMA).schema == SCHEMA
