"""A sentence on a market in, who it says supplies, moves or receives out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ocindex.analysis.claims.clauses import clause_before, is_asserted, is_demanded, is_past
from ocindex.analysis.claims.record import ROLE, Claim, Reading, is_of
from ocindex.analysis.claims.topics import market_of_words
from ocindex.vocabulary.statements import word_pattern, word_values

ORIGIN, TRANSIT, DESTINATION = "origin", "transit", "destination"
_BE = re.compile(r"\b(?:is|are|was|were|remains?|became|has become|serves? as|served as|acts? as|used as|as)\b")
_WINDOW = re.compile(r"[^.;:]*?(?=\b(?:for|of|through|where|which|to)\b|[.;:]|$)")
_DENIED = re.compile(r"\s*(?:not|no|never|neither|hardly|no longer|n['’]t)\b")
_NEAR = 25
_THE_COUNTRY = re.compile(r"\b(?:[Tt]he country|[Ii]t|[Tt]his (?:illicit )?market)\b")


def read_roles(reading: Reading) -> list[Claim]:
    """Find the role that a market gives to each place.

    Parameters
    ----------
    reading : Reading
        Only sentences of criminal markets have roles.

    Returns
    -------
    list of Claim
        ``unit`` holds the role: ``origin``, ``transit`` or ``destination``;
        ``place`` who has it. One per role and place.
    """
    market = _market(reading)
    of_country = (*_of_country(reading, market), *_at_home(reading, market)) if market else ()
    found: dict[tuple[str | None, str | None], Claim] = {}
    # What a country is called says more than that something enters it.
    for claim in (*of_country, *_of_partners(reading)):
        found.setdefault((claim.unit, claim.place), claim)
    return sorted(found.values(), key=lambda claim: claim.position)


def _market(reading: Reading) -> str | None:
    """The market that a sentence is about, or the one whose goods it names."""
    # The places of a passage on foreign actors are theirs, not the goods'.
    if reading.indicator is not None:
        return reading.indicator if is_of(reading.indicator, "criminal_markets") else None
    return market_of_words(reading.text) or next((flow.indicator for flow in reading.finding.flows), None)


def _of_country(reading: Reading, market: str) -> Iterator[Claim]:
    """A country that is called a source, a transit point or a destination."""
    text = reading.text
    for verb in _BE.finditer(text):
        window = _WINDOW.match(text, verb.end())
        after = text[window.end() : window.end() + 4] if window else ""
        if (
            window is None
            or _DENIED.match(window[0])
            or not is_asserted(text, verb.start())
            or not re.match(r"for|of|thr", after)
        ):
            continue
        holder = _holder(reading, text[: verb.start()])
        if holder is None:
            continue
        for word in _country_words().finditer(window[0]):
            role = word_values("role", "country")[word[0].lower()]
            marks = frozenset({"past"} if is_past(text, verb.start(), verb.end()) else ())
            yield Claim(
                reading.finding, ROLE, market, unit=role, place=holder[0], place_iso3=holder[1], aspect="country",
                marks=marks, position=verb.start(),
            )  # fmt: skip


def _holder(reading: Reading, before: str) -> tuple[str, str | None] | None:
    """Say which country the words before "is a transit point" speak of."""
    clause = clause_before(before, len(before))
    for mention in reversed([m for m in reading.mentions if m.end <= len(before)]):
        if len(before) - mention.end <= _NEAR and mention.place.iso3:
            return mention.place.name, mention.place.iso3
    if _THE_COUNTRY.search(clause) and reading.country:
        return reading.country, reading.iso3
    return None


def _at_home(reading: Reading, market: str) -> Iterator[Claim]:
    """Goods from the country's own forces, and goods handed out inside it."""
    text = reading.text
    if reading.country is None:
        return
    for pattern, role, aspect in ((_from_forces(), ORIGIN, "domestic"), (_inside(), DESTINATION, "final")):
        match = pattern.search(text)
        if match and is_asserted(text, match.start()) and _is_home(reading, match):
            yield Claim(
                reading.finding, ROLE, market, unit=role, place=reading.country, place_iso3=reading.iso3, aspect=aspect,
                position=match.start(),
            )  # fmt: skip


def _is_home(reading: Reading, match: re.Match[str]) -> bool:
    """Whether "inside X" is inside the country, not inside Europe."""
    place = match.groupdict().get("place")
    at = match.start("place") if place else 0
    return place is None or any(
        mention.start == at and mention.place.iso3 == reading.iso3 for mention in reading.mentions
    )


def _of_partners(reading: Reading) -> Iterator[Claim]:
    """Places that goods or people come from, pass or go to: the flows of the sentence."""
    for flow in reading.finding.flows:
        position = flow.start - reading.finding.sentence.start
        if is_demanded(reading.text, position):
            continue
        yield Claim(
            reading.finding, ROLE, flow.indicator, unit=flow.role, place=flow.place, place_iso3=flow.place_iso3,
            aspect="partner" if flow.place_iso3 is None or flow.place_iso3 != reading.iso3 else "entry",
            position=position,
        )  # fmt: skip


@cache
def _country_words() -> re.Pattern[str]:
    return re.compile(rf"\b{word_pattern('role', 'country')}\b", re.IGNORECASE)


@cache
def _from_forces() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:stolen|bought|diverted|leaked|leaks|acquired|obtained|purchased|sourced|taken)(?: or \w+)? from "
        rf"(?:[\w-]+ ){{0,3}}{word_pattern('role', 'force')}\b",
        re.IGNORECASE,
    )


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:inside|within) (?:the country|(?P<place>[A-Z]\w+)),[^.;]*?\b{word_pattern('role', 'final')}\b"
        rf"|\b{word_pattern('role', 'final')}\b[^.;,]{{0,40}}\b(?:inside|within) the country\b"
    )
