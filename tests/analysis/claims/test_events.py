"""Events: what was done, on which date and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ocindex.analysis.claims.record import Claim

State = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "period", "place"),
    [
        ("In 2019, police arrested the leaders of the ring.", "2019", "Kenya"),
        ("In 2020, Spanish authorities dismantled a network with links to Kenya.", "2020", "Spain"),
        ("In Feb. 2023 Kenya was put on the grey list.", "2023-02", "Kenya"),
        ("A massacre in Uganda in May 2021 changed little.", "2021-05", "Uganda"),
    ],
)
def test_a_dated_event_has_period_and_place(state: State, text: str, period: str, place: str) -> None:
    (claim,) = state(text, indicator="law_enforcement", kind="event")
    assert (claim.period, claim.place, claim.value, claim.direction) == (period, place, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested the leaders of the ring.",
        "Since 2019 police have arrested hundreds.",
        "The 2006 law lets police arrest anyone.",
        "Remittances passed 11 billion in 2020.",
        "Police should have arrested them in 2020.",
    ],
)
def test_without_a_date_of_its_own_there_is_no_event(state: State, text: str) -> None:
    assert state(text, indicator="law_enforcement", kind="event") == []
