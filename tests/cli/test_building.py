"""build, check and schema: what they write, what they refuse, and with which exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ocindex as package
from ocindex.dataset.checking import check_published
from ocindex.dataset.schema import render_schemas

Run = Callable[..., Any]
Tree = Callable[[Path], dict[str, bytes]]
HEADER = "path,kind,iso3,edition"
PROFILE = "TRADE\nArms trafficking is a concern in Peru. Firearms are smuggled over the border.\n"


def write_raw(folder: Path, *rows: str, header: str = HEADER, text: str = PROFILE) -> Path:
    """Write a raw folder with one profile and a ``sources.csv`` of these rows."""
    (folder / "profiles").mkdir(parents=True, exist_ok=True)
    (folder / "profiles" / "PER_2021.txt").write_text(text, encoding="utf-8")
    lines = rows or ("profiles/PER_2021.txt,profile,PER,2021",)
    (folder / "sources.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return folder


def test_a_minimal_raw_folder_builds(tmp_path: Path, ocindex: Run) -> None:
    raw, dist = write_raw(tmp_path / "raw"), tmp_path / "dist"
    answer = ocindex("build", "--raw", raw, "--dist", dist)
    assert answer.code == 0
    assert answer.out.startswith(f"built {dist}, version 0.1.0: 1 documents, 26 indicators, ")
    assert check_published(dist) == []
    assert len(package.load("indicators", dist=dist)) == 26
    assert "(the profile says nothing on this)" in ocindex("show", "PER", "--dist", dist).out


def test_raw_and_dist_of_the_working_folder_are_the_default(
    tmp_path: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_raw(tmp_path / "raw")
    monkeypatch.chdir(tmp_path)
    assert ocindex("build").code == 0
    assert ocindex("check", "dist").code == 0


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_profile_is_an_issue_and_only_strict_fails(text: str, tmp_path: Path, ocindex: Run) -> None:
    raw, dist = write_raw(tmp_path / "raw", text=text), tmp_path / "dist"
    answer = ocindex("build", "--raw", raw, "--dist", dist)
    assert answer.code == 0
    assert "error: profiles/PER_2021: found" in answer.err
    assert "1 left out" in answer.err
    issues = package.load("issues", dist=dist)
    assert issues["severity"].tolist() == ["error"]
    assert set(package.load("indicators", dist=dist)["text_status"]) == {"unreadable"}
    assert ocindex("build", "--raw", raw, "--dist", dist, "--strict").code == 1
    assert check_published(dist) == []


def test_a_document_over_the_limit_is_an_issue_and_the_others_are_built(
    tmp_path: Path, ocindex: Run, raw: Path
) -> None:
    answer = ocindex("build", "--raw", raw, "--dist", tmp_path / "dist", "--max-bytes", 5000)
    assert answer.code == 0
    assert "profiles/PER_2021: found 9783 bytes; expected at most 5000" in answer.err
    assert len(package.load("documents", dist=tmp_path / "dist")) == 5


WRONG = {
    "unknown kind": (("profiles/PER_2021.txt,essay,PER,2021",), "line 2: found kind 'essay'"),
    "unknown edition": (("profiles/PER_2021.txt,profile,PER,2022",), "line 2: found edition '2022'"),
    "edition that is no year": (("profiles/PER_2021.txt,profile,PER,new",), "line 2: found edition 'new'"),
    "unknown country": (("profiles/PER_2021.txt,profile,XXX,2021",), "line 2: found country 'XXX'"),
    "country by name": (("profiles/PER_2021.txt,profile,Peru,2021",), "line 2: found country 'Peru'"),
    "profile without country": (("profiles/PER_2021.txt,profile,,2021",), "line 2: found a profile without iso3"),
    "missing file": (("profiles/COL_2021.txt,profile,COL,2021",), "line 2: found no file 'profiles/COL_2021.txt'"),
    "path above": (("../secret.txt,article,,",), "line 2: found path '../secret.txt'"),
    "path from the root": (("/etc/hostname,article,,",), "line 2: found path '/etc/hostname'"),
    "link that leads out": (
        ("profiles/link.txt,article,,",),
        "line 2: found path 'profiles/link.txt', which leads out",
    ),
    "too many cells": (("profiles/PER_2021.txt,profile,PER,2021,x",), "line 2: found more cells than columns"),
    "the same document twice": (
        ("profiles/PER_2021.txt,profile,PER,2021", "profiles/PER_2021.txt,profile,PER,2021"),
        "line 3: found 'profiles/PER_2021.txt' beside",
    ),
}


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("built_before", [False, True])
def test_a_wrong_row_of_sources_is_one_line_and_nothing_is_written(
    case: str, built_before: bool, tmp_path: Path, ocindex: Run, tree: Tree
) -> None:
    dist = tmp_path / "dist"
    raw = write_raw(tmp_path / "raw")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (raw / "profiles" / "link.txt").symlink_to(tmp_path / "secret.txt")
    if built_before:
        assert ocindex("build", "--raw", raw, "--dist", dist).code == 0
    before = tree(dist)
    rows, says = WRONG[case]
    write_raw(raw, *rows)
    answer = ocindex("build", "--raw", raw, "--dist", dist)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith(f"Error: sources.csv, {says}")
    assert answer.err.count("\n") == 1
    assert tree(dist) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_wrong_hash_is_refused_with_both_hashes(tmp_path: Path, ocindex: Run) -> None:
    raw = write_raw(tmp_path / "raw", f"profiles/PER_2021.txt,profile,PER,2021,{'0' * 64}", header=f"{HEADER},sha256")
    answer = ocindex("build", "--raw", raw, "--dist", tmp_path / "dist")
    assert answer.code == 2
    assert f"expected {'0' * 64}; restore the file or update the row" in answer.err
    assert not (tmp_path / "dist").exists()


def test_every_wrong_row_is_named_at_once(tmp_path: Path, ocindex: Run) -> None:
    raw = write_raw(tmp_path / "raw", "a.txt,essay,,", "b.txt,article,,")
    answer = ocindex("build", "--raw", raw, "--dist", tmp_path / "dist")
    assert answer.code == 2
    assert "line 2: found kind 'essay'" in answer.err
    assert "line 3: found no file 'b.txt'" in answer.err


@pytest.mark.parametrize("header", ["path", "kind,iso3", f"{HEADER},colour", "path,kind,kind"])
def test_a_wrong_header_is_refused(header: str, tmp_path: Path, ocindex: Run) -> None:
    raw = write_raw(tmp_path / "raw", "profiles/PER_2021.txt", header=header)
    answer = ocindex("build", "--raw", raw, "--dist", tmp_path / "dist")
    assert answer.code == 2
    assert "sources.csv, line 1: found" in answer.err
    assert not (tmp_path / "dist").exists()


def test_a_folder_without_sources_and_a_list_without_rows_are_refused(tmp_path: Path, ocindex: Run) -> None:
    answer = ocindex("build", "--raw", tmp_path / "raw", "--dist", tmp_path / "dist")
    assert answer.code == 2
    assert "sources.csv: found no such file" in answer.err
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "sources.csv").write_text(HEADER + "\n", encoding="utf-8")
    answer = ocindex("build", "--raw", tmp_path / "raw", "--dist", tmp_path / "dist")
    assert answer.code == 2
    assert not (tmp_path / "dist").exists()


def test_a_foreign_folder_is_not_replaced(tmp_path: Path, ocindex: Run) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "thesis.txt").write_text("mine", encoding="utf-8")
    answer = ocindex("build", "--raw", write_raw(tmp_path / "raw"), "--dist", tmp_path / "dist")
    assert answer.code == 2
    assert "found 'thesis.txt'; expected a dataset's folder" in answer.err


def test_check_passes_a_whole_dataset(published: Path, ocindex: Run) -> None:
    answer = ocindex("check", published)
    assert (answer.code, answer.out) == (0, f"{published}: all checks passed\n")


def test_check_takes_the_working_folder(published: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published)
    assert ocindex("check", ".").code == 0


def test_check_without_a_folder_looks_at_the_bundled_dataset(ocindex: Run) -> None:
    answer = ocindex("check")
    assert answer.code == 0
    assert "all checks passed" in answer.out


@pytest.mark.parametrize("name", ["csv/evidence.csv", "parquet/evidence.parquet"])
@pytest.mark.parametrize("how", ["altered", "missing"])
def test_check_refuses_a_folder_with_an_altered_or_missing_file(
    name: str, how: str, published: Path, ocindex: Run
) -> None:
    path = published / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    if how == "altered":
        path.write_bytes(data)
    answer = ocindex("check", published)
    assert answer.code == 1
    assert name in answer.out
    assert "1 checks failed" in answer.err


def test_check_refuses_csv_that_says_something_else_than_parquet(published: Path, ocindex: Run) -> None:
    import hashlib
    import json

    path = published / "csv" / "editions.csv"
    path.write_bytes(path.read_bytes().replace(b"First edition.", b"Other edition."))
    descriptor = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        if resource["name"] == "editions-csv":
            resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (published / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    answer = ocindex("check", published)
    assert answer.code == 1
    assert "csv/editions.csv: does not say what parquet/editions.parquet says" in answer.out
    assert "found content hash" in answer.out


def test_check_without_a_dataset_could_not_do_its_work(tmp_path: Path, ocindex: Run) -> None:
    answer = ocindex("check", tmp_path / "none")
    assert answer.code == 2
    assert "found no datapackage.json" in answer.err


def test_schema_writes_what_changed_and_then_nothing(tmp_path: Path, ocindex: Run) -> None:
    assert f"{len(render_schemas())} files written" in ocindex("schema", "--schema", tmp_path).out
    answer = ocindex("schema", "--schema", tmp_path)
    assert (answer.code, answer.out) == (0, f"{tmp_path}: up to date\n")
