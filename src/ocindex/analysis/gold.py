"""Labelled text in any of its forms in, documents with labelled sentences out."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ocindex.errors import SourceError, UnknownNameError
from ocindex.reading.document import Document, Source
from ocindex.vocabulary.indicators import NONE, code_of, known_edition
from ocindex.vocabulary.places import place_named


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """One labelled sentence: its primary label, what else is accepted, and secondary labels.

    ``flows`` are pairs of role and place; null where nobody labelled them.
    """

    text: str
    primary: str
    accepted: frozenset[str] = frozenset()
    secondary: frozenset[str] = frozenset()
    flows: frozenset[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document and its labelled sentences in reading order."""

    name: str
    document: Document
    sentences: tuple[GoldSentence, ...]


def read_gold(path: Path, known: Iterable[Document] = ()) -> list[GoldDocument]:
    """Read one file of labelled text.

    Parameters
    ----------
    path : pathlib.Path
        A profile (JSON with ``sections``), an article (JSON with ``sentences``
        beside its ``.txt``), or a table (CSV with ``sentence`` and ``primary``;
        with ``file`` for several articles). A table ``NAME_flows.csv`` beside
        ``NAME.csv`` (sentence, indicator, role, place) holds its flows.
    known : iterable of Document
        Documents in which the sentences of a table may stand; a table whose
        sentences stand in none is read as one paragraph per section.

    Returns
    -------
    list of GoldDocument

    Raises
    ------
    SourceError
        If the file is none of these forms or names an unknown label.
    """
    if not path.is_file():
        raise SourceError("missing_file", f"{path}: found no such file; expected labelled text; check the path.")
    try:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as handle:
                return _read_table(path, list(csv.DictReader(handle)), list(known))
        labels = json.loads(path.read_text(encoding="utf-8"))
        if "sections" in labels:
            return [_read_profile(path, labels)]
        return [_read_article(path, labels)]
    except (KeyError, TypeError, AttributeError, ValueError, UnknownNameError) as error:
        raise SourceError(
            "not_gold",
            f"{path}: found {type(error).__name__}: {error}; expected labelled text in one of the forms of "
            "tests/gold/README.md; correct the file.",
        ) from error


def render_profile(sections: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Write a profile as text: heading, newline, paragraphs separated by an empty line."""
    return "\n\n".join(heading + "\n" + "\n\n".join(paragraphs) for heading, paragraphs in sections) + "\n"


def fold_space(text: str) -> str:
    """Fold white space, as sentences are compared."""
    return " ".join(text.split())


def _read_profile(path: Path, labels: dict[str, object]) -> GoldDocument:
    sections = labels["sections"]
    assert isinstance(sections, list)
    text = render_profile(
        (section["heading"], [" ".join(item["text"] for item in paragraph) for paragraph in section["paragraphs"]])
        for section in sections
    )
    sentences = tuple(
        _sentence(item) for section in sections for paragraph in section["paragraphs"] for item in paragraph
    )
    source = _source(path.stem, "profile", str(labels["iso3"]), known_edition(int(str(labels["edition"]))).edition)
    return GoldDocument(path.stem, _document(source, text), sentences)


def _read_article(path: Path, labels: dict[str, object]) -> GoldDocument:
    items = labels["sentences"]
    assert isinstance(items, list)
    sentences = tuple(_sentence(item) for item in items)
    beside = path.with_suffix(".txt")
    source = _source(path.stem, "article", str(labels["country_iso3"]), None)
    whole = " ".join(item.text for item in sentences)
    text = beside.read_bytes().decode("utf-8-sig") if beside.is_file() else whole
    return GoldDocument(path.stem, _document(source, text), sentences)


def _read_table(path: Path, rows: list[dict[str, str]], known: list[Document]) -> list[GoldDocument]:
    files: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        files.setdefault(row.get("file") or path.stem, []).append(row)
    flows = _read_flows(path)
    return [_read_table_part(name, part, known, flows) for name, part in files.items()]


def _read_flows(path: Path) -> dict[str, frozenset[tuple[str, str]]] | None:
    """Read the flows of a table's sentences; null without such a file."""
    beside = path.with_name(f"{path.stem}_flows.csv")
    if not beside.is_file():
        return None
    flows: dict[str, frozenset[tuple[str, str]]] = {}
    with beside.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            text = fold_space(row["sentence"])
            flows[text] = flows.get(text, frozenset()) | {_flow(row)}
    return flows


def _read_table_part(
    name: str,
    rows: list[dict[str, str]],
    known: list[Document],
    flows: dict[str, frozenset[tuple[str, str]]] | None,
) -> GoldDocument:
    sentences = tuple(
        GoldSentence(
            fold_space(row["sentence"]),
            _label(row["primary"]),
            frozenset(map(_label, _listed(row.get("also_accepted")))),
            frozenset(map(_label, _listed(row.get("secondary")))),
            None if flows is None else flows.get(fold_space(row["sentence"]), frozenset()),
        )
        for row in rows
    )
    for document in known:
        folded = fold_space(re.sub(r"-\s*\n\s*", "-", document.text or ""))
        if all(sentence.text in folded for sentence in sentences):
            return GoldDocument(name, document, sentences)
    grouped: dict[str, list[str]] = {}
    for row, sentence in zip(rows, sentences, strict=True):
        grouped.setdefault(row.get("section", ""), []).append(sentence.text)
    text = render_profile((heading, [" ".join(texts)]) for heading, texts in grouped.items())
    stem = re.fullmatch(r".*_(\d{4})", name)
    kind = "profile" if stem else "article"
    return GoldDocument(name, _document(_source(name, kind, None, int(stem[1]) if stem else None), text), sentences)


def _sentence(item: dict[str, object]) -> GoldSentence:
    def listed(name: str) -> frozenset[str]:
        values = item.get(name) or []
        assert isinstance(values, list)
        return frozenset(_label(str(value)) for value in values)

    flows = item.get("flows")
    assert flows is None or isinstance(flows, list)
    return GoldSentence(
        fold_space(str(item["text"])),
        _label(str(item["primary"])),
        listed("also_accepted"),
        listed("secondary"),
        None if flows is None else frozenset(map(_flow, flows)),
    )


def _flow(row: dict[str, str]) -> tuple[str, str]:
    """Give role and place; a name that is unknown here stays as it is, and counts as missed."""
    name = row["place"] if "place" in row else row["country"]
    place = place_named(name)
    return row["role"], name if place is None else place.name


def _label(name: str) -> str:
    return NONE if name == NONE else code_of(name).code


def _listed(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _source(name: str, kind: str, iso3: str | None, edition: int | None) -> Source:
    return Source(path=f"{name}.txt", document_id=name, kind=kind, iso3=iso3, edition=edition)


def _document(source: Source, text: str) -> Document:
    return Document(source, "0" * 64, len(text.encode()), text, "utf-8")
