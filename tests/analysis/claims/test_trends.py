"""Trends: what rises or falls, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ocindex.analysis.claims.record import Claim

State = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "subject", "direction"),
    [
        ("Homicides rose sharply.", "homicide", "up"),
        ("The murder rate has fallen since the truce.", "homicide", "down"),
        ("Police report a surge in gun violence.", "gun_violence", "up"),
        ("The raids led to a decline in kidnappings.", "kidnapping", "down"),
        ("Corruption is on the rise.", "corruption", "up"),
        ("Shootings are down for the third year.", "gun_violence", "down"),
        ("The country lives with a rising tide of gun violence.", "gun_violence", "up"),
        ("The arms have escalated violence in the towns.", "violence", "up"),
        ("An increasing number of homicides goes unsolved.", "homicide", "up"),
        ("Community policing reduced homicides.", "homicide", "down"),
        ("The gangs have expanded their operations.", "organized_crime", "up"),
        ("These ties enabled the gang to expand its operations.", "organized_crime", "up"),
        ("The police are making headway in reducing gun violence.", "gun_violence", "down"),
        ("Violence that the war left behind has declined.", "violence", "down"),
    ],
)
def test_a_trend_is_found_with_subject_and_direction(state: State, text: str, subject: str, direction: str) -> None:
    assert [(claim.subject, claim.direction) for claim in state(text, kind="trend")] == [(subject, direction)]


@pytest.mark.parametrize(
    "text",
    [
        "Governments must act to reduce violence.",
        "The project aims at reducing gun violence.",
        "Efforts to curb the rise of kidnappings have begun.",
        "Homicides have not risen.",
        "Violence could increase after the vote.",
        "Opium poppy is grown without violence.",
        "Homicides fell far behind in the headlines.",
        "They partnered with the UN to reduce gun violence.",
    ],
)
def test_what_is_wanted_feared_denied_or_grown_is_no_trend(state: State, text: str) -> None:
    assert state(text, kind="trend") == []


def test_a_market_that_is_measured_is_a_subject_of_its_own(state: State) -> None:
    (claim,) = state("Prices of the drug collapsed.", indicator="heroin_trade", kind="trend")
    assert (claim.subject, claim.aspect, claim.direction) == ("heroin_trade_prices", "prices", "down")


def test_a_plain_word_stands_for_the_matter_of_the_sentence(state: State) -> None:
    (claim,) = state("The influx has dwindled.", indicator="human_smuggling", kind="trend")
    assert claim.subject == "human_smuggling"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Homicides rose by 30 per cent.", 30, "percent"),
        ("Homicides fell 12.5% in 2022.", 12.5, "percent"),
        ("Homicides rose 2.4-fold.", 2.4, "fold"),
        ("The number of homicides has doubled.", 2, "fold"),
        ("Homicides rose.", None, None),
    ],
)
def test_a_stated_amount_is_the_value(state: State, text: str, value: float | None, unit: str | None) -> None:
    claim = state(text, kind="trend")[0]
    assert (claim.value, claim.unit) == (value, unit)


def test_a_sentence_may_say_that_a_rise_is_over(state: State) -> None:
    rise, fall = state("Violence, which had been rising for years, has declined.", kind="trend")
    assert (rise.direction, rise.marks, fall.direction, fall.marks) == ("up", {"past"}, "down", frozenset())
