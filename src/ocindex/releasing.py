"""A raw folder and the published dataset in, the next release out: its version follows from what changed."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from ocindex.compare.releases.changes import Changes
from ocindex.errors import PublishError, UnknownNameError
from ocindex.pipeline import FIRST_VERSION, assemble, find_workbook
from ocindex.reading.reader import MAX_BYTES

PARTS = ("major", "minor", "patch")
BUMPS = ("auto", *PARTS)


@dataclass(frozen=True, slots=True)
class Release:
    """What a release did: its version, and what changed since the one before, None where there was none."""

    version: str
    changes: Changes | None
    is_released: bool


def release(
    raw: str | Path = "raw",
    dist: str | Path = "dist",
    *,
    bump: str = "auto",
    workbook: str | Path | None = None,
    releases: str | Path | None = None,
    max_bytes: int = MAX_BYTES,
) -> Release:
    """Build beside the published dataset, compare, choose the version, and publish all or nothing.

    Parameters
    ----------
    raw, dist, workbook, max_bytes
        As `ocindex.build` takes them.
    bump : {"auto", "major", "minor", "patch"}
        Part of the version that goes up; what changed decides, and less than that is refused.
    releases : str or pathlib.Path, optional
        Folder in which a copy is kept under its version.

    Returns
    -------
    Release
        ``is_released`` is false where nothing changed; nothing was written then.

    Raises
    ------
    PublishError
        If the changes ask for more than ``bump``, or the folder of releases has the version.
    ManifestError, InvalidDataError
        As `ocindex.build` raises them; nothing is written.
    """
    from ocindex.dataset.dataset import Dataset
    from ocindex.dataset.journal import recover
    from ocindex.dataset.load import DESCRIPTOR, read_descriptor
    from ocindex.dataset.publish import CHANGELOG, publish, write_files
    from ocindex.report.changelog import changelog_entry, extend_changelog, first_entry

    if bump not in BUMPS:
        raise UnknownNameError(f"found bump {bump!r}; expected one of {', '.join(BUMPS)}.")
    folder = Path(dist)
    recover(folder)
    old = read_descriptor(folder)[0] if (folder / DESCRIPTOR).is_file() else None
    dataset = assemble(Path(raw), version=old or FIRST_VERSION, workbook=find_workbook(workbook), max_bytes=max_bytes)
    changes = None
    if old is None:
        version, entry = FIRST_VERSION, first_entry(FIRST_VERSION)
    else:
        with tempfile.TemporaryDirectory(prefix="ocindex-") as name:
            write_files(dataset, Path(name) / "built")
            changes = _compare(folder, Path(name) / "built")
        if changes.bump is None:
            return Release(old, changes, is_released=False)
        version = next_version(old, _chosen(bump, changes.bump))
        entry = changelog_entry(changes, version)
    changelog = folder / CHANGELOG
    text = extend_changelog(changelog.read_text(encoding="utf-8") if changelog.is_file() else "", entry)
    released = Dataset(dict(dataset), version=version)
    if releases is not None:
        _refuse_existing(Path(releases) / version)
    publish(released, folder, changelog=text)
    if releases is not None:
        publish(released, Path(releases) / version, changelog=text)
    return Release(version, changes, is_released=True)


def next_version(version: str, part: str) -> str:
    """Raise one part of a version; those behind it begin at 0.

    Examples
    --------
    >>> next_version("1.2.3", "minor")
    '1.3.0'
    """
    numbers = version.split(".")
    if len(numbers) != len(PARTS) or not all(number.isdecimal() for number in numbers):
        raise PublishError(
            f"found the version {version!r}; expected three numbers such as 1.2.0; correct datapackage.json."
        )
    place = PARTS.index(part)
    raised = [int(number) for number in numbers[: place + 1]]
    raised[place] += 1
    return ".".join(map(str, [*raised, *[0] * (len(PARTS) - place - 1)]))


def _compare(old: Path, new: Path) -> Changes:
    from ocindex.compare.releases.difference import diff

    changes = diff(old, new)
    # The folder of the build is gone when somebody reads its name.
    return replace(changes, old=replace(changes.old, place=str(old)), new=replace(changes.new, place="the new build"))


def _chosen(bump: str, needed: str) -> str:
    if bump == "auto":
        return needed
    if PARTS.index(bump) > PARTS.index(needed):
        raise PublishError(
            f"found changes that ask for a {needed} release; expected no less than that; give --bump {needed} or auto. "
            "Nothing was published."
        )
    return bump


def _refuse_existing(folder: Path) -> None:
    if folder.exists():
        raise PublishError(
            f"{folder}: found this release already; expected a new version; move it. Nothing was published."
        )
