"""The sentences of an article in, what tells whether it is about organized crime at all out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ocindex.analysis.graph import Floats
from ocindex.analysis.openings import find_registers
from ocindex.analysis.passages import CUE_FEATURES

CUE_STRENGTH = np.array([0.0, 1.0, 2.0, 4.0])
"""How much a cue of each weight counts, from weight 0 on."""
GATE_FEATURES = ("bias", "share_3", "count_3", "share_sure", "share_crime", "words", "seen")
"""What an article as a whole is judged by: sentences with a cue of weight 3, such cues per sentence,
sentences in which one indicator has a strength of 6 or more, sentences with a word of crime or the law,
how much single words say for the likeliest indicator of a sentence, and how little for none by
the labelled sentences that they stand in."""
WHOLE_FROM = 6
"""Sentences from which a text is judged as an article: a single one about pistols would be shut out."""
_SURE = 6.0
_MOST_PER_SENTENCE = 2.5
_MANY_WORDS = 8.0


def gate_features(signs: Floats) -> Floats:
    """Sum up the signs of some sentences as what the gate sees, in the order of `GATE_FEATURES`."""
    share, count, *rest = signs.mean(0)
    return np.array([1.0, share, min(count, _MOST_PER_SENTENCE), *rest])


def find_signs(texts: Sequence[str], counts: Floats, cues: Floats) -> Floats:
    """Give the signs of crime of each sentence.

    Parameters
    ----------
    texts : sequence of str
        Readable sentences.
    counts, cues : array
        Their cues, as `ocindex.analysis.passages.weigh_cues` gives them.

    Returns
    -------
    array of float, N × 5
        `GATE_FEATURES` but the first and the last one.
    """
    strong = counts[:, :, 3].sum(1)
    columns = [
        strong > 0,
        strong,
        (counts @ CUE_STRENGTH >= _SURE).any(1),
        [find_registers(text)[0] for text in texts],
        np.minimum(np.expm1(cues[:, :, CUE_FEATURES.index("words")]).max(1) / _MANY_WORDS, 1),
    ]
    return np.column_stack(columns).astype(float)
