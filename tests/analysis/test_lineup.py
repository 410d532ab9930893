"""Articles side by side: what is read of them together is what is read of each alone."""

import numpy as np
import pytest

from ocindex.analysis.article_chain import NAMES, read_chain, read_lineup
from ocindex.analysis.article_features import ArticleFeatures, describe_article
from ocindex.analysis.blocks import Block
from ocindex.analysis.cues import match_cues
from ocindex.analysis.lineup import line_up
from ocindex.analysis.sentences import split_sentences
from ocindex.analysis.wordcounts import count_words

TEXTS = (
    "Cocaine trafficking doubled. It rained.",
    "Illegal firearms are smuggled by road. The coach praised his defence. They are bought abroad. It rained.",
    "Corrupt officials take bribes from drug traffickers.",
    "Ivory is smuggled. Cartels hide cocaine in fruit. Cocaine is bound for Europe. Police seized firearms.",
)
SHARES = (1.0, 0.3, 0.3, 1.0)


def describe(text: str) -> ArticleFeatures:
    sentences = split_sentences(text, [Block(0, len(text), "prose")])
    hits = match_cues([sentence.text for sentence in sentences])
    return describe_article(sentences, hits, title=None, headings=[], iso3=None)


@pytest.fixture(scope="module")
def articles() -> list[ArticleFeatures]:
    return [describe(text) for text in TEXTS]


@pytest.fixture(params=range(3))
def weights(request) -> np.ndarray:
    return np.random.default_rng(request.param).normal(0, 0.5 + request.param, len(NAMES))


def test_rows_of_an_article_are_its_sentences_in_order(articles):
    lineup = line_up(articles, SHARES)
    assert lineup.article.tolist() == [1, 3, 0, 2, 1, 3, 0, 1, 3, 1, 3]
    for place, article in enumerate(articles):
        rows = lineup.article == place
        assert np.array_equal(lineup.none[rows], article.none)
        assert np.array_equal(lineup.topics[rows], article.topics)
        assert set(lineup.share[rows]) == {SHARES[place]}


def test_sentence_before_is_of_the_same_article(articles):
    lineup = line_up(articles)
    assert np.array_equal(lineup.article[lineup.before], lineup.article[lineup.starts :])
    for here, before in lineup.steps:
        assert np.array_equal(lineup.article[before], lineup.article[here])


def test_labels_are_those_of_each_article_alone(articles, weights):
    lineup = line_up(articles, SHARES)
    labels = read_lineup(lineup, weights).labels
    for place, article in enumerate(articles):
        assert labels[lineup.article == place] == pytest.approx(read_chain(article, weights).labels, rel=1e-9)


def test_totals_and_features_are_the_sums_by_share(articles, weights):
    # The last rounds let one article alone count, so that no error of one hides another's.
    for shares in (SHARES, *np.eye(len(articles)).tolist()):
        together = read_lineup(line_up(articles, shares), weights, count=True)
        alone = [read_chain(article, weights, count=True) for article in articles]
        total = sum(share * item.log_total for share, item in zip(shares, alone, strict=True))
        expected = sum(share * item.expected for share, item in zip(shares, alone, strict=True))
        assert together.log_total == pytest.approx(total, rel=1e-9)
        assert together.expected == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_expected_features_are_the_slope_of_the_total(articles, weights):
    lineup = line_up(articles, SHARES)
    expected = read_lineup(lineup, weights, count=True).expected
    for place, step in enumerate(1e-5 * np.eye(len(NAMES))):
        rise = read_lineup(lineup, weights + step).log_total - read_lineup(lineup, weights - step).log_total
        assert rise / 2e-5 == pytest.approx(expected[place], abs=1e-5)


def test_own_words_are_left_out_as_if_they_had_never_been_counted():
    first, second = ["Ivory is smuggled.", "It rained hard."], ["Ivory is sold in Asia.", "Rain fell on ivory."]
    labels, others = np.array([4, -1]), np.array([4, 4])
    both, alone = count_words([(first, labels), (second, others)]), count_words([(second, others)])
    stems, known = both.find(first), alone.find(first)
    assert both.weigh(stems, labels) == pytest.approx(alone.weigh(known), abs=1e-12)
    assert both.without([(stems, labels)]).weigh(stems) == pytest.approx(alone.weigh(known), abs=1e-12)
