"""Editions compared: levels, what a change means, and the basis that is named."""

from __future__ import annotations

import math

import pytest

from ocindex.compare.editions import (
    basis_of,
    change_between,
    compare_editions,
    level_column,
    meaning_of,
    shared_edition,
)
from ocindex.dataset.dataset import Dataset
from ocindex.errors import UnknownNameError


@pytest.fixture
def changes(assembled: Dataset):
    return compare_editions(assembled, "PER", 2021, 2025).set_index("measure")


def test_an_indicator_is_compared_by_its_published_score(changes):
    row = changes.loc["arms_trafficking"]
    assert (row["then"], row["now"], row["change"], row["means"], row["basis"]) == (5.5, 7.0, 1.5, "worse", "published")


def test_a_falling_resilience_is_worse_and_a_falling_market_is_better(changes):
    assert changes.loc["political_leadership_and_governance", "means"] == "worse"
    assert changes.loc["synthetic_drug_trade", "means"] == "better"


def test_an_unchanged_score_is_the_same(changes):
    assert changes.loc["cocaine_trade", "means"] == "same"
    assert changes.loc["cocaine_trade", "change"] == 0


def test_an_indicator_that_did_not_exist_then_has_no_change(changes):
    row = changes.loc["financial_crimes"]
    assert math.isnan(row["then"])
    assert row["now"] == 6.0
    assert math.isnan(row["change"])
    assert row["means"] is None or row["means"] != row["means"]


def test_averages_across_the_break_are_on_the_2021_basis(changes):
    row = changes.loc["criminality"]
    markets = (7 + 6.5 + 7 + 7.5 + 6 + 9 + 4.5 + 9 + 5.5 + 3.5) / 10
    actors = (7 + 8.5 + 8 + 6.5) / 4
    assert row["now"] == pytest.approx((markets + actors) / 2)
    assert row["basis"].startswith("2021 basis: the 14 criminality and 12 resilience indicators")


def test_averages_between_equal_lists_are_the_published_ones(assembled):
    row = compare_editions(assembled, "PER", 2023, 2025).set_index("measure").loc["criminality"]
    assert (row["then"], row["now"], row["change"]) == (6.4, 6.62, 0.22)
    assert row["basis"].startswith("published averages")


def test_the_basis_does_not_depend_on_the_direction():
    assert basis_of(2025, 2021) == basis_of(2021, 2025)
    assert shared_edition(2025, 2021) == 2021
    assert level_column(2023, 2025) == "score"
    assert level_column(2021, 2023) == "score_basis_2021"


def test_text_then_and_now_stand_beside_the_change(changes):
    assert changes.loc["arms_trafficking", "text_then"].startswith("Peru is a transit point for illegal weapons")
    assert changes["text_now"].isna().all()


def test_a_difference_is_free_of_binary_round_off():
    assert change_between(5.1, 5.4) == 0.3
    assert change_between(float("nan"), 1.0) is None
    assert meaning_of(None, "worse") is None


def test_a_country_that_the_dataset_does_not_have_is_named(assembled):
    with pytest.raises(UnknownNameError, match="KEN"):
        compare_editions(assembled, "KEN", 2021, 2025)
