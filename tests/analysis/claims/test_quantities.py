"""Quantities: what is counted, weighed or priced."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ocindex.analysis.claims.record import Claim

State = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedged"),
    [
        ("Police seized 4 tonnes in one raid.", 4, "tonnes", False),
        ("Up to 95% of weapons are unregistered.", 95, "percent", True),
        ("The ring took roughly USD 1.7 billion.", 1.7e9, "USD", True),
        ("Some 3,000 migrants wait at the border.", 3000, "persons", True),
        ("It hosts 140 unofficial crossings.", 140, "crossings", False),
        ("Scores of officials are under investigation.", None, "persons", False),
        ("They freed 20 to 30 people.", None, "persons", False),
        ("A kilo costs €25 000.", 25_000, "EUR", False),
        ("One in five guns is stolen.", 20, "percent", False),
    ],
)
def test_a_quantity_has_value_and_unit(state: State, text: str, value: float | None, unit: str, hedged: bool) -> None:
    (claim,) = state(text, indicator="arms_trafficking", kind="quantity")
    assert (claim.value, claim.unit, claim.hedged) == (value, unit, hedged)


@pytest.mark.parametrize(
    "text",
    [
        "The law was passed in 2019.",
        "They waited for 30 days.",
        "Barrio 18 rules the prison.",
        "The 2006 law is a model.",
        "A 15-year-old was arrested.",
        "Two brothers ran the ring.",
    ],
)
def test_dates_times_and_names_are_no_quantities(state: State, text: str) -> None:
    assert state(text, indicator="arms_trafficking", kind="quantity") == []


def test_a_figure_on_nothing_that_is_assessed_is_no_claim(state: State) -> None:
    assert state("The two clubs spend 90 million dollars on forwards.", kind="quantity") == []
