"""Headings in any dress: marked, numbered, inline, over lines; and the same words in a sentence, which are none."""

import pytest

from ocindex.analysis.sections import split_sections
from ocindex.reading.document import Document, HeadingMark, Source

ABOVE = "PEOPLE\nGangs move people.\n\n"


def split(text, edition=2021, **options):
    source = Source("PER.txt", "PER", "profile", "PER", edition)
    blocks, issues = split_sections(Document(source, "0" * 64, len(text), text, "utf-8", **options))
    return blocks, [(issue.code, issue.locator) for issue in issues if issue.code != "section_missing"]


def headings(text, **options):
    return [(b.section, text[b.start : b.end]) for b in split(text, **options)[0] if b.kind == "heading"]


def prose(text, **options):
    blocks = [b for b in split(text, **options)[0] if b.kind == "prose"]
    return [(b.section, " ".join(text[b.start : b.end].split())) for b in blocks]


@pytest.mark.parametrize(
    "line",
    ["## Trade", "## TRADE ##", "**TRADE**", "__Trade__", "1. TRADE", "2) Trade", "2.1 Trade", "IV. Trade", "B. TRADE",
     "Section 2: Trade", "• TRADE", "2 TRADE", "TRADE.", "> Trade", "trade :"],
)  # fmt: skip
def test_heading_is_read_through_its_decoration(line):
    text = f"{ABOVE}{line}\nArms come in.\n"
    assert headings(text)[1] == ("trade", line.strip())
    assert prose(text)[1] == ("trade", "Arms come in.")
    assert split(text)[1] == []


@pytest.mark.parametrize("rule", ["=====", "-----", "* * *", "____"])
def test_rule_under_a_heading_is_furniture(rule):
    text = f"{ABOVE}Trade\n{rule}\nArms come in.\n"
    assert prose(text)[1] == ("trade", "Arms come in.")
    assert [b.kind for b in split(text)[0]].count("furniture") == 1


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("TRADE: Arms come in from abroad.", "trade"),
        ("Trade: Arms come in from abroad.", "trade"),
        ("Trade – Arms come in from abroad.", "trade"),
        ("**Trade:** Arms come in from abroad.", "trade"),
        ("**TRADE** Arms come in from abroad.", "trade"),
        ("1. TRADE Arms come in from abroad.", "trade"),
        ("TRADE US arms come in from abroad.", "trade"),
        ("LEADERSHIP & GOVERNANCE Arms come in from abroad.", "leadership_and_governance"),
        ("ECONOMIC AND FINANCIAL\nENVIRONMENT Arms come in from abroad.", "economic_and_financial_environment"),
        ("CIVIL SOCIETY\nAND SOCIAL\nPROTECTION: Arms come in from abroad.", "civil_society_and_social_protection"),
    ],
)
def test_heading_that_shares_a_line_is_cut_off_the_text(line, section):
    text = f"{ABOVE}{line}\n"
    found = prose(text)[1]
    assert found[0] == section
    assert found[1].removeprefix("US a").removeprefix("A") == "rms come in from abroad."
    assert split(text)[1] == []


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("ENVIROMENT", "environment"),
        ("ENVIROMENT Trees fall.", "environment"),
        ("Enviroment", "environment"),
        ("## ENVIRONMNET", "environment"),
        ("ECONOMIC AND FINANCIAL ENVIROMENT", "economic_and_financial_environment"),
        ("ECONOMIC AND\nFINANCIAL ENVIROMENT", "economic_and_financial_environment"),
        ("CRIMINAL ACTOR", "criminal_actors"),
    ],
)
def test_misspelt_heading_is_read_as_the_nearest_and_said(line, section):
    text = f"{ABOVE}{line}\nTrees fall.\n"
    assert headings(text)[1][0] == section
    assert split(text)[1] == [("heading_misspelt", "line 4")]


