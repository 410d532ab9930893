"""Fetching: the workbook comes whole and known, or an error says what to do."""

from __future__ import annotations

import hashlib
import socket
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest

from ocindex.errors import FetchError, MissingExtraError
from ocindex.reading import fetch
from ocindex.reading.fetch import cache_folder, cached_workbook, fetch_workbook

pytest.importorskip("pooch", reason="ocindex[fetch] is not installed")


def small_workbook(note: str = "") -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("xl/workbook.xml"), f"<workbook>{note}</workbook>")
    return packed.getvalue()


GOOD = small_workbook()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        getattr(self, "serve_" + self.path.strip("/"))()

    def answer(self, body: bytes, *, said: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) if said is None else said))
        self.end_headers()
        self.wfile.write(body)

    def serve_good(self) -> None:
        self.answer(GOOD)

    def serve_newer(self) -> None:
        self.answer(small_workbook("newer"))

    def serve_page(self) -> None:
        self.answer(b"<!doctype html><html><body>Please log in</body></html>")

    def serve_short(self) -> None:
        self.answer(GOOD[:100], said=len(GOOD))
        self.close_connection = True

    def serve_unsaid(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(GOOD[:100])

    def serve_huge(self) -> None:
        self.answer(GOOD, said=10**12)

    def serve_silent(self) -> None:
        time.sleep(1.5)

    def serve_stalling(self) -> None:
        self.answer(GOOD[:100], said=5000)
        self.wfile.flush()
        time.sleep(1.5)

    def serve_dripping(self) -> None:
        self.answer(b"", said=100_000)
        for _ in range(40):
            try:
                self.wfile.write(b"P" * 256)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def serve_missing(self) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(fetch, "KNOWN_HASHES", {hashlib.sha256(GOOD).hexdigest(): 2025, "0" * 64: 2023})
    monkeypatch.setattr(fetch, "STALL_SECONDS", 0.3)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def refusal(url, cache) -> str:
    with pytest.raises(FetchError) as caught:
        fetch_workbook(url=url, cache=cache)
    assert "\n" not in str(caught.value)
    assert "expected" in str(caught.value)
    assert not list(cache.glob(".download*"))
    return str(caught.value)


def test_known_workbook_is_kept_under_its_edition(server, tmp_path):
    path = fetch_workbook(url=f"{server}/good", cache=tmp_path / "new")
    assert path == tmp_path / "new" / "global_oc_index_2025.xlsx"
    assert path.read_bytes() == GOOD
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert cached_workbook(tmp_path / "new") == path


def test_official_workbook_in_the_cache_needs_no_network(server, tmp_path, monkeypatch):
    path = fetch_workbook(url=f"{server}/good", cache=tmp_path)
    monkeypatch.setattr(fetch, "_download", lambda *args, **kwargs: pytest.fail("went online"))
    assert fetch_workbook(cache=tmp_path) == path


def test_altered_cache_is_fetched_anew(server, tmp_path, monkeypatch):
    path = fetch_workbook(url=f"{server}/good", cache=tmp_path)
    path.write_bytes(b"altered")
    with pytest.raises(FetchError, match=r"only global_oc_index_2025.xlsx, of another hash.*ocindex fetch"):
        cached_workbook(tmp_path)
    fetch_workbook(url=f"{server}/good", cache=tmp_path)
    assert path.read_bytes() == GOOD


def test_progress_bar_goes_to_stderr(server, tmp_path, capsys):
    fetch_workbook(url=f"{server}/good", cache=tmp_path, progress=True)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Fetching the workbook" in captured.err


def test_unknown_hash_is_said_and_kept_apart(server, tmp_path):
    known = fetch_workbook(url=f"{server}/good", cache=tmp_path)
    message = refusal(f"{server}/newer", tmp_path)
    (apart,) = tmp_path.glob("unknown_*.xlsx")
    assert str(apart) in message
    assert hashlib.sha256(apart.read_bytes()).hexdigest() in message
    assert cached_workbook(tmp_path) == known


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("page", "found a web page"),
        ("short", "cut off"),
        ("unsaid", "damaged or cut-off zip"),
        ("huge", "more than 20000000 bytes"),
        ("silent", "within 0.3 seconds"),
        ("stalling", "within 0.3 seconds"),
        ("missing", "HTTP status 404"),
    ],
)
def test_failed_transfer_leaves_nothing_and_says_what_to_do(server, tmp_path, path, said):
    message = refusal(f"{server}/{path}", tmp_path)
    assert said in message
    assert f"{server}/{path}" in message
    assert not list(tmp_path.iterdir())


def test_failed_transfer_leaves_the_cached_workbook_whole(server, tmp_path):
    path = fetch_workbook(url=f"{server}/good", cache=tmp_path)
    refusal(f"{server}/short", tmp_path)
    assert path.read_bytes() == GOOD


def test_dripping_server_meets_the_deadline(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.3)
    started = time.monotonic()
    assert "within 0.3 seconds" in refusal(f"{server}/dripping", tmp_path)
    assert time.monotonic() - started < 1.5


def test_offline_says_what_to_do(server, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    message = refusal(f"http://127.0.0.1:{port}/x.xlsx", tmp_path)
    assert "no connection to 127.0.0.1" in message
    assert "--workbook FILE" in message


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "ocindex.net/x.xlsx", "http://"])
def test_other_addresses_are_refused(tmp_path, url):
    refusal(url, tmp_path)


def test_cache_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FetchError, match="OCINDEX_CACHE"):
        fetch_workbook(url="http://127.0.0.1:9/x", cache=tmp_path / "file" / "cache")


def test_cache_folder_follows_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("OCINDEX_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"
    assert cache_folder(tmp_path) == tmp_path
    with pytest.raises(FetchError, match=r"found no workbook.*run `ocindex fetch`"):
        cached_workbook()
    monkeypatch.delenv("OCINDEX_CACHE")
    assert cache_folder().name == "ocindex"


def test_missing_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(MissingExtraError, match=r"ocindex\[fetch\]"):
        fetch_workbook(cache=tmp_path)
