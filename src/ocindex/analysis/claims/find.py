"""The findings of a document in, its checkable statements out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ocindex.analysis.about import AUTHORITIES, ELSEWHERE, judge_about
from ocindex.analysis.claims.events import read_events
from ocindex.analysis.claims.periods import find_periods, period_of
from ocindex.analysis.claims.quantities import read_quantities
from ocindex.analysis.claims.ranks import read_ranks
from ocindex.analysis.claims.record import EVENT, RANK, ROLE, Claim, Reading
from ocindex.analysis.claims.roles import read_roles
from ocindex.analysis.claims.scopes import read_scopes
from ocindex.analysis.claims.trends import read_trends
from ocindex.analysis.claims.voices import find_speaker, is_hedged
from ocindex.analysis.findings import Finding
from ocindex.reading.document import Source
from ocindex.vocabulary.places import Mention, Place, find_places, place_of_country, region_or_country

_SET_IN = re.compile(r"\b(?:in|across|inside|within|throughout) (?:neighbou?ring |the )?(?:\w+ern )?$", re.IGNORECASE)
_THE_REGION = re.compile(r"\b(?:in|across|throughout) the (?:wider |whole |entire )?(?:region|subregion|continent)\b")
# What runs on for longer is a table or a list without stops; reading each clause of it would take hours.
_LONGEST = 2_000
_NEAR = 60


def find_claims(findings: Sequence[Finding], source: Source) -> list[Claim]:
    """Find the checkable statements of a document, also in sentences without an indicator.

    Parameters
    ----------
    findings : sequence of Finding
        Of one document, in reading order.
    source : Source
        Gives the country that its sentences are about by default.

    Returns
    -------
    list of Claim
        In reading order; several per sentence where it says several things. A
        sentence of more than 2 000 characters is none and has no claim.
    """
    home = place_of_country(source.iso3) if source.iso3 else None
    claims = []
    speaker: str | None = None
    for finding in findings:
        text = finding.sentence.text
        if len(text) > _LONGEST:
            continue
        reading = Reading(finding, text, home.name if home else None, source.iso3, tuple(find_places(text)))
        speaker = find_speaker(text, speaker)
        claims += [_complete(claim, reading, home, speaker) for claim in _read(reading)]
    return claims


def _read(reading: Reading) -> list[Claim]:
    periods = find_periods(reading.text)
    found = [
        *read_ranks(reading),
        *read_trends(reading),
        *read_quantities(reading),
        *read_scopes(reading),
        *read_roles(reading),
    ]
    dated = [replace(claim, period=period_of(periods, reading.text, claim.position)) for claim in found]
    return sorted((*dated, *read_events(reading, periods)), key=lambda claim: (claim.position, claim.kind))


def _complete(claim: Claim, reading: Reading, home: Place | None, speaker: str | None) -> Claim:
    hedged = claim.hedged or is_hedged(reading.text)
    if claim.kind == ROLE:
        return replace(claim, hedged=hedged, attributed_to=speaker)
    place, marks = _place(claim, reading, home)
    # A sea or a river is no place that a claim is filed under.
    place = region_or_country(place.name) if place else None
    return replace(
        claim,
        hedged=hedged,
        attributed_to=speaker,
        place=place.name if place else None,
        place_iso3=place.iso3 if place else None,
        marks=claim.marks | marks,
    )


def _place(claim: Claim, reading: Reading, home: Place | None) -> tuple[Place | None, frozenset[str]]:
    """Say which place a claim is about: the document's country unless the sentence is set elsewhere."""
    if claim.kind == EVENT:
        actor = _foreign_authority(reading, claim)
        if actor is not None:
            return actor, frozenset()
    if any(mention.place.iso3 == reading.iso3 for mention in reading.mentions if reading.iso3):
        return home, frozenset()
    # A profile's sentences count as its country's for evidence; what one says of a neighbour is still the neighbour's.
    if judge_about(reading.text, reading.iso3) == ELSEWHERE:
        return _country_of(_setting(reading) or reading.mentions[0]), frozenset()
    if claim.kind != RANK:
        for mention in reading.mentions:
            if mention.place.kind == "region" and _is_set_near(reading, mention, claim.position):
                return mention.place, frozenset()
        if _THE_REGION.search(reading.text):
            return None, frozenset({"region"})
    return home, frozenset()


def _setting(reading: Reading) -> Mention | None:
    return next((mention for mention in reading.mentions if _SET_IN.search(reading.text[: mention.start])), None)


def _is_set_near(reading: Reading, mention: Mention, position: int) -> bool:
    """Whether "in Africa" stands by the claim, not in what follows much later."""
    return abs(mention.start - position) <= _NEAR and _SET_IN.search(reading.text[: mention.start]) is not None


def _foreign_authority(reading: Reading, claim: Claim) -> Place | None:
    for mention in reading.mentions:
        if mention.place.iso3 == reading.iso3 or mention.start > claim.position:
            return None
        if AUTHORITIES.match(reading.text, mention.end):
            return _country_of(mention)
    return None


def _country_of(mention: Mention) -> Place:
    """A city or a people stands for its country."""
    return (place_of_country(mention.place.iso3) if mention.place.iso3 else None) or mention.place
