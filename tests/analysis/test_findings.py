"""Spans: with white space between them they cover every text there is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocindex.analysis import sentences as sentences_module
from ocindex.analysis.articles import split_article
from ocindex.analysis.blocks import Block
from ocindex.analysis.findings import Analysis, Finding, Span, cover_text
from ocindex.analysis.readable import make_readable
from ocindex.analysis.sections import split_sections
from ocindex.analysis.sentences import Sentence, split_sentences
from ocindex.reading.document import Document, Source

PIECES = [
    "PEOPLE", "TRADE", "RESILIENCE", "ENVIROMENT", "GANGS", "Drugs:", "TRADE Arms come in", "ECONOMIC AND FINANCIAL",
    "ENVIRONMENT", "You May Also Like", "Add yours", "By Jane Doe", "1. Routes", "Page 3 of 9", "3", "No. 5", "U.S. ",
    "Pto. ", "Gen. ", "The gang sells arms", "It is high-", "level", ". ", "! ", "? ", "… ", ".", '"', "”", "’", "(",
    ")", "\n",
    "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\0", "\ufffd", "\ufeff", "\u200b",
    "\u00ad", "\u202e", " ", "\t", "\u00a0", "\u3000", "e\u0301", "𝒜", "ﬁ", "日本。", "Ж", "a", "A",
]  # fmt: skip
WILD = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)


def finding(text, start, end, section=None):
    return Finding(Sentence(start, end, text[start:end], section, 0), "none", 1.0, "none", 0.0)


def structure(text, kind):
    document = Document(Source("x.txt", "x", kind, "PER", 2021), "0" * 64, len(text), text, "utf-8")
    blocks = split_article(document) if kind == "article" else split_sections(document)[0]
    return blocks, split_sentences(text, blocks)


@pytest.mark.parametrize("kind", ["profile", "article"])
@settings(deadline=None)
@given(text=WILD)
def test_only_white_space_is_left_uncovered(kind, text):
    blocks, sentences = structure(text, kind)
    spans = cover_text(text, blocks, [Finding(sentence, "none", 1.0, "none", 0.0) for sentence in sentences])
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert not text[position : span.start].strip()
        position = span.end
    assert not text[position:].strip()
    assert [span.finding.sentence for span in spans if span.kind == "sentence"] == sentences


@pytest.mark.parametrize("kind", ["profile", "article"])
@settings(deadline=None)
@given(text=WILD)
def test_sentence_is_the_readable_form_of_exactly_its_slice(kind, text):
    seen = []

    def spy(quote, is_word):
        seen.append(quote)
        return make_readable(quote, is_word)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences_module, "make_readable", spy)
        _, sentences = structure(text, kind)
    assert seen == [text[sentence.start : sentence.end] for sentence in sentences]
    assert all(quote == quote.strip() != "" for quote in seen)


def test_headings_furniture_and_sentences_come_in_order_of_position():
    text = "TRADE\nArms. Guns.\nShare"
    blocks = [Block(18, 23, "furniture"), Block(6, 17, "prose", "trade"), Block(0, 5, "heading", "trade")]
    spans = cover_text(text, blocks, [finding(text, 12, 17, "trade"), finding(text, 6, 11, "trade")])
    assert [(span.kind, span.section, text[span.start : span.end]) for span in spans] == [
        ("heading", "trade", "TRADE"),
        ("sentence", "trade", "Arms."),
        ("sentence", "trade", "Guns."),
        ("furniture", None, "Share"),
    ]


def test_what_no_block_covers_is_furniture():
    text = " 7 Arms. * \n"
    spans = cover_text(text, [], [finding(text, 3, 8)])
    assert [(span.kind, span.start, span.end) for span in spans] == [
        ("furniture", 1, 2),
        ("sentence", 3, 8),
        ("furniture", 9, 10),
    ]


def test_white_space_at_the_ends_of_a_block_is_no_part_of_its_span():
    assert cover_text(" TRADE \n ", [Block(0, 9, "heading", "trade")], []) == [Span(1, 6, "heading", "trade")]


@pytest.mark.parametrize("text", ["", " \n\u2003"])
def test_blank_text_has_no_span(text):
    assert cover_text(text, [Block(0, len(text), "heading")], []) == []


def test_analysis_gives_its_findings_in_reading_order():
    text = "Arms. Guns."
    findings = [finding(text, 0, 5), finding(text, 6, 11)]
    document = Document(Source("x.txt", "x", "article"), "0" * 64, len(text), text)
    assert Analysis(document, tuple(cover_text(text, [], findings))).findings == findings
