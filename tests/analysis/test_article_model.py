"""The article model: what shuts an article out, what becomes none, and what is written to its file."""

from dataclasses import replace

import numpy as np
import pytest

from ocindex.analysis.article_chain import NAMES, observe_path, read_chain
from ocindex.analysis.article_features import ArticleFeatures, describe_article, see_words
from ocindex.analysis.article_fitting import fit_articles, label_article
from ocindex.analysis.article_gate import GATE_FEATURES
from ocindex.analysis.article_model import (
    GATE_OPENS,
    ArticleModel,
    judge_article,
    load_article_model,
    read_article,
    render_article_model,
)
from ocindex.analysis.blocks import Block
from ocindex.analysis.cues import match_cues
from ocindex.analysis.gold import GoldDocument, GoldSentence
from ocindex.analysis.sentences import split_sentences
from ocindex.analysis.wordcounts import load_counts, render_counts
from ocindex.errors import VocabularyError
from ocindex.reading.document import Document, Source
from ocindex.vocabulary.bundled import bundled_folder
from ocindex.vocabulary.indicators import indicators_of, newest_edition

WORDS = load_counts(bundled_folder("schema") / "attribution" / "words.csv")
CRIME = (
    "Cocaine trafficking through the port has doubled. Cartels hide cocaine in containers of fruit. "
    "The cocaine is bound for Europe. Arms trafficking feeds the gangs. Illegal firearms are smuggled by road. "
    "Police officers have seized firearms and cocaine. Corrupt officials take bribes from drug traffickers."
)
SPORT = (
    "The home side shot five times in the first half. Their captain smuggled the ball past two defenders. "
    "The keeper robbed the striker of a certain goal. It was a raid down the left that settled it. "
    "The coach praised his defence. Forty thousand people sang until the end. The next match is on Sunday."
)


def describe(text: str, iso3: str | None = "PER", title: str | None = None) -> ArticleFeatures:
    sentences = split_sentences(text, [Block(0, len(text), "prose")])
    hits = match_cues([sentence.text for sentence in sentences])
    return describe_article(sentences, hits, title=title, headings=[], iso3=iso3, words=WORDS)


def labelled(name: str, text: str, labels: list[str]) -> GoldDocument:
    source = Source(path=f"{name}.txt", document_id=name, kind="article", iso3="PER", edition=None)
    sentences = split_sentences(text, [Block(0, len(text), "prose")])
    gold = tuple(GoldSentence(s.text, label) for s, label in zip(sentences, labels, strict=True))
    return GoldDocument(name, Document(source, "0" * 64, len(text), text, "utf-8"), gold)


@pytest.fixture(scope="module")
def model() -> ArticleModel:
    return load_article_model(bundled_folder("schema") / "attribution" / "article.csv")


def test_gate_shuts_out_an_article_on_sport(model: ArticleModel) -> None:
    features = describe(SPORT)
    assert judge_article(features, model.gate) < GATE_OPENS
    assert {label for label, *_ in read_article(features, model)} == {"none"}


def test_gate_lets_an_article_on_crime_in(model: ArticleModel) -> None:
    features = describe(CRIME)
    assert judge_article(features, model.gate) > GATE_OPENS
    labels = [label for label, *_ in read_article(features, model)]
    assert labels[0] == "cocaine_trade"
    assert "arms_trafficking" in labels


def test_gate_leaves_a_short_text_alone(model: ArticleModel) -> None:
    shut = replace(model, gate=np.array([-50.0, *[0.0] * (len(GATE_FEATURES) - 1)]))
    assert read_article(describe("Cocaine trafficking through the port has doubled."), shut)[0][0] == "cocaine_trade"
    assert {label for label, *_ in read_article(describe(CRIME), shut)} == {"none"}


def test_indicator_below_the_threshold_becomes_none(model: ArticleModel) -> None:
    features = describe(CRIME)
    (label, probability, runner_up, runner_up_probability) = read_article(features, replace(model, threshold=1.01))[0]
    assert (label, runner_up) == ("none", "cocaine_trade")
    assert probability + runner_up_probability <= 1


def test_sentence_about_another_country_becomes_none(model: ArticleModel) -> None:
    text = (
        "Cocaine trafficking has doubled. Dealers in the capital sell cocaine by the gram. "
        "In Uganda, cocaine trafficking by cartels has doubled."
    )
    abroad, at_home = describe(text, "KEN"), describe(text, "UGA")
    assert abroad.elsewhere.tolist() == [False, False, True]
    assert not at_home.elsewhere.any()
    assert [label for label, *_ in read_article(abroad, model)] == ["cocaine_trade", "cocaine_trade", "none"]
    assert [label for label, *_ in read_article(at_home, model)] == ["cocaine_trade"] * 3


