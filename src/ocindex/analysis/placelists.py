"""A sentence in, its places gathered into lists, and the sentence with a mark in place of each list, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ocindex.vocabulary.constructions import CLOSE, OPEN, either, flow_words
from ocindex.vocabulary.places import Mention, find_places, place_of_country

NAME, ABBREVIATION, ADJECTIVE, PEOPLE, HYPHENED = "p", "u", "d", "n", "h"
# Kinds of place that stand in lists like any other but are no country and no region of the world.
UNMAPPED = frozenset({"city", "feature"})
_PLAIN = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u2010": "-", "\u2011": "-", OPEN: "[", CLOSE: "]"})
_TOKEN = re.compile(rf"{OPEN}\w\d+{CLOSE}|'s\b|-?[^\W_](?:[\w'.-]*\w)?|[^\w\s]")
# Words that join two places are few; a text made to try every way of joining many would take for ever.
_WIDEST_JOINT = 60
_NOT_WORDS = r"(?![\w-])"


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Places of one list, at positions in the sentence; ``kind`` is how the last is written."""

    mentions: tuple[Mention, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in small letters, one blank between words, with ``⟦p0⟧`` for its first list of places."""

    text: str
    lists: tuple[PlaceList, ...]


def mark_places(text: str, iso3: str | None) -> Marked:
    """Gather the places of a sentence into lists and put a mark where each list stood.

    Parameters
    ----------
    text : str
        Readable sentence.
    iso3 : str or None
        Country that "the country" is.

    Returns
    -------
    Marked
        Words that may stand between a preposition and its place ("countries such as") are gone from the text,
        and lists that name no place of their own ("Mexican cartels", "US dollars") are left in it as words.

    Examples
    --------
    >>> marked = mark_places("Guns from the US and Mexico reach Colombian gangs.", "PER")
    >>> marked.text
    'guns from ⟦p0⟧ reach colombian gangs . '
    >>> [mention.place.name for mention in marked.lists[0].mentions]
    ['United States', 'Mexico']
    """
    plain = text.translate(_PLAIN)
    lists = [found for found in _gather(plain, _mentions(plain, iso3)) if _names_places(plain, found)]
    pieces, position = [], 0
    for number, found in enumerate(lists):
        pieces += [plain[position : found.mentions[0].start].lower(), f" {OPEN}{found.kind}{number}{CLOSE} "]
        position = found.mentions[-1].end
    pieces.append(plain[position:].lower())
    words = " ".join(_TOKEN.findall("".join(pieces))) + " "
    return Marked(_modifiers().sub("", words), tuple(lists))


def _mentions(plain: str, iso3: str | None) -> list[Mention]:
    mentions = [mention for mention in find_places(plain) if plain[mention.end : mention.end + 1] != "$"]
    home = None if iso3 is None else place_of_country(iso3)
    if home is not None:
        taken = [(mention.start, mention.end) for mention in mentions]
        mentions += [
            Mention(match.start(), match.end(), home)
            for match in _the_country().finditer(plain)
            if all(match.end() <= start or end <= match.start() for start, end in taken)
        ]
    return sorted(mentions, key=lambda mention: mention.start)


def _gather(plain: str, mentions: Sequence[Mention]) -> list[PlaceList]:
    """Join mentions that only connectors stand between."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        near = bool(groups) and mention.start - groups[-1][-1].end <= _WIDEST_JOINT
        if near and _connectors().fullmatch(plain, groups[-1][-1].end, mention.start):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [PlaceList(tuple(group), _kind(plain, group[-1])) for group in groups]


def _kind(plain: str, last: Mention) -> str:
    if re.match(r"-\w", plain[last.end : last.end + 2]) or plain[last.start - 1 : last.start] == "-":
        return HYPHENED
    word = plain[last.start : last.end]
    if "demonym" not in last.place.kind:
        # "US citizens" but "from the US": capitals serve as name and as adjective.
        return ABBREVIATION if word.replace(".", "").isupper() else NAME
    alone = word.endswith("ese") and re.match(r"[,.;]| (?:are|were|who|have|and|or|in|on|to|from)\b", plain[last.end :])
    return PEOPLE if word.endswith("s") or alone else ADJECTIVE


def _names_places(plain: str, found: PlaceList) -> bool:
    if all(mention.place.kind in UNMAPPED for mention in found.mentions):
        return False
    last = found.mentions[-1]
    if _tails().match(plain, last.end):
        return False
    # Actors are told by any noun that an adjective leads to, and by the one right behind a name: "US troops".
    return not (_actors_after_name() if found.kind == NAME else _actors_after_adjective()).match(plain, last.end)


@cache
def _the_country() -> re.Pattern[str]:
    return re.compile(rf"\b{either(flow_words('home'))}{_NOT_WORDS}", re.IGNORECASE)


@cache
def _connectors() -> re.Pattern[str]:
    names = flow_words("connector")
    city = r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)*"
    joint = rf"(?:,|\(|\)|/|-|\u2013|&|{either(names)}{_NOT_WORDS})"
    follow = rf"{either(flow_words('follower'))}{_NOT_WORDS}"
    return re.compile(
        rf"\s?,?\s?{joint}(?:\s*(?:{joint}|{follow}))*\s*(?:{city}(?:,| and| or)(?:\s(?:and|or))?\s(?:the\s)?)?"
    )


@cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\S)(?>{either(flow_words('modifier'))})\s){{1,8}}+(?={OPEN})")


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"(?:'s?)?\s{either(flow_words('tail'))}{_NOT_WORDS}", re.IGNORECASE)


@cache
def _actors_after_name() -> re.Pattern[str]:
    return re.compile(rf"(?:'s?)?\s{either(flow_words('actor'))}{_NOT_WORDS}", re.IGNORECASE)


@cache
def _actors_after_adjective() -> re.Pattern[str]:
    stops = "and|or|in|on|to|from|for|by|of|with|who|that|which|are|is|were|was|via|through|into|at"
    between = rf"(?:(?!(?:{stops})\b)[\w'-]+\s){{0,3}}?"
    return re.compile(rf"(?:'s?)?\s{between}{either(flow_words('actor'))}{_NOT_WORDS}", re.IGNORECASE)
