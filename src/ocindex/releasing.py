"""A raw folder and the published dataset in, the next release out: compared, numbered, described, published."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.dataset.releases import DESCRIPTOR, raise_version
from ocindex.errors import InvalidDataError, PublishError, ReleaseError
from ocindex.pipeline import assemble, find_workbook
from ocindex.reading.document import Source
from ocindex.reading.reader import MAX_BYTES

if TYPE_CHECKING:
    from ocindex.compare.releases.changes import Changes
    from ocindex.dataset.dataset import Dataset

AUTO = "auto"
BUMPS = ("major", "minor", "patch")
NOTHING = "0.0.0"
_STAGED = ".release.new"


@dataclass(frozen=True, slots=True)
class Release:
    """What a release came to.

    ``version`` is None where nothing changed, so that nothing was released; ``previous``
    None where there was no dataset before; ``asked`` is the bump that the changes ask
    for, ``bump`` the one that was made; ``kept`` the copy in the folder of releases.
    """

    dataset: Dataset
    previous: str | None
    version: str | None = None
    bump: str | None = None
    asked: str | None = None
    entry: str = ""
    changes: Changes | None = None
    kept: Path | None = None


def release(
    raw: str | Path = "raw",
    dist: str | Path = "dist",
    *,
    bump: str = AUTO,
    workbook: str | Path | None = None,
    max_bytes: int = MAX_BYTES,
    since: str | None = None,
    releases: str | Path | None = None,
    date: str | None = None,
    dry_run: bool = False,
    progress: Callable[[Iterable[Source]], Iterable[Source]] = iter,
) -> Release:
    """Build the dataset of a raw folder and publish it as the next release, or leave all as it was.

    Parameters
    ----------
    raw, dist : str or pathlib.Path
        As for `ocindex.pipeline.build`; ``dist`` is the release before.
    bump : {"auto", "major", "minor", "patch"}
        Part of the version that goes up; ``auto`` takes what the changes ask for. A
        larger one may be chosen, a smaller one is refused.
    workbook, max_bytes, progress : optional
        As for `ocindex.pipeline.build`.
    since : str, optional
        The release before, if it does not stand in ``dist`` any more: any place that
        `ocindex.diff` takes, such as ``git:v1.1.0``.
    releases : str or pathlib.Path, optional
        Folder in which a copy of each release is kept under its version.
    date : str, optional
        Day for the changelog, such as ``2026-05-01``.
    dry_run : bool
        Only tell what would be released.

    Returns
    -------
    Release

    Raises
    ------
    ReleaseError
        If the release cannot be made as asked; nothing is written.
    PublishError
        If a folder cannot be written; the old dataset is as it was.
    """
    from ocindex.dataset.journal import recover

    dist, kept = Path(dist), None if releases is None else Path(releases)
    day = _check_options(bump, date, dist, kept)
    recover(dist)
    before = since or _release_before(dist, kept)
    dataset = assemble(Path(raw), workbook=find_workbook(workbook), max_bytes=max_bytes, progress=progress)
    if kept is not None and before == _named(dist) and not dry_run:
        _keep_published(dist, kept)
    with _staging(None if dry_run else kept) as staged:
        _write(dataset, staged)
        prepared = _describe(dataset, staged, before, kept, bump, day)
        if prepared.version is None or dry_run:
            return prepared
        return _publish(prepared, staged, dist, kept)


def _check_options(bump: str, date: str | None, dist: Path, kept: Path | None) -> str | None:
    if bump not in (AUTO, *BUMPS):
        raise ReleaseError(f"found bump {bump!r}; expected one of {', '.join((AUTO, *BUMPS))}.")
    if kept is not None and kept.resolve().is_relative_to(dist.resolve()):
        raise ReleaseError(
            f"{kept}: found the folder of releases inside {dist}; expected one beside it: a release replaces {dist} as "
            "a whole."
        )
    try:
        return None if date is None else datetime.date.fromisoformat(date).isoformat()
    except ValueError as error:
        raise ReleaseError(f"found date {date!r}; expected a day such as 2026-05-01.") from error


def _named(dist: Path) -> str:
    # Never relative: a folder named 1.1.0 would be taken for a version.
    return str(dist.absolute())


def _release_before(dist: Path, kept: Path | None) -> str | None:
    """Find the release to compare with: the published folder, unless a build has replaced it since."""
    from ocindex.compare.releases.places import describe_place
    from ocindex.dataset.load import read_descriptor
    from ocindex.report.changelog import recorded_content

    if not (dist / DESCRIPTOR).is_file():
        return None
    read_descriptor(dist)
    version, content = describe_place(dist)
    recorded = recorded_content(_read_changelog(dist) or "", version)
    if recorded in (None, content):
        return _named(dist)
    if kept is not None and (kept / version / DESCRIPTOR).is_file():
        return _named(kept / version)
    raise ReleaseError(
        f"{dist}: found another dataset than the release {version} that CHANGELOG.md records (it was built again); "
        "expected that release, to compare with; name it: --since git:REV, or --releases with a copy of it."
    )


def _read_changelog(dist: Path) -> str | None:
    from ocindex.dataset.publish import CHANGELOG

    path = dist / CHANGELOG
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else None
    except (UnicodeDecodeError, OSError) as error:
        raise ReleaseError(f"{path}: found no readable text ({error}); expected UTF-8; restore the file.") from error


def _keep_published(dist: Path, kept: Path) -> None:
    """Keep a copy of the release before, if there is none: its run may have ended just before that."""
    from ocindex.compare.releases.places import describe_place

    version = describe_place(dist)[0]
    if any((kept / name).exists() for name in (version, f"{version}.zip")):
        return
    with _staging(kept) as staged:
        try:
            shutil.copytree(dist, staged)
            staged.rename(kept / version)
        except OSError as error:
            raise _unwritable(kept / version, error) from error


@contextmanager
def _staging(kept: Path | None) -> Iterator[Path]:
    """Give an empty folder, beside the copies where one will be kept, so that keeping it is one renaming."""
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="ocindex-") as name:
            yield Path(name) / "dataset"
        return
    staged = kept / _STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(kept, error) from error
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _write(dataset: Dataset, staged: Path) -> None:
    """Write the new dataset beside, and check what was written."""
    from ocindex.dataset.checking import check_published
    from ocindex.dataset.publish import write_files

    try:
        write_files(dataset, staged)
    except OSError as error:
        raise _unwritable(staged, error) from error
    failures = check_published(staged)
    if failures:
        raise InvalidDataError(failures)


def _describe(
    dataset: Dataset, staged: Path, before: str | None, kept: Path | None, bump: str, date: str | None
) -> Release:
    """Compare, choose the version, and write what changed in words."""
    from ocindex.compare.releases.difference import diff
    from ocindex.compare.releases.places import describe_place
    from ocindex.report.changelog import describe_first, describe_release

    if before is None:
        chosen = "minor" if bump == AUTO else bump
        version = raise_version(NOTHING, chosen)
        entry = describe_first(dataset, describe_place(staged)[1], version=version, date=date)
        return Release(_numbered(dataset, version), None, version, chosen, None, entry)
    changes = diff(before, staged, releases=kept)
    previous = changes.old.version
    if changes.bump is None:
        return Release(_numbered(dataset, previous), previous, changes=changes)
    chosen = _choose(bump, changes)
    version = raise_version(previous, chosen)
    entry = describe_release(changes, version=version, bump=chosen, date=date)
    return Release(_numbered(dataset, version), previous, version, chosen, changes.bump, entry, changes)


def _choose(bump: str, changes: Changes) -> str:
    asked = str(changes.bump)
    if bump == AUTO:
        return asked
    if BUMPS.index(bump) > BUMPS.index(asked):
        totals = ", ".join(f"{count} {effect}" for effect, count in changes.totals().items() if count)
        raise ReleaseError(
            f"found --bump {bump} for changes that ask for {asked} ({totals}); expected {asked} or more, or readers "
            "would take the release for harmless; leave out --bump, or see what changed with --dry-run."
        )
    return bump


def _numbered(dataset: Dataset, version: str) -> Dataset:
    from ocindex.dataset.dataset import Dataset as Numbered

    return Numbered(dict(dataset), version=version)


def _publish(prepared: Release, staged: Path, dist: Path, kept: Path | None) -> Release:
    """Publish, then keep the copy that was made before: its renaming cannot run out of space."""
    from ocindex.dataset.descriptor import write_descriptor
    from ocindex.dataset.publish import CHANGELOG, publish
    from ocindex.report.changelog import add_entry

    changelog = add_entry(_read_changelog(dist), prepared.entry)
    if kept is None:
        publish(prepared.dataset, dist, changelog=changelog)
        return prepared
    target = kept / str(prepared.version)
    if target.exists():
        raise ReleaseError(
            f"{target}: found a release of that version already; expected a new one; remove it if it was never passed "
            "on, or choose a larger --bump."
        )
    try:
        write_descriptor(prepared.dataset, staged)
        (staged / CHANGELOG).write_text(changelog, encoding="utf-8", newline="\n")
        publish(prepared.dataset, dist, changelog=changelog)
        staged.rename(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    return replace(prepared, kept=target)


def _unwritable(path: Path, error: OSError) -> PublishError:
    return PublishError(
        f"{path}: found {error.strerror or error}; expected a folder that can be written; free the place or choose "
        "another folder."
    )
