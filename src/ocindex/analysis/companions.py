"""Labelled sentences in, which words go with which further indicator, and with which of their own, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ocindex.analysis.backoff import UNKNOWN, stem_table
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.labels import label_codes, label_columns
from ocindex.analysis.numbers import read_number, read_rows
from ocindex.analysis.stems import SentenceStems, StemOdds
from ocindex.analysis.wordcounts import weigh_labels
from ocindex.errors import VocabularyError
from ocindex.vocabulary.indicators import NONE

# Log-odds nearer to 0 than this say too little to be kept.
_LEAST_FILED, _LEAST_SEEN = 0.5, 0.7
_LOWEST, _HIGHEST = -1.0, 2.5
# A stem of fewer sentences than this says nothing: there are very many of them.
_FEWEST = 4
_WORD = re.compile(r"[^\W\d_]\w*")
_HEADER = ["stem", "indicator", "filed", "seen"]
# Sums of log-odds run to about eight; weights are easier to fit near one.
_SCALE = 8.0


@dataclass(frozen=True, slots=True)
class Companions:
    """What the lexicon's stems say by labelled sentences.

    ``odds`` has 2 × L columns: for a further indicator, then for the sentence's own.
    """

    odds: StemOdds

    def weigh(self, stems: SentenceStems) -> tuple[Floats, Floats]:
        """Say how strongly the words of each sentence speak for each indicator.

        Returns
        -------
        filed, seen : array of float, sentences × indicators
            As a further indicator, and as the sentence's own.
        """
        filed, seen = np.split(self.odds.add_up(stems) / _SCALE, 2, axis=1)
        return filed, seen


def telling_words(companions: Companions, text: str, indicator: str, *, most: int = 3) -> tuple[str, ...]:
    """List the words of a sentence that speak most for a further indicator, strongest first, each once.

    Parameters
    ----------
    companions : Companions
    text : str
        Readable sentence.
    indicator : str
        Code of the further indicator.
    most : int
        Number of words.

    Examples
    --------
    >>> from ocindex.analysis.model import bundled_model
    >>> telling_words(bundled_model().secondary.companions, "It was sold.", "state_embedded_actors")
    ('sold',)
    """
    odds = companions.odds.dense()[:, label_columns()[indicator]]
    found: dict[str, float] = {}
    for word in _WORD.findall(text):
        row = stem_table().row_of(word.lower())
        if row != UNKNOWN and odds[row] > 0:
            found.setdefault(word, float(odds[row]))
    return tuple(sorted(found, key=lambda word: (-found[word], word)))[:most]


@dataclass(frozen=True, slots=True)
class CompanionCounts:
    """In how many labelled sentences each stem of the lexicon stands, and how many there are.

    ``seen`` (stems × (L + 1)) counts by the sentence's own label, none last, ``filed`` (stems × L) by
    its further indicators; ``sentences`` is the number of labelled sentences, ``filings`` (L) how many
    of them are filed under each indicator as a further one.
    """

    seen: Integers
    filed: Integers
    sentences: int
    filings: Integers

    def __add__(self, other: CompanionCounts) -> CompanionCounts:
        """Count the sentences of both."""
        return CompanionCounts(
            self.seen + other.seen,
            self.filed + other.filed,
            self.sentences + other.sentences,
            self.filings + other.filings,
        )

    def __sub__(self, other: CompanionCounts) -> CompanionCounts:
        """Take sentences out: what is judged must not be its own witness."""
        return CompanionCounts(
            self.seen - other.seen,
            self.filed - other.filed,
            self.sentences - other.sentences,
            self.filings - other.filings,
        )

    def to_companions(self) -> Companions:
        """Say what each stem speaks for.

        Returns
        -------
        Companions

        Notes
        -----
        ``filed`` compares how often a stem stands in sentences filed under an indicator with how often
        it would at its rate in all sentences, one added to both; ``seen`` is the multinomial naive Bayes
        of `ocindex.analysis.wordcounts` (McCallum and Nigam 1998), what speaks against left out.
        """
        standing = self.seen.sum(1)
        is_known = (standing >= _FEWEST)[:, None]
        expected = np.outer(standing, self.filings) / max(self.sentences, 1)
        filed = np.clip(np.log((self.filed + 1) / (expected + 1)), _LOWEST, _HIGHEST)
        seen = weigh_labels(self.seen, self.seen.sum(0))[:, :-1]
        kept = np.hstack([np.abs(filed) >= _LEAST_FILED, seen >= _LEAST_SEEN]) & is_known
        return Companions(StemOdds(np.hstack([filed, seen]) * kept))


def count_companions(stems: SentenceStems, labels: Integers, further: Sequence[tuple[int, int]]) -> CompanionCounts:
    """Count the stems of one labelled document.

    Parameters
    ----------
    stems : SentenceStems
        The lexicon's stems in its sentences.
    labels : array of int, sentences
        Column of each one's own label, -1 for none.
    further : sequence of (int, int)
        A sentence and the column of another indicator that it is filed under.
    """
    size = len(label_codes()) - 1
    seen = np.zeros((len(stem_table()), size + 1), np.int64)
    np.add.at(seen, (stems.row, labels[stems.sentence]), 1)
    is_filed = np.zeros((len(labels), size), np.int64)
    for row, column in further:
        is_filed[row, column] = 1
    filed = np.zeros((len(stem_table()), size), np.int64)
    np.add.at(filed, stems.row, is_filed[stems.sentence])
    return CompanionCounts(seen, filed, len(labels), is_filed.sum(0))


def load_companions(path: Path) -> Companions:
    """Read what stems say from a CSV of the columns stem, indicator, filed and seen.

    Raises
    ------
    VocabularyError
        If the file is missing, or a row names no indicator or no numbers.
    """
    column = {code: number for number, code in enumerate(label_codes()) if code != NONE}
    row_of = {stem: row for row, stem in enumerate(stem_table().stems)}
    odds = np.zeros((len(row_of), 2, len(column)))
    for number, (stem, code, filed, seen) in read_rows(path, _HEADER):
        try:
            place, at, found = row_of.get(stem), column[code], (read_number(filed), read_number(seen))
        except (KeyError, ValueError) as error:
            raise VocabularyError(
                f"{path}, line {number}: found {error}; expected a stem, an indicator and two numbers; fit again."
            ) from error
        # A stem whose last cue was taken out of the lexicon is not met any more.
        if place is not None:
            odds[place, :, at] = found
    return Companions(StemOdds(odds.reshape(len(row_of), -1)))


def render_companions(companions: Companions) -> str:
    """Write what stems say as CSV, ordered by stem and indicator, rounded to 4 decimals."""
    filed, seen = np.split(companions.odds.dense(), 2, axis=1)
    codes, stems = label_codes(), stem_table().stems
    lines = [
        f"{stems[row]},{codes[column]},{filed[row, column]:.4f},{seen[row, column]:.4f}"
        for row in sorted(range(len(stems)), key=stems.__getitem__)
        for column in np.flatnonzero((filed[row] != 0) | (seen[row] != 0))
    ]
    return "\n".join([",".join(_HEADER), *lines]) + "\n"
