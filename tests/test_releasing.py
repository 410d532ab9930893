"""Releases: compared with the one before, numbered by what changed, described, published all or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import ocindex as package
from ocindex import releasing
from ocindex.dataset import publish as publishing
from ocindex.dataset.checking import check_published
from ocindex.errors import OcindexError, PublishError, ReleaseError
from ocindex.releasing import release

Tree = Callable[[Path], dict[str, bytes]]
FIRST = "TRADE\nArms trafficking is a concern in Peru. Firearms are smuggled over the border.\n"
EDITED = FIRST.replace("smuggled", "carried")


class Kill(BaseException):
    """What a kill is to the code: nothing catches it."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a raw folder of one profile."""
    (tmp_path / "raw" / "profiles").mkdir(parents=True)
    write_profile(tmp_path, FIRST)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def first_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first release of that profile, with a copy kept; made once, not to be altered."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "raw" / "profiles").mkdir(parents=True)
    write_profile(folder, FIRST)
    release(folder / "raw", folder / "dist", releases=folder / "releases")
    return folder


@pytest.fixture
def released(folder: Path, first_release: Path) -> Path:
    """A working folder in which the first release was made, with a copy kept."""
    for name in ("dist", "releases"):
        shutil.copytree(first_release / name, folder / name)
    return folder


def write_profile(folder: Path, text: str, *, title: str = "Peru") -> None:
    (folder / "raw" / "profiles" / "PER_2021.txt").write_text(text, encoding="utf-8")
    rows = f"path,kind,iso3,edition,title\nprofiles/PER_2021.txt,profile,PER,2021,{title}\n"
    (folder / "raw" / "sources.csv").write_text(rows, encoding="utf-8")


def version_of(dist: str | Path = "dist") -> str:
    return package.open(dist).version


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.name.startswith("."))


def test_the_first_release_says_what_it_holds(folder: Path) -> None:
    first = release()
    assert (first.previous, first.version, first.changes) == (None, "0.1.0", None)
    assert version_of() == "0.1.0"
    changelog = Path("dist/CHANGELOG.md").read_text(encoding="utf-8")
    assert "## 0.1.0\n\nFirst release.\n" in changelog
    assert "- indicators: 26 rows\n" in changelog
    assert check_published(Path("dist")) == []
    assert leftovers(folder) == []


@pytest.mark.parametrize(("bump", "version"), [("major", "1.0.0"), ("minor", "0.1.0"), ("patch", "0.0.1")])
def test_the_first_version_can_be_chosen(bump: str, version: str, folder: Path) -> None:
    assert release(bump=bump, dry_run=True).version == version


