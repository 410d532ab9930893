"""The names of places in, where they stand in a text out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ocindex.vocabulary.bundled import read_code_list

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# A treaty that is named after a city is no place: "the Palermo Convention".
_NOT_A_PLACE = re.compile(
    r"\s+(?:Convention|Protocol|Treaty|Statute|Process|Agreement|Accords?|Declaration|Principles)\b"
)
_PLAIN = str.maketrans("’\u00a0\u2011", "' -")


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for; ``iso3`` is null for a region of the world."""

    name: str
    iso3: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text at half-open positions in code points."""

    start: int
    end: int
    place: Place


def find_places(text: str) -> list[Mention]:
    """Find every place that a text names, the longest name first.

    Parameters
    ----------
    text : str
        Readable text; names match whole words in the case in which they are written.

    Returns
    -------
    list of Mention
        In order, not overlapping.

    Examples
    --------
    >>> [mention.place.name for mention in find_places("Guns from the US reach Papua New Guinea.")]
    ['United States', 'Papua New Guinea']
    """
    plain = text.translate(_PLAIN)
    places = _places()
    mentions: list[Mention] = []
    last = 0
    for number, start, end in sorted(_matcher().find_matches_as_indexes(plain, overlapping=True), key=_longest_first):
        if start < last or not _is_whole(plain, start, end) or _NOT_A_PLACE.match(plain, end):
            continue
        mentions.append(Mention(start, end, places[number]))
        last = end
    return mentions


@cache
def names_of_country(iso3: str) -> frozenset[str]:
    """List the names and demonyms of a country, in small letters.

    Examples
    --------
    >>> {"peru", "peruvian"} <= names_of_country("PER")
    True
    """
    kinds = ("country", "demonym")
    return frozenset(term.casefold() for term, place in _rows() if place.iso3 == iso3 and place.kind in kinds)


@cache
def words_of_peoples() -> frozenset[str]:
    """List the first words of the names of all peoples, in small letters.

    Examples
    --------
    >>> "nigerian" in words_of_peoples(), "nigeria" in words_of_peoples()
    (True, False)
    """
    kinds = ("demonym", "region_demonym")
    return frozenset(term.casefold().partition(" ")[0] for term, place in _rows() if place.kind in kinds)


@cache
def place_of_country(iso3: str) -> Place | None:
    """Give a country as a place; null where `places.csv` does not know it.

    Examples
    --------
    >>> place_of_country("TUR")
    Place(name='Türkiye', iso3='TUR', kind='country')
    """
    return next((place for _, place in _rows() if place.iso3 == iso3 and place.kind == "country"), None)


def region_or_country(name: str) -> Place | None:
    """Give the country or region of the world of exactly this canonical name.

    Examples
    --------
    >>> region_or_country("West Africa")
    Place(name='West Africa', iso3=None, kind='region')
    >>> region_or_country("Red Sea")
    """
    return _canonical().get(name)


@cache
def place_named(name: str) -> Place | None:
    """Give the place that a name, alias or demonym stands for; null where there is none.

    Examples
    --------
    >>> place_named("the US")
    >>> place_named("US")
    Place(name='United States', iso3='USA', kind='country')
    """
    return next((place for term, place in _rows() if term == name.translate(_PLAIN)), None)


@cache
def _canonical() -> dict[str, Place]:
    return {place.name: place for _, place in _rows() if place.kind in ("country", "region")}


def _longest_first(match: tuple[int, int, int]) -> tuple[int, int]:
    return match[1], -match[2]


def _is_whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return not (before.isalnum() or before == "_") and not after.isalnum()


@cache
def _rows() -> tuple[tuple[str, Place], ...]:
    rows = read_code_list("places", ("term", "place", "place_iso3", "kind", "note"))
    return tuple(
        (row["term"].translate(_PLAIN), Place(row["place"], row["place_iso3"] or None, row["kind"])) for row in rows
    )


@cache
def _places() -> tuple[Place, ...]:
    return tuple(place for _, place in _rows())


@cache
def _matcher() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick([term for term, _ in _rows()])
