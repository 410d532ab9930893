"""A sentence on a market in, who it says supplies, moves or receives out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ocindex.analysis.claims.clauses import clause_before, is_asserted, is_past
from ocindex.analysis.claims.record import ROLE, Claim, Reading, is_of
from ocindex.vocabulary.places import Mention
from ocindex.vocabulary.statements import word_pattern, word_values

_UNMOVED = ("extortion_and_protection_racketeering", "cyber_dependent_crimes", "financial_crimes")
ORIGIN, TRANSIT, DESTINATION = "origin", "transit", "destination"
_BE = re.compile(r"\b(?:is|are|was|were|remains?|became|has become|serves? as|served as|acts? as|used as|as)\b")
_WINDOW = re.compile(r"[^.;:]*?(?=\b(?:for|of|through|where|which|to)\b|[.;:]|$)")
_THE_COUNTRY = re.compile(r"\b(?:[Tt]he country|[Ii]t|[Tt]his (?:illicit )?market)\b")
_MOVING = re.compile(
    r"\b(?:smuggl|traffick|ship|export|import|transport|sent\b|mov(?:e|es|ed|ing)\b|carried|brought|bring|flow|travel|heading"
    r"|headed|route|sourc|arriv|enter|reach|bound|destin|come|came|goes|flown|transit|influx|landed|leaves?\b|en route"
    r"|crosse?|pass|run(?:s|ning)?\b|recruit|convey|tak(?:e|en)\b)"
)
_LIST = re.compile(r",?\s*(?:,|and|or|&|as well as|,? and then|on to)\s+(?:the |neighbou?ring |then |on to |mainly )?$")
_FILL = r"(?:(?:[\w-]+ ){0,4}(?:countries|states|places|markets|regions),? (?:including|such as|like|particularly|mainly|among them) )?"
_SET = r"(?:the |neighbou?ring |nearby |parts of |as far as |mainly |the direction of |\w+ern )*"
_FROM = re.compile(rf"\b(?:from|out of) {_FILL}{_SET}$")
_TO = re.compile(
    rf"\b(?:to|into|towards?|bound for|(?:destined|intended|meant|headed|heading|leaving|leaves|leave)(?: \w+ly)? for|reach"
    rf"|reaches|reaching|reached|in the direction of) {_FILL}{_SET}$"
)
_THROUGH = re.compile(rf"\b(?:via|through|by way of|across|transiting|crosses|crossing|cross) {_FILL}{_SET}$")
_NOT_MOVED = re.compile(r"\b(?:thanks|according|close|next|similar|due|belong\w*|link\w*|tie[sd]?|sold|owed|known|compared|apart|different) $")


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
    if market is None:
        return []
    found: dict[tuple[str | None, str | None], Claim] = {}
    for claim in (*_of_country(reading, market), *_at_home(reading, market), *_of_partners(reading, market)):
        found.setdefault((claim.unit, claim.place), claim)
    return sorted(found.values(), key=lambda claim: claim.position)


def _market(reading: Reading) -> str | None:
    # The places of a passage on foreign actors are theirs, not the goods'.
    if reading.indicator in _UNMOVED or not is_of(reading.indicator, "criminal_markets"):
        return None
    return reading.indicator


def _of_country(reading: Reading, market: str) -> Iterator[Claim]:
    """A country that is called a source, a transit point or a destination."""
    text = reading.text
    for verb in _BE.finditer(text):
        window = _WINDOW.match(text, verb.end())
        after = text[window.end() : window.end() + 4] if window else ""
        if window is None or not is_asserted(text, verb.start()) or not re.match(r"for|of|thr", after):
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
        if before[mention.start :].strip() and len(before) - mention.end <= 25 and mention.place.iso3:
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
        if match and is_asserted(text, match.start()):
            yield Claim(
                reading.finding, ROLE, market, unit=role, place=reading.country, place_iso3=reading.iso3, aspect=aspect,
                position=match.start(),
            )  # fmt: skip


def _of_partners(reading: Reading, market: str) -> Iterator[Claim]:
    """Places that goods or people come from, pass or go to."""
    text = reading.text
    if not _MOVING.search(text):
        return
    role: str | None = None
    before: Mention | None = None
    for mention in reading.mentions:
        between = text[before.end : mention.start] if before else None
        if between is None or not _LIST.fullmatch(between):
            role = _role_before(text, mention.start)
        before = mention
        if role is None or mention.place.kind not in ("country", "region"):
            continue
        yield Claim(
            reading.finding, ROLE, market, unit=role, place=mention.place.name, place_iso3=mention.place.iso3,
            aspect="partner" if mention.place.iso3 != reading.iso3 else "entry", position=mention.start,
        )  # fmt: skip


def _role_before(text: str, start: int) -> str | None:
    before = text[:start]
    for pattern, role in ((_FROM, ORIGIN), (_TO, DESTINATION), (_THROUGH, TRANSIT)):
        match = pattern.search(before)
        if match and not _NOT_MOVED.search(before[: match.start()]) and is_asserted(text, match.start()):
            return role
    return None


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
        rf"\b(?:inside|within) (?:the country|[A-Z]\w+),[^.;]*?\b{word_pattern('role', 'final')}\b"
        rf"|\b{word_pattern('role', 'final')}\b[^.;,]{{0,40}}\b(?:inside|within) the country\b"
    )
