"""Publishing: a folder is the old dataset or the new one, whatever happens in between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import ocindex
from ocindex.dataset import publish as publishing
from ocindex.dataset.checking import check_published
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.descriptor import content_hash
from ocindex.dataset.journal import aside_path, journal_path, recover, staging_path
from ocindex.dataset.publish import publish
from ocindex.errors import PublishError
from ocindex.pipeline import build

Tree = Callable[[Path], dict[str, bytes]]


class Kill(BaseException):
    """What a kill is to the code: nothing catches it."""


@pytest.fixture
def newer(assembled: Dataset) -> Dataset:
    """The same tables under another version, to tell the new folder from the old."""
    return Dataset(dict(assembled), version="0.2.0")


@pytest.fixture
def two_renames(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without renameat2."""
    monkeypatch.setattr(publishing, "_exchange_at_once", lambda first, second: False)


def kill_at(monkeypatch: pytest.MonkeyPatch, method: str, number: int, error: BaseException) -> None:
    """Let the given call of a method of Path fail, and none before."""
    original = getattr(Path, method)
    calls = iter(range(1, 1000))

    def dying(self: Path, *arguments: object, **options: object) -> object:
        if next(calls) == number:
            raise error
        return original(self, *arguments, **options)

    monkeypatch.setattr(Path, method, dying)


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in ("dist", "raw"))


def version_of(dist: Path) -> str:
    return str(json.loads((dist / "datapackage.json").read_text(encoding="utf-8"))["version"])


def test_a_new_folder_holds_the_whole_dataset_and_nothing_stands_beside_it(published: Path, tree: Tree) -> None:
    names = ocindex.open(published).tables
    assert set(tree(published)) == {
        "datapackage.json",
        *(f"{kind}/{name}.{kind}" for name in names for kind in ("parquet", "csv")),
    }
    assert leftovers(published.parent) == []
    assert check_published(published) == []


