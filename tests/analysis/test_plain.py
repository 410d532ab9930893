"""The text as a splitter sees it: nothing invisible in it, and every place leads back."""

from hypothesis import given
from hypothesis import strategies as st

from ocindex.analysis.blocks import Block
from ocindex.analysis.plain import make_plain
from ocindex.analysis.sentences import split_sentences

PIECES = [
    "\u00ad",
    "\u200b",
    "\u202e",
    "\x01",
    "e\u0301",
    "\u0301",
    "\ufb01",
    "\u00a0",
    "\r\n",
    "a",
    " ",
    "T",
    ".",
    "é",
]


def test_invisible_characters_are_left_out_and_accents_composed():
    plain = make_plain("Pe\u00adru\u0301 o\ufb03ce\u200b.\u00a0Yes")
    assert plain.text == "Perú office. Yes"
    assert [plain.position(place) for place in (0, 2, 4, 12, 13)] == [0, 3, 6, 13, 14]


def test_mark_without_a_composed_letter_is_left_out():
    assert make_plain("q\u0301x").text == "qx"


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_places_lead_back_in_order_and_to_the_ends(text):
    plain = make_plain(text)
    places = [plain.position(place) for place in range(len(plain.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


def test_sentences_are_cut_where_something_invisible_stands_between():
    text = "Gangs rule.\u200b \u202aThey sell.\u202c Po\u00adlice look on.\u200f"
    found = split_sentences(text, [Block(0, len(text), "prose")])
    assert [sentence.text for sentence in found] == ["Gangs rule.", "They sell.", "Police look on."]
    assert "".join(text[s.start : s.end] for s in found).replace(" ", "") == text.replace(" ", "")


def test_sentence_over_a_page_number_reads_without_it_and_quotes_it():
    text = "They sell girls for\n\n7\n\nmoney. Yes."
    (first, second) = split_sentences(text, [Block(0, len(text), "prose", None, ((21, 22),))])
    assert (first.text, second.text) == ("They sell girls for money.", "Yes.")
    assert text[first.start : first.end] == "They sell girls for\n\n7\n\nmoney."


def test_word_broken_over_a_page_number_is_healed_where_the_document_has_it():
    text = "Traf traf-\n\n7\n\nficking of trafficking."
    (found,) = split_sentences(text, [Block(0, len(text), "prose", None, ((12, 13),))])
    assert found.text == "Traf trafficking of trafficking."
