"""Folding: what is compared as equal, and what stays apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.vocabulary.folding import fold_name, fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain", "plain"),
        ("  two \n words\t", "two words"),
        ("tra\u00adﬃcking", "trafficking"),
        ("non\u2011renewable", "non-renewable"),
        ("he\u200broin", "heroin"),
        ("a\u00a0b\u2009c\u202fd", "a b c d"),
        ("“coca” ‘leaf’", "\"coca\" 'leaf'"),
        ("1990–2000 — now", "1990-2000 - now"),
        ("Ammu\ufffdnition \x00", "Ammunition"),
        ("\u202eabc\u2069", "abc"),
        ("Ñ\u006e\u0303", "Ññ"),
        ("Ｐｅｒｕ", "Peru"),
        ("\ufeff\u200b", ""),
    ],
)
def test_spellings_fold_to_one_plain_form(text, folded):
    assert fold_text(text) == folded


def test_accents_and_case_are_kept_apart_in_text():
    assert fold_text("Perú") != fold_text("Peru") != fold_text("PERU")


def test_names_fold_in_any_case():
    assert fold_name("  PERÚ ") == fold_name("perú")


@given(st.text(st.characters(exclude_characters="\0\ufffd")))
def test_folding_twice_changes_nothing(text):
    assert fold_text(fold_text(text)) == fold_text(text)
