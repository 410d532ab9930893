"""A checked dataset in, a published folder out: all of it or nothing."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.dataset.csvfile import to_csv
from ocindex.dataset.descriptor import DESCRIPTOR, write_descriptor
from ocindex.dataset.journal import aside_path, journal_path, real_folder, recover, staging_path
from ocindex.errors import PublishError

if TYPE_CHECKING:
    from ocindex.dataset.dataset import Dataset

CHANGELOG = "CHANGELOG.md"
_CONTENTS = frozenset({"parquet", "csv", DESCRIPTOR, CHANGELOG})
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def publish(dataset: Dataset, dist: Path, *, changelog: str | None = None) -> None:
    """Write a dataset so that the folder is the old one or the new one, never a mixture.

    The files are written beside the target and the two folders then exchanged,
    by ``renameat2`` where the system has it, elsewhere by two renames with a
    journal from which `recover` completes them.

    Parameters
    ----------
    dataset : Dataset
    dist : pathlib.Path
        Folder to replace; it is made if there is none.
    changelog : str, optional
        Text of ``CHANGELOG.md``; without it that of the old dataset is kept.

    Raises
    ------
    PublishError
        If the target is not a dataset's folder or cannot be written.
    """
    dist = real_folder(dist)
    recover(dist)
    _refuse_foreign_folder(dist)
    staged = staging_path(dist)
    try:
        shutil.rmtree(staged, ignore_errors=True)
        write_files(dataset, staged)
        old = dist / CHANGELOG
        if changelog is not None:
            (staged / CHANGELOG).write_text(changelog, encoding="utf-8", newline="\n")
        elif old.is_file():
            shutil.copyfile(old, staged / CHANGELOG)
        _flush(staged)
        _exchange(staged, dist)
    except OSError as error:
        raise PublishError(
            f"{dist}: found {error.strerror or error}; expected a folder that can be written; the old dataset is as it "
            "was: free the place or choose another --dist."
        ) from error
    finally:
        if not journal_path(dist).exists():
            shutil.rmtree(staged, ignore_errors=True)


def write_files(dataset: Dataset, folder: Path) -> None:
    """Write Parquet, CSV and descriptor of a dataset into a new folder."""
    import pyarrow.parquet as pq

    from ocindex.dataset.arrow import to_arrow

    for kind in ("parquet", "csv"):
        (folder / kind).mkdir(parents=True)
    for name, frame in dataset:
        table = to_arrow(name, frame)
        pq.write_table(table, folder / "parquet" / f"{name}.parquet", compression="zstd", store_schema=False)
        (folder / "csv" / f"{name}.csv").write_bytes(to_csv(table))
    write_descriptor(dataset, folder)


def _refuse_foreign_folder(dist: Path) -> None:
    if not dist.exists():
        return
    if not dist.is_dir():
        raise PublishError(f"{dist}: found a file; expected a folder; choose another --dist.")
    foreign = sorted(path.name for path in dist.iterdir() if path.name not in _CONTENTS)
    if foreign:
        raise PublishError(
            f"{dist}: found {foreign[0]!r}; expected a dataset's folder, which is replaced as a whole; move the file "
            "or choose another --dist."
        )


def _exchange(staged: Path, dist: Path) -> None:
    if not dist.exists():
        dist.parent.mkdir(parents=True, exist_ok=True)
        staged.rename(dist)
    elif not _exchange_at_once(staged, dist):
        journal, aside = journal_path(dist), aside_path(dist)
        shutil.rmtree(aside, ignore_errors=True)
        journal.write_text(f"{staged.name} replaces {dist.name}\n", encoding="utf-8")
        dist.rename(aside)
        staged.rename(dist)
        journal.unlink()
        shutil.rmtree(aside, ignore_errors=True)


def _exchange_at_once(first: Path, second: Path) -> bool:
    """Swap two folders in one step; False where the system or file system cannot."""
    if sys.platform != "linux":
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    names = (os.fsencode(first), os.fsencode(second))
    return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _flush(folder: Path) -> None:
    """Have the files on disk before the exchange, or a power cut could publish empty ones."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
