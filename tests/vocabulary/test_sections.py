"""Headings: what opens a section, how far a spelling may be off, and what is no heading."""

import pytest

from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.indicators import all_codes
from ocindex.vocabulary.sections import find_heading, inline_pattern, section_names

ROWS = read_code_list("sections", ("alias", "section", "kind", "component", "position", "since"))


def section(line):
    heading = find_heading(line)
    return None if heading is None else (heading.section, heading.exact)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["alias"])
def test_every_alias_is_found_in_any_case_with_colon_and_blanks(row):
    alias = row["alias"]
    for line in (alias, alias.lower(), alias.title(), f" {alias} : ", f"{alias}:", alias.replace(" AND ", " & ")):
        assert section(line) == (row["section"] or None, True)


def test_every_section_of_the_indicators_has_a_heading_and_no_other():
    assert set(section_names()) == {item.section for item in all_codes()} - {None}


def test_sections_come_in_the_order_of_a_profile():
    assert section_names()[:4] == ("people", "trade", "environment", "drugs")
    assert section_names()[-1] == "civil_society_and_social_protection"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("ENVIROMENT", "environment"),
        ("ENVIRONMNET", "environment"),
        ("ENVIRONMENTS", "environment"),
        ("CRIMINAL ACTOR", "criminal_actors"),
        ("DRUG", "drugs"),
        ("PEOPEL", "people"),
        ("LEADERSHIPS & GOVERNANCE", "leadership_and_governance"),
        ("ECONOMIC AND FINANCIAL ENVIROMENT", "economic_and_financial_environment"),
        ("CYBER-DEPENDENT CRIME", "cyber_dependent_crimes"),
        ("CIVIL SOCIETIES AND SOCIAL PROTECTION", None),
    ],
)
def test_one_edit_or_a_plural_is_read_and_said(line, meant):
    assert section(line) == ((meant, False) if meant else None)


def test_misspelt_environment_is_never_the_economic_one():
    assert find_heading("ENVIROMENT").section == "environment"


@pytest.mark.parametrize(
    "line",
    ["GANGS", "", "  ", ":", "FINANCIAL", "ENVIRNMNT", "CRIMINAL ACTORS AND MARKETS", "TRADE IN PEOPLE", "P", "DR",
     "CIVIL SOCIETY AND SOCIAL PROTECTION MECHANISMS", "Drugs are sold in the capital.", "X" * 200],
)  # fmt: skip
def test_what_is_further_off_is_no_heading(line):
    assert find_heading(line) is None


def test_heading_above_headings_opens_no_section():
    assert section("RESILIENCE") == (None, True)
    assert section("RESILENCE") == (None, False)


@pytest.mark.parametrize("line", ["PEO\u00adPLE", "PEOPLE\u200b", "\ufeffPEOPLE", "PEOPLE\u00a0", "ＰＥＯＰＬＥ"])
def test_invisible_characters_do_not_hide_a_heading(line):
    assert section(line) == ("people", True)


def test_longest_inline_heading_wins():
    assert (
        inline_pattern().match("CRIMINAL JUSTICE & SECURITY  Judges fear.")["heading"] == "CRIMINAL JUSTICE & SECURITY"
    )
    assert inline_pattern().match("POLITICAL LEADERSHIP AND GOVERNANCE It")["heading"].startswith("POLITICAL")


@pytest.mark.parametrize("line", ["TRADE", "Trade Firearms", "TRADES Firearms", "The TRADE is"])
def test_inline_heading_is_capitals_then_text(line):
    assert inline_pattern().match(line) is None
