"""Numbers in digits and words, ranges and shares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.analysis.claims.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about 4,000 cases", 4000, 4000),
        ("USD 12 000 a head", 12000, 12000),
        ("1.1 billion tablets", 1.1e9, 1.1e9),
        ("half a million people", 500_000, 500_000),
        ("two billion dollars", 2e9, 2e9),
        ("a dozen men", 12, 12),
        ("US$1.5bn", 1.5e9, 1.5e9),
        ("40–60 per cent", 40, 60),
        ("between 40 and 60 per cent", 40, 60),
        ("20 to 30 million", 20e6, 30e6),
        ("from USD 500 to approx. USD 3 500", 500, 3500),
        ("One in five guns", 20, 20),
        ("nine workers in ten", 90, 90),
        ("two-thirds of inmates", 66.67, 66.67),
        ("Half of the inmates", 50, 50),
        ("the majority of victims", 50, 100),
    ],
)
def test_a_number_is_read(text: str, low: float, high: float) -> None:
    (number,) = find_numbers(text)
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize(
    "text", ["A2 highway", "a 15-year-old", "at 2-2 the match", "COVID-19", "the 26s", "half-moons"]
)
def test_digits_in_names_and_scores_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == []


def test_numbers_joined_by_and_are_two() -> None:
    assert [number.low for number in find_numbers("in 12 towns, 40 and 60 miles off")] == [12, 40, 60]


@given(st.text(alphabet="0123456789 ,.%andinoftw-–", max_size=60))
def test_numbers_stand_in_order_and_do_not_overlap(text: str) -> None:
    numbers = find_numbers(text)
    edges = [edge for number in numbers for edge in (number.start, number.end)]
    assert edges == sorted(edges)
    assert all(number.start < number.end <= len(text) for number in numbers)
