"""Matching the sentences of two versions of a document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ocindex.compare.releases.sentences import Sentence, match_sentences


def sentences(*texts: str) -> list[Sentence]:
    return [Sentence(index * 100, text) for index, text in enumerate(texts)]


def test_an_edited_sentence_is_one_change():
    found = match_sentences(
        sentences("A first one.", "Guns come from the far north.", "A last one."),
        sentences("A first one.", "Guns come from the far south.", "A last one."),
    )
    assert (found.same, found.edited, found.removed, found.added) == ({0: 0, 2: 2}, {1: 1}, (), ())


def test_a_sentence_that_shares_little_is_gone_and_another_came():
    found = match_sentences(sentences("Guns come from the north."), sentences("Police forces remain weak everywhere."))
    assert (found.edited, found.removed, found.added) == ({}, (0,), (0,))


def test_between_the_same_neighbours_fewer_shared_words_are_enough():
    old, new = "Gangs sell guns in Lima today now.", "Gangs buy drugs in Cusco today instead."
    alone = match_sentences(sentences(old, "x"), sentences("y y y y", "z z z", new))
    framed = match_sentences(sentences("Before.", old, "After."), sentences("Before.", new, "After."))
    assert alone.edited == {}
    assert framed.edited == {1: 1}


def test_only_what_passed_its_neighbours_moved():
    found = match_sentences(sentences("a", "b", "c", "d"), sentences("d", "a", "b", "c"))
    assert found.moved == {3}
    pushed = match_sentences(sentences("a", "b"), sentences("new words here", "a", "b"))
    assert pushed.moved == frozenset()


def test_equal_sentences_are_matched_in_order_of_occurrence():
    found = match_sentences(sentences("a", "a", "b"), sentences("a", "b", "a", "a"))
    assert found.same == {0: 0, 1: 2, 2: 1}
    assert found.added == (3,)


@given(
    st.lists(st.sampled_from(["abcde", "fg", "a b c", "a b d"])),
    st.lists(st.sampled_from(["a", "b", "a b c", "q"])),
)
def test_every_sentence_is_accounted_for_once(old, new):
    found = match_sentences(sentences(*old), sentences(*new))
    assert sorted([*found.same, *found.edited, *found.removed]) == list(range(len(old)))
    assert sorted([*found.same.values(), *found.edited.values(), *found.added]) == list(range(len(new)))
    assert all(old[index] == new[other] for index, other in found.same.items())
    assert found.moved <= set(found.same)
