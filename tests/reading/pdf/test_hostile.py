"""The hostile PDFs beside the repository: each does what its manifest row says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ocindex.pipeline import analyse
from ocindex.reading.document import Document, Source
from ocindex.reading.reader import read_document

HOSTILE = Path(__file__).parents[3].parent / "shared" / "hostile"
pytestmark = pytest.mark.skipif(not HOSTILE.is_dir(), reason="the samples lie beside the repository, not in it")


def listed() -> list[str]:
    if not HOSTILE.is_dir():
        return []
    with (HOSTILE / "manifest.csv").open(encoding="utf-8", newline="") as handle:
        return [row["file"] for row in csv.DictReader(handle) if row["file"].endswith(".pdf")]


def read(name: str) -> Document:
    return read_document(HOSTILE, Source(name, Path(name).stem, "profile", "PRY", 2021))


def like_base(document: Document) -> None:
    text = read("base_profile.txt")
    expected = [(item.sentence.text, item.sentence.section, item.indicator) for item in analyse(text).findings]
    found = [(item.sentence.text, item.sentence.section, item.indicator) for item in analyse(document).findings]
    assert found == expected


def refused(code: str, said: str):
    def judge(document: Document) -> None:
        assert (document.usable, document.text) == (False, None)
        (issue,) = document.issues
        assert (issue.code, issue.severity) == (code, "error")
        assert said in issue.message

    return judge


def columns_apart(document: Document) -> None:
    sentences = [item.sentence.text for item in analyse(document).findings]
    assert sentences == [
        "There is no heroin market to speak of.",
        "Cocaine, by contrast, crosses the country by barge.",
        "Criminal networks of carriers serve whoever pays.",
        "Foreign actors work openly.",
    ]


EXPECTED = {
    "pdf_good.pdf": like_base,
    "pdf_truncated.pdf": refused("pdf_damaged", "cut off or damaged"),
    "pdf_encrypted.pdf": refused("pdf_encrypted", "without a password"),
    "pdf_image_only.pdf": refused("no_text_layer", "OCR"),
    "pdf_two_columns.pdf": columns_apart,
}


@pytest.mark.parametrize("name", listed())
def test_sample_does_what_its_row_says(name: str) -> None:
    EXPECTED[name](read(name))
