"""The rows of claims and conflicts: exact positions, ids that do not move, evidence that fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from ocindex.dataset.dataset import Dataset
from ocindex.dataset.ids import hash_parts
from ocindex.pipeline import assemble


def build(folder: Path, *texts: str) -> Dataset:
    folder.mkdir(exist_ok=True)
    rows = ["path,kind,iso3,edition"]
    for number, text in enumerate(texts):
        folder.joinpath(f"{number}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{number}.txt,article,KEN,")
    folder.joinpath("sources.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return assemble(folder)


def test_positions_give_the_sentence_of_the_claim(assembled: Dataset) -> None:
    texts = assembled.documents.set_index("document_id")["text"]
    ranks = assembled.claims[assembled.claims["kind"] == "rank"]
    quotes = {" ".join(texts[row.document_id][row.start : row.end].split()) for row in ranks.itertuples()}
    assert {quote[:40] for quote in quotes} == {
        "According to a report by the United Nati",
        "Conversely, Peru is the second-largest p",
        "As the top gold producer in the region, ",
    }


def test_a_claim_keeps_its_id_where_its_sentence_moves(tmp_path: Path) -> None:
    first = build(tmp_path / "first", "The homicide rate rose in 2022.\n")
    moved = build(tmp_path / "moved", "The towns were quiet for many years. The homicide rate rose in 2022.\n")
    (claim,) = first.claims.itertuples()
    (other,) = moved.claims.itertuples()
    assert claim.claim_id == other.claim_id
    assert claim.start != other.start
    parts = ("0", "trend", "homicide", "up", "", "", "Kenya", "The homicide rate rose in 2022.", "1")
    assert claim.claim_id == hash_parts(*parts)


def test_a_sentence_that_stands_twice_has_two_claims(tmp_path: Path) -> None:
    dataset = build(tmp_path, "The homicide rate rose in 2022.\n\nThe homicide rate rose in 2022.\n")
    assert len(dataset.claims) == 2
    assert dataset.claims["claim_id"].is_unique


def test_a_claim_leads_to_the_evidence_of_its_sentence(assembled: Dataset) -> None:
    joined = assembled.claims.merge(assembled.evidence, on="evidence_id", suffixes=("", "_of_evidence"))
    assert (joined["start"] == joined["start_of_evidence"]).all()
    # An article's "largest producer of cocaine" is a claim on cocaine wherever its sentence was filed.
    ranks = joined[(joined["kind"] == "rank") & (joined["tier"] == "assessment")]
    assert len(ranks) > 1
    assert (ranks["subject"] == ranks["indicator"]).all()


def test_a_claim_on_general_violence_needs_no_evidence(tmp_path: Path) -> None:
    dataset = build(tmp_path, "The homicide rate rose in 2022.\n", "The homicide rate fell in 2022.\n")
    assert dataset.evidence.empty
    assert dataset.claims["evidence_id"].isna().all()
    (conflict,) = dataset.conflicts.itertuples()
    assert (conflict.kind, conflict.strength, conflict.same_origin) == ("contradiction", "strong", False)
    assert conflict.claim_a < conflict.claim_b


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_pair_is_one_row_whichever_document_comes_first(tmp_path: Path, order: tuple[int, int]) -> None:
    texts = ("The homicide rate rose.\n", "The homicide rate fell.\n")
    dataset = build(tmp_path, *(texts[number] for number in order))
    assert len(dataset.conflicts) == 1