def test_two_releases_in_a_row_are_two_versions_and_two_entries(released: Path) -> None:
    write_profile(released, EDITED)
    second = release(date="2026-05-01")
    assert (second.previous, second.version, second.bump) == ("0.1.0", "0.2.0", "minor")
    changelog = Path("dist/CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.index("## 0.2.0 (2026-05-01)") < changelog.index("## 0.1.0\n")
    assert "Firearms are ~~smuggled~~ **carried** over the border." in changelog
    write_profile(released, EDITED, title="Republic of Peru")
    third = release()
    assert (third.version, third.bump) == ("0.2.1", "patch")
    assert version_of() == "0.2.1"
    assert check_published(Path("dist")) == []


def test_nothing_changed_means_nothing_released(released: Path, tree: Tree) -> None:
    before = tree(released)
    again = release(bump="major", releases=None)
    assert (again.version, again.previous) == (None, "0.1.0")
    assert tree(released) == before


def test_the_same_steps_give_the_same_bytes(folder: Path, tree: Tree) -> None:
    results = []
    for name in ("one", "two"):
        write_profile(folder, FIRST)
        release(dist=name)
        write_profile(folder, EDITED)
        release(dist=name)
        results.append(tree(folder / name))
    assert results[0] == results[1]


def test_a_smaller_bump_than_the_changes_ask_for_is_refused_and_nothing_written(released: Path, tree: Tree) -> None:
    write_profile(released, EDITED)
    before = tree(released)
    with pytest.raises(ReleaseError, match=r"found --bump patch for changes that ask for minor \(1 revision"):
        release(bump="patch")
    assert tree(released) == before


def test_a_larger_bump_is_made_as_asked(released: Path) -> None:
    write_profile(released, EDITED)
    made = release(bump="major")
    assert (made.version, made.bump, made.asked) == ("1.0.0", "major", "minor")


def test_a_country_that_is_gone_asks_for_major(folder: Path) -> None:
    for name in ("PER", "COL"):
        (folder / "raw" / f"{name}.csv").write_text(f"iso3,edition,measure,score\n{name},2021,arms_trafficking,5\n")
    rows = ["path,kind,iso3,edition", "PER.csv,scores,,", "COL.csv,scores,,"]
    Path("raw/sources.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    release()
    Path("raw/sources.csv").write_text("\n".join(rows[:2]) + "\n", encoding="utf-8")
    (folder / "raw" / "COL.csv").unlink()
    gone = release()
    assert (gone.version, gone.bump) == ("1.0.0", "major")
    assert "### Breaking" in gone.entry


def test_a_dry_run_tells_and_writes_nothing(released: Path, tree: Tree) -> None:
    write_profile(released, EDITED)
    before = tree(released)
    told = release(dry_run=True, releases="elsewhere")
    assert told.version == "0.2.0"
    assert told.entry.startswith("## 0.2.0\n")
    assert tree(released) == before
    assert not Path("elsewhere").exists()


@pytest.mark.parametrize(("options", "says"), [({"bump": "huge"}, "found bump 'huge'"), ({"date": "May"}, "'May'")])
def test_an_unknown_option_is_refused(options: dict[str, str], says: str, folder: Path) -> None:
    with pytest.raises(ReleaseError, match=says):
        release(**options)
    assert not Path("dist").exists()


def test_copies_are_kept_and_can_be_loaded_by_version(released: Path, tree: Tree) -> None:
    write_profile(released, EDITED)
    made = release(releases="releases")
    assert made.kept == Path("releases/0.2.0")
    assert tree(Path("releases/0.2.0")) == tree(Path("dist"))
    assert sorted(path.name for path in Path("releases").iterdir()) == ["0.1.0", "0.2.0"]
    old = package.load("evidence", version="0.1.0", releases="releases")
    assert "smuggled" in " ".join(old["text"])
    assert package.open(version="0.1.0", releases="releases").version == "0.1.0"


def test_a_version_that_was_kept_before_is_not_overwritten(released: Path, tree: Tree) -> None:
    (released / "releases" / "0.2.0").mkdir()
    write_profile(released, EDITED)
    before = tree(released)
    with pytest.raises(ReleaseError, match="found a release of that version already"):
        release(releases="releases")
    assert tree(released) == before
    assert leftovers(released) == []


def test_a_dataset_that_was_built_again_is_no_release_to_compare_with(released: Path, tree: Tree) -> None:
    write_profile(released, EDITED)
    package.build()
    before = tree(released)
    with pytest.raises(ReleaseError, match=r"it was built again.*--since git:REV, or --releases"):
        release()
    assert tree(released) == before
    assert release(dry_run=True, since="releases/0.1.0").version == "0.2.0"
    assert release(releases="releases").version == "0.2.0"
    assert version_of() == version_of("releases/0.2.0") == "0.2.0"


def test_a_version_changed_by_hand_is_said(released: Path) -> None:
    path = Path("dist/datapackage.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"version": "0.1.0"', '"version": "new"'), "utf-8")
    write_profile(released, EDITED)
    with pytest.raises(ReleaseError, match="found version 'new' of the release before; expected three numbers"):
        release()


STEPS = [
    (releasing, "_write"),
    (releasing, "_describe"),
    (releasing, "_publish"),
    (publishing, "write_files"),
    (publishing, "_flush"),
    (publishing, "_exchange"),
]


@pytest.mark.parametrize(("module", "step"), STEPS)
@pytest.mark.parametrize("error", [Kill(), OSError(28, "No space left on device")])
def test_what_fails_between_the_steps_leaves_all_as_it_was(
    module: object, step: str, error: BaseException, released: Path, tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    write_profile(released, EDITED)
    before = tree(released)

    def fail(*arguments: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(module, step, fail)
        with pytest.raises((Kill, OcindexError, OSError)):
            release(releases="releases")
    assert tree(released) == before
    assert leftovers(released) == []
    if isinstance(error, Kill):
        assert release(releases="releases").version == "0.2.0"


def test_a_kill_just_before_the_copy_is_kept_is_made_good_by_the_next_run(
    released: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_profile(released, EDITED)
    original = Path.rename

    def die(self: Path, target: Path) -> Path:
        if Path(target) == Path("releases/0.2.0"):
            raise Kill
        return original(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", die)
        with pytest.raises(Kill):
            release(releases="releases")
    assert version_of() == "0.2.0"
    assert not Path("releases/0.2.0").exists()
    assert release(releases="releases").version is None
    assert tree(Path("releases/0.2.0")) == tree(Path("dist"))


def test_a_folder_of_releases_that_cannot_be_made_is_said(folder: Path, tree: Tree) -> None:
    (folder / "releases").write_text("mine", encoding="utf-8")
    before = tree(folder)
    with pytest.raises(PublishError, match="expected a folder that can be written"):
        release(releases="releases")
    assert tree(folder) == before


def test_a_foreign_folder_is_refused_before_anything_is_kept(folder: Path) -> None:
    Path("dist").mkdir()
    Path("dist/notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PublishError, match="expected a dataset's folder"):
        release(releases="releases")
    assert list(Path("releases").iterdir()) == []
    shutil.rmtree("releases")


def test_a_folder_of_releases_inside_the_dataset_is_refused(released: Path, tree: Tree) -> None:
    before = tree(released)
    with pytest.raises(ReleaseError, match="expected one beside it"):
        release(releases="dist/releases")
    assert tree(released) == before


def test_a_changelog_that_is_no_text_is_said_and_stays(released: Path) -> None:
    Path("dist/CHANGELOG.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReleaseError, match="expected UTF-8; restore the file"):
        release()
    assert Path("dist/CHANGELOG.md").read_bytes() == b"\xff\xfe\x00"
