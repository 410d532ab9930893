"""Flows of whole texts: measured against labels, exact in position, and quick on texts made to be slow."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from ocindex.analysis.evaluate import evaluate, match_sentences
from ocindex.analysis.findings import Finding, Secondary
from ocindex.analysis.flows import trace_flows
from ocindex.analysis.gold import read_gold
from ocindex.analysis.roles import find_roles
from ocindex.analysis.sentences import Sentence
from ocindex.pipeline import analyse
from ocindex.reading.document import Document, Source
from ocindex.reading.reader import read_document
from ocindex.vocabulary.places import region_or_country

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
TEXT = "Guns are sent from\nMali to Niger."


def trace(indicator: str, *secondary: str) -> list[tuple[str, str, str, str]]:
    sentence = Sentence(0, len(TEXT), TEXT.replace("\n", " "), "trade", 0)
    others = tuple(Secondary(code, probability / 10, ()) for probability, code in enumerate(secondary, start=1))
    finding = Finding(sentence, indicator, 0.9, "none", 0.1, (), others)
    document = Document(Source("p.txt", "p", "profile", "MLI", 2021), "0" * 64, len(TEXT), TEXT, "utf-8")
    (traced,) = trace_flows([finding], document)
    return [(flow.indicator, flow.role, flow.place, TEXT[flow.start : flow.end]) for flow in traced.flows]


def test_a_flow_belongs_to_the_market_of_its_sentence() -> None:
    arms = [("arms_trafficking", "origin", "Mali", "Mali"), ("arms_trafficking", "destination", "Niger", "Niger")]
    assert trace("arms_trafficking", "cocaine_trade") == arms
    assert trace("criminal_networks", "prevention", "arms_trafficking") == arms
    assert trace("none", "cocaine_trade", "arms_trafficking") == arms


@pytest.mark.parametrize("indicator", ["none", "criminal_networks"])
def test_a_sentence_about_no_market_has_no_flow(indicator: str) -> None:
    assert trace(indicator) == []


def test_the_flows_of_the_peru_profile_are_those_that_a_reader_expects() -> None:
    peru = read_document(ROOT / "raw", Source("profiles/PER_2021.txt", "profiles/PER_2021", "profile", "PER", 2021))
    (labelled,) = read_gold(GOLD / "peru_2021.csv", [peru])
    assert sum(len(sentence.flows or ()) for sentence in labelled.sentences) == 35
    flows = evaluate(match_sentences(labelled, analyse(peru).findings)).flows
    assert flows.f1 is not None
    assert flows.f1 >= 0.95
    with (GOLD / "peru_2021_flows.csv").open(encoding="utf-8", newline="") as handle:
        expected = {(row["sentence"], row["indicator"], row["role"], row["place"]) for row in csv.DictReader(handle)}
    found = {
        (finding.sentence.text, flow.indicator, flow.role, flow.place)
        for finding in analyse(peru).findings
        for flow in finding.flows
    }
    assert len(found & expected) >= 0.95 * len(found | expected)


@pytest.mark.parametrize(("folder", "least"), [("profiles", 0.85), ("more", 0.9)])
def test_labelled_profiles_are_met(folder: str, least: float) -> None:
    judged = []
    for path in sorted((GOLD / folder).glob("*.json")):
        (labelled,) = read_gold(path)
        judged += match_sentences(labelled, analyse(labelled.document).findings)
    flows = evaluate(judged).flows
    assert flows.f1 is not None
    assert flows.f1 >= least
    assert flows.precision is not None
    assert flows.precision >= 0.9


def test_every_labelled_place_is_a_country_or_a_region() -> None:
    with (GOLD / "peru_2021_flows.csv").open(encoding="utf-8", newline="") as handle:
        assert all(region_or_country(row["place"]) for row in csv.DictReader(handle))


@pytest.mark.parametrize(
    "text",
    [
        "Guns go from Mali and also and also and also " * 300 + "to Niger.",
        "the most often now and then mostly the " * 2000 + "Mali",
        "from Mali to Niger via Chad, " * 400,
        "Malian " * 1500 + "women are sold",
        "not " * 3000 + "to Mali from Niger",
    ],
    ids=["connectors", "modifiers", "routes", "adjectives", "negations"],
)
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    begun = time.perf_counter()
    find_roles(text, "MLI", "arms_trafficking")
    assert time.perf_counter() - begun < 5
