"""add: a document goes into the raw folder with its row, or nothing changes."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocindex.reading.manifest import COLUMNS

Run = Callable[..., Any]
Tree = Callable[[Path], dict[str, bytes]]
PROFILE = "TRADE\nArms trafficking is a concern in Colombia. Firearms are smuggled over the border.\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "Colombia Profile.TXT"
    path.write_text(PROFILE, encoding="utf-8")
    return path


def rows_of(raw: Path) -> list[dict[str, str]]:
    with (raw / "sources.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_a_profile_is_copied_and_listed(document: Path, raw: Path, ocindex: Run) -> None:
    before = rows_of(raw)
    answer = ocindex("add", document, "--kind", "profile", "--iso3", "Colombia", "--edition", 2021, "--raw", raw)
    assert answer.code == 0
    assert "kind profile, country COL, edition 2021" in answer.out
    assert "added profiles/COL_2021.txt; run `ocindex build --raw" in answer.out
    assert (raw / "profiles" / "COL_2021.txt").read_bytes() == document.read_bytes()
    assert rows_of(raw)[:-1] == before
    row = rows_of(raw)[-1]
    assert tuple(row) == COLUMNS
    assert {name: value for name, value in row.items() if value} == {
        "path": "profiles/COL_2021.txt",
        "kind": "profile",
        "iso3": "COL",
        "edition": "2021",
        "redistribute": "true",
        "sha256": hashlib.sha256(document.read_bytes()).hexdigest(),
    }


def test_what_was_added_builds(document: Path, tmp_path: Path, ocindex: Run) -> None:
    raw = tmp_path / "new" / "raw"
    assert ocindex("add", document, "--kind", "profile", "--iso3", "COL", "--edition", 2021, "--raw", raw).code == 0
    assert ocindex("build", "--raw", raw, "--dist", tmp_path / "dist", "--strict").code == 0
    answer = ocindex("show", "Colombia", "--dist", tmp_path / "dist")
    assert answer.out.startswith("Colombia (COL), edition 2021")


def test_an_article_takes_its_name_from_its_title_and_keeps_its_facts(document: Path, raw: Path, ocindex: Run) -> None:
    facts = {
        "title": "Guns, “gold” & Perú", "publisher": "A, B", "published": "2022-05-01", "url": "https://example.org",
        "rights": "theirs", "reliability": "C", "origin": "series", "language": "en",
    }  # fmt: skip
    options = [part for name, value in facts.items() for part in (f"--{name}", value)]
    answer = ocindex("add", document, "--kind", "article", "--iso3", "COL", *options, "--withhold", "--raw", raw)
    assert answer.code == 0
    row = rows_of(raw)[-1]
    assert row["path"] == "articles/guns_gold_peru.txt"
    assert facts.items() <= row.items()
    assert row["redistribute"] == "false"


def test_scores_are_added_with_their_count(tmp_path: Path, raw: Path, ocindex: Run) -> None:
    file = tmp_path / "col.csv"
    file.write_text("iso3,edition,measure,score\nCOL,2021,prevention,3.0\n", encoding="utf-8")
    answer = ocindex("add", file, "--kind", "scores", "--raw", raw)
    assert answer.code == 0
    assert "1 scores" in answer.out
    assert (raw / "scores" / "col.csv").is_file()


def refused(answer: Any, says: str) -> None:
    assert answer.code == 2
    assert answer.out == ""
    assert says in answer.err


def test_the_same_bytes_are_refused_under_any_name(tmp_path: Path, raw: Path, ocindex: Run, tree: Tree) -> None:
    before = tree(raw)
    copy = tmp_path / "another name.txt"
    copy.write_bytes((raw / "profiles" / "PER_2021.txt").read_bytes())
    answer = ocindex("add", copy, "--kind", "profile", "--iso3", "PER", "--edition", 2023, "--raw", raw)
    refused(answer, "found the same bytes as profiles/PER_2021.txt")
    assert tree(raw) == before


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "found"),
        ("blank.txt", b" \n \n", "found"),
        ("page.pdf", b"%PDF-1.7 nothing", "found"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "found"),
        ("zip.txt", b"PK\x03\x04" + b"\x00" * 100, "found"),
        ("book.docx", b"PK\x03\x04" + b"\x00" * 100, "found"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_copied(
    name: str, data: bytes, says: str, tmp_path: Path, raw: Path, ocindex: Run, tree: Tree
) -> None:
    before = tree(raw)
    file = tmp_path / name
    file.write_bytes(data)
    answer = ocindex("add", file, "--kind", "profile", "--iso3", "COL", "--edition", 2021, "--raw", raw)
    refused(answer, f"{file}: {says}")
    assert tree(raw) == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--kind", "profile"), "found a profile without --iso3 or --edition"),
        (("--kind", "profile", "--iso3", "COL"), "found a profile without --iso3 or --edition"),
        (("--kind", "profile", "--iso3", "Congo", "--edition", "2021"), "names several countries"),
        (("--kind", "profile", "--iso3", "Wakanda", "--edition", "2021"), "found no country 'Wakanda'"),
        (("--kind", "profile", "--iso3", "COL", "--edition", "2022"), "found edition 2022; expected one of"),
        (("--kind", "profile", "--iso3", "COL", "--edition", "new"), "'new' is not a valid integer"),
        (("--kind", "essay"), "'essay' is not one of"),
        (("--kind", "article", "--reliability", "G"), "'G' is not one of"),
        (("--kind", "article", "--published", "May 2021"), "found published 'May 2021'; expected a date"),
        (("--kind", "profile", "--iso3", "PER", "--edition", "2021"), "found profiles/PER_2021.txt in"),
    ],
)
def test_wrong_facts_are_refused_and_nothing_changes(
    options: tuple[str, ...], says: str, document: Path, raw: Path, ocindex: Run, tree: Tree
) -> None:
    before = tree(raw)
    refused(ocindex("add", document, *options, "--raw", raw), says)
    assert tree(raw) == before


PAGE = (
    "<!DOCTYPE html><title>Criminality in Colombia</title><h1>Colombia</h1><div>6.480.31</div>"
    "<div>Criminality score</div>"
    "<div>Arms trafficking</div><div>7.500.50</div><div>Flora crimes</div><div>5.00-0.50</div><h2>Trade</h2>"
    "<p>Arms trafficking is a concern in Colombia. Firearms are smuggled over the border.</p>"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "name with <b>.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_shows_what_was_recognised_and_gives_its_country(page: Path, raw: Path, ocindex: Run) -> None:
    answer = ocindex("add", page, "--kind", "profile", "--edition", 2023, "--raw", raw)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "kind profile, country COL, edition 2023"
    assert lines[1].startswith("form html, encoding utf-8, 2 sentences, ")
    assert lines[2] == "1 sections: trade"
    assert "3 scores beside the prose" in lines
    assert "iso3 COL: taken from the document's own title" in lines
    assert "the document says of itself: title 'Criminality in Colombia' (shown only)" in lines
    assert lines[-1].startswith("added profiles/COL_2023.html")
    # Facts of the page's own are never written into the list.
    assert rows_of(raw)[-1]["title"] == ""


def test_a_title_that_names_another_country_is_said_and_what_was_given_is_used(
    page: Path, raw: Path, ocindex: Run
) -> None:
    answer = ocindex("add", page, "--kind", "profile", "--edition", 2023, "--iso3", "PER", "--raw", raw)
    assert "warning: the document's own title names COL; iso3 PER was given and is used" in answer.out
    assert (raw / "profiles" / "PER_2023.html").is_file()


def test_an_edition_that_no_title_names_must_be_given(page: Path, raw: Path, ocindex: Run, tree: Tree) -> None:
    before = tree(raw)
    refused(
        ocindex("add", page, "--kind", "profile", "--raw", raw), "--edition is missing, and its own title names none"
    )
    assert tree(raw) == before


def test_a_country_that_is_ambiguous_in_the_title_must_be_given(tmp_path: Path, raw: Path, ocindex: Run) -> None:
    file = tmp_path / "x.txt"
    file.write_text(f"Congo\n\nIndex 2021\n\n{PROFILE}", encoding="utf-8")
    refused(ocindex("add", file, "--kind", "profile", "--raw", raw), "its own title names COD and COG")


def test_what_was_recognised_is_shown_before_the_file_is_copied(
    document: Path, raw: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*arguments: object, **options: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("ocindex.intake.store_document", stop)
    answer = ocindex("add", document, "--kind", "profile", "--iso3", "COL", "--edition", 2021, "--raw", raw)
    assert "1 sections: trade" in answer.out
    assert not (raw / "profiles" / "COL_2021.txt").exists()


@pytest.mark.parametrize("name", ["profiles/COL_2021.txt", "notes.txt"])
def test_the_same_bytes_in_the_folder_though_not_listed_are_refused(
    name: str, document: Path, raw: Path, ocindex: Run
) -> None:
    (raw / name).write_bytes(document.read_bytes())
    answer = ocindex("add", document, "--kind", "profile", "--iso3", "COL", "--edition", 2021, "--raw", raw)
    refused(answer, f"found the same bytes as {name}, which lies in {raw} and is not listed")


def test_a_file_whose_name_is_a_formula_goes_through_add_build_and_show(
    tmp_path: Path, ocindex: Run, document: Path
) -> None:
    raw, dist = tmp_path / "raw2", tmp_path / "dist2"
    (raw / "sub").mkdir(parents=True)
    for name in ("=cmd.txt", "sub/name with <b>.txt"):
        (raw / name).write_text(PROFILE.replace("Colombia", name[0] + " Peru"), encoding="utf-8")
    (raw / "sources.csv").write_text(
        "path,kind,iso3,edition\n=cmd.txt,profile,PER,2021\nsub/name with <b>.txt,profile,COL,2021\n", encoding="utf-8"
    )
    answer = ocindex("build", "--raw", raw, "--dist", dist)
    assert answer.code == 0
    assert "warning: =cmd: found no section people" in answer.err
    assert ocindex("check", dist).code == 0
    assert "'=cmd" in (dist / "csv" / "documents.csv").read_text(encoding="utf-8")
    assert "name with <b>" in ocindex("show", "COL", "--dist", dist, "--json").out
    copy = tmp_path / "=more.txt"
    copy.write_text(PROFILE + "\nThey sell guns.\n", encoding="utf-8")
    assert ocindex("add", copy, "--kind", "article", "--raw", raw).code == 0


def test_a_page_without_the_extra_names_it(
    page: Path, raw: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "lxml", None)
    monkeypatch.setitem(sys.modules, "lxml.html", None)
    answer = ocindex("add", page, "--kind", "profile", "--iso3", "COL", "--edition", 2023, "--raw", raw)
    refused(answer, "pip install 'ocindex[html]'")


def test_a_missing_file_is_refused(tmp_path: Path, raw: Path, ocindex: Run, tree: Tree) -> None:
    before = tree(raw)
    refused(ocindex("add", tmp_path / "none.txt", "--kind", "article", "--raw", raw), "none.txt: found no such file")
    assert tree(raw) == before


def test_a_list_of_few_columns_in_another_encoding_is_kept(document: Path, tmp_path: Path, ocindex: Run) -> None:
    raw = tmp_path / "old"
    raw.mkdir()
    (raw / "a.txt").write_text("An article about gangs and arms trafficking in Peru.", encoding="utf-8")
    (raw / "sources.csv").write_bytes("kind, path ,title\narticle,a.txt,Perú\n".encode("cp1252"))
    assert ocindex("add", document, "--kind", "article", "--raw", raw).code == 0
    rows = rows_of(raw)
    assert [(row["path"], row["kind"], row["title"]) for row in rows] == [
        ("a.txt", "article", "Perú"),
        ("articles/colombia_profile.txt", "article", ""),
    ]
