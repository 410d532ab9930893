"""Scope: how far actors reach and how common a market is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ocindex.analysis.claims.record import Claim

State = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Crime groups are small and operate locally.", "local"),
        ("The gang has a global presence.", "global"),
        ("The syndicate expanded its operations beyond the country's borders.", "international"),
        ("The cartel has ties to groups in Spain.", "international"),
        ("Gangs operate nationwide.", "national"),
        ("Gangs are confined to the capital.", "local"),
    ],
)
def test_the_reach_of_actors_is_found(state: State, text: str, unit: str) -> None:
    assert [claim.unit for claim in state(text, kind="scope")] == [unit]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("The heroin market is very limited.", "limited"), ("Heroin use is widespread.", "widespread")],
)
def test_the_extent_of_a_market_is_found(state: State, text: str, unit: str) -> None:
    assert [claim.unit for claim in state(text, indicator="heroin_trade", kind="scope")] == [unit]


@pytest.mark.parametrize(
    "text",
    [
        "The court has international ties.",
        "Efforts to break the gang's global reach go on.",
        "The gang works with Spanish groups.",
    ],
)
def test_courts_plans_and_foreign_partners_have_no_reach(state: State, text: str) -> None:
    assert state(text, kind="scope") == []
