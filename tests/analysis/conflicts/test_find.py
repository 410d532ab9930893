"""Conflicts: which claims on one country disagree, how strongly, and what is left alone."""

from __future__ import annotations

import pytest

from ocindex.analysis.claims.find import find_claims
from ocindex.analysis.conflicts.find import find_conflicts
from ocindex.analysis.conflicts.record import Conflict
from ocindex.analysis.findings import Finding, Flow
from ocindex.analysis.sentences import Sentence
from ocindex.reading.document import Source


def read(
    *documents: str, indicator: str = "cocaine_trade", iso3: str | tuple[str, ...] = "KEN", origin: str | None = None
) -> list[Conflict]:
    """Compare documents; a bar stands between the sentences of one."""
    stated = []
    for number, document in enumerate(documents):
        country = iso3 if isinstance(iso3, str) else iso3[number]
        source = Source(path=f"{number}.txt", document_id=f"d{number}", kind="article", iso3=country, origin=origin)
        findings = []
        start = 0
        for text in document.split("|"):
            sentence = Sentence(start, start + len(text), text, None, 0)
            findings.append(Finding(sentence, indicator, 0.9, "none", 0.1))
            start += len(text) + 1
        stated.append((source, find_claims(findings, source)))
    return find_conflicts(stated)


def verdicts(*documents: str, **options: object) -> list[tuple[str, str]]:
    return [(item.verdict.kind, item.verdict.strength) for item in read(*documents, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Kenya is the largest cocaine producer in the world.", "Kenya is the world's second-largest cocaine producer.",
         ("contradiction", "strong")),
        ("Homicides rose.", "There was a drop in homicides.", ("contradiction", "strong")),
        ("Violence rose.", "Gun violence fell.", ("contradiction", "strong")),
        ("Homicides rose.", "Gun violence fell.", ("tension", "medium")),
        ("Violence in the region rose.", "Violence in Kenya fell.", ("tension", "medium")),
        ("Homicides rose in 2023.", "Homicides fell in 2023.", ("contradiction", "strong")),
        ("Homicides rose in 2023.", "Homicides fell.", ("tension", "medium")),
        ("Violence rose.", "Police made strides in reducing violence.", ("tension", "medium")),
        ("Crime groups are small and operate locally.", "The gang has a global presence.", ("contradiction", "strong")),
        ("The cocaine market is limited.", "The cocaine market is widespread.", ("contradiction", "strong")),
        ("Police seized 4 tonnes of cocaine in 2022.", "Police seized 7 tonnes of cocaine in 2022.",
         ("contradiction", "medium")),
        ("Some 60 per cent of cocaine comes from Peru.", "Some 55 per cent of cocaine comes from Bolivia.",
         ("tension", "medium")),
        ("Kenya is a transit country for cocaine.", "Kenya is a destination country for cocaine.",
         ("tension", "medium")),
    ],
)  # fmt: skip
def test_claims_that_exclude_each_other_are_reported(first: str, second: str, expected: tuple[str, str]) -> None:
    assert verdicts(first, second) == [expected]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Homicides rose.", "Homicides rose again."),
        ("Homicides rose in 2019.", "Homicides fell in 2023."),
        ("Homicides in Kenya rose.", "In Uganda, homicides fell."),
        ("Violence, which had been rising, has fallen.", "Violence has fallen."),
        ("Violence fell, but homicides rose.", "Homicides rose."),
        ("Prices rose.", "Seizures fell."),
        ("It is the largest cocaine producer in the world.", "It is the second-largest cocaine importer in the world."),
        ("It is the largest cocaine market in Africa.", "It is the second-largest cocaine market in the world."),
        ("It is among the largest cocaine producers in the world.", "It is the second-largest producer in the world."),
        ("The gang operates locally.", "The cartel has a global presence."),
        ("Kenya is a transit and destination country for cocaine.", "Kenya is a destination country for cocaine."),
        ("Police seized 4 tonnes of cocaine in 2022.", "Police seized 7 tonnes of cocaine in 2023."),
        ("Police seized about 4 tonnes of cocaine.", "Police seized 4.1 tonnes of cocaine."),
        ("One in five victims is a child.", "Most victims are women."),
    ],
)  # fmt: skip
def test_claims_that_go_together_are_left_alone(first: str, second: str) -> None:
    assert verdicts(first, second) == []


