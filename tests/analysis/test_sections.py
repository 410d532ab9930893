"""Sections: headings however they are set, paragraphs however a page cut them, and what is reported."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocindex.analysis.sections import split_sections
from ocindex.reading.document import Document, Source

PIECES = [
    "PEOPLE", "TRADE", "RESILIENCE", "ENVIROMENT", "GANGS", "Drugs:", "ECONOMIC AND FINANCIAL", "ENVIRONMENT", "3",
    "\n", "\n\n", "\r\n", "\r", "\u2028", "\x85", "\x0c", "\x1c", "\0", "\ufffd", "\ufeff", "\u200b", "\u00ad", " ",
    "\u00a0",
    ". ", "The gang sells arms", "It is high-", "level", "a", "Ж",
]  # fmt: skip
WILD = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)


def profile(text, edition=2021):
    return Document(Source("PER.txt", "PER", "profile", "PER", edition), "0" * 64, len(text), text, "utf-8")


def blocks(text):
    return [(b.kind, b.section, text[b.start : b.end]) for b in split_sections(profile(text))[0]]


def prose(text):
    return [(section, " ".join(piece.split())) for kind, section, piece in blocks(text) if kind == "prose"]


def headings(text):
    return [(section, piece) for kind, section, piece in blocks(text) if kind == "heading"]


def issues(text, *, missing=False):
    found = split_sections(profile(text))[1]
    return [(issue.code, issue.locator) for issue in found if missing or issue.code != "section_missing"]


def test_bundled_profile_has_its_headings_in_order_and_no_issue():
    text = Path(__file__).parents[2].joinpath("raw", "profiles", "PER_2021.txt").read_bytes().decode()
    assert headings(text) == [
        ("people", "PEOPLE"),
        ("trade", "TRADE"),
        ("environment", "ENVIRONMENT"),
        ("drugs", "DRUGS"),
        ("criminal_actors", "CRIMINAL ACTORS"),
        (None, "RESILIENCE"),
        ("leadership_and_governance", "LEADERSHIP AND GOVERNANCE"),
        ("criminal_justice_and_security", "CRIMINAL JUSTICE AND SECURITY"),
        ("economic_and_financial_environment", "ECONOMIC AND FINANCIAL ENVIRONMENT"),
        ("civil_society_and_social_protection", "CIVIL SOCIETY AND SOCIAL PROTECTION"),
    ]
    assert issues(text, missing=True) == []
    assert {kind for kind, _, _ in blocks(text)} == {"heading", "prose"}


def test_heading_at_the_very_top_with_a_leading_blank_is_read():
    assert blocks(" PEOPLE\nGangs move people.\n") == [
        ("heading", "people", "PEOPLE"),
        ("prose", "people", "Gangs move people."),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_headings_are_read_with_any_line_end(end):
    text = end.join(["PEOPLE", "Gangs move people.", "", "TRADE", "Arms come in.", ""])
    assert prose(text) == [("people", "Gangs move people."), ("trade", "Arms come in.")]


def test_page_break_in_the_middle_of_a_sentence_is_no_paragraph():
    text = "PEOPLE\nGangs sell people for\n\nmoney. They thrive.\n\nThey move on.\n"
    assert prose(text) == [("people", "Gangs sell people for money. They thrive."), ("people", "They move on.")]


def test_page_break_before_a_capital_is_no_paragraph_either():
    text = "PEOPLE\nGangs sell people to\n\nBrazil. They thrive.\n"
    assert prose(text) == [("people", "Gangs sell people to Brazil. They thrive.")]


def test_page_break_before_a_heading_ends_the_paragraph():
    text = "PEOPLE\nGangs sell people for\n\nTRADE\nArms come in.\n"
    assert prose(text) == [("people", "Gangs sell people for"), ("trade", "Arms come in.")]


def test_heading_above_headings_opens_no_section():
    text = "CRIMINAL ACTORS\nGangs rule.\n\nRESILIENCE\nLEADERSHIP AND GOVERNANCE\nThe president speaks.\n"
    assert headings(text)[1:] == [(None, "RESILIENCE"), ("leadership_and_governance", "LEADERSHIP AND GOVERNANCE")]
    assert prose(text) == [("criminal_actors", "Gangs rule."), ("leadership_and_governance", "The president speaks.")]
    assert issues(text) == []


@pytest.mark.parametrize(
    "heading", ["TRADE", "TRADE:", "TRADE : ", "Trade:", "Trade", "trade:", "TRADE\u200b", "\ufeffTRADE"]
)
def test_heading_is_read_in_any_case_with_or_without_a_colon(heading):
    text = f"PEOPLE\nGangs move people.\n\n{heading}\nArms come in.\n"
    assert prose(text) == [("people", "Gangs move people."), ("trade", "Arms come in.")]
    assert issues(text) == []


def test_misspelt_heading_is_read_and_said():
    text = "TRADE\nArms come in.\n\nENVIROMENT\nTrees fall.\n"
    assert prose(text)[1] == ("environment", "Trees fall.")
    assert issues(text) == [("heading_misspelt", "line 4")]
    assert "found heading 'ENVIROMENT'; expected 'ENVIRONMENT'" in split_sections(profile(text))[1][0].message


@pytest.mark.parametrize(
    ("lines", "section"),
    [
        ("ECONOMIC AND FINANCIAL\nENVIRONMENT", "economic_and_financial_environment"),
        ("ECONOMIC AND\nFINANCIAL ENVIRONMENT", "economic_and_financial_environment"),
        ("CIVIL SOCIETY\nAND SOCIAL\nPROTECTION", "civil_society_and_social_protection"),
        ("CRIMINAL JUSTICE \n AND SECURITY", "criminal_justice_and_security"),
    ],
)
def test_heading_over_several_lines_is_one_heading(lines, section):
    text = f"PEOPLE\nGangs move people.\n\n{lines}\nBanks wash money.\n"
    assert headings(text)[1] == (section, lines)
    assert prose(text)[1] == (section, "Banks wash money.")
    assert issues(text) == []


def test_two_headings_in_a_row_stay_two():
    assert headings("PEOPLE\nTRADE\nArms come in.\n") == [("people", "PEOPLE"), ("trade", "TRADE")]


@pytest.mark.parametrize("gap", [" ", "  ", "\u00a0", ": ", " – ", " - "])
def test_heading_that_shares_its_line_is_cut_off_the_text(gap):
    text = f"TRADE{gap}Firearms come in\nfrom abroad.\n"
    assert prose(text) == [("trade", "Firearms come in from abroad.")]
    assert headings(text)[0][0] == "trade"
    assert issues(text) == []


@pytest.mark.parametrize("line", ["TRADE unions are weak.", "TRADE UNIONS ARE WEAK.", "The TRADE Firearms."])
def test_capital_word_at_the_head_of_a_sentence_is_no_heading(line):
    assert headings(f"PEOPLE\nGangs move people.\n\n{line}\n") == [("people", "PEOPLE")]


def test_capital_word_in_a_sentence_that_runs_on_is_no_heading():
    text = "PEOPLE\nThe law is known as the\nTRADE Firearms act. It is old.\n"
    assert prose(text) == [("people", "The law is known as the TRADE Firearms act. It is old.")]


@pytest.mark.parametrize("word", ["People", "Trade", "Drugs", "Environment", "Financial crimes", "people"])
def test_heading_word_on_its_own_line_inside_a_sentence_is_no_heading(word):
    text = f"PEOPLE\nThe ministry of foreign\n{word}\nsays so. The market for\n{word}\nIs large.\n"
    assert headings(text) == [("people", "PEOPLE")]
    assert prose(text) == [("people", f"The ministry of foreign {word} says so. The market for {word} Is large.")]


def test_capitals_that_are_only_near_a_heading_stay_in_their_sentence():
    text = "PEOPLE\nThey sell what they call\nDRUG\nin the street.\n"
    assert prose(text) == [("people", "They sell what they call DRUG in the street.")]


def test_heading_word_at_the_end_of_a_wrapped_sentence_is_no_heading():
    text = "PEOPLE\nThey sell\nDrugs.\nThey are caught.\n"
    assert prose(text) == [("people", "They sell Drugs. They are caught.")]


def test_unknown_heading_closes_the_section():
    text = "PEOPLE\nGangs move people.\n\nGANGS\nThey sell arms.\n\nDRUGS\nCoca grows.\n"
    assert prose(text) == [("people", "Gangs move people."), (None, "They sell arms."), ("drugs", "Coca grows.")]
    assert issues(text) == [("heading_unknown", "line 4")]


def test_unknown_heading_in_small_letters_stands_alone():
    text = "PEOPLE\nGangs move people.\n\nMethods of Transport\n\nThey use boats.\n"
    assert prose(text)[1] == (None, "They use boats.")
    assert issues(text) == [("heading_unknown", "line 4")]


def test_title_above_the_first_heading_is_no_issue():
    text = "GLOBAL ORGANIZED CRIME INDEX\n\nPERU\n\nPEOPLE\nGangs move people.\n"
    assert headings(text)[-1] == ("people", "PEOPLE")
    assert prose(text) == [("people", "Gangs move people.")]
    assert issues(text) == []


def test_section_that_stands_twice_is_kept_twice_and_said():
    text = "TRADE\nArms come in.\n\nDRUGS\nCoca grows.\n\nTRADE\nArms go out.\n"
    assert prose(text) == [("trade", "Arms come in."), ("drugs", "Coca grows."), ("trade", "Arms go out.")]
    assert issues(text) == [("section_twice", "line 7")]


def test_missing_section_is_said_and_its_text_not_borrowed():
    text = "PEOPLE\nGangs move people.\n\nTRADE\nArms come in.\n"
    missing = [i.message for i in split_sections(profile(text))[1] if i.code == "section_missing"]
    assert [re.search(r"no section (\w+)", message)[1] for message in missing] == [
        "environment", "drugs", "criminal_actors", "leadership_and_governance", "criminal_justice_and_security",
        "economic_and_financial_environment", "civil_society_and_social_protection",
    ]  # fmt: skip


@pytest.mark.parametrize(("edition", "count"), [(2021, 8), (2023, 10), (2025, 10)])
def test_sections_are_missed_by_the_list_of_their_edition(edition, count):
    found = split_sections(profile("PEOPLE\nGangs move people.\n", edition))[1]
    assert [issue.code for issue in found] == ["section_missing"] * count
    assert {(issue.document_id, issue.iso3, issue.edition) for issue in found} == {("PER", "PER", edition)}


def test_profile_without_a_heading_is_said_once():
    assert issues("Gangs move people.\n", missing=True) == [("no_headings", None)]
    assert prose("Gangs move people.\n") == [(None, "Gangs move people.")]


@pytest.mark.parametrize("number", ["3", "Page 3", "page 3 of 12", "3 / 12", "- 3 -"])
def test_page_number_between_paragraphs_is_furniture(number):
    text = f"PEOPLE\nGangs move people.\n\n{number}\n\nThey thrive.\n"
    assert ("furniture", None, number) in blocks(text)
    assert prose(text) == [("people", "Gangs move people."), ("people", "They thrive.")]


def test_number_on_a_line_of_a_wrapped_sentence_is_no_page_number():
    assert prose("PEOPLE\nThey caught\n300\nmen.\n") == [("people", "They caught 300 men.")]


@settings(deadline=None)
@given(WILD)
def test_blocks_are_in_order_and_do_not_overlap(text):
    position = 0
    for block in split_sections(profile(text))[0]:
        assert position <= block.start < block.end <= len(text)
        position = block.end
