"""A sentence in, how far it says that something reaches out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ocindex.analysis.claims.clauses import clause_before, is_asserted
from ocindex.analysis.claims.record import SCOPE, Claim, Reading
from ocindex.analysis.claims.topics import find_topic, is_of_actors
from ocindex.vocabulary.statements import word_pattern, word_values

LEVELS = ("local", "regional", "national", "international", "global")
LIMITED, WIDESPREAD, CONFINED = "limited", "widespread", "confined"
_GENERAL = re.compile(
    r"^(?:(?:the )?(?:country['’]s|most|local|domestic|all|[A-Z]\w+(?:an|ian|ese|ish)) )?"
    r"(?:crime|criminal|organi[sz]ed[- ]crime|mafia[- ]style|armed|street)? ?"
    r"(?:organi[sz]ations?|groups?|gangs|networks|actors|organi[sz]ed crime|gang activity)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:a number of|prominent|foreign|international|several|some|other)\b", re.IGNORECASE)


def read_scopes(reading: Reading) -> list[Claim]:
    """Find how far actors reach, and whether a market is limited or widespread.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    list of Claim
        ``unit`` holds the reach: ``local``, ``regional``, ``national``,
        ``international``, ``global``; or the extent: ``limited``, ``widespread``.
        One per subject and unit.
    """
    found: dict[tuple[str, str | None], Claim] = {}
    for claim in sorted((*_reaches(reading), *_extents(reading)), key=lambda claim: claim.position):
        found.setdefault((claim.subject, claim.unit), claim)
    return list(found.values())


def _reaches(reading: Reading) -> Iterator[Claim]:
    text = reading.text
    for match in _acting().finditer(text):
        level = word_values("scope", "level").get(match["level"].lower(), "international")
        yield from _reach(reading, match, level, "acts")
    for match in _having().finditer(text):
        yield from _reach(reading, match, word_values("scope", "reach")[match["reach"].lower()], "has")
    for match in _tie().finditer(text):
        if _abroad(reading, match.end(), "in|across|throughout"):
            yield from _reach(reading, match, "international", "ties")
    for match in _expanding().finditer(text):
        if _abroad(reading, match.end(), "in|into|to|across|throughout"):
            yield from _reach(reading, match, "international", "acts")


def _reach(reading: Reading, match: re.Match[str], level: str, how: str) -> Iterator[Claim]:
    text = reading.text
    if not is_asserted(text, match.start()):
        return
    if not _speaks_of_actors(reading, match.start()):
        return
    marks = {how}
    if _is_general(text, match.start()):
        marks.add("general")
    yield Claim(
        reading.finding,
        SCOPE,
        reading.actor,
        unit=level,
        aspect="reach",
        marks=frozenset(marks),
        position=match.start(),
    )


def _speaks_of_actors(reading: Reading, position: int) -> bool:
    """Whether an actor reaches that far, not a law, a court or a treaty."""
    if is_of_actors(reading.actor) and reading.actor != "organized_crime":
        return True
    topic = find_topic(reading.text[:position], reading)
    return topic is not None and is_of_actors(topic.subject)


def _abroad(reading: Reading, position: int, prepositions: str) -> bool:
    """Whether a foreign place follows as a setting: "ties with groups in Europe", not "with Mexican groups"."""
    for mention in reading.mentions:
        between = reading.text[position : mention.start]
        if mention.start >= position and len(between) <= 50 and not re.search(r"[,;:]", between):
            foreign = mention.place.iso3 is None or mention.place.iso3 != reading.iso3
            into = re.search(rf"\b(?:{prepositions}) (?:the )?(?:\w+ern )?$", between) is not None
            if foreign and into:
                return True
    return False


def _extents(reading: Reading) -> Iterator[Claim]:
    text = reading.text
    for match in _extent().finditer(text):
        if not is_asserted(text, match.start("word")):
            continue
        topic = find_topic(clause_before(text, match.start()), reading, last=True)
        if topic is None or topic.aspect not in ("", "consumption", "production", "demand"):
            continue
        unit = word_values("scope", "extent")[match["word"].lower()]
        of_actors = is_of_actors(topic.subject)
        if of_actors and unit == CONFINED:
            marks = frozenset({"general"} if _is_general(text, match.start()) else ())
            yield Claim(
                reading.finding, SCOPE, topic.subject, unit="local", aspect="reach", marks=marks, position=match.start()
            )
        elif not of_actors:
            unit = LIMITED if unit == CONFINED else unit
            yield Claim(reading.finding, SCOPE, topic.subject, unit=unit, aspect="extent", position=match.start())
    for match in _throughout().finditer(text):
        if reading.indicator and is_asserted(text, match.start()) and not is_of_actors(reading.indicator):
            yield Claim(
                reading.finding, SCOPE, reading.indicator, unit="national", aspect="extent", position=match.start()
            )


def _is_general(text: str, position: int) -> bool:
    """Whether the sentence speaks of the country's groups at large, not of one or of some."""
    return _GENERAL.match(text) is not None and _OTHERS.search(text[:position]) is None


@cache
def _acting() -> re.Pattern[str]:
    level = word_pattern("scope", "level")
    return re.compile(
        rf"\b(?:{word_pattern('scope', 'act')}|operations|presence|expand\w*)\b(?: [\w’'-]+){{0,5}}? "
        rf"(?P<level>{level}|beyond (?:[\w’'-]+ ){{0,3}}?(?:borders?|frontiers?|shores))\b",
        re.IGNORECASE,
    )


@cache
def _having() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<reach>{word_pattern('scope', 'reach')}) (?:criminal )?{word_pattern('scope', 'thing')}\b",
        re.IGNORECASE,
    )


@cache
def _tie() -> re.Pattern[str]:
    return re.compile(rf"\b{word_pattern('scope', 'tie')}\b", re.IGNORECASE)


@cache
def _expanding() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:expand\w*|extend\w*|moved|spread|branched out)\b(?: (?:its|their|his) [a-z]+)?", re.IGNORECASE
    )


@cache
def _extent() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:is|are|remains?|was|were|has been|have been|becom\w+|stays?) "
        rf"(?:\w+ly |very |quite |also |still |rather |so )*"
        rf"(?P<word>{word_pattern('scope', 'extent')})\b",
        re.IGNORECASE,
    )


@cache
def _throughout() -> re.Pattern[str]:
    words = [word for word, level in word_values("scope", "level").items() if level == "national" and " " in word]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))}|nationwide)\b", re.IGNORECASE)