@pytest.mark.parametrize("at_once", [True, False])
def test_the_new_dataset_replaces_the_old_one(
    at_once: bool, newer: Dataset, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not at_once:
        monkeypatch.setattr(publishing, "_exchange_at_once", lambda first, second: False)
    publish(newer, published)
    assert version_of(published) == "0.2.0"
    assert leftovers(published.parent) == []
    assert check_published(published) == []


def test_folders_above_are_made(assembled: Dataset, tmp_path: Path) -> None:
    publish(assembled, tmp_path / "some" / "where" / "dist")
    assert check_published(tmp_path / "some" / "where" / "dist") == []


@pytest.mark.parametrize("step", ["to_csv", "write_descriptor", "_flush", "_exchange", "_exchange_at_once"])
@pytest.mark.parametrize("error", [Kill(), OSError(28, "No space left on device"), MemoryError()])
def test_what_fails_before_the_exchange_leaves_the_old_dataset_whole(
    step: str, error: BaseException, newer: Dataset, published: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(published)

    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(publishing, step, fail)
    with pytest.raises(PublishError if isinstance(error, OSError) else type(error)):
        publish(newer, published)
    assert tree(published) == before
    assert leftovers(published.parent) == []


@pytest.mark.parametrize("step", ["to_csv", "write_descriptor", "_flush", "_exchange"])
def test_a_first_build_that_fails_leaves_nothing(
    step: str, assembled: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise Kill

    monkeypatch.setattr(publishing, step, fail)
    with pytest.raises(Kill):
        publish(assembled, tmp_path / "dist")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_with_the_next_step(
    newer: Dataset, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "write_descriptor", fail)
    with pytest.raises(PublishError, match=r"No space left on device; .*the old dataset is as it was: free the place"):
        publish(newer, published)


def test_a_staging_folder_that_a_kill_left_is_no_obstacle(newer: Dataset, published: Path) -> None:
    (staging_path(published) / "parquet").mkdir(parents=True)
    (staging_path(published) / "parquet" / "half.parquet").write_bytes(b"PAR1")
    publish(newer, published)
    assert version_of(published) == "0.2.0"
    assert leftovers(published.parent) == []


def kill_between_renames(
    newer: Dataset, dist: Path, monkeypatch: pytest.MonkeyPatch, *, method: str = "rename", number: int = 2
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_exchange_at_once", lambda first, second: False)
        kill_at(patch, method, number, Kill())
        with pytest.raises(Kill):
            publish(newer, dist)


def test_a_kill_between_the_two_renames_is_completed_by_open(
    newer: Dataset, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_between_renames(newer, published, monkeypatch)
    assert not published.exists()
    assert leftovers(published.parent) == [".dist.journal", ".dist.new", ".dist.old"]
    assert ocindex.open(published).version == "0.2.0"
    assert leftovers(published.parent) == []
    assert check_published(published) == []


def test_a_kill_between_the_two_renames_is_completed_by_load_and_by_check(
    newer: Dataset, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_between_renames(newer, published, monkeypatch)
    assert check_published(published) == []
    kill_between_renames(newer, published, monkeypatch)
    assert len(ocindex.load("editions", dist=published)) == 3
    assert leftovers(published.parent) == []


def test_a_kill_between_the_two_renames_is_completed_by_the_next_build(
    newer: Dataset, published: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (published / "CHANGELOG.md").write_text("# Changes\n", encoding="utf-8")
    kill_between_renames(newer, published, monkeypatch)
    assert build(raw, published).version == "0.2.0", "the version is that of the dataset that was under way"
    assert (published / "CHANGELOG.md").read_text(encoding="utf-8") == "# Changes\n"
    assert leftovers(published.parent) == []


def test_a_kill_before_the_first_rename_leaves_the_old_dataset(
    newer: Dataset, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_between_renames(newer, published, monkeypatch, number=1)
    assert journal_path(published).is_file()
    assert ocindex.open(published).version == "0.1.0"
    assert leftovers(published.parent) == []


def test_a_kill_after_the_second_rename_leaves_the_new_dataset(
    newer: Dataset, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_between_renames(newer, published, monkeypatch, method="unlink", number=1)
    assert journal_path(published).is_file()
    assert ocindex.open(published).version == "0.2.0"
    assert leftovers(published.parent) == []


def test_without_a_whole_new_dataset_the_old_one_comes_back(published: Path) -> None:
    published.rename(aside_path(published))
    staging_path(published).mkdir()
    journal_path(published).write_text("half done\n", encoding="utf-8")
    assert ocindex.open(published).version == "0.1.0"
    assert leftovers(published.parent) == []


def test_a_journal_without_any_folder_is_no_crash(tmp_path: Path) -> None:
    journal_path(tmp_path / "dist").write_text("half done\n", encoding="utf-8")
    recover(tmp_path / "dist")
    assert list(tmp_path.iterdir()) == []


def test_a_kill_is_completed_through_a_link_too(
    newer: Dataset, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link"
    link.symlink_to(published)
    kill_between_renames(newer, link, monkeypatch)
    assert ocindex.open(link).version == "0.2.0"
    assert link.is_symlink()


def test_a_failing_second_rename_is_completed_later(
    newer: Dataset, published: Path, two_renames: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        kill_at(patch, "rename", 2, OSError(5, "Input/output error"))
        with pytest.raises(PublishError):
            publish(newer, published)
    assert ocindex.open(published).version == "0.2.0"


@pytest.mark.parametrize("name", ["notes.txt", "thesis", ".git"])
def test_a_foreign_folder_is_refused_and_stays_as_it_is(name: str, assembled: Dataset, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / name).write_text("mine", encoding="utf-8")
    with pytest.raises(PublishError, match=f"found '{name}'; expected a dataset's folder"):
        publish(assembled, tmp_path / "dist")
    assert (tmp_path / "dist" / name).read_text(encoding="utf-8") == "mine"
    assert leftovers(tmp_path) == []


def test_a_file_in_the_place_of_the_folder_is_refused(assembled: Dataset, tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("mine", encoding="utf-8")
    with pytest.raises(PublishError, match="found a file; expected a folder"):
        publish(assembled, tmp_path / "dist")


def test_the_root_of_the_system_is_refused(assembled: Dataset) -> None:
    with pytest.raises(PublishError, match="expected a dataset's folder"):
        publish(assembled, Path("/"))


def test_version_and_changelog_are_carried_over_and_not_in_the_content_hash(
    newer: Dataset, published: Path, raw: Path
) -> None:
    hash_before = content_hash(published)
    publish(newer, published, changelog="# Changes\n\n- one more\n")
    build(raw, published)
    assert version_of(published) == "0.2.0"
    assert (published / "CHANGELOG.md").read_bytes() == b"# Changes\n\n- one more\n"
    assert content_hash(published) == hash_before


def test_without_an_old_dataset_the_version_is_the_first(raw: Path, tmp_path: Path) -> None:
    assert build(raw, tmp_path / "dist").version == "0.1.0"


def test_two_builds_give_the_same_bytes_whatever_the_hash_seed_folder_and_zone(
    repository: Path, tmp_path: Path, tree: Tree
) -> None:
    script = "import sys, ocindex; ocindex.build(raw=sys.argv[1], dist=sys.argv[2])"
    trees = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        dist = tmp_path / seed / "dist"
        subprocess.run(
            [sys.executable, "-c", script, str(repository / "raw"), str(dist)],
            check=True,
            cwd=tmp_path,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
        )
        trees.append(tree(dist))
    assert trees[0] == trees[1]


def test_the_committed_dataset_is_what_the_committed_sources_give(
    repository: Path, assembled: Dataset, published: Path, tree: Tree
) -> None:
    committed = repository / "dist"
    assert content_hash(published) == content_hash(committed), "run `ocindex build` and commit dist/"
    wrote = {
        pq.ParquetFile(folder / "parquet" / "editions.parquet").metadata.created_by for folder in (committed, published)
    }
    if len(wrote) == 1:
        built, kept = tree(published), tree(committed)
        kept.pop("CHANGELOG.md", None)
        assert version_of(committed) == ocindex.open(committed).version
        if version_of(committed) != assembled.version:
            built.pop("datapackage.json")
            kept.pop("datapackage.json")
        assert built == kept
