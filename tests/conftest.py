"""What many tests need: the bundled documents' dataset, its frames, a raw folder to change, the command line."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.dataset.dataset import Dataset

REPOSITORY = Path(__file__).resolve().parents[1]


class Answer(NamedTuple):
    """What a command came back with."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def assembled() -> Dataset:
    """The dataset of the four bundled documents, built once; not to be altered."""
    from ocindex.pipeline import assemble

    return assemble(REPOSITORY / "raw")


@pytest.fixture
def frames(assembled: Dataset) -> dict[str, pd.DataFrame]:
    """Copies of its tables, to be altered at will."""
    return {name: frame.copy() for name, frame in assembled}


@pytest.fixture
def published(assembled: Dataset, tmp_path: Path) -> Path:
    """A folder in which the dataset was published."""
    from ocindex.dataset.publish import publish

    publish(assembled, tmp_path / "dist")
    return tmp_path / "dist"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A copy of the bundled raw folder."""
    return Path(shutil.copytree(REPOSITORY / "raw", tmp_path / "raw"))


@pytest.fixture
def ocindex(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a command as the console script does, in this process."""

    def run(*arguments: object) -> Answer:
        from ocindex.cli import main

        monkeypatch.setattr(sys, "argv", ["ocindex", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return Answer(int(stop.value.code or 0), out, err)

    return run


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """Read every file below a folder, by its path there."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read
