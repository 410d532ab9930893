"""Attribution on labelled text: floors that hold for what was not fitted on, and what a finding promises."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ocindex.analysis.attribution import Prose, attribute, attribute_all
from ocindex.analysis.gold import read_gold
from ocindex.cli.evaluation import bundled_texts
from ocindex.measuring import fit_and_save, measure
from ocindex.pipeline import analyse, split_document
from ocindex.reading.document import Document, Source
from ocindex.vocabulary.indicators import indicators_of

GOLD = Path(__file__).parents[1] / "gold"
PROFILES = [GOLD / "peru_2021.csv", *sorted((GOLD / "profiles").glob("*.json"))]
FURTHER = sorted((GOLD / "later").glob("*.json"))
ARTICLES = [GOLD / "seed_articles.csv", *sorted((GOLD / "articles").glob("*.json"))]


@pytest.fixture(scope="module")
def held_out():
    return measure(PROFILES, FURTHER, known=bundled_texts(), leave_one_out=True)[0]


def read(text: str, *, edition: int = 2023, iso3: str = "KEN"):
    document = Document(Source("x.txt", "x", "profile", iso3, edition), "0" * 64, len(text), text, "utf-8")
    return analyse(document).findings


def test_the_bundled_profile_is_right_on_at_least_49_of_51_sentences():
    whole, _ = measure([GOLD / "peru_2021.csv"], known=bundled_texts())
    assert whole.counts["sentences"] == 51
    assert whole.counts["accepted"] >= 49


def test_profiles_that_were_not_fitted_on_hold_the_floor(held_out):
    assert held_out.boundaries == 1.0
    assert held_out.accepted >= 0.96
    assert held_out.accuracy >= 0.945
    assert held_out.macro_f1 >= 0.93
    assert held_out.calibration_error <= 0.035
    assert held_out.counts["none_found"] >= 6
    assert held_out.none_precision >= 0.6
    assert held_out.secondary_f1 >= 0.41


def test_profiles_that_nobody_read_hold_the_floor():
    whole, _ = measure(sorted((GOLD / "unseen").glob("*.json")))
    assert whole.boundaries >= 0.99
    assert whole.accepted >= 0.91
    assert whole.calibration_error <= 0.04
    assert whole.none_recall >= 0.6
    assert whole.secondary_f1 >= 0.41


def test_articles_that_nobody_read_hold_the_floor():
    whole, _ = measure(sorted((GOLD / "unseen" / "articles").glob("*.json")))
    assert whole.boundaries >= 0.99
    assert whole.precision >= 0.78
    assert whole.recall >= 0.75
    assert whole.counts["not_gold"] == 0


def test_rows_near_certainty_are_right_nine_times_in_ten(held_out):
    sure = held_out.calibration[-1]
    assert sure.low == 0.9
    assert sure.rows >= 200
    assert sure.right >= 0.9


def test_articles_give_no_evidence_from_furniture():
    whole, _ = measure(ARTICLES, known=bundled_texts())
    assert whole.counts["not_gold"] == 0
    assert whole.recall >= 0.75
    assert whole.precision >= 0.8


def test_an_article_about_football_gives_no_evidence():
    whole, _ = measure([GOLD / "more" / "articles" / "football_derby.json"])
    assert whole.counts["rows"] == 0


def test_the_committed_numbers_are_what_the_labelled_texts_give(tmp_path):
    more = GOLD / "more"
    gold = [
        *PROFILES,
        *FURTHER,
        *ARTICLES,
        *sorted((GOLD / "later" / "articles").glob("*.json")),
        *sorted((GOLD / "later" / "off_topic").glob("*.json")),
        *sorted((more / "articles").glob("*.json")),
        *sorted((more / "off_topic").glob("*.json")),
    ]
    committed = Path(__file__).parents[2] / "schema" / "attribution"
    for path in fit_and_save(gold, tmp_path, known=bundled_texts()):
        if path.name == "words.csv":
            assert path.read_bytes() == (committed / path.name).read_bytes()
            continue
        values = 2 if path.name == "companions.csv" else 1
        fitted, known = (_numbers(folder / path.name, values) for folder in (tmp_path, committed))
        assert fitted.keys() == known.keys()
        # The last decimals depend on the processor's linear algebra.
        assert all(fitted[name] == pytest.approx(known[name], abs=0.02) for name in known)


def test_a_carry_on_sentence_follows_its_passage():
    found = read("DRUGS\nCannabis is grown on hillsides near the lake. The trade is run by three families.\n")
    assert [finding.indicator for finding in found] == ["cannabis_trade", "cannabis_trade"]


def test_a_topic_word_does_not_pull_a_sentence_out_of_a_passage_on_borders():
    found = read(
        "CRIMINAL JUSTICE AND SECURITY\nThe land border is long and unguarded, with few crossings staffed at night. "
        "Patrols on the coast lack boats, and cocaine waits for none of them.\n"
    )
    assert [finding.indicator for finding in found] == ["territorial_integrity", "territorial_integrity"]


def test_officials_in_a_passage_on_a_market_are_secondary():
    found = read(
        "TRADE\nRifles leave the depots at night, sold by corrupt army officers who take a cut.\n", edition=2021
    )
    assert found[0].indicator == "arms_trafficking"
    assert "state_embedded_actors" in {secondary.indicator for secondary in found[0].secondary}


def test_an_indicator_that_the_edition_lacks_is_never_given():
    found = read("TRADE\nPistols are bought abroad. Untaxed cigarettes without stamps are sold openly.\n", edition=2021)
    listed = {item.code for item in indicators_of(2021)} | {"none"}
    assert {finding.indicator for finding in found} <= listed
    assert found[1].indicator == "none"


def test_cues_stand_in_the_text_and_probabilities_are_shares():
    for document in read_gold(GOLD / "profiles" / "kenya_2021.json"):
        for finding in analyse(document.document).findings:
            assert all(cue in finding.sentence.text for cue in finding.cues)
            assert 0 <= finding.runner_up_probability <= finding.probability <= 1
            assert finding.probability + finding.runner_up_probability <= 1 + 1e-9


def test_text_without_headings_is_attributed_by_its_content():
    found = read("Heroin is sold in small wraps along the coast. Users inject it in abandoned houses.\n")
    assert found[0].indicator == "heroin_trade"


def test_a_section_that_the_edition_lacks_is_read_by_its_content():
    found = read("PEOPLE\nGirls are sold to brothels.\n\nFINANCIAL CRIMES\nHeroin is sold openly.\n", edition=2021)
    assert found[1].sentence.section == "financial_crimes"
    assert found[1].indicator in {item.code for item in indicators_of(2021)} | {"none"}


def test_no_sentence_gives_no_finding():
    document = Document(Source("x.txt", "x", "profile", "KEN", 2021), "0" * 64, 7, "PEOPLE\n", "utf-8")
    assert attribute(split_document(document)[1], document.source) == []


def test_a_document_is_attributed_alike_alone_and_in_company():
    paths = [*PROFILES, *FURTHER, *ARTICLES]
    documents = [gold.document for path in paths for gold in read_gold(path, bundled_texts())]
    whole = [Prose(split_document(document)[1], document.source) for document in documents]
    # A part of each as well, so that lengths differ, and one sentence, and none.
    parts = [Prose(item.sentences[:length], item.source) for length in (0, 1, 7) for item in whole[::2]]
    prose = [*whole, *parts]
    alone = [attribute(item.sentences, item.source) for item in prose]
    for seed in range(4):
        order = random.Random(seed).sample(range(len(prose)), len(prose) >> seed)
        # The same to the last bit: a dataset must not depend on which documents are read together.
        assert attribute_all([prose[place] for place in order]) == [alone[place] for place in order]


def _numbers(path: Path, values: int) -> dict[str, list[float]]:
    """Read the last columns of a file as numbers, by what stands before them."""
    rows = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {",".join(row[:-values]): [float(cell) for cell in row[-values:]] for row in rows}
