"""Ranks: superlatives and ordinals, and what they are ranks in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ocindex.analysis.claims.record import Claim

State = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Colombia is the largest producer of cocaine in the world.", 1, "rank in the world"),
        ("Peru is the second-largest coca producer.", 2, "rank"),
        ("It is the world's third largest cocaine producer.", 3, "rank in the world"),
        ("As the top exporter in the region, it sets the price.", 1, "rank in the region"),
        ("The country ranks fifth among the world's coca producers.", 5, "rank in the world"),
        ("Gangs call it Africa's No. 1 target.", 1, "rank in Africa"),
        ("It was the biggest haul on record.", 1, "rank on record"),
        ("Cocaine is the most widely used drug.", 1, "rank"),
        ("It is one of the largest producers in the world.", None, "rank in the world"),
    ],
)
def test_a_rank_has_place_and_group(state: State, text: str, value: float | None, unit: str) -> None:
    (claim,) = state(text, indicator="cocaine_trade", kind="rank")
    assert (claim.value, claim.unit) == (value, unit)
    assert claim.hedged == (value is None)


@pytest.mark.parametrize(
    "text",
    [
        "Leading figures were arrested.",
        "It is a top priority.",
        "It is not the largest producer.",
        "The second half was quiet.",
    ],
)
def test_other_superlatives_are_no_ranks(state: State, text: str) -> None:
    assert state(text, indicator="cocaine_trade", kind="rank") == []
