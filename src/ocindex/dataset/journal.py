"""A dataset's folder in, the places beside it that an exchange uses out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_DESCRIPTOR = "datapackage.json"


def recover(dist: Path) -> None:
    """Complete an exchange of folders that a killed run left half done."""
    dist = real_folder(dist)
    if not dist.name or not journal_path(dist).is_file():
        return
    journal, staged, aside = journal_path(dist), staging_path(dist), aside_path(dist)
    if not dist.exists():
        # The old folder was moved aside and the new one not yet moved in: go on.
        whole = staged if (staged / _DESCRIPTOR).is_file() else aside
        if whole.is_dir():
            whole.rename(dist)
    journal.unlink()
    shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(staged, ignore_errors=True)


def real_folder(dist: Path) -> Path:
    """Give the folder that is exchanged: ``.`` has a name then, and a link stays a link to it."""
    dist = Path(os.path.abspath(dist))  # noqa: PTH100 (only the last part may be a link to follow)
    return dist.resolve() if dist.is_symlink() else dist


def staging_path(dist: Path) -> Path:
    """Give the folder in which a new dataset is written before the exchange."""
    return dist.with_name(f".{dist.name}.new")


def aside_path(dist: Path) -> Path:
    """Give the folder in which the old dataset waits while two renames happen."""
    return dist.with_name(f".{dist.name}.old")


def journal_path(dist: Path) -> Path:
    """Give the file that stands while an exchange by two renames is under way."""
    return dist.with_name(f".{dist.name}.journal")
