"""Claims and conflicts of the bundled documents against what people found in them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from ocindex.analysis.claims.record import Claim
from ocindex.analysis.conflicts.find import find_conflicts
from ocindex.analysis.findings import Analysis
from ocindex.analysis.gold import fold_space, read_gold
from ocindex.pipeline import analyse
from ocindex.reading.manifest import read_manifest
from ocindex.reading.reader import read_document

ROOT = Path(__file__).resolve().parents[3]
GOLD = ROOT / "tests" / "gold"


@cache
def bundled() -> tuple[Analysis, ...]:
    sources = [source for source in read_manifest(ROOT / "raw") if source.kind in ("profile", "article")]
    return tuple(analyse(read_document(ROOT / "raw", source)) for source in sources)


def rows(name: str) -> list[dict[str, str]]:
    with GOLD.joinpath(name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def said(claim: Claim) -> str:
    return fold_space(claim.finding.sentence.text)


def article_claims() -> list[Claim]:
    return [claim for analysis in bundled() if analysis.document.source.kind == "article" for claim in analysis.claims]


def typed() -> dict[str, str]:
    """Kind of the claim of each sentence that has one ("dated event" is an event)."""
    return {
        fold_space(row["sentence"]): row["claim"].split(":")[0].removeprefix("dated ")
        for row in rows("seed_articles.csv")
        if row["claim"]
    }


def test_every_typed_claim_of_the_articles_is_found_with_its_kind() -> None:
    found = {(said(claim), claim.kind) for claim in article_claims()}
    assert len(typed()) == 16
    assert set(typed().items()) - found == set()


def test_most_claims_of_the_articles_are_ones_that_a_reader_found_too() -> None:
    sides = {fold_space(row[name]) for row in rows("seed_conflicts.csv") for name in ("sentence_a", "sentence_b")}
    right = [claim for claim in article_claims() if said(claim) in typed() or said(claim) in sides]
    assert len(right) / len(article_claims()) >= 0.9


def test_the_claims_of_the_profile_are_those_that_were_read_by_hand() -> None:
    (profile,) = (analysis for analysis in bundled() if analysis.document.source.kind == "profile")
    found = {(said(c), c.kind, c.value, c.unit, c.direction, c.place, c.hedged) for c in profile.claims}
    expected = {
        (
            fold_space(row["sentence"]), row["kind"], float(row["value"]) if row["value"] else None,
            row["unit"] or None, row["direction"] or None, row["place"] or None, row["hedged"] == "true",
        )
        for row in rows("peru_2021_claims.csv")
    }  # fmt: skip
    assert len(found & expected) / len(expected) >= 0.95
    assert len(found & expected) / len(found) >= 0.9


def test_every_strong_contradiction_is_found_and_little_that_nobody_saw() -> None:
    conflicts = find_conflicts((analysis.document.source, analysis.claims) for analysis in bundled())
    pairs = {frozenset((said(item.first.claim), said(item.second.claim))) for item in conflicts}
    graded = {
        frozenset((fold_space(row["sentence_a"]), fold_space(row["sentence_b"]))): (row["kind"], row["strength"])
        for row in rows("seed_conflicts.csv")
    }
    strong = {pair for pair, grade in graded.items() if grade == ("contradiction", "strong")}
    assert len(strong) == 5
    assert strong <= pairs
    assert len(pairs & set(graded)) / len(pairs) >= 0.9


MADE_UP = sorted([*GOLD.joinpath("profiles").glob("*.json"), *GOLD.joinpath("more").glob("*.json")])


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: path.stem)
def test_a_profile_in_which_nothing_disagrees_has_no_conflict(path: Path) -> None:
    (labelled,) = read_gold(path)
    analysis = analyse(labelled.document)
    assert len(analysis.claims) > 20
    assert find_conflicts([(labelled.document.source, analysis.claims)]) == []


@pytest.mark.parametrize("path", sorted(GOLD.joinpath("more", "off_topic").glob("*.json")), ids=lambda path: path.stem)
def test_an_article_on_something_else_states_next_to_nothing(path: Path) -> None:
    (labelled,) = read_gold(path)
    assert len(analyse(labelled.document).claims) <= 1
