"""Flows: rows of a document lead to its evidence, and keep their id when the sentence moves."""

from __future__ import annotations

from pathlib import Path

from ocindex.dataset.dataset import Dataset
from ocindex.dataset.ids import hash_parts
from ocindex.pipeline import assemble
from ocindex.vocabulary.places import _rows, region_or_country

PROFILE = "TRADE\n{}Weapons are smuggled from\nthe U.S. and Costa\nRica to Colombia. {}"
HEADER = "path,kind,iso3,edition\n"


def build(folder: Path, text: str) -> Dataset:
    folder.mkdir()
    (folder / "p.txt").write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text(HEADER + "p.txt,profile,PER,2021\n", encoding="utf-8")
    return assemble(folder)


def test_a_flow_says_where_the_words_stand_that_name_the_place(tmp_path: Path) -> None:
    dataset = build(tmp_path / "raw", PROFILE.format("", "Costa Rica is far."))
    text = dataset.documents["text"][0]
    named = {row.place: text[row.start : row.end] for row in dataset.flows.itertuples()}
    assert named == {"United States": "U.S.", "Costa Rica": "Costa\nRica", "Colombia": "Colombia"}


def test_a_flow_leads_to_the_evidence_of_its_sentence_and_indicator(tmp_path: Path) -> None:
    dataset = build(tmp_path / "raw", PROFILE.format("", ""))
    joined = dataset.flows.merge(dataset.evidence, on="evidence_id", suffixes=("", "_of_evidence"))
    assert len(joined) == len(dataset.flows) == 3
    assert set(joined["indicator"]) == {"arms_trafficking"}
    assert (joined["indicator"] == joined["indicator_of_evidence"]).all()
    assert (joined["start"] >= joined["start_of_evidence"]).all()


def test_an_id_is_made_of_what_is_said_and_never_of_where(tmp_path: Path) -> None:
    first = build(tmp_path / "a", PROFILE.format("", ""))
    moved = build(tmp_path / "b", PROFILE.format("Guns are cheap. ", ""))
    assert list(first.flows["flow_id"]) == list(moved.flows["flow_id"])
    assert list(first.flows["start"]) != list(moved.flows["start"])
    sentence = first.evidence["text"][0]
    expected = hash_parts("p", "arms_trafficking", "destination", "Colombia", sentence, "1")
    assert expected in set(first.flows["flow_id"])


def test_a_sentence_that_stands_twice_has_two_flows_of_each_place(tmp_path: Path) -> None:
    dataset = build(
        tmp_path / "raw", PROFILE.format("", "Weapons are smuggled from the U.S. and Costa Rica to Colombia.")
    )
    assert dataset.flows["flow_id"].is_unique
    assert set(dataset.flows["place"].value_counts()) <= {1, 2}


def test_a_text_that_may_not_be_passed_on_gives_no_flow(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(PROFILE.format("", ""), encoding="utf-8")
    (tmp_path / "sources.csv").write_text(
        "path,kind,iso3,edition,redistribute\np.txt,profile,PER,2021,false\n", encoding="utf-8"
    )
    assert len(assemble(tmp_path).flows) == 0


def test_every_adjective_and_alias_leads_to_a_place_of_its_own_name() -> None:
    lost = {
        place.name
        for _, place in _rows()
        if place.kind not in ("city", "feature") and not region_or_country(place.name)
    }
    assert lost == set()
