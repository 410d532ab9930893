"""A workbook through build and add: alone, listed, cached, beside a score file, and in every hostile form."""

from __future__ import annotations

import csv
import hashlib
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

import ocindex as package
from ocindex.dataset.checking import check_published

pytest.importorskip("python_calamine", reason="ocindex[workbook] is not installed")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl makes the workbooks of these tests")

Run = Callable[..., Any]
HOSTILE = Path(__file__).parents[2].parent / "shared" / "hostile"
ROWS = [["Country", "Prevention", "Cocaine trade"], ["Peru", 3.0, 9.0], ["Namibia", 4.5, 3.0]]


def book(rows: list[list[object]] | None = None, sheet: str = "2021_dataset") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows or ROWS:
        made.active.append(row)
    packed = BytesIO()
    made.save(packed)
    return packed.getvalue()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    path.write_bytes(book())
    return path


def scores_of(dist: Path) -> dict[tuple[str, str], float]:
    frame = package.load("indicators", dist=dist).dropna(subset=["score"])
    return dict(zip(zip(frame["iso3"], frame["indicator"], strict=True), frame["score"], strict=True))


def test_a_workbook_without_any_document_makes_a_dataset_of_scores(
    workbook: Path, tmp_path: Path, ocindex: Run
) -> None:
    dist = tmp_path / "dist"
    answer = ocindex("build", "--raw", tmp_path / "none", "--dist", dist, "--workbook", workbook)
    assert answer.code == 0
    assert scores_of(dist) == {
        ("PER", "prevention"): 3.0,
        ("PER", "cocaine_trade"): 9.0,
        ("NAM", "prevention"): 4.5,
        ("NAM", "cocaine_trade"): 3.0,
    }
    assert set(package.load("indicators", dist=dist)["score_source"].dropna()) == {"workbook"}
    assert len(package.load("evidence", dist=dist)) == 0
    assert check_published(dist) == []


def test_the_cached_workbook_is_the_one_that_was_fetched(
    workbook: Path, tmp_path: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "global_oc_index_2025.xlsx").write_bytes(workbook.read_bytes())
    known = {hashlib.sha256(workbook.read_bytes()).hexdigest(): 2025}
    monkeypatch.setattr("ocindex.reading.fetch.KNOWN_HASHES", known)
    monkeypatch.setenv("OCINDEX_CACHE", str(cache))
    answer = ocindex("build", "--raw", tmp_path / "none", "--dist", tmp_path / "dist", "--workbook", "cached")
    assert answer.code == 0
    documents = package.load("documents", dist=tmp_path / "dist")
    assert documents["document_id"].tolist() == ["workbooks/global_oc_index_2025"]


def test_a_workbook_listed_in_sources_is_read(workbook: Path, tmp_path: Path, ocindex: Run) -> None:
    (tmp_path / "sources.csv").write_text("path,kind\nbook.xlsx,workbook\n", encoding="utf-8")
    assert ocindex("build", "--raw", tmp_path, "--dist", tmp_path / "dist").code == 0
    assert len(scores_of(tmp_path / "dist")) == 4


def test_add_takes_a_workbook_and_build_reads_it(workbook: Path, tmp_path: Path, ocindex: Run) -> None:
    raw = tmp_path / "raw"
    answer = ocindex("add", workbook, "--kind", "workbook", "--raw", raw)
    assert answer.code == 0
    assert "4 scores" in answer.out
    assert "added workbooks/book.xlsx" in answer.out
    assert ocindex("build", "--raw", raw, "--dist", tmp_path / "dist").code == 0
    assert len(scores_of(tmp_path / "dist")) == 4


def test_add_refuses_what_is_no_workbook(tmp_path: Path, ocindex: Run) -> None:
    (tmp_path / "page.xlsx").write_bytes(b"<html><body>Log in</body></html>")
    answer = ocindex("add", tmp_path / "page.xlsx", "--kind", "workbook", "--raw", tmp_path / "raw")
    assert (answer.code, answer.out) == (2, "")
    assert "found a web page; expected an .xlsx workbook" in answer.err
    assert not (tmp_path / "raw").exists()


def test_a_missing_workbook_is_refused_and_nothing_is_written(tmp_path: Path, ocindex: Run) -> None:
    answer = ocindex("build", "--raw", tmp_path, "--dist", tmp_path / "dist", "--workbook", tmp_path / "no.xlsx")
    assert answer.code == 2
    assert "no.xlsx: found no such file" in answer.err
    assert not (tmp_path / "dist").exists()


