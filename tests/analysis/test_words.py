"""Words looked up once say what each list, opening and stem says by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.analysis.backoff import UNKNOWN, stem_table
from ocindex.analysis.openings import OPENINGS, find_registers, links_on, points_back, turns_away
from ocindex.analysis.parties import find_parties
from ocindex.analysis.words import read_words

TEXTS = [
    "",
    "…",
    "The market's gangs-and-cartels pay customs officers.",
    "In turn, coffee and cocaine leave Côte d’Ivoire; İzmir's police look away.",
    "cocaine/heroin/cannabis/opium/arms/ivory trafficking",
    "At the same time GDP grew.",
    "Another",
]
PIECES = [
    "The",
    "trade",
    "It",
    "In",
    "addition",
    ",",
    "-",
    "’s",
    " ",
    "cocaine",
    "Police",
    "bribes",
    "coffee",
    "_",
    "İ",
]


def check(texts):
    words = read_words(texts)
    for row, text in enumerate(texts):
        assert tuple(words.registers[row].tolist()) == find_registers(text)
        assert tuple(words.parties[row].tolist()) == find_parties(text)
        assert tuple(words.openings[row].tolist()) == (points_back(text), links_on(text), turns_away(text))


def test_lists_and_openings_are_those_of_each_sentence_alone():
    check(TEXTS)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=4))
def test_lists_and_openings_agree_on_any_text(texts):
    check(texts)


def test_sentences_do_not_share_their_words():
    together = read_words(TEXTS).evidence
    for row, text in enumerate(TEXTS):
        assert together[row] == pytest.approx(read_words([text]).evidence[0])


def test_a_compound_of_many_words_says_what_its_words_say():
    joined, apart = read_words(["cocaine/heroin/cannabis/opium/ivory", "cocaine heroin cannabis opium ivory"]).evidence
    assert joined == pytest.approx(apart)
    assert joined.any()


def test_a_word_counts_once_and_its_stem_with_it():
    once, twice = read_words(["smuggling", "smuggling smuggled"]).evidence
    assert stem_table().row_of("smuggling") == stem_table().row_of("smuggled") != UNKNOWN
    assert once == pytest.approx(twice)


def test_no_text_has_no_words():
    assert read_words([]).evidence.shape[0] == 0
    assert not np.any(read_words(["zzzz qqqq"]).evidence)


def test_every_opening_knows_its_first_words():
    assert all(word[0].isupper() for opening in OPENINGS for word in opening.first_words)
    assert "The" in OPENINGS[0].first_words
