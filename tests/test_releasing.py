"""A release: the version follows from what changed, and all of it is published or nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import ocindex
from ocindex.dataset.checking import check_published
from ocindex.errors import PublishError, UnknownNameError
from ocindex.releasing import next_version, release

Tree = Callable[[Path], dict[str, bytes]]


def edit(raw: Path, old: str, new: str) -> None:
    """Change the profile's words, and let sources.csv not name the old hash."""
    profile = raw / "profiles" / "PER_2021.txt"
    text = profile.read_text(encoding="utf-8")
    assert old in text
    profile.write_text(text.replace(old, new), encoding="utf-8")
    manifest = raw / "sources.csv"
    rows = manifest.read_text(encoding="utf-8").splitlines()
    rows[1] = rows[1].rpartition(",")[0] + ","
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_nothing_changed_means_nothing_released(raw, published, tree: Tree):
    before = tree(published)
    done = release(raw, published)
    assert (done.version, done.is_released) == ("0.1.0", False)
    assert tree(published) == before


def test_an_edited_sentence_makes_a_minor_release_and_says_so_in_words(raw, published, tmp_path):
    edit(raw, "child adoption", "infant adoption")
    done = release(raw, published, releases=tmp_path / "kept")
    assert (done.version, done.is_released) == ("0.2.0", True)
    assert check_published(published) == []
    changelog = (published / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## 0.2.0" in changelog
    assert (
        "sentence edited (evidence: PER 2021 human\\_trafficking): ~~child~~ **infant** — the source changed"
        in changelog
    )
    assert ocindex.diff("0.2.0", published, releases=tmp_path / "kept").is_same
    assert not release(raw, published).is_released


def test_a_lost_country_is_breaking_and_makes_a_major_release(raw, published):
    scores = raw / "scores" / "PER.csv"
    kept = [line for line in scores.read_text(encoding="utf-8").splitlines() if ",2023," not in line]
    scores.write_text("\n".join(kept) + "\n", encoding="utf-8")
    manifest = raw / "sources.csv"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        "\n".join(line.rpartition(",")[0] + "," if line.startswith("scores/") else line for line in text.splitlines())
        + "\n",
        encoding="utf-8",
    )
    with pytest.raises(PublishError, match="ask for a major release"):
        release(raw, published, bump="minor")
    assert ocindex.open(published).version == "0.1.0"
    assert release(raw, published).version == "1.0.0"


def test_entries_are_put_on_top_of_the_older_ones(raw, published):
    edit(raw, "child adoption", "infant adoption")
    release(raw, published)
    edit(raw, "infant adoption", "baby adoption")
    release(raw, published, bump="major")
    headings = [
        line for line in (published / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "
    ]
    assert headings == ["## 1.0.0", "## 0.2.0"]


def test_without_a_published_dataset_the_first_release_is_made(raw, tmp_path):
    done = release(raw, tmp_path / "fresh")
    assert (done.version, done.changes) == ("0.1.0", None)
    assert "First release" in (tmp_path / "fresh" / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_failing_build_leaves_the_published_dataset_whole(raw, published, tree: Tree):
    before = tree(published)
    (raw / "sources.csv").write_text("path,kind\nnothing.txt,profile\n", encoding="utf-8")
    with pytest.raises(ocindex.OcindexError):
        release(raw, published)
    assert tree(published) == before


@pytest.mark.parametrize(("part", "expected"), [("major", "2.0.0"), ("minor", "1.3.0"), ("patch", "1.2.4")])
def test_the_part_that_goes_up_resets_those_behind_it(part, expected):
    assert next_version("1.2.3", part) == expected


def test_a_release_is_loaded_by_its_version(published, tmp_path):
    shutil.copytree(published, tmp_path / "kept" / "0.1.0")
    shutil.make_archive(str(tmp_path / "kept" / "0.0.9"), "zip", published)
    frame = ocindex.load("editions", version="0.1.0", releases=tmp_path / "kept")
    assert list(frame["edition"]) == [2021, 2023, 2025]
    with pytest.raises(UnknownNameError, match=r"found version 0\.1\.0; expected 0\.0\.9"):
        ocindex.load("editions", version="0.0.9", releases=tmp_path / "kept")
    with pytest.raises(UnknownNameError, match=r"found no version 3\.0\.0"):
        ocindex.load("editions", version="3.0.0", releases=tmp_path / "kept")
    with pytest.raises(UnknownNameError, match="name a folder of releases"):
        ocindex.load("editions", version="9.9.9")


def test_code_and_data_that_do_not_fit_say_so(ocindex, published):
    descriptor = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["schema"]["fields"] = [field for field in resource["schema"]["fields"] if field["name"] != "score"]
    (published / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    answer = ocindex("show", "PER", "--dist", published)
    assert answer.code == 2
    assert "version 0.1.0 without indicators.score, composites.score; expected the schema that ocindex" in answer.err


def test_the_command_releases_and_says_what(ocindex, raw, published):
    edit(raw, "child adoption", "infant adoption")
    answer = ocindex("release", "--raw", raw, "--dist", published)
    assert answer.code == 0
    assert "[-child-] {+infant+} adoption" in answer.out
    assert f"released 0.2.0 in {published}" in answer.out
    assert "nothing was released" in ocindex("release", "--raw", raw, "--dist", published).out


def test_a_broken_version_is_not_raised():
    with pytest.raises(PublishError, match="three numbers"):
        next_version("1.2", "patch")
