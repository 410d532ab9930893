"""Alignment: what is readable is found again in what was printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ocindex.analysis.alignment import locate
from ocindex.analysis.readable import make_readable

WORDS = st.lists(
    st.sampled_from(
        ["from", "Côte", "d’Ivoire", "ﬁsh", "high-\nlevel", "Vene-\r\nzuela", "co\u00adca", "x", "A.", "日本"]
    ),
    min_size=1,
)
BLANKS = st.sampled_from([" ", "\n", "  ", "\r\n", "\u00a0", " \n "])


def test_a_name_that_is_broken_over_two_lines_is_found_whole() -> None:
    quote = "Guns from Vene-\nzuela reach\nPeru."
    readable = make_readable(quote, lambda word: False)
    start = readable.index("Vene-zuela")
    first, last = locate(readable, quote, start, start + len("Vene-zuela"))
    assert quote[first:last] == "Vene-\nzuela"


def test_a_hyphen_that_was_healed_does_not_shift_what_follows() -> None:
    quote = "traf-\nficking to Peru"
    readable = make_readable(quote, lambda word: word == "trafficking")
    assert readable == "trafficking to Peru"
    assert quote[slice(*locate(readable, quote, 15, 19))] == "Peru"


@given(words=WORDS, blanks=st.lists(BLANKS, min_size=30, max_size=30), marks=st.booleans())
def test_every_word_is_found_where_it_was_printed(words: list[str], blanks: list[str], marks: bool) -> None:
    quote = "".join(word + blank for word, blank in zip(words, blanks, strict=False)).strip()
    if marks:
        quote = quote.replace("ô", "o\u0302")
    readable = make_readable(quote, lambda word: True)
    position = 0
    for word in readable.split():
        start = readable.index(word, position)
        position = start + len(word)
        first, last = locate(readable, quote, start, position)
        assert make_readable(quote[first:last], lambda word: True) == word
