"""Where a release can stand: folder, descriptor, zip, git, version, single file."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from ocindex.compare.releases.places import open_place, same_bytes
from ocindex.errors import DatasetError, OcindexError, UnknownNameError


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: Path) -> Path:
    """A repository with the dataset in dist/, tagged v1, in which one stands."""
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    folder = tmp_path / "repository"
    shutil.copytree(published, folder / "dist")
    (folder / ".gitattributes").write_text("*.json export-ignore\n", encoding="utf-8")
    git(tmp_path, "init", "-q", str(folder))
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    git(folder, "tag", "v1")
    monkeypatch.chdir(folder)
    return folder


def test_a_revision_of_git_is_unpacked_and_removed_again(repository_of, published):
    shutil.rmtree(repository_of / "dist")
    with open_place("git:v1") as folder:
        assert same_bytes(folder, published)
    assert not folder.exists()
    with open_place("git:HEAD:dist") as folder:
        assert same_bytes(folder, published)


@pytest.mark.parametrize("place", ["git:nonsense", "git:--upload-pack=x", "git:", "git:HEAD:elsewhere"])
def test_a_revision_that_does_not_exist_says_so(repository_of, place):
    with pytest.raises(DatasetError, match="expected"), open_place(place):
        pass


def test_a_zip_may_hold_the_dataset_in_a_folder(published, tmp_path):
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", published.parent, published.name)
    with open_place(packed) as folder:
        assert same_bytes(folder, published)


def test_a_zip_of_something_else_is_refused(tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK nothing")
    with pytest.raises(DatasetError, match="no readable archive"), open_place(tmp_path / "broken.zip"):
        pass
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(DatasetError, match=r"found 0 files datapackage\.json"), open_place(tmp_path / "other.zip"):
        pass


@pytest.mark.parametrize("path", ["../outside.parquet", "/etc/passwd", "a/../../b", "C:/x"])
def test_a_descriptor_may_not_name_files_outside(tmp_path, path):
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("datapackage.json", f'{{"resources": [{{"name": "x", "path": "{path}"}}]}}')
    with pytest.raises(DatasetError, match="inside the dataset"), open_place(tmp_path / "evil.zip"):
        pass


def test_a_version_is_found_in_a_folder_of_releases(published, tmp_path, monkeypatch):
    shutil.copytree(published, tmp_path / "kept" / "1.1.0")
    shutil.make_archive(str(tmp_path / "kept" / "v1.2.0"), "zip", published)
    for version in ("1.1.0", "v1.1.0", "1.2.0"):
        with open_place(version, releases=tmp_path / "kept") as folder:
            assert same_bytes(folder, published)
    missing = r"found no version 2\.0\.0 .* one of 1\.1\.0, v1\.2\.0"
    with pytest.raises(UnknownNameError, match=missing), open_place("2.0.0", releases=tmp_path / "kept"):
        pass
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError, match="--releases"), open_place("1.1.0"):
        pass


def test_a_folder_without_a_descriptor_is_no_place(tmp_path):
    for place in (tmp_path, tmp_path / "missing", tmp_path / "x.txt"):
        with pytest.raises(OcindexError, match="expected a dataset's folder"), open_place(place):
            pass
