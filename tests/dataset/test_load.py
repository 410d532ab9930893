"""Loading: typed tables from a published folder, and a clear word where it is not what it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import ocindex
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.load import open_dataset
from ocindex.dataset.models import table_models
from ocindex.errors import DatasetError, UnknownNameError


@pytest.mark.parametrize("kind", ["parquet", "csv"])
@pytest.mark.parametrize("name", table_models())
def test_a_table_loads_equal_to_what_was_published(name: str, kind: str, published: Path, assembled: Dataset) -> None:
    loaded = open_dataset(published, format=kind).table(name)
    pd.testing.assert_frame_equal(loaded, assembled.table(name))


def test_a_loaded_table_has_the_types_of_the_models(published: Path) -> None:
    loaded = ocindex.load("composites", dist=published)
    assert {column: str(dtype) for column, dtype in loaded.dtypes.items()} == {
        "iso3": "str", "country": "str", "edition": "int16", "reference_year": "int16", "composite": "str",
        "label": "str", "higher_is": "str", "score": "float64", "score_source": "str", "recomputed": "float64",
        "score_basis_2021": "float64", "rank_world": "Int32", "rank_world_of": "Int32", "rank_world_tied": "boolean",
        "rank_continent": "Int32", "rank_continent_of": "Int32", "rank_continent_tied": "boolean",
        "rank_region": "Int32", "rank_region_of": "Int32", "rank_region_tied": "boolean",
    }  # fmt: skip


def test_countries_and_editions_can_be_chosen(published: Path) -> None:
    chosen = ocindex.load("indicators", iso3="PER", edition=[2023, 2025], dist=published)
    assert len(chosen) == 64
    assert list(chosen.index) == list(range(64))
    assert ocindex.load("indicators", iso3=["COL"], dist=published).empty


@pytest.mark.parametrize(
    ("table", "options", "says"),
    [
        ("scores", {}, "no table 'scores'; expected one of indicators, composites, evidence"),
        ("indicators-csv", {}, "no table 'indicators-csv'"),
        ("indicators", {"iso3": "Peru"}, "found country 'Peru'; expected the ISO 3166-1 alpha-3 code"),
        ("indicators", {"iso3": "XXX"}, "found country 'XXX'"),
        ("indicators", {"edition": 2022}, "found edition 2022; expected one of 2021, 2023, 2025"),
        ("indicator_codes", {"edition": 2021}, "'indicator_codes', which has no such column"),
        ("editions", {"iso3": "PER"}, "'editions', which has no such column"),
        ("composites", {"wide": True}, "expected it for 'indicators' only"),
    ],
)
def test_an_unknown_name_is_refused_with_what_exists(
    table: str, options: dict[str, object], says: str, published: Path
) -> None:
    with pytest.raises(UnknownNameError, match=re.escape(says)):
        ocindex.load(table, dist=published, **options)


def test_an_unknown_format_is_refused(published: Path) -> None:
    with pytest.raises(UnknownNameError, match="parquet, csv"):
        ocindex.open(published, format="xlsx")


def test_without_a_path_the_bundled_dataset_answers_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dist").mkdir()
    monkeypatch.chdir(tmp_path)
    assert len(ocindex.load("editions")) == 3
    assert ocindex.open().path != tmp_path / "dist"


def test_the_working_folder_can_be_the_dataset(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published)
    assert len(ocindex.open(".").countries) == 193


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_an_altered_file_is_refused(kind: str, published: Path) -> None:
    path = published / kind / f"countries.{kind}"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    dataset = ocindex.open(published, format=kind)
    with pytest.raises(DatasetError, match=rf"countries\.{kind}: found sha256:\w+; expected sha256:"):
        dataset.table("countries")
    assert len(dataset.editions) == 3


def test_a_missing_file_is_named(published: Path) -> None:
    (published / "parquet" / "evidence.parquet").unlink()
    with pytest.raises(DatasetError, match=r"evidence\.parquet: found no such file"):
        ocindex.load("evidence", dist=published)


def test_a_folder_without_a_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"found no datapackage\.json; .*run `ocindex build` first"):
        ocindex.open(tmp_path)


def descriptor_with(change: Callable[[dict[str, object]], object]) -> Callable[[str], str]:
    def alter(text: str) -> str:
        descriptor = json.loads(text)
        change(descriptor)
        return json.dumps(descriptor)

    return alter


@pytest.mark.parametrize(
    "alter",
    [
        lambda text: "",
        lambda text: text[:100],
        lambda text: "[]",
        lambda text: "{}",
        descriptor_with(lambda descriptor: descriptor.pop("version")),
        descriptor_with(lambda descriptor: descriptor.pop("resources")),
        descriptor_with(lambda descriptor: descriptor["resources"][0].pop("hash")),
        descriptor_with(lambda descriptor: descriptor["resources"][0].pop("path")),
        descriptor_with(lambda descriptor: descriptor["resources"][0].update(path=3)),
    ],
)
def test_a_broken_descriptor_is_refused(alter: Callable[[str], str], published: Path) -> None:
    path = published / "datapackage.json"
    path.write_text(alter(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DatasetError, match=r"datapackage\.json: found a broken descriptor"):
        ocindex.open(published)


def test_a_path_that_leaves_the_dataset_is_refused(published: Path) -> None:
    path = published / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"][0]["path"] = "../indicators.parquet"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(DatasetError, match="leaves the dataset"):
        ocindex.load("indicators", dist=published)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_sql_answers_from_either_format(kind: str, published: Path) -> None:
    dataset = ocindex.open(published, format=kind)
    answer = dataset.sql("select score from indicators where edition = 2021 and indicator = 'cocaine_trade'")
    assert answer["score"].tolist() == [9.0]


def test_sql_reads_a_folder_with_a_quote_in_its_name(published: Path, tmp_path: Path) -> None:
    folder = published.rename(tmp_path / "it's here")
    assert ocindex.open(folder).sql("select count(*) as n from editions")["n"].tolist() == [3]


def test_a_table_is_an_attribute_and_an_unknown_one_lists_what_exists(published: Path) -> None:
    dataset = ocindex.open(published)
    assert dataset.editions is dataset.table("editions")
    assert [name for name, _ in dataset] == list(table_models()) == list(dataset.tables)
    assert repr(dataset).startswith("<Dataset 0.1.0 at ")
    with pytest.raises(AttributeError, match="it has indicators, composites"):
        _ = dataset.scores
    with pytest.raises(UnknownNameError, match="expected one of indicators, composites"):
        dataset.table("scores")


def test_loading_a_table_needs_neither_pandera_nor_duckdb(published: Path) -> None:
    script = (
        "import sys, ocindex\n"
        f"ocindex.load('indicators', dist={str(published)!r})\n"
        "print([name for name in ('pandera', 'duckdb') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
