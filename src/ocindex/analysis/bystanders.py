"""Cue hits of a document in, those that can tell what a sentence is about out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.cues import CueHits, match_cues
from ocindex.vocabulary.places import names_of_country

# Who says it: "According to the police, …", "…, according to a report by UNODC." A clause of its own, never a sentence.
_VOICE = re.compile(r"\b[Aa]ccording to [^,;:.]{2,100}(?:\([^)]{1,40}\))?[^,;:.]{0,40}(?=[,;:.])")


def drop_bystanders(hits: CueHits, texts: Sequence[str], iso3: str | None) -> CueHits:
    """Drop the cues that name the document's own country or people, or who says what the sentence says.

    "Peruvian" and "Peruvian gangs" point to foreign actors everywhere but in a text on Peru; "According to the
    police, cannabis is grown in the hills" is about cannabis, not the police.

    Parameters
    ----------
    hits : CueHits
    texts : sequence of str
        Readable sentences that the hits stand in.
    iso3 : str or None
        Country of the document; without one no country is dropped.

    Returns
    -------
    CueHits

    Examples
    --------
    >>> from ocindex.analysis.cues import match_cues
    >>> texts = ["According to the police, cannabis is grown in the hills."]
    >>> kept = drop_bystanders(match_cues(texts), texts, "PER")
    >>> [texts[0][start:end] for start, end in zip(kept.start, kept.end, strict=True)]
    ['cannabis', 'grown in the hills']
    """
    dropped = np.zeros(len(hits), np.bool_)
    if iso3 is not None:
        home = names_of_country(iso3)
        places = np.flatnonzero(_may_name(iso3, hits.indicators)[hits.indicator])
        columns = (hits.sentence, hits.start, hits.end)
        spans = zip(*(column[places].tolist() for column in columns), strict=True)
        words = [texts[row][start:end].casefold() for row, start, end in spans]
        dropped[places] = [word in home for word in words]
        own = tuple(f"{name}{joint}" for name in sorted(home) for joint in (" ", "-"))
        is_foreign = hits.indicator[places] == hits.indicators.index("foreign_actors")
        dropped[places] |= is_foreign & np.array([word.startswith(own) for word in words], dtype=bool)
    for row, text in enumerate(texts):
        for match in _VOICE.finditer(text) if "ccording to " in text else ():
            first, last = match.span()
            dropped |= (hits.sentence == row) & (first <= hits.start) & (hits.end <= last)
    if not dropped.any():
        return hits
    kept = np.flatnonzero(~dropped)
    return replace(
        hits,
        sentence=hits.sentence[kept],
        indicator=hits.indicator[kept],
        weight=hits.weight[kept],
        start=hits.start[kept],
        end=hits.end[kept],
    )


@cache
def _may_name(iso3: str, indicators: tuple[str, ...]) -> NDArray[np.bool_]:
    """Tell which indicators the lexicon has the names of a country for; few hits need to be compared."""
    found = match_cues(sorted(names_of_country(iso3)))
    pointed = {found.indicators[number] for number in found.indicator.tolist()}
    return np.array([code in pointed for code in indicators])
