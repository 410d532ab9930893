"""A sentence about a market in, the places that it gives a role in a movement out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ocindex.analysis.placelists import UNMAPPED, Marked, PlaceList, mark_places
from ocindex.vocabulary.constructions import (
    AS_SAID,
    ENDS,
    NO_ROLE,
    OPEN,
    ROLES,
    Construction,
    constructions_in,
    either,
    role_words,
    words_pattern,
)
from ocindex.vocabulary.places import Mention

_PEOPLE_MARKETS = ("human_trafficking", "human_smuggling")
_MARK = re.compile(rf"{OPEN}\w(\d+)")
_CLAUSE = re.compile(r"[;:,]|\b(?:but|whereas|while|although|though|because|which|who)\b")
_ABROAD = re.compile(r"\b(?:abroad|overseas)\b")
# Characters around a wording in which goods make it one of trade, and before it in which its clause begins.
_NEAR = 80
_CLAUSE_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Role:
    """A mention of a place and the role that the sentence gives it."""

    role: str
    mention: Mention


def find_roles(text: str, iso3: str | None, indicator: str) -> list[Role]:
    """Find the places that a sentence names as origin, transit or destination.

    Parameters
    ----------
    text : str
        Readable sentence.
    iso3 : str or None
        Country that the text is about: "the country".
    indicator : str
        Market that the sentence speaks of; its people may be what is moved.

    Returns
    -------
    list of Role
        In order of position; each role of a place once, at its first mention.

    Examples
    --------
    >>> found = find_roles("Peru is a transit point for weapons from the US to Colombia.", "PER", "arms_trafficking")
    >>> [(item.role, item.mention.place.name) for item in found]
    [('transit', 'Peru'), ('origin', 'United States'), ('destination', 'Colombia')]
    """
    marked = mark_places(text, iso3)
    if not marked.lists:
        return []
    found: dict[tuple[str, str], Role] = {}
    for role, mention in _given(marked, iso3, indicator):
        if mention.place.kind not in UNMAPPED:
            key = (role, mention.place.name)
            if key not in found or mention.start < found[key].mention.start:
                found[key] = Role(role, mention)
    return sorted(found.values(), key=lambda item: (item.mention.start, ROLES.index(item.role)))


def _given(marked: Marked, iso3: str | None, indicator: str) -> Iterator[tuple[str, Mention]]:
    """Give the role of each mention by the most specific wording on either side of its list."""
    decided: set[tuple[int, bool]] = set()
    for construction in constructions_in(marked.text):
        for match in construction.pattern.finditer(marked.text):
            number = int(_MARK.findall(match[0])[-1 if construction.is_before else 0])
            side = (number, construction.is_before)
            places = marked.lists[number]
            if side in decided or not _is_met(construction, match, marked, places, iso3, indicator):
                continue
            decided.add(side)
            if not _is_negated(marked.text, match):
                yield from _roles_of(construction, match, places)


def _roles_of(construction: Construction, match: re.Match[str], places: PlaceList) -> Iterator[tuple[str, Mention]]:
    if construction.role == ENDS:
        if len(places.mentions) == 2:
            yield from zip(("origin", "destination"), places.mentions, strict=True)
    elif construction.role == AS_SAID:
        for role, words in role_words().items():
            if re.search(rf"(?<!\S){either(words)}(?!\S)", match["roles"]):
                for mention in places.mentions:
                    yield role, mention
    elif construction.role != NO_ROLE:
        for mention in places.mentions:
            yield construction.role, mention


def _is_met(
    construction: Construction,
    match: re.Match[str],
    marked: Marked,
    places: PlaceList,
    iso3: str | None,
    indicator: str,
) -> bool:
    """Tell whether the sentence has what the wording needs besides its own words."""
    needs, text = construction.needs, marked.text
    at_home = all(mention.place.iso3 == iso3 for mention in places.mentions)
    if needs == "movement":
        return any(pattern.search(text) for pattern in (_moved(), _goods()))
    if needs == "people":
        abroad = not at_home or _ABROAD.search(text) or len(marked.lists) > 1
        return indicator in _PEOPLE_MARKETS and bool(abroad)
    if needs == "taken":
        return not at_home or len(marked.lists) > 1
    if needs == "supplying":
        return _goods().search(text, max(0, match.start() - _NEAR), match.end() + _NEAR) is not None
    return needs != "abroad" or not at_home


def _is_negated(text: str, match: re.Match[str]) -> bool:
    """Tell whether a negation stands in the same clause, at or before the wording."""
    earliest = max(0, match.start() - _CLAUSE_LENGTH)
    opening = max((found.end() for found in _CLAUSE.finditer(text, earliest, match.start())), default=earliest)
    clause = _unnegated().sub(" ", text[opening : match.end()])
    return _negations().search(clause) is not None


@cache
def _moved() -> re.Pattern[str]:
    return _any_of("moved")


@cache
def _goods() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{words_pattern('goods')}|{words_pattern('people')})(?!\S)")


@cache
def _negations() -> re.Pattern[str]:
    return _any_of("negation")


@cache
def _unnegated() -> re.Pattern[str]:
    return _any_of("unnegated")


def _any_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){words_pattern(name)}(?!\S)")
