"""The bare difference of two single tables: there at once, without the files, and the same as the lines tell."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import ocindex
from ocindex.compare.releases.changes import Changes


def compare(folder: Path, old: pa.Table, new: pa.Table, key: str = "id") -> Changes:
    """Compare two tables whose files are gone afterwards."""
    paths = [folder / "old.parquet", folder / "new.parquet"]
    for path, table in zip(paths, (old, new), strict=True):
        pq.write_table(table, path)
    changes = ocindex.diff(*paths, key=key)
    for path in paths:
        path.unlink()
    return changes


def test_cells_and_rows_are_given_in_their_own_types(tmp_path: Path):
    old = pa.table({"id": [1, 2, 3], "x": [0.5, 1.5, None], "t": ["a", "b", "c"]})
    new = pa.table({"id": [2, 3, 4], "x": [1.5, 2.5, 3.5], "t": ["B", "c", "d"]})
    found = compare(tmp_path, old, new).difference
    assert found is not None
    assert sorted(found.cells.to_pylist(), key=str) == [
        {"key": {"id": 2}, "column": "t", "old": "b", "new": "B"},
        {"key": {"id": 3}, "column": "x", "old": None, "new": "2.5"},
    ]
    assert found.added.to_pylist() == [{"id": 4, "x": 3.5, "t": "d"}]
    assert found.removed.to_pylist() == [{"id": 1, "x": 0.5, "t": "a"}]


def test_what_changes_mean_is_computed_when_it_is_asked_for_and_once(tmp_path: Path):
    changes = compare(tmp_path, pa.table({"id": [1], "x": [1]}), pa.table({"id": [1], "x": [2]}))
    assert changes.difference is not None
    assert len(changes.difference.cells) == 1
    assert "_ordered" not in vars(changes)
    assert changes.bump == "minor"
    assert changes.lines is changes.lines
    assert changes.difference.cells is changes.difference.cells


def test_the_bare_difference_holds_as_many_cells_as_the_lines(tmp_path: Path):
    old = pa.table({"id": [3, 1, 2], "x": [1, 2, 3], "went": ["p", None, "q"]})
    new = pa.table({"id": [1, 2, 3], "x": [1.0, 3.0, 1.5], "came": [None, True, None]})
    changes = compare(tmp_path, old, new)
    assert changes.difference is not None
    lines = changes.cells.select(["column", "old", "new"]).to_pylist()
    bare = changes.difference.cells.select(["column", "old", "new"]).to_pylist()
    assert sorted(map(str, lines)) == sorted(map(str, bare))
    assert {row["column"] for row in bare} == {"x", "came", "went"}


def test_a_table_of_keys_alone_has_rows_but_no_cells(tmp_path: Path):
    found = compare(tmp_path, pa.table({"id": [1, 2]}), pa.table({"id": [2, 3]})).difference
    assert found is not None
    assert found.cells.column_names == ["key", "column", "old", "new"]
    assert (len(found.cells), found.added.to_pylist(), found.removed.to_pylist()) == (0, [{"id": 3}], [{"id": 1}])


def test_a_dataset_and_equal_files_have_no_bare_difference(release, tmp_path: Path):
    old = release("old", things=({"id": [1], "x": [1]}, ["id"]))
    new = release("new", things=({"id": [1], "x": [2]}, ["id"]))
    assert ocindex.diff(old, new).difference is None
    assert compare(tmp_path, pa.table({"id": [1]}), pa.table({"id": [1]})).difference is None


def test_only_whole_numbers_are_measured_as_such(tmp_path: Path):
    old = pa.table({"id": [1], "list": [[1]], "struct": [{"a": 1}]})
    new = pa.table({"id": [1], "list": [[2]], "struct": [{"a": 2}]})
    lines = compare(tmp_path, old, new).lines.select(["column", "old", "new", "size"]).to_pylist()
    assert [tuple(line.values()) for line in lines] == [
        ("list", "[1]", "[2]", 0.5),
        ("struct", "{'a': 1}", "{'a': 2}", 0.5),
    ]


def test_a_time_with_a_zone_keeps_it_in_any_order_of_rows(tmp_path: Path):
    for name, hour in (("old", 2), ("sorted", 3), ("reordered", 3)):
        order = "desc" if name == "reordered" else "asc"
        duckdb.sql(
            f"""copy (select * from (values (1, '01:00:00+00'::timetz), (2, '0{hour}:00:00+00'::timetz)) v(id, t)
            order by id {order}) to '{tmp_path / name}.parquet'"""
        )
    for name in ("sorted", "reordered"):
        cells = ocindex.diff(tmp_path / "old.parquet", tmp_path / f"{name}.parquet", key="id").cells.to_pylist()
        assert [(cell["old"], cell["new"]) for cell in cells] == [("02:00:00+00", "03:00:00+00")]
