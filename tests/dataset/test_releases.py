"""Older versions: found in a folder of releases, packed or not, and never another than asked for."""

from __future__ import annotations

import gc
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import ocindex
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.publish import publish
from ocindex.dataset.releases import raise_version
from ocindex.errors import DatasetError, ReleaseError, UnknownNameError


@pytest.fixture
def releases(assembled: Dataset, tmp_path: Path) -> Path:
    """A folder of releases: 1.0.0 as a folder, 1.1.0 packed, v1.2.0 packed with a folder inside."""
    folder = tmp_path / "releases"
    publish(Dataset(dict(assembled), version="1.0.0"), folder / "1.0.0")
    for version, name, top in (("1.1.0", "1.1.0.zip", "."), ("1.2.0", "v1.2.0.zip", "dataset")):
        publish(Dataset(dict(assembled), version=version), tmp_path / "packed" / top)
        pack(tmp_path / "packed", folder / name)
        shutil.rmtree(tmp_path / "packed")
    return folder


def pack(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder))


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0", "1.2.0", "v1.0.0", "v1.1.0"])
def test_a_version_is_loaded_and_opened_from_a_folder_or_an_archive(
    version: str, releases: Path, assembled: Dataset
) -> None:
    for kind in ("parquet", "csv"):
        dataset = ocindex.open(version=version, releases=releases, format=kind)
        assert dataset.version == version.removeprefix("v")
        pd.testing.assert_frame_equal(dataset.evidence, assembled.evidence)
    assert dataset.sql("select count(*) as n from editions")["n"].tolist() == [3]
    loaded = ocindex.load("indicators", iso3="PER", edition=2021, version=version, releases=releases)
    assert len(loaded) == 26
    wide = ocindex.load("indicators", wide=True, version=version, releases=releases)
    assert len(wide) == 3


def test_what_was_unpacked_lasts_as_long_as_the_dataset_and_no_longer(
    releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    dataset = ocindex.open(version="1.1.0", releases=releases)
    gc.collect()
    assert dataset.sql("select iso3 from countries").shape == (193, 1)
    assert len(list((tmp_path / "temporary").iterdir())) == 1
    del dataset
    gc.collect()
    assert list((tmp_path / "temporary").iterdir()) == []
    ocindex.load("editions", version="1.1.0", releases=releases)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_without_a_folder_of_releases_the_dataset_itself_must_have_the_version(releases: Path) -> None:
    assert ocindex.open(releases / "1.0.0", version="1.0.0").version == "1.0.0"
    assert len(ocindex.load("editions", dist=releases / "1.0.0", version="v1.0.0")) == 3
    with pytest.raises(DatasetError, match=r"found version 1\.0\.0; expected 1\.1\.0; name the folder of releases"):
        ocindex.open(releases / "1.0.0", version="1.1.0")
    with pytest.raises(DatasetError, match=r"expected 9\.9\.9; name the folder of releases"):
        ocindex.load("editions", version="9.9.9")


@pytest.mark.parametrize("version", ["9.9.9", "1.0", "", "../dist", "1.0.0/../1.0.0", "latest"])
def test_an_unknown_version_is_refused_with_those_that_exist(version: str, releases: Path) -> None:
    with pytest.raises(UnknownNameError, match=re.escape("expected one of 1.0.0, 1.1.0, v1.2.0")):
        ocindex.open(version=version, releases=releases)


def test_a_folder_without_releases_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="it holds none"):
        ocindex.load("editions", version="1.0.0", releases=tmp_path / "none")


def test_a_release_under_another_name_is_refused(releases: Path) -> None:
    (releases / "1.0.0").rename(releases / "1.5.0")
    for read in (ocindex.open, lambda **options: ocindex.load("editions", **options)):
        with pytest.raises(DatasetError, match=r"found version 1\.0\.0; expected 1\.5\.0"):
            read(version="1.5.0", releases=releases)


@pytest.mark.parametrize("options", [{"releases": "releases"}, {"releases": "releases", "version": "1.0.0"}])
def test_a_folder_of_releases_goes_with_a_version_and_nothing_else(options: dict[str, str]) -> None:
    says = re.escape("found releases= without version=, or with a folder")
    with pytest.raises(UnknownNameError, match=says):
        ocindex.open("dist", **options)
    with pytest.raises(UnknownNameError, match=says):
        ocindex.load(dist="dist", **options)


def test_an_altered_archive_is_refused(releases: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(releases / "1.1.0.zip") as archive:
        archive.extractall(tmp_path / "altered")
    path = tmp_path / "altered" / "parquet" / "editions.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    pack(tmp_path / "altered", releases / "1.1.0.zip")
    with pytest.raises(DatasetError, match="the file was altered"):
        ocindex.load("editions", version="1.1.0", releases=releases)


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive"])
def test_a_broken_archive_is_refused(content: bytes, releases: Path) -> None:
    (releases / "1.1.0.zip").write_bytes(content)
    with pytest.raises(DatasetError, match="found no readable archive"):
        ocindex.open(version="1.1.0", releases=releases)


def test_a_path_that_leaves_the_archive_is_refused(releases: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(releases / "1.1.0.zip", "w") as archive:
        resource = '{"name": "editions", "path": "../../editions.parquet", "hash": "sha256:0"}'
        archive.writestr("datapackage.json", f'{{"version": "1.1.0", "resources": [{resource}]}}')
    with pytest.raises(DatasetError, match="expected one inside the dataset"):
        ocindex.open(version="1.1.0", releases=releases)


@pytest.mark.parametrize(
    ("version", "bump", "expected"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.9.9", "minor", "0.10.0"),
    ],
)
def test_a_version_is_raised_in_one_part(version: str, bump: str, expected: str) -> None:
    assert raise_version(version, bump) == expected


@pytest.mark.parametrize("version", ["", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-rc1", "01.2.3", "a.b.c"])
def test_a_version_that_is_not_three_numbers_is_refused(version: str) -> None:
    with pytest.raises(ReleaseError, match="expected three numbers"):
        raise_version(version, "minor")
