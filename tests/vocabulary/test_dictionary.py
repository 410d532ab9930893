"""The dictionary: words of the vocabulary in their regular forms, and pairs that are written as compounds."""

import pytest

from ocindex.vocabulary.dictionary import is_known_compound, is_known_word


@pytest.mark.parametrize(
    "word", ["trafficking", "Trafficker", "SMUGGLED", "governments", "cocaine", "involving", "libraries"]
)
def test_word_of_the_vocabulary_is_known_in_its_forms(word):
    assert is_known_word(word)


@pytest.mark.parametrize("word", ["highlevel", "druglinked", "antimoney", "tra", "", "zorblating", "money laundering"])
def test_joined_compound_or_fragment_is_not_known(word):
    assert not is_known_word(word)


@pytest.mark.parametrize(("first", "second"), [("cross", "border"), ("Money", "laundering")])
def test_compound_of_the_vocabulary_is_known(first, second):
    assert is_known_compound(first, second)


def test_halves_of_a_word_are_no_compound():
    assert not is_known_compound("traf", "ficking")
