"""How far the cells of a sheet reach: never bounded too low, and measured where the bound is too high."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.reading.extent import bound_extent, measure_extent


def sheet(*rows: str) -> bytes:
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>".encode()


def test_named_near_cells_stay_within_999_rows_and_702_columns():
    data = sheet(*(f'<row r="{n}"><c r="ZZ{n}" s="4"><v>1</v></c></row>' for n in range(1, 1000)))
    assert bound_extent(data) == (999, 702)
    assert measure_extent(data) == (999, 702)


@pytest.mark.parametrize(
    ("cell", "extent"),
    [
        ('<c r="A1000"/>', (1000, 1)),
        ('<c r="AAA7"/>', (7, 703)),
        ("<c r='xfd1048576'/>", (1_048_576, 16_384)),
        ('<c s="1"\n r = "B20000"/>', (20_000, 2)),
        ('<x:c r="B20000"/>', (20_000, 2)),
        ('<row r="5000"/>', (5000, 0)),
    ],
)
def test_far_cells_are_found_in_any_spelling(cell, extent):
    assert bound_extent(sheet(cell)) == extent


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_cells_without_names_are_counted_row_by_row(prefix):
    row = f"<{prefix}row>" + f"<{prefix}c><v>1</v></{prefix}c>" * 50 + f"</{prefix}row>"
    data = sheet(*[row] * 40)
    rows, columns = bound_extent(data)
    assert rows >= 40
    assert columns >= 50 * 40
    assert measure_extent(data) == (41, 50)


def test_parts_without_cells_have_none():
    assert bound_extent(b'<sst><si><t>"AAA1000"</t></si></sst>') == (0, 0)


@given(row=st.integers(1, 1_048_576), column=st.text("ABCXYZabcz", min_size=1, max_size=3), gap=st.integers(0, 140_000))
def test_a_bound_is_never_too_low(row, column, gap):
    data = sheet(" " * gap, f'<c r="{column}{row}"/>')
    assert all(bound >= found for bound, found in zip(bound_extent(data), measure_extent(data), strict=True))
    assert measure_extent(data)[0] == row
