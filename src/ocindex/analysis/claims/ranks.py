"""A sentence in, the ranks that it gives out."""

from __future__ import annotations

import re
from functools import cache

from ocindex.analysis.claims.clauses import is_asserted, is_past
from ocindex.analysis.claims.record import RANK, Claim, Reading
from ocindex.analysis.claims.topics import Topic, find_topic
from ocindex.vocabulary.places import find_places
from ocindex.vocabulary.statements import word_pattern, word_values

_AMONG = re.compile(r"\b(?:one of|among|some of) (?:the |its )?(?:[\w’']+ )?$", re.IGNORECASE)
_AS_WELL_AS = re.compile(r"\b(?:second|next|third) to none\b")
_IN = re.compile(r"\s*\b(?:in|of|across) (?:the )?")


def read_ranks(reading: Reading) -> list[Claim]:
    """Find each rank: "the second-largest producer of cocaine in the world".

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    list of Claim
        ``value`` from 1, null for "one of the largest" (hedged); ``unit`` names
        what the rank is in: ``rank in the world``, ``rank``.
    """
    text = reading.text
    claims = [] if (placed := _placed(reading)) is None else [placed]
    for match in _superlative().finditer(text):
        noun = _noun().search(text, match.end(), match.end() + 60)
        if noun is not None and (_is_cut(text[match.end() : noun.start()])):
            noun = None
        group = _group(text, match, noun.end() if noun else match.end())
        needs_both = match["common"] is None
        if (needs_both and noun is None and group is None) or not is_asserted(text, match.start()):
            continue
        if needs_both and noun is not None and noun["loose"] and group is None and not match["ordinal"]:
            continue
        topic = _topic(reading, match, noun)
        if topic is None:
            continue
        among = _AMONG.search(text[: match.start()]) is not None
        claim = Claim(
            reading.finding,
            RANK,
            topic.subject,
            value=None if among else _value(match),
            unit=f"rank {group}" if group else "rank",
            hedged=among,
            aspect=_aspect(match, noun),
            marks=frozenset({"past"} if is_past(text, match.start(), match.end()) else ()),
            position=match.start(),
        )
        claims.append(claim)
    return claims


def _placed(reading: Reading) -> Claim | None:
    """A rank that is given as a place: "ranks third among the world's coca producers"."""
    text = reading.text
    match = _ranked().search(text)
    if match is None or reading.indicator is None or not is_asserted(text, match.start()):
        return None
    place = match["ordinal"].lower()
    value = float(place) if place.isdigit() else float(word_values("rank", "ordinal")[place])
    noun = _noun().search(text, match.end(), match.end() + 60)
    whose = re.search(rf"\b{word_pattern('rank', 'whose')}", text[match.end() :], re.IGNORECASE)
    group = word_values("rank", "whose")[whose[0].lower()] if whose else _group(text, match, match.end())
    aspect = f"largest {_thing(noun)}" if noun else "place"
    return Claim(
        reading.finding, RANK, reading.indicator, value=value, unit=f"rank {group}" if group else "rank", aspect=aspect,
        position=match.start(),
    )  # fmt: skip


def _topic(reading: Reading, match: re.Match[str], noun: re.Match[str] | None) -> Topic | None:
    end = noun.end() if noun else match.end()
    of = re.match(r" (?:of|for) ((?:[\w’'-]+ ?){1,4})", reading.text[end:])
    words = reading.text[match.end() : end] + (f" {of[1]}" if of else "")
    topic = find_topic(words, reading)
    if topic is None and reading.indicator is not None:
        return Topic(reading.indicator)
    return None if topic is None else Topic(topic.subject if not topic.aspect else reading.indicator or topic.subject)


def _aspect(match: re.Match[str], noun: re.Match[str] | None) -> str:
    superlative = (match["superlative"] or match["common"] or "").lower()
    kind = superlative if superlative in ("highest", "worst", "deadliest") or match["common"] else "largest"
    return f"{kind} {_thing(noun)}".strip()


def _thing(noun: re.Match[str] | None) -> str:
    if noun is None:
        return ""
    return {**word_values("rank", "noun"), **word_values("rank", "loose")}[noun[0].lower()]


def _group(text: str, match: re.Match[str], end: int) -> str | None:
    whose = match.groupdict().get("whose")
    if whose:
        listed = word_values("rank", "whose").get(whose.strip().lower())
        if listed:
            return listed
    owner = [
        mention
        for mention in find_places(text[: match.start()])
        if text[mention.end : match.start()].strip() in ("'s", "’s")
    ]
    if owner:
        return f"in {owner[0].place.name}"
    rest = re.split(r"[,;:]|\bwith\b|\bwhich\b", text[end:])[0]
    named = _group_words().search(rest)
    if named and named.start() < 60:
        return word_values("rank", "group")[named[0].lower()]
    for mention in find_places(rest):
        if mention.start < 60 and re.search(r"\b(?:in|across) (?:the )?(?:\w+ern )?$", rest[: mention.start]):
            return f"in {mention.place.name}" if mention.place.kind != "demonym" else None
    return None


def _value(match: re.Match[str]) -> float:
    if match["ordinal"]:
        return float(word_values("rank", "ordinal")[match["ordinal"].lower()])
    return 1.0


def _is_cut(words: str) -> bool:
    return re.search(r"[,;:.()]|\b(?:is|are|was|were|of|in|for|and)\b", words) is not None


@cache
def _superlative() -> re.Pattern[str]:
    ordinal, superlative = word_pattern("rank", "ordinal"), word_pattern("rank", "superlative")
    return re.compile(
        rf"(?P<whose>\b{word_pattern('rank', 'whose')} )?(?<!\w)"
        rf"(?:(?:(?P<ordinal>{ordinal})[- ](?:most )?)?(?P<superlative>{superlative})"
        rf"|(?P<common>{word_pattern('rank', 'common')}))(?!\w)",
        re.IGNORECASE,
    )


@cache
def _ranked() -> re.Pattern[str]:
    return re.compile(
        rf"\brank(?:s|ed|ing)? (?:as (?:the )?|in |at )?(?:number |No\. ?|#)?"
        rf"(?P<ordinal>{word_pattern('rank', 'ordinal')}|\d{{1,3}})"
        r"(?:st|nd|rd|th)?(?= (?:among|in|of|for|worldwide|globally|place))",
        re.IGNORECASE,
    )


@cache
def _noun() -> re.Pattern[str]:
    # Any text calls a group leading or a problem top; these rank only within a group that is named.
    return re.compile(
        rf"\b(?:{word_pattern('rank', 'noun')}|(?P<loose>{word_pattern('rank', 'loose')}))\b", re.IGNORECASE
    )


@cache
def _group_words() -> re.Pattern[str]:
    return re.compile(rf"\b{word_pattern('rank', 'group')}\b", re.IGNORECASE)
