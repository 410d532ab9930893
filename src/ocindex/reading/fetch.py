"""An address in, the official workbook in the user's cache, checked against known hashes, out."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ocindex.errors import FetchError, MissingExtraError, SourceError
from ocindex.reading.archive import unpack_workbook
from ocindex.reading.hashing import hash_file

if TYPE_CHECKING:
    from rich.progress import Progress

URL = "https://ocindex.net/assets/downloads/global_oc_index.xlsx"
KNOWN_HASHES = {
    "0bdfe8943de5a82bd4f709f92c91c596de5c60a192dca463bc722d88be7b55f5": 2025,
    "764cac5ff3f00c8c343abea2c9658fd23ab4351c115034af2108a9d0e1c5d4ef": 2023,
}
"""SHA-256 of the published workbooks, and the newest edition in each."""
CONNECT_SECONDS = 10.0
STALL_SECONDS = 30.0
TOTAL_SECONDS = 300.0
MAX_BYTES = 20_000_000
# Small pieces, so that the deadline is looked at even while a server drips.
_PIECE = 256
_BY_HAND = "download it elsewhere and give it with `ocindex build --workbook FILE`"


def fetch_workbook(*, url: str = URL, cache: Path | None = None, progress: bool = False) -> Path:
    """Fetch the official workbook into the cache, unless it is there already.

    The file is written beside its place, checked, and then moved there. One whose
    hash is not known is kept under another name and never used in silence.

    Parameters
    ----------
    url : str, optional
        Another address than the official one is always fetched anew.
    cache : pathlib.Path, optional
        Folder; by default that of the environment's ``OCINDEX_CACHE`` or the user's cache.
    progress : bool, optional
        Whether to show a progress bar on stderr.

    Returns
    -------
    pathlib.Path
        Such as ``global_oc_index_2025.xlsx``; its hash is one of `KNOWN_HASHES`.

    Raises
    ------
    FetchError
        If nothing came, not all of it, not a workbook, or one of unknown hash.
    MissingExtraError
        If ``ocindex[fetch]`` is not installed.
    """
    _require_pooch()
    folder = cache_folder(cache)
    if url == URL and (path := _newest_known(folder)) and path.name == _file_name(max(KNOWN_HASHES.values())):
        return path
    if urlsplit(url).scheme not in ("http", "https"):
        raise FetchError(f"found the address {url!r}; expected one that begins with https://; correct it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".download-", suffix=".xlsx", dir=folder)
    except OSError as error:
        raise FetchError(
            f"{folder}: found a folder that cannot be written ({error.strerror}); expected one for the cache; "
            "set OCINDEX_CACHE to another."
        ) from error
    os.close(descriptor)
    partial = Path(name)
    try:
        _download(url, partial, progress=progress)
        return _keep(url, partial, folder)
    finally:
        partial.unlink(missing_ok=True)


def cached_workbook(cache: Path | None = None) -> Path:
    """Give the newest known workbook of the cache, without any network.

    Raises
    ------
    FetchError
        If there is none whose hash is known.
    """
    folder = cache_folder(cache)
    path = _newest_known(folder)
    if path is None:
        altered = sorted(file.name for file in folder.glob("global_oc_index_*.xlsx"))
        found = f"only {', '.join(altered)}, of another hash than the published" if altered else "no workbook"
        raise FetchError(
            f"{folder}: found {found}; expected the official workbook; run `ocindex fetch`, or give a file with "
            "`ocindex build --workbook FILE`."
        )
    return path


def cache_folder(cache: Path | None = None) -> Path:
    """Give the cache's folder: the one given, that of ``OCINDEX_CACHE``, or the user's."""
    if cache is not None:
        return cache
    named = os.environ.get("OCINDEX_CACHE")
    if named:
        return Path(named).expanduser()
    return Path(_user_cache())


def _require_pooch() -> None:
    try:
        import pooch  # noqa: F401
        import requests  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(
            "found no pooch; expected it for fetching the workbook; "
            f'install it with `pip install "ocindex[fetch]"`, or {_BY_HAND}.'
        ) from error


def _user_cache() -> str:
    _require_pooch()
    import pooch

    return str(pooch.os_cache("ocindex"))


def _file_name(edition: int) -> str:
    return f"global_oc_index_{edition}.xlsx"


def _newest_known(folder: Path) -> Path | None:
    for sha256, edition in sorted(KNOWN_HASHES.items(), key=lambda item: -item[1]):
        path = folder / _file_name(edition)
        if path.is_file() and hash_file(path) == sha256:
            return path
    return None


def _download(url: str, partial: Path, *, progress: bool) -> None:
    import pooch
    import requests

    watch = _Watch(url, progress=progress)
    responses: list[requests.Response] = []

    def remember(response: requests.Response, *_: object, **__: object) -> None:
        responses.append(response)

    downloader = pooch.HTTPDownloader(
        progressbar=watch,
        chunk_size=_PIECE,
        timeout=(CONNECT_SECONDS, STALL_SECONDS),
        hooks={"response": remember},
    )
    try:
        downloader(url, str(partial), None)
    except requests.HTTPError as error:
        status = "an error" if error.response is None else str(error.response.status_code)
        raise FetchError(
            f"{url}: found HTTP status {status}; expected the workbook; check the address, or {_BY_HAND}."
        ) from None
    except requests.Timeout:
        raise _stalled(url, STALL_SECONDS) from None
    except requests.exceptions.ChunkedEncodingError:
        raise _cut_off(url) from None
    except requests.ConnectionError as error:
        # While the body is read, requests reports a timeout as a lost connection.
        if responses:
            raise (_stalled(url, STALL_SECONDS) if "timed out" in str(error).lower() else _cut_off(url)) from None
        host = urlsplit(url).hostname
        raise FetchError(
            f"{url}: found no connection to {host}; expected the network to reach it; go online or set a proxy "
            f"(HTTPS_PROXY), use what was fetched before (`--workbook cached`), or {_BY_HAND}."
        ) from None
    except (requests.RequestException, OSError) as error:
        reason = " ".join(str(error).split())
        raise FetchError(f"{url}: found {reason}; expected the workbook; check the address, or {_BY_HAND}.") from error
    finally:
        watch.close()
        # pooch leaves the connection of a failed transfer open.
        for response in responses:
            response.close()


class _Watch:
    """What pooch takes for a progress bar: it counts bytes, keeps the deadline, and shows the bar."""

    def __init__(self, url: str, *, progress: bool) -> None:
        self.received = 0
        self._url, self._total = url, 0
        self._deadline = time.monotonic() + TOTAL_SECONDS
        self._bar: Progress | None = None
        if progress:
            from rich.console import Console
            from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
            self._bar = Progress(*columns, console=Console(stderr=True))
            self._task = self._bar.add_task("Fetching the workbook", total=None)
            self._bar.start()

    @property
    def total(self) -> int:
        return self._total

    @total.setter
    def total(self, size: int) -> None:
        self._total = size
        self._refuse_size(size)

    def update(self, size: int) -> None:
        self.received += size
        self._refuse_size(self.received - _PIECE)
        if time.monotonic() > self._deadline:
            raise _stalled(self._url, TOTAL_SECONDS)
        if self._bar is not None:
            self._bar.update(self._task, completed=self.received, total=self._total or None)

    def reset(self) -> None:
        self.received = 0

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _refuse_size(self, size: int) -> None:
        if size > MAX_BYTES:
            raise FetchError(
                f"{self._url}: found more than {MAX_BYTES} bytes; expected the workbook; check the address."
            )


def _cut_off(url: str) -> FetchError:
    return FetchError(f"{url}: found a transfer that was cut off; expected the whole workbook; try again.")


def _stalled(url: str, seconds: float) -> FetchError:
    return FetchError(
        f"{url}: found no answer, or not all of it, within {seconds:g} seconds; expected the workbook; "
        f"try again later, or {_BY_HAND}."
    )


def _keep(url: str, partial: Path, folder: Path) -> Path:
    """Move a whole download to its place: under a known name only where the hash is known."""
    sha256 = hash_file(partial)
    edition = KNOWN_HASHES.get(sha256)
    if edition is not None:
        target = folder / _file_name(edition)
        partial.replace(target)
        return target
    try:
        unpack_workbook(partial)
    except SourceError as error:
        found = str(error).partition(";")[0]
        raise FetchError(
            f"{url}: {found}; expected the workbook; nothing was kept: check the address, or {_BY_HAND}."
        ) from None
    target = folder / f"unknown_{sha256[:16]}.xlsx"
    partial.replace(target)
    raise FetchError(
        f"{url}: found a workbook of unknown sha256 {sha256}; expected one of the published "
        f"({', '.join(f'{known[:16]}… with {year}' for known, year in KNOWN_HASHES.items())}); kept apart as {target}: "
        "look at it, then use it with `ocindex build --workbook` and its path, or update ocindex."
    )
