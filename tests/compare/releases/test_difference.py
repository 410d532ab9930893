"""What a comparison finds: rows, cells, structure, duplicate keys, and a narrowed view."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ocindex
from ocindex.compare.releases.changes import Changes
from ocindex.errors import DatasetError, UnknownNameError

NAN = float("nan")


def lines(changes: Changes, *columns: str) -> list[tuple[object, ...]]:
    """The lines as tuples of the named columns."""
    found = changes.lines.select(list(columns)).to_pydict()
    return list(zip(*found.values(), strict=True))


def small(**columns: object) -> tuple[dict[str, object], list[str]]:
    return {"id": ["a", "b", "c"], **columns}, ["id"]


def test_equal_releases_differ_in_nothing(release):
    old = release("old", things=small(score=[1.0, NAN, None]))
    new = release("new", things=small(score=[1.0, NAN, None]))
    changes = ocindex.diff(old, new)
    assert changes.is_same
    assert changes.bump is None
    assert len(changes.table()) == len(changes.rows) == len(changes.cells) == len(changes.schema) == 0


def test_nan_equals_nan_and_null_and_empty_differ(release):
    old = release("old", things=small(number=[NAN, NAN, 1.0], text=["", None, "x"]))
    new = release("new", things=small(number=[NAN, None, NAN], text=[None, None, "x"]))
    changes = ocindex.diff(old, new)
    assert sorted(lines(changes, "key", "column", "old", "new")) == [
        ('{"id":"a"}', "text", "", None),
        ('{"id":"b"}', "number", "nan", None),
        ('{"id":"c"}', "number", "1.0", "nan"),
    ]


def test_rows_are_added_and_removed_by_key(release):
    old = release("old", things=({"id": ["a", "b"], "n": [1, 2]}, ["id"]))
    new = release("new", things=({"id": ["b", "c"], "n": [2, 3]}, ["id"]))
    changes = ocindex.diff(old, new)
    assert lines(changes, "kind", "key", "old", "new", "effect") == [
        ("removed", '{"id":"a"}', '{"id":"a","n":"1"}', None, "revision"),
        ("added", '{"id":"c"}', None, '{"id":"c","n":"3"}', "coverage"),
    ]


def test_five_equals_five_point_zero_and_says_retyped(release):
    old = release("old", things=small(score=[5, 6, 7]))
    new = release("new", things=small(score=[5.0, 6.0, 7.5]))
    changes = ocindex.diff(old, new)
    assert lines(changes, "kind", "column", "old", "new", "effect") == [
        ("column_retyped", "score", "BIGINT", "DOUBLE", "breaking"),
        ("changed", "score", "7", "7.5", "revision"),
    ]
    assert changes.bump == "major"


def test_a_number_equals_the_text_that_writes_it_but_not_a_padded_one(release):
    old = release("old", things=small(code=[5, 6, 7]))
    new = release("new", things=small(code=["5", "06", "7"]))
    assert lines(ocindex.diff(old, new), "kind", "old", "new") == [
        ("column_retyped", "BIGINT", "VARCHAR"),
        ("changed", "6", "06"),
    ]


def test_the_tolerance_of_the_schema_is_not_a_change_but_stands_in_the_table(release):
    fields = {"score": {"ocindex:tolerance": 0.01}}
    old = release("old", averages=(*small(score=[6.35, 6.35, 6.35]), fields))
    new = release("new", averages=(*small(score=[6.36, 6.37, None]), fields))
    changes = ocindex.diff(old, new)
    assert [(row["old"], row["new"]) for row in changes.cells.to_pylist()] == [("6.35", None), ("6.35", "6.37")]
    assert set(changes.table()["kind"]) == {"changed", "tolerated"}
    near = ocindex.diff(old, release("near", averages=(*small(score=[6.36, 6.35, 6.34]), fields)))
    assert near.is_same
    assert near.bump == "patch"
    assert near.totals() == {"breaking": 0, "revision": 0, "coverage": 0, "cosmetic": 0}


def test_columns_and_tables_come_go_and_are_reordered(release):
    old = release("old", things=small(x=[1, 2, 3], y=["p", None, "q"]), gone=small())
    new = release("new", things=small(z=[True, None, False], x=[1, 2, 3]), came=small())
    found = {
        (kind, table, column): effect
        for kind, table, column, effect in lines(ocindex.diff(old, new), "kind", "table", "column", "effect")
        if kind.startswith(("table", "column"))
    }
    assert found == {
        ("table_removed", "gone", None): "breaking",
        ("column_removed", "gone", "id"): "breaking",
        ("table_added", "came", None): "coverage",
        ("column_added", "came", "id"): "coverage",
        ("column_removed", "things", "y"): "breaking",
        ("column_added", "things", "z"): "coverage",
        ("columns_reordered", "things", None): "cosmetic",
    }


def test_a_code_that_may_no_longer_occur_breaks(release):
    old = release("old", things=(*small(kind=["x", "x", "x"]), {"kind": {"categories": ["x", "y"]}}))
    new = release("new", things=(*small(kind=["x", "x", "x"]), {"kind": {"categories": ["x", "z"]}}))
    assert lines(ocindex.diff(old, new), "kind", "old", "new", "effect") == [
        ("code_removed", "y", None, "breaking"),
        ("code_added", None, "z", "coverage"),
    ]


def test_a_changed_key_is_breaking_and_the_rows_are_still_compared(release):
    data = {"id": ["a", "a"], "part": [1, 2], "x": ["p", "q"]}
    old = release("old", things=(data, ["id", "part"]))
    new = release("new", things=({**data, "x": ["p", "r"]}, ["part"]))
    changes = ocindex.diff(old, new)
    assert lines(changes, "kind", "effect") == [("key_changed", "breaking"), ("changed", "revision")]


def test_other_row_order_alone_is_cosmetic(tmp_path: Path):
    data = pa.table({"id": ["a", "b", "c"], "x": [1, 2, 3]})
    pq.write_table(data, tmp_path / "old.parquet")
    pq.write_table(data.take([2, 0, 1]), tmp_path / "new.parquet")
    changes = ocindex.diff(tmp_path / "old.parquet", tmp_path / "new.parquet", key="id")
    assert lines(changes, "kind", "effect") == [("rows_reordered", "cosmetic")]


@pytest.mark.parametrize("side", ["old", "new", "both", "lone"])
def test_a_duplicate_key_is_an_error_that_names_both_rows(tmp_path: Path, side: str):
    plain = pa.table({"id": ["a", "b", "c"], "x": [1, 2, 3]})
    twice = pa.table({"id": ["z", "b", "b"] if side != "lone" else ["a", "q", "q"], "x": [1, 2, 2]})
    pq.write_table(twice if side in ("old", "both") else plain, tmp_path / "one.parquet")
    pq.write_table(twice if side != "old" else plain, tmp_path / "two.parquet")
    if side == "both":
        pq.write_table(twice.append_column("y", [[1, 2, 3]]), tmp_path / "two.parquet")
    with pytest.raises(DatasetError, match=r"the key id '[bq]' in the rows 2 and 3; expected it once"):
        ocindex.diff(tmp_path / "one.parquet", tmp_path / "two.parquet", key=["id"])


def test_an_unchanged_duplicate_key_is_found_too(tmp_path: Path):
    pq.write_table(pa.table({"id": ["a", "b"], "x": [1, 2]}), tmp_path / "one.parquet")
    pq.write_table(pa.table({"id": ["a", "b", "b"], "x": [1, 2, 2]}), tmp_path / "two.parquet")
    with pytest.raises(DatasetError, match="rows 2 and 3"):
        ocindex.diff(tmp_path / "one.parquet", tmp_path / "two.parquet", key="id")


def test_keys_whose_hashes_meet_are_matched_by_themselves(release, monkeypatch):
    from ocindex.compare.releases import alignment

    original = alignment._hash
    monkeypatch.setattr(
        alignment, "_hash", lambda values: "1" if values in (['o."id"'], ['n."id"']) else original(values)
    )
    changes = ocindex.diff(release("old", things=small(x=[1, 2, 3])), release("new", things=small(x=[1, 2, 4])))
    assert lines(changes, "key", "old", "new") == [('{"id":"c"}', "3", "4")]


def test_keys_that_differ_under_one_hash_are_never_paired(release, monkeypatch):
    from ocindex.compare.releases import alignment

    original = alignment._hash
    monkeypatch.setattr(
        alignment,
        "_hash",
        lambda values: f"length({values[0]})" if values[0][2:] == '"id"' and not values[1:] else original(values),
    )
    old = release("old", things=({"id": ["a", "bb"], "x": [1, 2]}, ["id"]))
    new = release("new", things=({"id": ["c", "bb"], "x": [1, 2]}, ["id"]))
    assert lines(ocindex.diff(old, new), "kind", "key") == [("removed", '{"id":"a"}'), ("added", '{"id":"c"}')]


def test_null_is_a_key_like_any_other(release):
    old = release("old", things=({"id": ["a", None], "x": [1, 2]}, ["id"]))
    new = release("new", things=({"id": ["a", None], "x": [1, 3]}, ["id"]))
    assert lines(ocindex.diff(old, new), "key", "old", "new") == [('{"id":null}', "2", "3")]


def test_an_empty_table_is_compared(release):
    empty = pa.table({"id": pa.array([], pa.string()), "x": pa.array([], pa.int64())})
    full = ({"id": ["a"], "x": [1]}, ["id"])
    old, new = release("old", things=(empty, ["id"])), release("new", things=full)
    assert lines(ocindex.diff(old, new), "kind") == [("added",)]
    assert lines(ocindex.diff(new, old), "kind") == [("removed",)]


def test_names_and_texts_are_data_whatever_they_hold(release):
    name = """it's "x" -- drop"""
    old = release("old", things=(pa.table({"id": ["'"], name: ["';"]}), ["id"]))
    new = release("new", things=(pa.table({"id": ["'"], name: ['"\u0000\n']}), ["id"]))
    assert lines(ocindex.diff(old, new), "column", "old", "new") == [(name, "';", '"\u0000\n')]


