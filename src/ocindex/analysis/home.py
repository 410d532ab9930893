"""Cue hits of a document in, those that say more than its own country's name out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocindex.analysis.cues import CueHits
from ocindex.vocabulary.places import names_of_country


def drop_home_names(hits: CueHits, texts: Sequence[str], iso3: str | None) -> CueHits:
    """Drop the cues that are nothing but the document's own country or people.

    "Peruvian" points to foreign actors everywhere but in a text on Peru.

    Parameters
    ----------
    hits : CueHits
    texts : sequence of str
        Readable sentences that the hits stand in.
    iso3 : str or None
        Country of the document; without one nothing is dropped.
    """
    if iso3 is None:
        return hits
    home = names_of_country(iso3)
    places = zip(hits.sentence.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)
    kept = np.array([texts[sentence][start:end].casefold() not in home for sentence, start, end in places], dtype=bool)
    return replace(
        hits,
        sentence=hits.sentence[kept],
        indicator=hits.indicator[kept],
        weight=hits.weight[kept],
        start=hits.start[kept],
        end=hits.end[kept],
    )
