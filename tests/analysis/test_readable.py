"""Readable text: the same words on one line."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocindex.analysis.readable import make_readable


@pytest.mark.parametrize(
    ("quote", "readable"),
    [
        ("one line", "one line"),
        ("two \nlines", "two lines"),
        ("two\r\nlines", "two lines"),
        ("a\ttab, a\x0cfeed", "a tab, a feed"),
        ("two\u2028lines\x85or\x0cthree", "two lines or three"),
        ("cut by a\n\npage", "cut by a page"),
        ("high-\nlevel \ncases", "high-level cases"),
        ("law- \n enforcement", "law-enforcement"),
        ("high-\r\nlevel", "high-level"),
        ("high\u2010\nlevel", "high-level"),
        ("anti-\nmoney-laundering", "anti-money-laundering"),
        ("COVID-\n19", "COVID-19"),
        ("arms – and\ndrugs", "arms – and drugs"),
        ("a dash -\nthen more", "a dash - then more"),
        ("traf\u00ad\nficking", "trafficking"),
        ("can\u00adna\u00adbis, he\u200broin", "cannabis, heroin"),
        ("tra\ufb03cking of \ufb02ora", "trafficking of flora"),
        ("arms\u2011trafficking", "arms-trafficking"),
        ("a\u00a0b\u2009c  d", "a b c d"),
        ("“coca” – Perú’s", "“coca” – Perú’s"),
        ("Peru\u0301", "Perú"),
        ("\u202eabc\u2069", "abc"),
        ("  blanks  ", "blanks"),
        ("Ammu\ufffdnition", "Ammu\ufffdnition"),
        ("", ""),
    ],
)
def test_line_wraps_and_print_forms_are_resolved(quote, readable):
    assert make_readable(quote) == readable


def test_word_break_is_healed_where_the_whole_word_is_known():
    assert make_readable("traf-\nficking", {"trafficking"}.__contains__) == "trafficking"


def test_hyphen_stays_where_the_whole_word_is_unknown():
    assert make_readable("well-\nequipped", {"trafficking"}.__contains__) == "well-equipped"


def test_hyphen_of_a_name_stays():
    assert make_readable("Jean-\nMarie", {"jeanmarie"}.__contains__) == "Jean-Marie"


def test_letters_are_kept_as_they_are_when_nothing_is_to_mend():
    assert make_readable("ＰＥＲＵ ½ ™ é") == "ＰＥＲＵ ½ ™ é"


@settings(deadline=None)
@given(st.text())
def test_readable_text_is_one_line_in_normal_form(text):
    readable = make_readable(text)
    assert len(readable.splitlines()) <= 1
    assert readable == " ".join(readable.split())
    assert unicodedata.is_normalized("NFC", readable)


@settings(deadline=None)
@given(st.text("abc \n\r", max_size=30))
def test_plain_letters_are_neither_lost_nor_added(text):
    assert make_readable(text).replace(" ", "") == "".join(text.split())
