"""A version and a folder of releases in, the folder of that dataset out, unpacked where it is an archive."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.errors import DatasetError, ReleaseError, UnknownNameError

if TYPE_CHECKING:
    from zipfile import ZipFile

DESCRIPTOR = "datapackage.json"
RELEASES = "releases"
VERSION = re.compile(r"v?\d+\.\d+\.\d+")
_NUMBERS = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def find_release(version: str, releases: str | Path | None = None) -> Path:
    """Find a version in a folder of releases: ``1.1.0``, ``v1.1.0``, or either with ``.zip``.

    Parameters
    ----------
    version : str
        Such as ``1.1.0``.
    releases : str or pathlib.Path, optional
        Folder that holds one folder or ``.zip`` per version; ``releases`` without it.

    Raises
    ------
    UnknownNameError
        If there is no such version; the message lists those that exist.
    """
    folder = Path(RELEASES if releases is None else releases)
    bare = version.removeprefix("v")
    if VERSION.fullmatch(version):
        for name in (bare, f"v{bare}", f"{bare}.zip", f"v{bare}.zip"):
            if (folder / name).exists():
                return folder / name
    known = sorted({path.name.removesuffix(".zip") for path in folder.iterdir()}) if folder.is_dir() else []
    known = [name for name in known if VERSION.fullmatch(name)]
    raise UnknownNameError(
        f"found no version {bare} in {folder}; expected one of {', '.join(known) or '(it holds none)'}; name the "
        "folder of releases with --releases."
    )


@contextmanager
def open_release(version: str, releases: str | Path | None = None) -> Iterator[Path]:
    """Give the folder of a version's dataset; an archive is unpacked for as long as it is read.

    Raises
    ------
    UnknownNameError
        If there is no such version.
    """
    path = find_release(version, releases)
    if path.suffix != ".zip":
        yield path
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="ocindex-") as name:
        unpack_zip(path, Path(name))
        yield Path(name)


def raise_version(version: str, bump: str) -> str:
    """Give the version after a major, minor or patch release.

    Raises
    ------
    ReleaseError
        If the version is not three numbers.

    Examples
    --------
    >>> raise_version("1.2.3", "minor")
    '1.3.0'
    """
    found = _NUMBERS.fullmatch(version)
    if found is None:
        raise ReleaseError(
            f"found version {version!r} of the release before; expected three numbers such as 1.2.0; correct "
            "datapackage.json."
        )
    major, minor, patch = map(int, found.groups())
    if bump == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if bump == "minor" else f"{major}.{minor}.{patch + 1}"


def unpack_zip(path: Path, folder: Path) -> None:
    """Unpack the one dataset of an archive into an empty folder.

    Raises
    ------
    DatasetError
        If the archive cannot be read or does not hold exactly one dataset.
    """
    with _open_zip(path) as archive:
        unpack(_zip_reader(archive), folder, str(path))


def unpack(read: Callable[[str], bytes], folder: Path, label: str) -> None:
    """Write the descriptor and the files that it names, and nothing else, into an empty folder.

    Parameters
    ----------
    read : callable
        Gives the bytes of a file by its path inside the dataset.
    folder : pathlib.Path
    label : str
        Name of the place for messages.
    """
    text = read(DESCRIPTOR)
    (folder / DESCRIPTOR).write_bytes(text)
    for path in resource_paths(text, f"{label}: {DESCRIPTOR}"):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(read(path))


def resource_paths(descriptor: bytes, label: str) -> list[str]:
    """List the files that a descriptor names; none may leave the dataset's folder."""
    try:
        paths = [str(resource["path"]) for resource in json.loads(descriptor)["resources"]]
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{label}: found a broken descriptor ({type(error).__name__}: {error}); expected resources with paths; "
            "build the dataset again."
        ) from error
    for path in paths:
        if path.startswith(("/", "\\")) or ".." in Path(path).parts or ":" in path:
            raise DatasetError(f"{label}: found the path {path!r}; expected one inside the dataset; build it again.")
    return paths


@contextmanager
def _open_zip(path: Path) -> Iterator[ZipFile]:
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError) as error:
        raise DatasetError(f"{path}: found no readable archive ({error}); expected a .zip of a dataset.") from error
    with archive:
        yield archive


def _zip_reader(archive: ZipFile) -> Callable[[str], bytes]:
    from zipfile import BadZipFile

    inside = [name for name in archive.namelist() if name.rpartition("/")[2] == DESCRIPTOR]
    if len(inside) != 1:
        raise DatasetError(
            f"{archive.filename}: found {len(inside)} files {DESCRIPTOR}; expected one; pack one dataset per archive."
        )
    top = inside[0].removesuffix(DESCRIPTOR)

    def read(name: str) -> bytes:
        try:
            return archive.read(top + name)
        except (KeyError, BadZipFile, RuntimeError, OSError) as error:
            raise DatasetError(
                f"{archive.filename}: found no readable {top + name} ({error}); pack it again."
            ) from error

    return read
