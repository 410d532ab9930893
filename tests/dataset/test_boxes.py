"""Boxes: what a piece of evidence covers on the pages of its PDF, line by line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import ocindex
from ocindex.dataset.boxes import box_rows
from ocindex.dataset.checking import check_published
from ocindex.pipeline import build
from ocindex.reading.document import Document, Place, Source
from printing import Layout, print_profile

SECTIONS = [
    ("DRUGS", ["Cocaine crosses the country by light aircraft and by barge on its way to the ports. " * 3]),
    ("TRADE", ["Firearms bought legally in the east are resold to gangs who smuggle them over the border. " * 3] * 9),
]
PLACES = (
    Place(0, 10, 1, (4, 10), ((10, 700, 30, 710), (33, 700, 60, 710))),
    Place(11, 21, 1, (15, 21), ((10, 688, 30, 698), (33, 687, 70, 698.004))),
    Place(22, 30, 2, (30,), ((10, 700, 80, 710),)),
)


def rows(start: int, end: int) -> list[tuple[object, ...]]:
    document = Document(Source("p.pdf", "p", "profile"), "0" * 64, 1, "x" * 30, places=PLACES)
    found = box_rows(document, [{"evidence_id": "e", "start": start, "end": end}])
    return [tuple(row[name] for name in ("page", "box", "x0", "y0", "x1", "y1")) for row in found]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 10, [(1, 1, 10, 700, 60, 710)]),
        (0, 4, [(1, 1, 10, 700, 30, 710)]),
        (5, 10, [(1, 1, 33, 700, 60, 710)]),
        (5, 15, [(1, 1, 33, 700, 60, 710), (1, 2, 10, 688, 30, 698)]),
        (11, 21, [(1, 1, 10, 687, 70, 698)]),
        (16, 30, [(1, 1, 33, 687, 70, 698), (2, 1, 10, 700, 80, 710)]),
        (2, 3, [(1, 1, 10, 700, 30, 710)]),
        (22, 30, [(2, 1, 10, 700, 80, 710)]),
    ],
)
def test_a_box_covers_the_words_of_one_line(start: int, end: int, expected: list[tuple[object, ...]]) -> None:
    assert rows(start, end) == expected


def test_a_document_without_places_has_no_boxes() -> None:
    document = Document(Source("p.txt", "p", "profile"), "0" * 64, 1, "x" * 30)
    assert box_rows(document, [{"evidence_id": "e", "start": 0, "end": 9}]) == []


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A raw folder with one profile, in two columns on several pages."""
    raw = tmp_path / "raw"
    (raw / "profiles").mkdir(parents=True)
    (raw / "profiles" / "PRY.pdf").write_bytes(print_profile(SECTIONS, Layout(order="rows", lines_per_page=15)))
    raw.joinpath("sources.csv").write_text("path,kind,iso3,edition\nprofiles/PRY.pdf,profile,PRY,2021\n")
    return raw


def test_evidence_of_a_pdf_is_published_with_pages_and_boxes(printed: Path, tmp_path: Path) -> None:
    build(printed, tmp_path / "dist")
    assert check_published(tmp_path / "dist") == []
    dataset = ocindex.open(tmp_path / "dist")
    evidence, boxes = dataset.evidence, dataset.evidence_boxes
    assert evidence["line"].isna().all()
    assert sorted(set(evidence["page"])) == [1, 2, 3]
    assert set(boxes["evidence_id"]) == set(evidence["evidence_id"])
    assert dataset.documents["pages"].tolist() == [3]
    assert ocindex.open(tmp_path / "dist", format="csv").evidence_boxes.equals(boxes)


def test_the_words_in_the_boxes_are_those_of_the_quote(printed: Path, tmp_path: Path) -> None:
    import pypdfium2

    build(printed, tmp_path / "dist")
    dataset = ocindex.open(tmp_path / "dist")
    with pypdfium2.PdfDocument(io.BytesIO((printed / "profiles" / "PRY.pdf").read_bytes())) as document:
        textpages = [page.get_textpage() for page in document]
        for row in dataset.evidence.itertuples():
            boxes = dataset.evidence_boxes[dataset.evidence_boxes["evidence_id"] == row.evidence_id]
            words = " ".join(
                textpages[box.page - 1].get_text_bounded(box.x0 - 0.5, box.y0 + 3, box.x1 + 0.5, box.y1 - 3)
                for box in boxes.itertuples()
            )
            assert " ".join(words.split()) == row.text


def test_a_dataset_without_a_pdf_has_an_empty_table(published: Path) -> None:
    boxes = ocindex.load("evidence_boxes", dist=published)
    assert (len(boxes), list(boxes)) == (0, ["evidence_id", "page", "box", "x0", "y0", "x1", "y1"])
