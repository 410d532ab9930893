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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ocindex.errors import ManifestError, SourceError, UnknownNameError
from ocindex.pipeline import analyse
from ocindex.reading.document import Source
from ocindex.reading.hashing import hash_file
from ocindex.reading.identity import identify
from ocindex.reading.manifest import COLUMNS, MANIFEST, check_published, read_manifest, unlisted_files
from ocindex.reading.reader import read_document, read_score_file, read_workbook_file
from ocindex.reading.text import decode_text
from ocindex.vocabulary.countries import one_country
from ocindex.vocabulary.indicators import known_edition

_Value = TypeVar("_Value", str, int)
_FOLDERS = {"profile": "profiles", "article": "articles", "workbook": "workbooks", "scores": "scores"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that may be added: its row, and what was recognised in it, line by line."""

    file: Path
    source: Source
    recognised: tuple[str, ...]


def prepare_document(
    file: Path,
    raw: Path,
    *,
    kind: str,
    country: str | None = None,
    facts: Mapping[str, str | None],
    redistribute: bool = True,
) -> Prepared:
    """Read a document where it lies and describe it; nothing is copied.

    Parameters
    ----------
    file : pathlib.Path
        The document; it must be readable as what it is said to be.
    raw : pathlib.Path
        Raw folder; it need not exist.
    kind : {"profile", "article", "workbook", "scores"}
    country : str, optional
        iso3 or exact name. A profile needs one; without it the only one that its own title names is taken.
    facts : mapping of str to str or None
        Further columns of ``sources.csv``, such as edition (taken from the title like the country) and title.
    redistribute : bool
        False withholds the text from what is published.

    Returns
    -------
    Prepared

    Raises
    ------
    SourceError
        If the file cannot be used.
    ManifestError
        If its bytes are in the raw folder already, its name is taken, or facts are missing.
    """
    if not file.is_file():
        raise SourceError("missing_file", f"{file}: found no such file; expected a document; check the path.")
    sources = read_manifest(raw) if (raw / MANIFEST).is_file() else []
    sha256 = hash_file(file)
    _refuse_duplicate(file, raw, sources, sha256)
    given = dict(facts)
    check_published(given.get("published") or "")
    edition = given.pop("edition", None)
    known = Source(
        path=file.name,
        document_id=file.stem,
        kind=kind,
        iso3=None if country is None else one_country(country).iso3,
        edition=None if edition is None else known_edition(_whole(edition)).edition,
        redistribute=redistribute,
        sha256=sha256,
        **given,
    )
    source, said = _complete(file, known) if kind == "profile" else (known, [])
    path = _place(file, source)
    source = replace(source, path=path, document_id=path.removesuffix(file.suffix.lower()))
    recognised = recognise(file, source)
    if (raw / path).exists():
        raise ManifestError(
            f"{file}: found {path} in {raw} with other bytes; expected a free name; rename one of them."
        )
    return Prepared(file, source, (*recognised, *said))


def store_document(prepared: Prepared, raw: Path) -> str:
    """Copy a prepared document into the raw folder and list it in ``sources.csv``; returns its path there."""
    source = prepared.source
    target, manifest = raw / source.path, raw / MANIFEST
    before = manifest.read_bytes() if manifest.is_file() else None
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(prepared.file, target)
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
    return source.path


def _refuse_duplicate(file: Path, raw: Path, sources: Sequence[Source], sha256: str) -> None:
    """Refuse bytes that lie in the raw folder already, listed or not."""
    for source in sources:
        if hash_file(raw / source.path) == sha256:
            raise ManifestError(
                f"{file}: found the same bytes as {source.path}; expected a new document; nothing added."
            )
    for name in unlisted_files(raw, list(sources)) if raw.is_dir() else ():
        if (raw / name).stat().st_size == file.stat().st_size and hash_file(raw / name) == sha256:
            raise ManifestError(
                f"{file}: found the same bytes as {name}, which lies in {raw} and is not listed; expected a new "
                f"document; nothing added: list it in {MANIFEST}, or take it out of the folder and add it again."
            )


def _complete(file: Path, known: Source) -> tuple[Source, list[str]]:
    """Take country and edition from the document's own title where they are missing and it names one; say so."""
    document = read_document(file.parent, replace(known, iso3=None, edition=None))
    if not document.usable:
        raise SourceError(document.issues[0].code, f"{file}: {document.issues[0].message}")
    identity = identify(document, file)
    said: list[str] = []
    iso3 = _choose(file, "iso3", known.iso3, identity.countries, said)
    edition = _choose(file, "edition", known.edition, identity.editions, said)
    source = replace(known, iso3=iso3, edition=edition)
    facts = {"title": identity.titles[:1], "published": identity.published, "url": identity.url}
    shown = [f"{name} {value[0] if isinstance(value, tuple) else value!r}" for name, value in facts.items() if value]
    if shown:
        said.append(f"the document says of itself: {', '.join(shown)} (shown only)")
    return source, said


def _choose(file: Path, column: str, given: _Value | None, found: Sequence[_Value], said: list[str]) -> _Value:
    """Take what was given; else the only one that the title names, which is said."""
    listed = " and ".join(map(str, found))
    if given is not None:
        if found and given not in found:
            said.append(f"warning: the document's own title names {listed}; {column} {given} was given and is used")
        return given
    if len(found) != 1:
        hint = f"its own title names {listed}" if found else "its own title names none"
        raise ManifestError(
            f"{file}: found a profile without --iso3 or --edition (--{column} is missing, and {hint}); expected both; "
            "give them."
        )
    said.append(f"{column} {listed}: taken from the document's own title")
    return found[0]


def _place(file: Path, source: Source) -> str:
    stem = f"{source.iso3}_{source.edition}" if source.kind == "profile" else _slug(source.title or file.stem)
    return f"{_FOLDERS[source.kind]}/{stem}{file.suffix.lower()}"


def recognise(file: Path, source: Source) -> list[str]:
    """Say what is recognised in a file as what it is said to be, line by line.

    Raises
    ------
    SourceError
        If the file cannot be used.
    """
    here = replace(source, path=file.name)
    lines = [f"kind {source.kind}, country {source.iso3 or 'not given'}, edition {source.edition or 'not given'}"]
    if source.kind in ("profile", "article"):
        document = read_document(file.parent, here)
        analysis = analyse(document)
        kinds = Counter(span.kind for span in analysis.spans)
        sections = sorted({span.section for span in analysis.spans if span.kind == "heading" and span.section})
        lines.append(
            f"form {document.form}, encoding {document.encoding or 'not told'}, {kinds['sentence']} sentences, "
            f"{kinds['furniture']} furniture"
        )
        if source.kind == "profile":
            lines.append(f"{len(sections)} sections: {', '.join(sections)}")
        if document.scores:
            lines.append(f"{sum(score.value is not None for score in document.scores)} scores beside the prose")
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
