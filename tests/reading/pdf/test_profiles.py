"""Profiles printed as PDF in many layouts: the same sentences, in the same sections, with the same indicators."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from ocindex.analysis.findings import Analysis
from ocindex.analysis.gold import read_gold
from ocindex.analysis.readable import make_readable
from ocindex.pipeline import analyse, split_document
from ocindex.reading.document import Document
from ocindex.reading.manifest import read_manifest
from ocindex.reading.pdf.reader import read_pdf
from ocindex.reading.reader import read_document
from printing import Layout, Sections, print_profile

ROOT = Path(__file__).parents[3]
PROFILES = ("guatemala_2021", "kenya_2021", "south_africa_2023", "thailand_2025")
LAYOUTS = {
    "one column": Layout(columns=1),
    "two columns": Layout(),
    "two columns, drawn row by row": Layout(order="rows"),
    "two columns, the right one drawn first": Layout(order="swapped"),
    "drawn backwards": Layout(order="reverse"),
    "drawn word by word, justified": Layout(order="words", justified=True),
    "narrow gutter, justified": Layout(gutter=12, justified=True, order="rows"),
    "indented paragraphs": Layout(indent=12, paragraph_gap=0),
    "headings in the body's font": Layout(heading_font="Times-Roman", heading_size=10),
    "header, footer, page numbers, funding": Layout(
        title="A COUNTRY",
        header="Global Organized Crime Index 2021",
        footer="Country profile",
        page_number="Page {page} of {pages}",
        closing="The Global Organized Crime Index was made possible by the support of many, and is published by a "
        "network of experts who work on every continent.",
    ),
    "three columns on a lying page": Layout(
        columns=3, size=8, leading=10, width=842, height=595, lines_per_page=40, gutter=20, order="rows"
    ),
    "turned pages": Layout(turned=True, order="rows"),
}


@cache
def documents() -> dict[str, Document]:
    """The bundled profile and the made-up ones, as text."""
    raw = ROOT / "raw"
    peru = next(source for source in read_manifest(raw) if source.kind == "profile")
    found = {"peru_2021": read_document(raw, peru)}
    for name in PROFILES:
        found[name] = read_gold(ROOT / "tests" / "gold" / "profiles" / f"{name}.json", ())[0].document
    return found


def sections_of(document: Document) -> Sections:
    sections: list[tuple[str, list[str]]] = []
    text = document.text or ""
    for block in split_document(document)[0]:
        if block.kind == "heading":
            sections.append((" ".join(text[block.start : block.end].split()), []))
        else:
            sections[-1][1].append(make_readable(text[block.start : block.end]))
    return sections


def analyse_printed(document: Document, layout: Layout) -> tuple[Analysis, Document]:
    content = read_pdf(print_profile(sections_of(document), layout), document.source)
    printed = replace(document, text=content.text, page_starts=content.page_starts, places=content.places)
    return analyse(printed), printed


def findings(analysis: Analysis) -> list[tuple[str, str | None, str]]:
    return [(item.sentence.text, item.sentence.section, item.indicator) for item in analysis.findings]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["peru_2021", *PROFILES])
def test_layout_changes_neither_sentences_nor_sections_nor_indicators(name: str, layout: str) -> None:
    document = documents()[name]
    analysis, _ = analyse_printed(document, LAYOUTS[layout])
    assert findings(analysis) == findings(analyse(document))


def test_every_word_of_the_text_has_its_place() -> None:
    _, printed = analyse_printed(documents()["kenya_2021"], LAYOUTS["two columns, drawn row by row"])
    text = printed.text or ""
    position = 0
    for place in printed.places:
        assert not text[position : place.start].strip()
        assert len(place.ends) == len(place.boxes)
        assert list(place.ends) == sorted(place.ends)
        assert place.ends[-1] == place.end
        position = place.end
    assert position == len(text)


@pytest.mark.parametrize("layout", ["two columns", "turned pages"])
def test_places_of_a_page_lie_on_it_and_follow_its_start(layout: str) -> None:
    _, printed = analyse_printed(documents()["guatemala_2021"], LAYOUTS[layout])
    width, height = (842, 595) if layout == "turned pages" else (595, 842)
    assert len(printed.page_starts) >= 3
    for place in printed.places:
        starts = [*printed.page_starts, len(printed.text or "")]
        assert starts[place.page - 1] <= place.start < starts[place.page]
        for x0, y0, x1, y1 in place.boxes:
            assert 0 <= x0 < x1 <= width
            assert 0 <= y0 < y1 <= height


def test_what_is_furniture_is_named_and_not_in_the_text() -> None:
    document = documents()["thailand_2025"]
    layout = LAYOUTS["header, footer, page numbers, funding"]
    content = read_pdf(print_profile(sections_of(document), layout), document.source)
    for words in ("Global Organized", "Country profile", "Page 1", "made possible"):
        assert words not in content.text
    (note,) = [note for note in content.notes if note[0] == "pdf_furniture"]
    assert note[1] == "info"
    assert "'Country profile Page 1 of 2'" in note[3]
    assert "made possible" in note[3]


def test_hyphen_at_a_line_end_is_dropped_only_in_a_word_that_is_known() -> None:
    document = documents()["guatemala_2021"]
    plain = {word for text, _, _ in findings(analyse(document)) for word in text.split()}
    analysis, printed = analyse_printed(document, Layout(hyphenated=True, justified=True, order="rows"))
    words = {word for text, _, _ in findings(analysis) for word in text.split()}
    assert {word.replace("-", "") for word in words} == {word.replace("-", "") for word in plain}
    assert not set("\u0002\ufffe\u00ad") & set(printed.text or "")
    broken = words - plain
    assert len(broken) < 8
    assert all("-" in word for word in broken)
