"""A version and a folder of releases in, the folder of that release out."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ocindex.dataset.descriptor import DESCRIPTOR
from ocindex.errors import DatasetError, UnknownNameError

RELEASES = "releases"
VERSION = re.compile(r"v?\d+\.\d+\.\d+")


@contextmanager
def open_release(version: str, releases: str | Path | None = None) -> Iterator[Path]:
    """Give the folder of one release for as long as it is read; a ``.zip`` is unpacked for the purpose.

    Parameters
    ----------
    version : str
        Such as ``1.2.0``.
    releases : str or pathlib.Path, optional
        Folder that holds one folder or ``.zip`` per version; ``releases`` without it.

    Raises
    ------
    UnknownNameError
        If there is no such version; the message lists those that exist.
    """
    path = find_release(version, releases)
    if path.is_dir():
        yield path
    else:
        with open_zip(path) as folder:
            yield folder


def find_release(version: str, releases: str | Path | None = None) -> Path:
    """Find a version in a folder of releases: ``1.1.0``, ``v1.1.0``, or either with ``.zip``.

    Raises
    ------
    UnknownNameError
        If there is no such version; the message lists those that exist.
    """
    folder = Path(RELEASES if releases is None else releases)
    bare = version.removeprefix("v")
    for name in (bare, f"v{bare}", f"{bare}.zip", f"v{bare}.zip"):
        if (folder / name).exists():
            return folder / name
    known = sorted(path.name.removesuffix(".zip") for path in folder.iterdir()) if folder.is_dir() else []
    known = [name for name in known if VERSION.fullmatch(name)]
    raise UnknownNameError(
        f"found no version {bare} in {folder}; expected one of {', '.join(known) or '(it holds none)'}; name the "
        "folder of releases with --releases."
    )


@contextmanager
def open_zip(path: Path) -> Iterator[Path]:
    """Give the folder of a dataset that is packed in a ``.zip``, at its top or in one folder."""
    with _archive(path) as archive, unpack(_zip_reader(archive), str(path)) as folder:
        yield folder


@contextmanager
def unpack(read: Callable[[str], bytes], label: str) -> Iterator[Path]:
    """Unpack the descriptor and the files that it names, and nothing else; they are removed at the end.

    Parameters
    ----------
    read : callable
        Gives the bytes of a file by its path in the dataset.
    label : str
        Name of the place for messages.
    """
    with tempfile.TemporaryDirectory(prefix="ocindex-") as name:
        folder = Path(name)
        text = read(DESCRIPTOR)
        (folder / DESCRIPTOR).write_bytes(text)
        for path in resource_paths(text, f"{label}: {DESCRIPTOR}"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(read(path))
        yield folder


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


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise DatasetError(f"{path}: found no readable archive ({error}); expected a .zip of a dataset.") from error


def _zip_reader(archive: zipfile.ZipFile) -> Callable[[str], bytes]:
    inside = [name for name in archive.namelist() if name.rpartition("/")[2] == DESCRIPTOR]
    if len(inside) != 1:
        raise DatasetError(
            f"{archive.filename}: found {len(inside)} files {DESCRIPTOR}; expected one; pack one dataset per archive."
        )
    top = inside[0].removesuffix(DESCRIPTOR)

    def read(name: str) -> bytes:
        try:
            return archive.read(top + name)
        except (KeyError, zipfile.BadZipFile, RuntimeError, OSError) as error:
            raise DatasetError(
                f"{archive.filename}: found no readable {top + name} ({error}); pack it again."
            ) from error

    return read
