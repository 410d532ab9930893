"""A new document in, its place in the raw folder and its row in ``sources.csv`` out."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ocindex.errors import ManifestError, SourceError, UnknownNameError
from ocindex.pipeline import analyse
from ocindex.reading.document import Source
from ocindex.reading.hashing import hash_file
from ocindex.reading.manifest import COLUMNS, MANIFEST, read_manifest
from ocindex.reading.reader import read_document, read_score_file, read_workbook_file
from ocindex.reading.text import decode_text
from ocindex.vocabulary.countries import one_country
from ocindex.vocabulary.indicators import known_edition

_FOLDERS = {"profile": "profiles", "article": "articles", "workbook": "workbooks", "scores": "scores"}


@dataclass(frozen=True, slots=True)
class Added:
    """Where a document went, and what was recognised in it, line by line."""

    path: str
    recognised: tuple[str, ...]


def add_document(
    file: Path,
    raw: Path,
    *,
    kind: str,
    country: str | None = None,
    facts: Mapping[str, str | None],
    redistribute: bool = True,
) -> Added:
    """Copy a document into the raw folder and list it in ``sources.csv``.

    Parameters
    ----------
    file : pathlib.Path
        The document; it must be readable as what it is said to be.
    raw : pathlib.Path
        Raw folder; it is made if there is none.
    kind : {"profile", "article", "workbook", "scores"}
    country : str, optional
        iso3 or exact name; required for a profile.
    facts : mapping of str to str or None
        Further columns of ``sources.csv``, such as edition and title.
    redistribute : bool
        False withholds the text from what is published.

    Returns
    -------
    Added

    Raises
    ------
    SourceError
        If the file cannot be used; nothing is copied.
    ManifestError
        If it is already listed (by hash), or facts are missing.
    """
    if not file.is_file():
        raise SourceError("missing_file", f"{file}: found no such file; expected a document; check the path.")
    sources = read_manifest(raw) if (raw / MANIFEST).is_file() else []
    sha256 = hash_file(file)
    for source in sources:
        if hash_file(raw / source.path) == sha256:
            raise ManifestError(
                f"{file}: found the same bytes as {source.path}; expected a new document; nothing added."
            )
    source = _describe(file, kind, country, dict(facts), redistribute, sha256)
    recognised = _recognise(file, source)
    target = raw / source.path
    if target.exists():
        raise ManifestError(
            f"{file}: found {source.path} in {raw} with other bytes; expected a free name; rename one of them."
        )
    manifest = raw / MANIFEST
    before = manifest.read_bytes() if manifest.is_file() else None
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    try:
        _append(raw, source)
        read_manifest(raw)
    except BaseException:
        target.unlink(missing_ok=True)
        # A row without its file would stop every later build.
        if before is None:
            manifest.unlink(missing_ok=True)
        else:
            manifest.write_bytes(before)
        raise
    return Added(source.path, tuple(recognised))


def _describe(
    file: Path, kind: str, country: str | None, facts: dict[str, str | None], redistribute: bool, sha256: str
) -> Source:
    iso3 = None if country is None else one_country(country).iso3
    edition = facts.pop("edition", None)
    number = None if edition is None else known_edition(_whole(edition)).edition
    if kind == "profile" and (iso3 is None or number is None):
        raise ManifestError("found a profile without --iso3 or --edition; expected both; give them.")
    stem = f"{iso3}_{number}" if kind == "profile" else _slug(facts.get("title") or file.stem)
    path = f"{_FOLDERS[kind]}/{stem}{file.suffix.lower()}"
    return Source(
        path=path, document_id=path.removesuffix(file.suffix.lower()), kind=kind, iso3=iso3, edition=number,
        redistribute=redistribute, sha256=sha256, **facts,
    )  # fmt: skip


def _recognise(file: Path, source: Source) -> list[str]:
    """Read the file where it lies; raises if it cannot be used."""
    here = replace(source, path=file.name)
    lines = [f"kind {source.kind}, country {source.iso3 or 'not given'}, edition {source.edition or 'not given'}"]
    if source.kind in ("profile", "article"):
        document = read_document(file.parent, here)
        analysis = analyse(document)
        kinds = Counter(span.kind for span in analysis.spans)
        sections = sorted({span.section for span in analysis.spans if span.kind == "heading" and span.section})
        lines.append(f"encoding {document.encoding}, {kinds['sentence']} sentences, {kinds['furniture']} furniture")
        if source.kind == "profile":
            lines.append(f"{len(sections)} sections: {', '.join(sections)}")
        issues = analysis.issues
    else:
        read = read_workbook_file if source.kind == "workbook" else read_score_file
        document, scores = read(file.parent, here)
        lines.append(f"{sum(score.value is not None for score in scores)} scores")
        issues = document.issues
    if not document.usable:
        raise SourceError(issues[0].code, f"{file}: {issues[0].message}")
    return lines + [f"{issue.severity}: {issue.locator or 'file'}: {issue.message}" for issue in issues]


def _append(raw: Path, source: Source) -> None:
    """Rewrite ``sources.csv`` with one more row, in one step."""
    manifest = raw / MANIFEST
    rows: list[dict[str, str]] = []
    if manifest.is_file():
        reader = csv.DictReader(io.StringIO(decode_text(manifest.read_bytes()).text, newline=""))
        reader.fieldnames = [name.strip() for name in reader.fieldnames or []]
        rows = list(reader)
    row = {column: getattr(source, column) for column in COLUMNS}
    row["redistribute"] = "true" if source.redistribute else "false"
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows([*rows, {name: "" if value is None else value for name, value in row.items()}])
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=raw, delete=False) as handle:
        handle.write(text.getvalue())
    Path(handle.name).chmod(0o644)
    os.replace(handle.name, manifest)  # noqa: PTH105 (one step, also over an existing file)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "_".join(re.findall(r"[a-z0-9]+", plain))[:80] or "document"


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UnknownNameError(f"found edition {text!r}; expected a year such as 2021.") from None