def test_two_countries_do_not_contradict_each_other() -> None:
    assert verdicts("Homicides rose.", "Homicides fell.", iso3=("KEN", "UGA")) == []


def test_a_document_may_contradict_itself() -> None:
    (conflict,) = read("Gun violence rose.|Gun violence fell.")
    assert conflict.same_document
    assert conflict.same_origin


def test_documents_of_one_origin_are_one_source() -> None:
    (apart,) = read("Homicides rose.", "Homicides fell.")
    (together,) = read("Homicides rose.", "Homicides fell.", origin="wire")
    assert (apart.same_origin, together.same_origin, together.same_document) == (False, True, False)


def test_two_editions_of_a_profile_speak_of_different_years() -> None:
    stated = []
    for edition, text in ((2021, "Homicides rose."), (2023, "Homicides fell.")):
        source = Source(path=f"{edition}.txt", document_id=f"p{edition}", kind="profile", iso3="KEN", edition=edition)
        finding = Finding(Sentence(0, len(text), text, None, 0), "none", 0.9, "none", 0.1)
        stated.append((source, find_claims([finding], source)))
    (conflict,) = find_conflicts(stated)
    assert (conflict.verdict.kind, conflict.verdict.strength) == ("tension", "medium")
    assert conflict.verdict.reason.endswith("The profiles are of the editions 2021 and 2023.")


def test_of_one_pair_of_sentences_only_the_strongest_is_reported() -> None:
    (conflict,) = read("Violence rose, with an increasing number of homicides.", "Gun violence fell.")
    assert conflict.verdict.strength == "strong"


def test_an_undated_pair_is_said_to_be_undated() -> None:
    (undated,) = read("Homicides rose.", "Homicides fell.")
    (half,) = read("Homicides rose in 2023.", "Homicides fell.")
    assert "undated" in undated.verdict.reason
    assert "One is dated 2023, the other undated." in half.verdict.reason


def test_general_violence_has_no_indicator_and_a_market_has_its_own() -> None:
    (violence,) = read("Homicides rose.", "Homicides fell.", indicator="none")
    (market,) = read("The cocaine market is limited.", "The cocaine market is widespread.")
    assert (violence.indicator, market.indicator) == (None, "cocaine_trade")


def partners(place: str, iso3: str | None, other: str, other_iso3: str | None) -> list[tuple[str, str]]:
    """Compare two documents that name one destination each."""
    stated = []
    for number, (name, code) in enumerate(((place, iso3), (other, other_iso3))):
        source = Source(path=f"{number}.txt", document_id=f"d{number}", kind="article", iso3="KEN")
        flow = Flow("cocaine_trade", "destination", name, code, 3, 4)
        sentence = Sentence(0, 20, "It goes there by sea.", None, 0)
        finding = Finding(sentence, "cocaine_trade", 0.9, "none", 0.1, flows=(flow,))
        stated.append((source, find_claims([finding], source)))
    return [(item.verdict.kind, item.verdict.strength) for item in find_conflicts(stated)]


def test_other_partners_pull_apart_unless_one_may_lie_in_the_other() -> None:
    assert partners("Europe", None, "Colombia", "COL") == [("tension", "medium")]
    assert partners("Brazil", "BRA", "Colombia", "COL") == [("tension", "medium")]
    assert partners("Europe", None, "Spain", "ESP") == []
    assert partners("Gulf", None, "Qatar", "QAT") == []
    assert partners("Spain", "ESP", "Spain", "ESP") == []