def test_sentence_about_the_article_itself_becomes_none(model: ArticleModel) -> None:
    features = describe(f"{CRIME} In this article, we delve into cocaine trafficking by cartels.")
    assert features.meta.tolist() == [*[False] * 7, True]
    assert read_article(features, model)[-1][0] == "none"


def test_name_of_the_own_country_is_no_cue() -> None:
    assert not describe("It is Peruvian.", "PER").strength.any()
    assert describe("It is Peruvian.", "KEN").strength.any()


def test_title_counts_once_when_the_text_repeats_it() -> None:
    text = "Prices doubled."
    sentences = split_sentences(text, [Block(0, len(text), "prose")])
    hits = match_cues([text])
    title = "Cocaine in Callao"
    once = describe_article(sentences, hits, title=None, headings=[(-20, title)], iso3=None)
    twice = describe_article(sentences, hits, title=title.upper(), headings=[(-20, title)], iso3=None)
    assert np.array_equal(once.topics, twice.topics)


def test_probabilities_sum_to_one(model: ArticleModel) -> None:
    labels = read_chain(describe(CRIME), model.weights).labels
    assert labels.shape == (7, len(indicators_of(newest_edition())) + 1)
    assert labels.sum(1) == pytest.approx(np.ones(7))


def test_probabilities_are_those_of_all_paths() -> None:
    features = describe("Cocaine trafficking doubled. It rained. Firearms are smuggled.")
    weights = np.random.default_rng(0).normal(0, 0.5, len(NAMES))
    size = len(indicators_of(newest_edition()))
    scores = np.array(
        [
            [[observe_path(features, np.array([a, b, c])) @ weights for c in range(-1, size)] for b in range(-1, size)]
            for a in range(-1, size)
        ]
    )
    reading = read_chain(features, weights)
    assert reading.log_total == pytest.approx(np.logaddexp.reduce(scores, axis=None))
    none_in_the_middle = np.exp(np.logaddexp.reduce(scores[:, 0, :], axis=None) - reading.log_total)
    assert reading.labels[1, -1] == pytest.approx(none_in_the_middle)


def test_runner_up_is_never_likelier_than_the_label(model: ArticleModel) -> None:
    for text in (CRIME, SPORT):
        for label, probability, runner_up, runner_up_probability in read_article(describe(text), model):
            assert label != runner_up
            assert 0 <= runner_up_probability <= probability <= 1
            assert probability + runner_up_probability <= 1 + 1e-9


def test_fitting_learns_from_articles_and_is_deterministic() -> None:
    codes = ["cocaine_trade"] * 3 + ["arms_trafficking"] * 2 + ["law_enforcement", "state_embedded_actors"]
    documents = [
        label_article(labelled("crime", CRIME, codes)),
        label_article(labelled("again", CRIME, codes)),
        label_article(labelled("sport", SPORT, ["none"] * 7)),
    ]
    first, second = fit_articles(documents), fit_articles(documents)
    assert render_article_model(first) == render_article_model(second)
    features = documents[0].features
    features = see_words(features, first.words.weigh(first.words.find(features.texts)))
    assert [label for label, *_ in read_article(features, first)] == codes


def test_fitting_without_an_article_on_crime_calibrates_nothing() -> None:
    model = fit_articles([label_article(labelled("sport", SPORT, ["none"] * 7))])
    assert (model.calibration.offset, model.calibration.slope) == (0.0, 1.0)


def test_file_reads_back_to_the_same_bytes(model: ArticleModel, tmp_path) -> None:
    path = tmp_path / "article.csv"
    path.write_text(render_article_model(model), encoding="utf-8")
    (tmp_path / "words.csv").write_text(render_counts(model.words), encoding="utf-8")
    again = load_article_model(path)
    assert render_article_model(again) == path.read_text(encoding="utf-8")
    assert render_counts(again.words) == (tmp_path / "words.csv").read_text(encoding="utf-8")


def test_file_that_lacks_a_weight_is_refused(model: ArticleModel, tmp_path) -> None:
    path = tmp_path / "article.csv"
    path.write_text(render_article_model(model).replace("threshold,", "treshold,"), encoding="utf-8")
    with pytest.raises(VocabularyError, match="fit again"):
        load_article_model(path)
