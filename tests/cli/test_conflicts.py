"""conflicts, and the line that show has on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ocindex as package
from ocindex.dataset.dataset import Dataset

Run = Callable[..., Any]


def test_both_quotes_stand_side_by_side_with_sources_and_reliabilities(ocindex: Run, published: Path) -> None:
    answer = ocindex("conflicts", "PER", "--dist", published)
    assert answer.code == 0
    flat = " ".join(answer.out.split())
    assert "1. contradiction, strong · Cocaine trade" in flat
    line = next(line for line in answer.out.splitlines() if "second-largest producer" in line)
    assert "According to a report" in line
    for said in ("line 65", "line 11", "reliability not judged", "reliability F", "attributed to UNODC", "undated"):
        assert said in flat


def test_contradictions_stand_first_and_the_strongest_before_the_others(ocindex: Run, published: Path) -> None:
    found = json.loads(ocindex("conflicts", "PER", "--all", "--json", "--dist", published).out)["conflicts"]
    grades = [(item["kind"], item["strength"]) for item in found]
    order = [(kind, strength) for kind in ("contradiction", "tension") for strength in ("strong", "medium", "weak")]
    assert grades == sorted(grades, key=order.index)
    assert len({grade for grade, _ in grades}) == 2


def test_weak_ones_are_counted_and_shown_on_request(ocindex: Run, published: Path, assembled: Dataset) -> None:
    weak = int((assembled.conflicts["strength"] == "weak").sum())
    short = ocindex("conflicts", "PER", "--dist", published)
    whole = ocindex("conflicts", "PER", "--all", "--dist", published)
    assert f"{weak} weak conflicts not shown (--all)" in short.out
    assert "not shown" not in whole.out
    assert ", weak" not in short.out
    assert ", weak" in whole.out


def test_json_has_both_sides_and_their_places(ocindex: Run, published: Path, assembled: Dataset) -> None:
    answer = json.loads(ocindex("conflicts", "Peru", "--json", "--dist", published).out)
    assert (answer["iso3"], answer["weak_not_shown"]) == ("PER", 2)
    texts = assembled.documents.set_index("document_id")["text"]
    for item in answer["conflicts"]:
        for side in ("a", "b"):
            quote = texts[item[f"document_id_{side}"]][item[f"start_{side}"] : item[f"end_{side}"]]
            assert " ".join(quote.split()) == item[f"text_{side}"]
            assert item[f"line_{side}"] >= 1


def test_show_says_in_one_line_how_many_there_are(ocindex: Run, published: Path, assembled: Dataset) -> None:
    answer = ocindex("show", "PER", "--dist", published)
    (line,) = (line for line in answer.out.splitlines() if "ocindex conflicts PER" in line)
    assert line.startswith(f"{len(assembled.conflicts)} conflicts in what the documents claim (5 strong")


@pytest.mark.parametrize("country", ["KEN", "Nowhere"])
def test_a_country_without_claims_is_an_error_that_says_what_to_do(country: str, ocindex: Run, published: Path) -> None:
    answer = ocindex("conflicts", country, "--dist", published)
    assert (answer.code, answer.out) == (2, "")
    assert "found" in answer.err
    assert "expected" in answer.err


def test_the_library_gives_the_same_frames(published: Path, assembled: Dataset) -> None:
    conflicts = package.conflicts("Peru", weak=True, dist=published)
    claims = package.claims("PER", dist=published)
    assert len(conflicts) == len(assembled.conflicts)
    assert list(claims["tier"].unique()) == ["assessment", "article"]
    assert len(claims) == len(assembled.claims)
    assert set(conflicts["claim_a"]) <= set(claims["claim_id"])
    assert len(package.conflicts("PER", dist=published)) < len(conflicts)


def test_a_document_that_may_not_be_passed_on_has_no_claims(ocindex: Run, raw: Path, tmp_path: Path) -> None:
    manifest = raw / "sources.csv"
    text = manifest.read_text(encoding="utf-8").replace(
        'not covered by the licence of the code",true,F', 'not covered by the licence of the code",false,F'
    )
    manifest.write_text(text, encoding="utf-8")
    dist = tmp_path / "out"
    assert ocindex("build", "--raw", raw, "--dist", dist).code == 0
    claims = package.claims("PER", dist=dist)
    assert set(claims["tier"]) == {"assessment"}
    assert ocindex("check", dist).code == 0
