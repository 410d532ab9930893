"""Cue hits of a document in, those that can tell what a sentence is about out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocindex.analysis.cues import CueHits
from ocindex.vocabulary.places import names_of_country

# Who says it: "According to the police, …", "…, according to a report by UNODC." A clause of its own, never a sentence.
_VOICE = re.compile(r"\b[Aa]ccording to [^,;:.]{2,100}(?:\([^)]{1,40}\))?[^,;:.]{0,40}(?=[,;:.])")


def drop_bystanders(hits: CueHits, texts: Sequence[str], iso3: str | None) -> CueHits:
    """Drop the cues that name the document's own country or people, or who says what the sentence says.

    "Peruvian" points to foreign actors everywhere but in a text on Peru; "According to the
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
    home = frozenset() if iso3 is None else names_of_country(iso3)
    voices = {
        row: [match.span() for match in _VOICE.finditer(text)]
        for row, text in enumerate(texts)
        if "ccording to " in text
    }
    kept = np.ones(len(hits), dtype=bool)
    for place, (row, start, end) in enumerate(
        zip(hits.sentence.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)
    ):
        is_home = texts[row][start:end].casefold() in home
        kept[place] = not is_home and not any(first <= start and end <= last for first, last in voices.get(row, ()))
    return replace(
        hits,
        sentence=hits.sentence[kept],
        indicator=hits.indicator[kept],
        weight=hits.weight[kept],
        start=hits.start[kept],
        end=hits.end[kept],
    )
