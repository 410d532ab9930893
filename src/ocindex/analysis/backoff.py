"""A word in, what the lexicon's terms that have it say for each indicator out, where no cue is met."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from ocindex.analysis.graph import Floats
from ocindex.analysis.stems import SentenceStems, StemOdds
from ocindex.vocabulary.indicators import indicators_of, newest_edition
from ocindex.vocabulary.lexicon import cues
from ocindex.vocabulary.spelling import fold_words

_ENDINGS = ("ings", "ing", "ers", "ies", "ed", "es", "er", "s")
_FUNCTION_WORDS = frozenset(
    "the of and in to for a on by with from as at is are or its their into be that this it has have been not no an who "
    "which than more most out up over under off per they them was were will also such these those one two".split()
)
_WEIGHT = {3: 2.0, 2: 1.0, 1: 0.4}
_SMOOTHING = 4.0
_MOST = 2.5
UNKNOWN = -1
"""Row of a word that the lexicon does not have."""


class StemTable:
    """What each stem of the lexicon says for each indicator; each surface word is stemmed once.

    A word says what the lexicon's terms that contain it say: the log-odds of an
    indicator among them, smoothed towards no opinion, never below 0 or above 2.5.

    Notes
    -----
    A naive-Bayes table whose only training text is the lexicon (McCallum and
    Nigam 1998, multinomial model).
    """

    def __init__(self, rows: dict[str, int], odds: Floats) -> None:
        self._rows = rows
        self._odds = StemOdds(odds)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def stems(self) -> tuple[str, ...]:
        """Stems in the order of their rows."""
        return tuple(self._rows)

    def row_of(self, word: str) -> int:
        """Give the row of a lower-case word; `UNKNOWN` where the lexicon does not have it."""
        return self._rows.get(stem_of(word), UNKNOWN)

    def weigh(self, stems: SentenceStems) -> Floats:
        """Give the logarithm of one plus what the stems of each sentence say together, sentences × indicators."""
        return np.log1p(self._odds.add_up(stems))


@cache
def stem_table() -> StemTable:
    """Give the table of the bundled lexicon."""
    listed = [item.code for item in indicators_of(newest_edition())]
    column = {code: number for number, code in enumerate(listed)}
    rows: dict[str, int] = {}
    places: list[tuple[int, int]] = []
    weights: list[float] = []
    for cue in cues():
        stems = [stem for word in " ".join(cue.pieces).replace("*", "").split() if (stem := _stem(word))]
        for stem in stems:
            places.append((rows.setdefault(stem, len(rows)), column[cue.indicator]))
            weights.append(_WEIGHT[cue.weight] / len(stems) ** 0.5)
    counts = np.zeros((len(rows), len(listed)))
    where = np.array(places)
    np.add.at(counts, (where[:, 0], where[:, 1]), weights)
    totals = counts.sum(0)
    shares = counts / np.maximum(totals, 1) * totals.mean()
    smoothed = (shares + _SMOOTHING / len(listed)) / (shares.sum(1, keepdims=True) + _SMOOTHING)
    return StemTable(rows, np.clip(np.log(smoothed * len(listed)), 0, _MOST))


@lru_cache(maxsize=1 << 16)
def stem_of(word: str) -> str:
    """Give the stem of a lower-case word in any spelling; a function word has none.

    Examples
    --------
    >>> stem_of("smugglers"), stem_of("the")
    ('smuggl', '')
    """
    return _stem(fold_words(word))


def _stem(word: str) -> str:
    """Cut a regular ending off; a function word has no stem."""
    if word in _FUNCTION_WORDS or len(word) < 2:
        return ""
    if len(word) > 3:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                return word[: -len(ending)]
    return word