def test_without_its_extra_build_names_it(
    workbook: Path, tmp_path: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    answer = ocindex("build", "--raw", tmp_path / "none", "--dist", tmp_path / "dist", "--workbook", workbook)
    assert (answer.code, answer.out) == (2, "")
    assert 'pip install "ocindex[workbook]"' in answer.err
    assert not (tmp_path / "dist").exists()


def test_a_score_file_that_agrees_is_said(tmp_path: Path, raw: Path, ocindex: Run) -> None:
    published = package.load("indicators", iso3="PER").query("edition == 2021").set_index("indicator")["score"]
    rows = [["Country", "Prevention"], ["Peru", float(published["prevention"])]]
    (tmp_path / "book.xlsx").write_bytes(book(rows))
    answer = ocindex("build", "--raw", raw, "--dist", tmp_path / "dist", "--workbook", tmp_path / "book.xlsx")
    assert answer.code == 0
    assert "info: scores/PER: found 1 scores that are also in workbooks/book" in answer.err


def test_a_score_file_that_differs_is_an_issue_and_null(tmp_path: Path, raw: Path, ocindex: Run) -> None:
    (tmp_path / "book.xlsx").write_bytes(book([["Country", "Prevention"], ["Peru", 9.5]]))
    build = ("build", "--raw", raw, "--dist", tmp_path / "dist", "--workbook", tmp_path / "book.xlsx")
    answer = ocindex(*build)
    assert answer.code == 0
    assert "error: scores/PER: found 9.5 in workbooks/book and " in answer.err
    frame = package.load("indicators", dist=tmp_path / "dist", iso3="PER").query("edition == 2021")
    assert frame.set_index("indicator")["score"].isna().pipe(lambda empty: list(empty[empty].index)) == ["prevention"]
    (issue,) = package.load("issues", dist=tmp_path / "dist").query("code == 'scores_differ'").itertuples()
    assert (issue.iso3, issue.edition, issue.indicator) == ("PER", 2021, "prevention")
    assert ocindex(*build, "--strict").code == 1


def test_namibia_stays_nam_everywhere(workbook: Path, tmp_path: Path, ocindex: Run) -> None:
    dist = tmp_path / "dist"
    ocindex("build", "--raw", tmp_path / "none", "--dist", dist, "--workbook", workbook)
    for name in ("indicators", "countries"):
        text, table = dist / "csv" / f"{name}.csv", dist / "parquet" / f"{name}.parquet"
        expected = int((pd.read_parquet(table)["iso3"] == "NAM").sum())
        assert expected == (1 if name == "countries" else 26)
        assert int((pd.read_csv(text)["iso3"] == "NAM").sum()) == expected
        assert pd.read_csv(text)["iso3"].notna().all()
        for source in (f"read_csv('{text}')", f"'{table}'"):
            rows = duckdb.sql(f"select count(*) from {source} where iso3 = 'NAM'").fetchall()
            assert rows == [(expected,)]
        with text.open(encoding="utf-8", newline="") as handle:
            assert sum(row["iso3"] == "NAM" for row in csv.DictReader(handle)) == expected


def test_namibia_stays_nam_in_polars(workbook: Path, tmp_path: Path, ocindex: Run) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    dist = tmp_path / "dist"
    ocindex("build", "--raw", tmp_path / "none", "--dist", dist, "--workbook", workbook)
    frames = (
        polars.read_csv(dist / "csv" / "indicators.csv"),
        polars.read_parquet(dist / "parquet/indicators.parquet"),
    )
    for frame in frames:
        assert frame.filter(polars.col("iso3") == "NAM").height == 26
        assert frame["iso3"].null_count() == 0


def hostile_samples() -> list[Any]:
    """List the manifest's samples named xlsx_*; one test that is skipped where there is no manifest."""
    if not (HOSTILE / "manifest.csv").is_file():
        skip = pytest.mark.skip(reason="the hostile samples do not stand beside the project")
        return [pytest.param("none", marks=skip)]
    with (HOSTILE / "manifest.csv").open(encoding="utf-8", newline="") as handle:
        return [row["file"] for row in csv.DictReader(handle) if row["file"].startswith("xlsx_")]


# What could not be used in each sample, and a piece of what must be said; a sample not named here has no error.
REFUSED = {
    "xlsx_missing_indicator.xlsx": ("2025_dataset: found no column 'Fauna crimes'",),
    "xlsx_duplicate_country.xlsx": ("2025_dataset!C2,C7: found Kenya in 2 rows",),
    "xlsx_score_11.xlsx": ("2025_dataset!P3: found score 11; expected 1 to 10",),
    "xlsx_score_text.xlsx": ("found score 'n/a'", "found score 'high'", "found score '7,5'"),
    "xlsx_unknown_country.xlsx": ("2025_dataset!C7: found an unknown country 'Wakanda'",),
    "xlsx_injection.xlsx": ("2025_dataset!C7: found an unknown country '=HYPERLINK",),
}


@pytest.mark.parametrize("name", hostile_samples())
def test_hostile_sample_builds_and_strict_fails_where_something_could_not_be_used(
    name: str, tmp_path: Path, ocindex: Run
) -> None:
    dist = tmp_path / "dist"
    build = ("build", "--raw", tmp_path / "none", "--dist", dist, "--workbook", HOSTILE / name)
    answer = ocindex(*build)
    assert answer.code == 0
    says = REFUSED.get(name, ())
    assert all(part in answer.err for part in says), answer.err
    assert ("error: " in answer.err) == bool(says)
    assert ocindex(*build, "--strict").code == (1 if says else 0)
    assert check_published(dist) == []
    frame = package.load("indicators", dist=dist)
    assert set(frame["iso3"]) == {"ECU", "ITA", "KEN", "PRY", "THA"}
    assert frame["score"].dropna().between(1, 10).all()
    assert "RWA" not in set(frame["iso3"])
    assert frame.loc[frame["edition"] == 2021, "indicator"].nunique() == 26


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile samples do not stand beside the project")
def test_drifted_headings_give_the_same_scores_as_the_control(tmp_path: Path, ocindex: Run) -> None:
    for name in ("good", "header_drift"):
        source = HOSTILE / f"xlsx_{name}.xlsx"
        ocindex("build", "--raw", tmp_path / "none", "--dist", tmp_path / name, "--workbook", source)
    assert scores_of(tmp_path / "good") == scores_of(tmp_path / "header_drift")


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile samples do not stand beside the project")
def test_injected_cells_are_neutralised_in_csv(tmp_path: Path, ocindex: Run) -> None:
    source = HOSTILE / "xlsx_injection.xlsx"
    ocindex("build", "--raw", tmp_path / "none", "--dist", tmp_path / "dist", "--workbook", source)
    for path in sorted((tmp_path / "dist" / "csv").iterdir()):
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.reader(handle):
                assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)


