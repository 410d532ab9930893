"""Word differences: what was cut, what came."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from ocindex.compare.releases.words import CAME, CUT, differing_words, share_changed


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_the_pieces_give_both_texts_back(old, new):
    pieces = differing_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != CAME) == old
    assert "".join(piece.text for piece in pieces if piece.kind != CUT) == new


def test_only_the_changed_word_is_marked():
    found = differing_words("to a lesser extent, child adoption", "to a lesser extent, infant adoption")
    assert [tuple(piece) for piece in found if piece.kind != "same"] == [("cut", " child"), ("came", " infant")]


def test_two_long_texts_without_a_shared_word_end_at_once():
    begin = time.perf_counter()
    found = differing_words("a " * 30_000, "b " * 30_000)
    assert [piece.kind for piece in found if piece.text.strip()] == ["cut", "came"]
    assert time.perf_counter() - begin < 5


@given(st.text("ab ", max_size=20), st.text("ab ", max_size=20))
def test_the_share_is_within_its_range_and_symmetric(old, new):
    assert 0.01 <= share_changed(old, new) <= 1
    assert share_changed(old, new) == share_changed(new, old)
