"""Lists of words: whole words only, in any case, each list for itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ocindex.analysis.openings import REGISTERS, find_registers
from ocindex.analysis.parties import PARTIES, find_parties
from ocindex.analysis.wordlists import WordLists


def test_a_word_counts_only_as_a_whole_and_in_any_case():
    lists = WordLists({"boats": "boats?", "roads": "roads?"})
    assert lists.find("BOATS lie there.") == (True, False)
    assert lists.find("A roadside lifeboat.") == (False, False)


@given(st.lists(st.sampled_from(["boat", "road", "sea", "roads"])))
def test_a_word_met_before_is_told_as_at_the_first_time(words):
    lists = WordLists({"boats": "boats?", "roads": "roads?"})
    text = " ".join(words)
    expected = ("boat" in words, "road" in words or "roads" in words)
    assert lists.find(text) == expected
    assert lists.find(text) == expected


def test_the_economy_counts_only_where_no_crime_is_named():
    economy = REGISTERS.index("economy")
    assert find_registers("Coffee is grown on the slopes.")[economy]
    assert not find_registers("Coffee is smuggled over the slopes.")[economy]


def test_officials_who_take_part_have_both_roles():
    found = dict(zip(PARTIES, find_parties("Border guards are paid to look away."), strict=True))
    assert found["officials"]
    assert found["collusion"]
    assert not found["gangs"]
