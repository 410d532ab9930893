"""``raw/sources.csv`` in, checked Source records out."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path, PurePosixPath

from ocindex.errors import ManifestError, SourceError, UnknownNameError
from ocindex.reading.document import KINDS, Source
from ocindex.reading.hashing import hash_file
from ocindex.reading.text import decode_text
from ocindex.vocabulary.countries import country_of
from ocindex.vocabulary.indicators import known_edition

MANIFEST = "sources.csv"
COLUMNS = (
    "path",
    "kind",
    "iso3",
    "edition",
    "title",
    "publisher",
    "published",
    "url",
    "rights",
    "redistribute",
    "reliability",
    "origin",
    "language",
    "sha256",
)
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def read_manifest(raw: Path) -> list[Source]:
    """Read and check ``sources.csv`` of a raw folder.

    Parameters
    ----------
    raw : pathlib.Path
        Folder that holds ``sources.csv`` and the documents that it lists.

    Returns
    -------
    list of Source
        In the order of the file.

    Raises
    ------
    ManifestError
        If the file is missing or any row is wrong; every wrong row is named.
    """
    path = raw / MANIFEST
    if not path.is_file():
        raise ManifestError(
            f"{path}: found no such file; expected a list of sources with the columns path and kind; "
            "write one, or add a document with `ocindex add`."
        )
    sources: list[Source] = []
    failures: list[str] = []
    for line, row in _read_rows(path):
        try:
            source = _read_source(raw, row)
            _refuse_double(source, sources)
            sources.append(source)
        except ManifestError as error:
            failures.append(f"{MANIFEST}, line {line}: {error}")
    if failures:
        raise ManifestError("\n".join(failures))
    return sources


def unlisted_files(raw: Path, sources: list[Source]) -> list[str]:
    """List files of the raw folder that ``sources.csv`` does not name, sorted."""
    listed = {source.path for source in sources} | {MANIFEST}
    found = (path.relative_to(raw) for path in raw.rglob("*") if path.is_file())
    visible = (path for path in found if not any(part.startswith(".") for part in path.parts))
    return sorted(path.as_posix() for path in visible if path.as_posix() not in listed)


def check_published(text: str) -> None:
    """Check the day, month or year of publication.

    Raises
    ------
    ManifestError
        If it is neither empty nor a date.
    """
    if text and not _DATE.fullmatch(text):
        raise ManifestError(f"found published {text!r}; expected a date such as 2021-09-28 or 2021; correct it.")


def _read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = decode_text(path.read_bytes()).text
    except SourceError as error:
        raise ManifestError(f"{MANIFEST}: {error}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in reader.fieldnames or []]
    except csv.Error as error:
        raise _broken_line(1, error) from error
    reader.fieldnames = header
    for required in ("path", "kind"):
        if required not in header:
            raise ManifestError(
                f"{MANIFEST}, line 1: found no column {required!r}; expected the columns "
                f"{', '.join(COLUMNS)}, separated by commas; correct the header."
            )
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            raise ManifestError(
                f"{MANIFEST}, line 1: found column {name!r}; expected each of {', '.join(COLUMNS)} at most once; "
                "correct or remove it."
            )
    rows = []
    try:
        for row in reader:
            if None in row:
                raise ManifestError(
                    f"{MANIFEST}, line {reader.line_num}: found more cells than columns; expected {len(header)}; "
                    "quote cells that contain a comma."
                )
            cells = {name: (value or "").strip() for name, value in row.items()}
            if any(cells.values()):
                rows.append((reader.line_num, cells))
    except csv.Error as error:
        raise _broken_line(reader.line_num, error) from error
    return rows


def _broken_line(line: int, error: csv.Error) -> ManifestError:
    return ManifestError(f"{MANIFEST}, line {line}: found {error}; expected comma-separated values; correct the line.")


def _read_source(raw: Path, row: dict[str, str]) -> Source:
    kind = row["kind"]
    if kind not in KINDS:
        raise ManifestError(f"found kind {kind!r}; expected one of {', '.join(KINDS)}; correct the row.")
    path = _check_path(raw, row["path"])
    edition = _check_edition(row.get("edition", ""))
    iso3 = _check_country(row.get("iso3", ""))
    if kind == "profile" and (iso3 is None or edition is None):
        raise ManifestError("found a profile without iso3 or edition; expected both; fill them in.")
    _check_choice(row, "reliability", RELIABILITIES)
    _check_choice(row, "redistribute", ("true", "false"))
    check_published(row.get("published", ""))
    _check_hash(raw / path, row.get("sha256", ""))
    return Source(
        path=path,
        document_id=PurePosixPath(path).with_suffix("").as_posix(),
        kind=kind,
        iso3=iso3,
        edition=edition,
        redistribute=row.get("redistribute") != "false",
        **{
            name: row.get(name) or None
            for name in (
                "title", "publisher", "published", "url", "rights", "reliability", "origin", "language", "sha256",
            )
        },
    )  # fmt: skip


def _check_path(raw: Path, text: str) -> str:
    path = PurePosixPath(text)
    if not text or path.is_absolute() or ".." in path.parts or "\\" in text:
        raise ManifestError(
            f"found path {text!r}; expected a path inside the raw folder, with forward slashes; correct the row."
        )
    file = raw / path
    try:
        is_inside, is_file = file.resolve().is_relative_to(raw.resolve()), file.is_file()
    except (OSError, RuntimeError) as error:
        # A link that leads to itself, or a name longer than the system allows.
        raise ManifestError(f"found path {text!r} ({error}); expected a file; correct the row.") from error
    if not is_inside:
        raise ManifestError(
            f"found path {text!r}, which leads out of the raw folder; expected a file inside; copy it there."
        )
    if not is_file:
        raise ManifestError(f"found no file {text!r} in the raw folder; expected one; add it or remove the row.")
    return path.as_posix()


def _check_edition(text: str) -> int | None:
    if not text:
        return None
    try:
        return known_edition(int(text)).edition
    except (ValueError, UnknownNameError):
        raise ManifestError(
            f"found edition {text!r}; expected an edition of schema/vocabulary/editions.csv; correct the row."
        ) from None


def _check_country(text: str) -> str | None:
    if not text:
        return None
    try:
        return country_of(text).iso3
    except UnknownNameError as error:
        raise ManifestError(f"{error} Correct the row.") from None


def _check_choice(row: dict[str, str], column: str, choices: tuple[str, ...]) -> None:
    value = row.get(column, "")
    if value and value not in choices:
        raise ManifestError(f"found {column} {value!r}; expected one of {', '.join(choices)} or nothing; correct it.")


def _check_hash(file: Path, expected: str) -> None:
    if expected and (found := hash_file(file)) != expected.lower():
        raise ManifestError(
            f"found sha256 {found} for {file.name!r}; expected {expected}; restore the file or update the row."
        )


def _refuse_double(source: Source, earlier: list[Source]) -> None:
    for other in earlier:
        if other.document_id == source.document_id:
            raise ManifestError(
                f"found {source.path!r} beside {other.path!r}; expected one document_id per document "
                f"({source.document_id}); rename one of the files."
            )
