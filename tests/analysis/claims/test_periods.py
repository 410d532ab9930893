"""Dates and periods as ISO 8601."""

from __future__ import annotations

import pytest

from ocindex.analysis.claims.periods import find_periods, period_of, years_of


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("In 2019, police raided it.", ["2019"]),
        ("since Feb. 2025", ["2025-02/.."]),
        ("the fire of 8 March 2017", ["2017-03-08"]),
        ("on May 3, 2020", ["2020-05-03"]),
        ("from 2019 to 2021", ["2019/2021"]),
        ("in 2019–21", ["2019/2021"]),
        ("between 2022 and early 2024", ["2022/2024"]),
        ("in 2019 and 2021", ["2019", "2021"]),
        ("the 2006 law and an act of 1998", []),
        ("until 2027, before 2019", []),
        ("USD 2 020 and 2019.5 tonnes", []),
        ("They may march in June.", []),
    ],
)
def test_periods_are_found(text: str, periods: list[str]) -> None:
    assert [period.iso for period in find_periods(text)] == periods


def test_of_several_periods_the_nearest_in_the_same_part_counts() -> None:
    text = "Murders fell in 2022; seizures rose in 2024."
    periods = find_periods(text)
    assert period_of(periods, text, text.index("fell")) == "2022"
    assert period_of(periods, text, text.index("rose")) == "2024"


def test_a_period_spans_its_years() -> None:
    assert [years_of(iso) for iso in ("2019", "2019/2021", "2015/..", "2017-03-08")] == [
        (2019, 2019), (2019, 2021), (2015, 9999), (2017, 2017),
    ]  # fmt: skip
