"""Who says it, and how surely."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ocindex.analysis.claims.record import Claim
from ocindex.analysis.claims.voices import find_speaker, is_hedged

State = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to a report by the United Nations Office on Drugs and Crime (UNODC), it grows.", "UNODC"),
        ("Europol estimates that prices fell.", "Europol"),
        ("According to the ombudsman, 181 were killed.", "the ombudsman"),
        ("It is killing people, according to UNHCR.", "UNHCR"),
        ("Prices fell.", None),
        ("The government worked with Europol.", None),
    ],
)
def test_the_speaker_is_named(text: str, speaker: str | None) -> None:
    assert find_speaker(text) == speaker


def test_the_report_carries_its_speaker_on_and_nothing_else_does(state: State) -> None:
    claims = state(
        "According to the World Bank, homicides rose.", "The report estimates that kidnappings rose.", "Violence rose."
    )
    assert [claim.attributed_to for claim in claims] == ["World Bank", "World Bank", None]


@pytest.mark.parametrize(
    ("text", "hedged"),
    [("Homicides reportedly rose.", True), ("It is believed that they rose.", True), ("Homicides rose.", False)],
)
def test_reported_and_believed_is_hedged(text: str, hedged: bool) -> None:
    assert is_hedged(text) == hedged
