"""The name of a place in, the folder or file that is compared out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ocindex.dataset.releases import DESCRIPTOR, VERSION, find_release, resource_paths, unpack, unpack_zip
from ocindex.errors import DatasetError

TABLE_ENDINGS = (".parquet", ".csv")
_GIT = "git:"
_BLOCK = 1 << 20


@contextmanager
def open_place(place: str | Path, *, releases: str | Path | None = None) -> Iterator[Path]:
    """Give the folder of a dataset, or one table's file, for as long as it is read.

    Parameters
    ----------
    place : str or pathlib.Path
        A dataset's folder, its ``datapackage.json``, a ``.zip`` of it, ``git:REV`` or
        ``git:REV:FOLDER`` of the repository one stands in, a version such as
        ``1.1.0`` of the folder of releases, or a Parquet or CSV file.
    releases : str or pathlib.Path, optional
        Folder that holds one folder or ``.zip`` per version; ``releases`` without it.

    Yields
    ------
    pathlib.Path
        What was unpacked for the purpose is removed at the end.

    Raises
    ------
    DatasetError
        If nothing that can be compared is there.
    """
    name = str(place)
    if name.startswith(_GIT):
        with _temporary_folder() as folder:
            unpack(_git_reader(name), folder, name)
            yield folder
        return
    path = Path(place)
    if VERSION.fullmatch(name) and (releases is not None or not path.exists()):
        path = find_release(name, releases)
    if path.suffix.lower() == ".zip" and path.is_file():
        with _temporary_folder() as folder:
            unpack_zip(path, folder)
            yield folder
        return
    yield _existing(path)


def describe_place(path: Path) -> tuple[str, str]:
    """Give version and content hash of the dataset in a folder; empty for a single file."""
    if not path.is_dir():
        return "", ""
    text = (path / DESCRIPTOR).read_bytes()
    resource_paths(text, str(path / DESCRIPTOR))
    descriptor = json.loads(text)
    return str(descriptor.get("version", "")), str(descriptor.get("ocindex:contentHash", ""))


def same_bytes(first: Path, second: Path) -> bool:
    """Whether two files, or the descriptors and files of two datasets, are equal byte for byte.

    No table is read, and no library loaded, for two files that are one.
    """
    if first.is_dir() != second.is_dir():
        return False
    if first.is_dir():
        texts = [(folder / DESCRIPTOR).read_bytes() for folder in (first, second)]
        paths = resource_paths(texts[0], str(first / DESCRIPTOR))
        return texts[0] == texts[1] and all(same_bytes(first / path, second / path) for path in paths)
    if not (first.is_file() and second.is_file()) or first.stat().st_size != second.stat().st_size:
        return False
    with first.open("rb", buffering=0) as one, second.open("rb", buffering=0) as other:
        while block := one.read(_BLOCK):
            if block != other.read(_BLOCK):
                return False
    return True


def _existing(path: Path) -> Path:
    if path.name == DESCRIPTOR and path.is_file():
        return path.parent
    if path.is_dir() and (path / DESCRIPTOR).is_file():
        return path
    if path.is_file() and path.suffix.lower() in TABLE_ENDINGS:
        return path
    found = f"found no {DESCRIPTOR} there" if path.is_dir() else "found no such dataset"
    raise DatasetError(
        f"{path}: {found}; expected a dataset's folder, its {DESCRIPTOR}, a .zip, git:REV, a version, or one .parquet "
        "or .csv file; check the name."
    )


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="ocindex-") as name:
        yield Path(name)


def _git_reader(place: str) -> Callable[[str], bytes]:
    revision, _, folder = place.removeprefix(_GIT).partition(":")
    # Resolved to a hash first: a name that begins with a dash would be taken for an option.
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", place=place)
    top = folder.strip("/") or _git_folder(commit.decode().strip(), place)
    prefix = f"{top}/" if top not in ("", ".") else ""

    def read(name: str) -> bytes:
        return _git("cat-file", "blob", f"{commit.decode().strip()}:{prefix}{name}", place=place)

    return read


def _git_folder(commit: str, place: str) -> str:
    """Find the one dataset of a revision; dist/ where there are several."""
    listed = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, place=place).decode().split("\0")
    folders = [str(Path(name).parent.as_posix()) for name in listed if name.rpartition("/")[2] == DESCRIPTOR]
    if "dist" in folders:
        return "dist"
    if len(folders) != 1:
        raise DatasetError(
            f"{place}: found {len(folders)} datasets ({', '.join(folders) or 'none'}); expected dist/ or one; name the "
            f"folder: {place}:FOLDER."
        )
    return folders[0]


def _git(*arguments: str, place: str) -> bytes:
    # Only a revision of git needs them, and they take longer to load than two equal files to compare.
    import shutil
    import subprocess

    program = shutil.which("git")
    if program is None:
        raise DatasetError(f"{place}: found no program git; expected it on the path; name a folder instead.")
    done = subprocess.run([program, *arguments], capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise DatasetError(
            f"{place}: git found {said[-1] if said else 'no such revision'}; expected a revision of this repository "
            "that has a dataset; see `git log`."
        )
    return done.stdout
