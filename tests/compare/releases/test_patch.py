"""The change table is complete: applied to the old release it gives the new one, whatever the tables hold."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ocindex
from ocindex.compare.releases.patch import apply_changes, tables_hash
from ocindex.pipeline import build

from .conftest import Table, write_release

# -0.0 equals 0.0 in every comparison, and CSV writes them apart.
numbers = st.floats(width=64).map(lambda value: 0.0 if value == 0 else value)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
KINDS = {
    "text": (pa.string(), texts),
    "number": (pa.float64(), numbers),
    "small": (pa.int16(), st.integers(-(2**15), 2**15 - 1)),
    "large": (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
    "flag": (pa.bool_(), st.booleans()),
}


@st.composite
def datasets(draw: st.DrawFn) -> dict[str, Table]:
    """Up to two tables with a key of one or two columns and any further columns."""
    made = {}
    for name in draw(st.lists(st.sampled_from(["first", "second", "evidence"]), unique=True, max_size=2)):
        key = draw(st.sampled_from([["k"], ["k", "n"]]))
        identity = (lambda row: row[0]) if len(key) == 1 else tuple
        rows = draw(st.lists(st.tuples(texts, st.integers(0, 3)), max_size=8, unique_by=identity))
        columns = {
            "k": pa.array([row[0] for row in rows], pa.string()),
            "n": pa.array([row[1] for row in rows], pa.int32()),
        }
        if len(key) == 1:
            del columns["n"]
        for column in draw(st.permutations(["a", "b", "text"]))[: draw(st.integers(0, 3))]:
            kind, values = KINDS[draw(st.sampled_from(sorted(KINDS)))]
            cells = draw(st.lists(st.none() | values, min_size=len(rows), max_size=len(rows)))
            columns[column] = pa.array(cells, kind)
        made[name] = Table(pa.table(columns), key)
    return made


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, Table], dict[str, Table]]:
    """Two datasets; tables of one name may be much alike."""
    return draw(datasets()), draw(datasets())


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_a_dataset_does_not_differ_from_itself(tables):
    with tempfile.TemporaryDirectory() as folder:
        old = write_release(Path(folder) / "old", tables)
        # Another version makes other bytes, so that the tables are really compared.
        new = write_release(Path(folder) / "new", tables, "2.0.0")
        for path in (new / "parquet").iterdir():
            pq.write_table(pq.read_table(path), path, compression="zstd")
        changes = ocindex.diff(old, new)
        assert len(changes.lines) == 0
        assert changes.is_same


@settings(max_examples=120, deadline=None)
@given(pairs())
def test_the_change_table_applied_to_the_old_release_gives_the_new_one(both):
    with tempfile.TemporaryDirectory() as folder:
        old, new = (write_release(Path(folder) / name, tables) for name, tables in zip("ab", both, strict=True))
        changes = ocindex.diff(old, new)
        applied = apply_changes(old, changes.table())
        assert list(map(str, sorted(applied))) == sorted(both[1])
        assert f"sha256:{tables_hash(applied)}" == changes.new.content
        assert changes.is_same == (len(changes.lines) == 0)


def test_the_bundled_dataset_follows_from_an_edited_one(published, raw, tmp_path):
    profile = raw / "profiles" / "PER_2021.txt"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("child adoption", "adoption").replace("DRUGS", "DRUGS\n\n"), encoding="utf-8")
    manifest = raw / "sources.csv"
    rows = manifest.read_text(encoding="utf-8").splitlines()
    rows[1] = rows[1].rpartition(",")[0] + ","
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    build(raw, tmp_path / "edited")
    for old, new in ((published, tmp_path / "edited"), (tmp_path / "edited", published)):
        changes = ocindex.diff(old, new)
        assert not changes.is_same
        assert f"sha256:{tables_hash(apply_changes(old, changes.table()))}" == changes.new.content


def test_a_single_table_follows_too(tmp_path):
    pq.write_table(pa.table({"id": [1, 2, 3], "x": [math.nan, 2.0, None]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"id": [1, 3, 4], "x": ["1", None, ""]}), tmp_path / "b.parquet")
    changes = ocindex.diff(tmp_path / "a.parquet", tmp_path / "b.parquet", key="id")
    applied = apply_changes(tmp_path / "a.parquet", changes.table(), key="id")
    assert applied["table"].to_pydict() == {"id": [1, 3, 4], "x": ["1", None, ""]}


@pytest.mark.parametrize("name", ["rows", "cells", "schema"])
def test_rows_cells_and_schema_are_parts_of_the_table(name, tmp_path):
    pq.write_table(pa.table({"id": [1, 2], "x": [1, 2]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"id": [1, 3], "x": [2, 2], "y": [1, 1]}), tmp_path / "b.parquet")
    changes = ocindex.diff(tmp_path / "a.parquet", tmp_path / "b.parquet", key="id")
    assert 0 < len(getattr(changes, name)) < len(changes.table())
    assert len(changes.rows) + len(changes.cells) + len(changes.schema) == len(changes.table())
