"""Every text of the hostile set does what its row of the manifest says; a row without a test here fails."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ocindex.analysis.findings import Analysis
from ocindex.pipeline import analyse, assemble
from ocindex.reading.document import Source
from ocindex.reading.reader import read_document

if TYPE_CHECKING:
    from ocindex.dataset.dataset import Dataset

HOSTILE = Path(__file__).parents[2] / "shared" / "hostile"
pytestmark = pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile samples do not stand beside the project")
BASE = "base_profile.txt"
ELSEWHERE = {".xlsx": "tests/reading/test_workbook.py", ".pdf": "the tests of PDF"}


def manifest() -> list[str]:
    if not HOSTILE.is_dir():
        return []
    with (HOSTILE / "manifest.csv").open(encoding="utf-8", newline="") as handle:
        return [row["file"] for row in csv.DictReader(handle)]


def analysed(name: str) -> Analysis:
    return analyse(read_document(HOSTILE, Source(name, name, "profile", "PRY", 2021)))


def primary(name: str) -> list[tuple[str, str]]:
    return [(finding.sentence.text, finding.indicator) for finding in analysed(name).findings]


def issues(name: str) -> list[str]:
    return [issue.code for issue in analysed(name).issues]


def equals_base(name: str, *said: str) -> None:
    assert primary(name) == primary(BASE)
    assert issues(name) == list(said)


def base_profile() -> None:
    labels = json.loads((HOSTILE / "base_profile.json").read_text(encoding="utf-8"))
    assert [text for text, _ in primary(BASE)] == [item["text"] for item in labels["sentences"]]
    assert issues(BASE) == []
    assert analysed(BASE).document.encoding == "utf-8"


def empty() -> None:
    document = analysed("empty.txt").document
    assert (document.usable, document.text) == (False, None)
    assert issues("empty.txt") == ["empty_file"]


def utf_16() -> None:
    equals_base("utf16le_bom.txt", "encoding_assumed")
    assert analysed("utf16le_bom.txt").document.encoding == "utf-16-le"


def windows_1252() -> None:
    equals_base("cp1252.txt", "encoding_assumed")
    analysis = analysed("cp1252.txt")
    text = analysis.document.text or ""
    assert "windows-1252" in analysis.issues[0].message
    assert all(word in text for word in ("Asunción", "Ñeembucú", "Guaraní", "“exotic”"))
    assert not any("\x80" <= character <= "\x9f" for character in text)


def invalid_utf8() -> None:
    assert issues("invalid_utf8.txt") == ["undecodable_bytes"]
    assert analysed("invalid_utf8.txt").document.encoding == "utf-8"
    found, base = primary("invalid_utf8.txt"), primary(BASE)
    assert [pair for pair in found if "Fauna" not in pair[0]] == [pair for pair in base if "Fauna" not in pair[0]]
    assert [label for _, label in found] == [label for _, label in base]


def nul_bytes() -> None:
    analysis = analysed("nul_bytes.txt")
    assert issues("nul_bytes.txt") == ["nul_characters"]
    assert "\x00" not in (analysis.document.text or "")
    assert "drugs" in {span.section for span in analysis.spans if span.kind == "heading"}
    assert [label for _, label in primary("nul_bytes.txt")] == [label for _, label in primary(BASE)]


def crlf() -> None:
    equals_base("crlf.txt")
    assert (analysed("crlf.txt").document.text or "").encode() == (HOSTILE / "crlf.txt").read_bytes()


def misspelt() -> None:
    assert [text for text, _ in primary("headings_misspelt.txt")] == [text for text, _ in primary(BASE)]
    assert issues("headings_misspelt.txt").count("heading_misspelt") == 2
    assert "heading_unknown" in issues("headings_misspelt.txt")
    sections = {f.sentence.text: f.sentence.section for f in analysed("headings_misspelt.txt").findings}
    expected = {f.sentence.text: f.sentence.section for f in analysed(BASE).findings}
    # The text below the heading that nobody knows stands in no section, and in no other one's.
    assert {text for text in expected if sections[text] != expected[text]} == {
        text for text in expected if sections[text] is None
    }


def inline() -> None:
    equals_base("headings_inline.txt")


def section_missing() -> None:
    drugs = {"heroin_trade", "cocaine_trade", "cannabis_trade", "synthetic_drug_trade"}
    assert primary("section_missing.txt") == [pair for pair in primary(BASE) if pair[1] not in drugs]
    assert issues("section_missing.txt") == ["section_missing"]


def section_twice() -> None:
    found = [f for f in analysed("section_twice.txt").findings if f.sentence.section == "trade"]
    base = [f for f in analysed(BASE).findings if f.sentence.section == "trade"]
    assert len({f.sentence.start for f in found}) == len(found) > len(base)
    assert {f.indicator for f in found} == {"arms_trafficking"}
    assert issues("section_twice.txt") == ["section_twice"]


def spanish() -> None:
    analysis = analysed("spanish_profile.txt")
    assert issues("spanish_profile.txt") == ["not_english"]
    assert "Spanish" in analysis.issues[0].message
    assert analysis.findings == []


def injection() -> None:
    added = [text for text, _ in primary("injection.txt") if text not in dict(primary(BASE))]
    assert [text[:2] for text in added] == ["=H", "+c", "@S", "-2", "<s", "<i", "Ta", "[c"]


CHECKS: dict[str, Callable[[], None]] = {
    BASE: base_profile,
    "empty.txt": empty,
    "utf16le_bom.txt": utf_16,
    "cp1252.txt": windows_1252,
    "invalid_utf8.txt": invalid_utf8,
    "nul_bytes.txt": nul_bytes,
    "crlf.txt": crlf,
    "typography.txt": lambda: equals_base("typography.txt"),
    "headings_colon.txt": lambda: equals_base("headings_colon.txt"),
    "headings_misspelt.txt": misspelt,
    "headings_inline.txt": inline,
    "section_missing.txt": section_missing,
    "section_twice.txt": section_twice,
    "spanish_profile.txt": spanish,
    "injection.txt": injection,
}


@pytest.mark.parametrize("name", manifest())
def test_sample_does_what_its_row_says(name: str) -> None:
    ending = Path(name).suffix
    if ending in ELSEWHERE:
        pytest.skip(f"{ending[1:]} samples are tried by {ELSEWHERE[ending]}")
    if ending == ".json":
        pytest.skip("the labels of the control, no input")
    assert name in CHECKS, f"{name} is new in the manifest: write what it must do"
    CHECKS[name]()


def test_no_check_is_without_its_row() -> None:
    assert set(CHECKS) <= set(manifest())


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """All texts in one raw folder, under names that are formulas and markup."""
    raw = tmp_path_factory.mktemp("hostile") / "raw"
    raw.mkdir()
    rows = ["path,kind,iso3,edition"]
    for name in CHECKS:
        path = {"injection.txt": "=cmd.txt", "crlf.txt": "name with <b>.txt"}.get(name, name)
        (raw / path).write_bytes((HOSTILE / name).read_bytes())
        rows.append(f"{path},article,," if name != "injection.txt" else f"{path},profile,PRY,2021")
    (raw / "sources.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return assemble(raw)


def test_samples_that_cannot_be_used_stop_no_other(together: Dataset) -> None:
    documents = together.documents.set_index("document_id")["text"]
    assert set(documents.index[documents.isna()]) == {"empty", "spanish_profile"}
    refused = together.issues.loc[together.issues["severity"] == "error"].set_index("document_id")["code"]
    assert refused.to_dict() == {"empty": "empty_file", "spanish_profile": "not_english"}


def test_cells_that_are_formulas_come_back_from_csv_as_they_were(together: Dataset, tmp_path: Path) -> None:
    import ocindex
    from ocindex.dataset.publish import publish

    publish(together, tmp_path / "dist")
    lines = (tmp_path / "dist" / "csv" / "evidence.csv").read_text(encoding="utf-8")
    assert '"=' not in lines
    assert "\"'=HYPERLINK" in lines
    back = ocindex.open(tmp_path / "dist", format="csv")
    assert set(back.documents["document_id"]) >= {"=cmd", "name with <b>"}
    quotes = back.evidence.loc[back.evidence["document_id"] == "=cmd", "quote"]
    assert any(quote.startswith("=HYPERLINK(") for quote in quotes)