@pytest.mark.parametrize(
    "line",
    [
        "People are moved by sea.",
        "Trade unions say so.",
        "Drugs are sold in the\nstreet.",
        "Drugs\nare sold.",
        "People\nwho flee are robbed.",
        "They sell them to the\nPeople\nof the port.",
        "They sell arms. Trade\nis brisk.",
        "Officials sell to Trade\nUnions and others.",
        "The ministry of\nTRADE\nand industry.",
        "People: a word.",
        "Drugs, people and trade are linked.",
        "DRUG GANGS rule the port.",
        "Environment ministry officials take bribes.",
        "Trade in arms: Guns come in from abroad.",
        "Drugs are sold for\n\n7\n\nPeople of the port.",
    ],
)
def test_the_same_words_in_a_sentence_are_no_heading(line):
    text = f"{ABOVE}{line}\n"
    assert headings(text) == [("people", "PEOPLE")]
    assert {section for section, _ in prose(text)} == {"people"}


def test_label_of_an_indicator_above_its_passage_stands_for_its_section():
    text = (
        "Human trafficking\n\nGangs move girls.\n\nArms trafficking:\nThey sell guns.\n\nPrevention\n\nThere is none.\n"
    )
    assert [section for section, _ in prose(text)] == ["people", "trade", "civil_society_and_social_protection"]


def test_labels_within_a_section_count_as_no_second_heading():
    text = "PEOPLE\nHuman trafficking\nGangs move girls.\n\nHuman smuggling\nThey move men.\n"
    assert split(text)[1] == []
    assert [section for section, _ in prose(text)] == ["people", "people"]


def test_heading_without_text_counts_as_no_second_one():
    text = "People\n\nTrade\n\nPEOPLE\nGangs move girls.\n\nTRADE\nArms come in.\n"
    assert split(text)[1] == []


def page(*parts):
    """A page's text and the marks of its headings: parts are (level or None, text)."""
    text, marks = "", []
    for level, part in parts:
        if level is not None:
            marks.append(HeadingMark(len(text), len(text) + len(part), level))
        text += part + "\n\n"
    return text, {"headings": tuple(marks), "form": "html"}


def test_lesser_heading_of_a_page_stands_within_its_section():
    text, options = page((2, "People"), (None, "Gangs."), (3, "Key findings"), (None, "They sell."), (2, "Sources"),
                         (None, "Books."))  # fmt: skip
    assert prose(text, **options) == [("people", "Gangs."), ("people", "They sell."), (None, "Books.")]
    assert split(text, **options)[1] == [("heading_unknown", "line 9")]


def test_paragraphs_of_a_page_stay_apart_though_no_full_stop_ends_them():
    text, options = page((2, "People"), (None, "Girls from the hills"), (None, "Gangs move them."))
    assert [piece for _, piece in prose(text, **options)] == ["Girls from the hills", "Gangs move them."]


@pytest.mark.parametrize("aside", ["7", "Page 7", "- 7 -", "7 / 12"])
def test_page_number_within_a_sentence_does_not_cut_it(aside):
    text = f"PEOPLE\nGangs sell girls for\n\n{aside}\n\nmoney. They thrive.\n"
    (block,) = (b for b in split(text)[0] if b.kind == "prose")
    assert [text[start:end] for start, end in block.holes] == [aside]


def test_running_header_within_a_sentence_does_not_cut_it():
    parts = "\n\nPeru country profile | {}\n\n"
    text = (
        "PEOPLE\nThey go." + parts.format(1) + "They sell girls for" + parts.format(2) + "money. Yes." + parts.format(3)
    )
    assert [piece for _, piece in prose(text)] == [
        "They go.",
        "They sell girls for Peru country profile | 2 money. Yes.",
    ]
    assert [b.kind for b in split(text)[0]].count("furniture") == 2


def test_page_number_before_a_heading_is_furniture():
    text = "PEOPLE\nGangs sell girls for\n\n7\n\nTRADE\nArms come in.\n"
    assert [(b.kind, text[b.start : b.end]) for b in split(text)[0]][2] == ("furniture", "7")