def changed(part: str, old: bytes, new: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(book())) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new, 1) if name == part else data)
    return packed.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNNAMED = b"<row>" + b"<c><v>1</v></c>" * 20_000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 20_000
ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet'
OTHERS = {
    "old Office file": (lambda: OLE + bytes(2000), "found an old Office file (.xls)"),
    "encrypted": (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "found an encrypted workbook"),
    "web page": (lambda: b"<!doctype html><html><body>Please log in</body></html>", "found a web page"),
    "comma-separated": (lambda: b"Country,Prevention\nPeru,3.0\n", "found plain text (such as CSV)"),
    "cut off": (lambda: book()[: len(book()) * 3 // 5], "found a damaged or cut-off zip archive"),
    "empty": (lambda: b"", "found an empty file"),
    "packed bomb": (lambda: changed(SHEET, b"</worksheet>", b" " * 90_000_000 + b"</worksheet>"), "once unpacked"),
    "entities": (lambda: changed(SHEET, b"<worksheet", ENTITIES), "found a document type declaration"),
    "far cell": (lambda: changed(SHEET, b'r="C3"', b'r="XFD1048576"'), "1048576 rows and 16384 columns"),
    # 0.9 MB without one cell name: the parser would ask for 13 GB and take the whole process down.
    "cells without names": (lambda: changed(SHEET, b"</sheetData>", UNNAMED + b"</sheetData>"), "rows and"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_workbook_is_refused_in_one_line_and_the_build_goes_on(
    kind: str, tmp_path: Path, raw: Path, ocindex: Run
) -> None:
    make, says = OTHERS[kind]
    (tmp_path / "book.xlsx").write_bytes(make())
    build = ("build", "--raw", raw, "--dist", tmp_path / "dist", "--workbook", tmp_path / "book.xlsx")
    answer = ocindex(*build)
    assert answer.code == 0
    (line,) = [line for line in answer.err.splitlines() if "workbooks/book" in line]
    assert line.startswith("error: workbooks/book: found ")
    assert says in line
    assert "1 left out" in answer.err
    assert package.load("indicators", dist=tmp_path / "dist")["text"].notna().any()
    assert ocindex(*build, "--strict").code == 1
