"""Indicators and editions: the Index's own lists, and names in any spelling."""

import pytest

from ocindex.errors import UnknownNameError
from ocindex.vocabulary.indicators import (
    NONE,
    all_codes,
    code_of,
    composites,
    editions,
    find_code,
    indicators_of,
    known_edition,
    newest_edition,
)


@pytest.mark.parametrize(("edition", "count"), [(2021, 26), (2023, 32), (2025, 32)])
def test_each_edition_has_its_own_list(edition, count):
    assert len(indicators_of(edition)) == count


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: str(edition.edition))
def test_list_agrees_with_the_counts_of_its_edition(edition):
    listed = [item.component for item in indicators_of(edition.edition)]
    assert listed.count("criminal_markets") == edition.markets
    assert listed.count("criminal_actors") == edition.actor_types
    assert listed.count("resilience") == edition.resilience_indicators
    assert edition.countries == 193


def test_reference_years_are_those_before():
    assert [(e.edition, e.reference_year) for e in editions()] == [(2021, 2020), (2023, 2022), (2025, 2024)]


def test_only_2023_breaks_with_the_edition_before():
    assert [edition.edition for edition in editions() if edition.break_with_previous] == [2023]


def test_six_indicators_are_new_in_2023():
    added = {item.code for item in indicators_of(2023)} - {item.code for item in indicators_of(2021)}
    assert added == {
        "cyber_dependent_crimes", "financial_crimes", "trade_in_counterfeit_goods", "illicit_trade_in_excisable_goods",
        "extortion_and_protection_racketeering", "private_sector_actors",
    }  # fmt: skip


def test_the_four_composites_are_no_indicators():
    assert {item.code for item in composites()} == {"criminality", "criminal_markets", "criminal_actors", "resilience"}
    assert not {item.code for item in composites()} & {item.code for item in indicators_of(2025)}
    assert all(item.is_composite for item in composites())


def test_criminality_is_worse_and_resilience_better_when_higher():
    for item in all_codes():
        assert item.higher_is == ("better" if (item.component or item.code) == "resilience" else "worse")


def test_codes_labels_and_positions_are_unique():
    for values in zip(*((item.code, item.label.casefold(), item.position) for item in all_codes()), strict=True):
        assert len(set(values)) == len(values)


def test_none_is_no_indicator():
    with pytest.raises(UnknownNameError):
        code_of(NONE)


@pytest.mark.parametrize("item", all_codes(), ids=lambda item: item.code)
def test_code_and_label_are_found_in_any_case(item):
    for name in (item.code, item.label):
        for spelling in (name, name.upper(), name.lower(), f" {name} ", name.replace("_", " ")):
            assert find_code(spelling) is item


@pytest.mark.parametrize("name", ["guns", "", "arms", "Arms traficking"])
def test_unknown_name_lists_what_exists(name):
    with pytest.raises(UnknownNameError, match=r"expected one of: criminality, .*non_state_actors"):
        find_code(name)


def test_code_is_exact():
    with pytest.raises(UnknownNameError):
        code_of("Arms trafficking")


@pytest.mark.parametrize("edition", [2022, 0, 21])
def test_unknown_edition_lists_what_exists(edition):
    with pytest.raises(UnknownNameError, match=f"found edition {edition}; expected one of 2021, 2023, 2025"):
        known_edition(edition)


def test_unknown_edition_has_no_list():
    with pytest.raises(UnknownNameError):
        indicators_of(2022)


def test_newest_edition_is_the_last():
    assert newest_edition() == 2025
