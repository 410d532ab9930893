"""Ids: built from what a row is about, never from where it stands."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from ocindex.dataset.ids import IdMaker, hash_parts


def test_an_id_is_the_first_16_hex_digits_of_the_hash_of_its_parts() -> None:
    expected = hashlib.sha256(b"profiles/PER_2021\x1fcocaine_trade\x1fCoca is grown.\x1f1").hexdigest()[:16]
    assert IdMaker().make("profiles/PER_2021", "cocaine_trade", "Coca is grown.") == expected


def test_equal_rows_are_told_apart_by_their_occurrence() -> None:
    ids = IdMaker()
    first, second = ids.make("document", "text"), ids.make("document", "text")
    assert first == hash_parts("document", "text", "1")
    assert second == hash_parts("document", "text", "2")


def test_null_is_an_empty_part() -> None:
    assert IdMaker().make("document", None, 2021) == hash_parts("document", "", "2021", "1")


def test_a_lone_surrogate_has_an_id_too() -> None:
    assert len(hash_parts("\ud800")) == 16


@given(st.lists(st.tuples(st.text(), st.text()), unique=True))
def test_order_does_not_matter_among_different_rows(rows: list[tuple[str, str]]) -> None:
    forwards, backwards = IdMaker(), IdMaker()
    assert {row: forwards.make(*row) for row in rows} == {row: backwards.make(*row) for row in reversed(rows)}
