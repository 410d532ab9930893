"""Two tables in one order are joined stretch by stretch; where they are cut makes no difference."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ocindex
from ocindex.compare.releases import stretches
from ocindex.compare.releases.pairs import Pair
from ocindex.compare.releases.published import read_published
from ocindex.compare.releases.sorting import last_rows

Rows = dict[int, str | None]
tables = st.dictionaries(st.integers(0, 30), st.none() | st.sampled_from(["", "p", "q"]), max_size=30)


def write(path: Path, keys: list[object], values: list[object], group: int = 100) -> Path:
    table = pa.table({"id": pa.array(keys, pa.int64()), "x": pa.array(values, pa.string())})
    pq.write_table(table, path, row_group_size=group)
    return path


def found(old: Path, new: Path) -> list[tuple[object, ...]]:
    lines = ocindex.diff(old, new, key="id").lines
    return sorted(zip(*lines.select(["kind", "key", "old", "new"]).to_pydict().values(), strict=True), key=str)


def expected(old: Rows, new: Rows) -> list[tuple[object, ...]]:
    def row(key: int, value: str | None) -> str:
        return f'{{"id":"{key}","x":{"null" if value is None else chr(34) + value + chr(34)}}}'

    lines = [("removed", f'{{"id":"{key}"}}', row(key, old[key]), None) for key in old.keys() - new.keys()]
    lines += [("added", f'{{"id":"{key}"}}', None, row(key, new[key])) for key in new.keys() - old.keys()]
    both = old.keys() & new.keys()
    lines += [("changed", f'{{"id":"{key}"}}', old[key], new[key]) for key in both if old[key] != new[key]]
    return sorted(lines, key=str)


@settings(max_examples=60, deadline=None)
@given(
    tables, tables, st.sampled_from([1, 2, 5]), st.sampled_from([0, 3, 100]), st.booleans(), st.sampled_from([1, 100])
)
def test_every_difference_is_found_wherever_the_tables_are_cut(old, new, length, near, is_descending, group):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "STRETCH", length)
        patch.setattr(stretches, "_NEAR", near)
        paths = []
        for name, rows in (("old", old), ("new", new)):
            keys = sorted(rows, reverse=is_descending)
            paths.append(write(Path(folder) / f"{name}.parquet", keys, [rows[key] for key in keys], group))
        if paths[0].read_bytes() != paths[1].read_bytes():
            assert found(*paths) == expected(old, new)


@pytest.mark.parametrize(("length", "group"), [(1, 100), (2, 2)])
def test_a_row_whose_partner_stands_beyond_a_cut_is_told_once(tmp_path: Path, monkeypatch, length: int, group: int):
    monkeypatch.setattr(stretches, "STRETCH", length)
    old = write(tmp_path / "old.parquet", [1, 2, 3, 4, 5], ["a", "b", "c", "d", "e"], group)
    new = write(tmp_path / "new.parquet", [0, 1, 2, 3, 5], ["o", "a", "B", "c", "e"], group)
    assert [line[:2] for line in found(old, new)] == [
        ("added", '{"id":"0"}'),
        ("changed", '{"id":"2"}'),
        ("removed", '{"id":"4"}'),
    ]


def test_the_new_file_is_cut_at_the_partner_where_many_rows_came_before(monkeypatch: pytest.MonkeyPatch):
    import numpy as np

    monkeypatch.setattr(stretches, "STRETCH", 2)
    monkeypatch.setattr(stretches, "_NEAR", 3)
    # Row 4 of the old file went.
    old, new = np.array([0, 1, 2, 3, 5, 6]), np.array([0, 1, 2, 13, 15, 16])
    assert stretches.cuts_between(old, new) == [(2, 2), (4, 13), (6, 16)]
    assert stretches.cuts_between(old[:0], new[:0]) == []


def test_no_cut_stands_before_the_last_one(monkeypatch: pytest.MonkeyPatch):
    import numpy as np

    monkeypatch.setattr(stretches, "STRETCH", 2)
    monkeypatch.setattr(stretches, "_NEAR", 2)
    # The partner of row 2 is near, that of row 4, which went, is still the same.
    assert stretches.cuts_between(np.array([0, 2, 5]), np.array([0, 1, 2])) == [(2, 2), (4, 2)]


@pytest.mark.parametrize(
    ("keys", "last"),
    [([], -1), ([7], 0), ([1, 2, 9], 2), ([1, 2, 2], None), ([1, 3, 2], None), ([1, 2, None], None)],
)
def test_a_table_is_sorted_only_if_every_key_is_larger_than_the_one_before(tmp_path: Path, keys, last):
    path = write(tmp_path / "one.parquet", keys, ["v"] * len(keys))
    with duckdb.connect() as connection:
        sides = [
            next(iter(read_published(connection, path, label="", side=side, key=["id"]).tables.values()))
            for side in ("old", "new")
        ]
        found = last_rows(connection, Pair(sides[0], sides[1], ("id",), ("x",)))
    assert found == (None if last is None else (last, last))


def test_a_null_key_and_one_that_is_repeated_are_seen_whatever_the_order(tmp_path: Path):
    old = write(tmp_path / "old.parquet", [1, 2, None], ["a", "b", "c"])
    new = write(tmp_path / "new.parquet", [1, 2, None], ["a", "b", "d"])
    assert found(old, new) == [("changed", '{"id":null}', "c", "d")]
    twice = write(tmp_path / "twice.parquet", [1, 2, 2], ["a", "b", "c"])
    with pytest.raises(ocindex.OcindexError, match="rows 2 and 3"):
        ocindex.diff(old, twice, key="id")