def test_a_view_is_narrowed_to_what_a_reader_uses(release):
    def scores(number: float) -> tuple[object, ...]:
        return {
            "iso3": ["PER", "PER", "COL"],
            "edition": pa.array([2021, 2023, 2021], pa.int16()),
            "indicator": ["arms", "arms", "drugs"],
            "score": [number, number, number],
        }, ["iso3", "edition", "indicator"]

    old, new = release("old", indicators=scores(5.0)), release("new", indicators=scores(6.0))
    assert len(ocindex.diff(old, new).cells) == 3
    assert len(ocindex.diff(old, new, iso3="PER").cells) == 2
    assert len(ocindex.diff(old, new, iso3=["PER"], edition=2021).cells) == 1
    assert ocindex.diff(old, new, iso3="COL", indicator="arms").is_same
    with pytest.raises(UnknownNameError, match="found iso3 'XXX' on neither side"):
        ocindex.diff(old, new, iso3="XXX")


def test_csv_tables_are_compared_by_what_their_cells_say(tmp_path: Path):
    (tmp_path / "old.csv").write_text('id,code,score,note\n1,007,5,""\n2,008,6,\n', encoding="utf-8")
    (tmp_path / "new.csv").write_text("id,code,score,note\n2,8,6.0,\n1,007,5.0,\n", encoding="utf-8")
    changes = ocindex.diff(tmp_path / "old.csv", tmp_path / "new.csv", key="id")
    assert sorted(lines(changes, "kind", "column", "old", "new"), key=str) == [
        ("changed", "code", "008", "8"),
        ("changed", "note", "", None),
        ("column_retyped", "score", "BIGINT", "DOUBLE"),
        ("rows_reordered", None, None, None),
    ]


def test_a_single_table_needs_a_key_that_it_has(tmp_path: Path):
    (tmp_path / "a.csv").write_text("id,x\n1,2\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,x\n1,3\n", encoding="utf-8")
    with pytest.raises(UnknownNameError, match="expected --key"):
        ocindex.diff(tmp_path / "a.csv", tmp_path / "b.csv")
    with pytest.raises(UnknownNameError, match="found no column 'nr'; expected one of id, x"):
        ocindex.diff(tmp_path / "a.csv", tmp_path / "b.csv", key="nr")


def test_a_dataset_is_not_compared_with_a_table(release, tmp_path: Path):
    (tmp_path / "a.csv").write_text("id,x\n1,2\n", encoding="utf-8")
    folder = release("old", things=small())
    with pytest.raises(UnknownNameError, match="its own keys"):
        ocindex.diff(folder, tmp_path / "a.csv", key="id")
