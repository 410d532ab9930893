"""Labelled sentences in, how often each word stands under each label, and what that says of other sentences, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ocindex.analysis.backoff import stem_of
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.labels import label_codes
from ocindex.analysis.numbers import read_rows
from ocindex.analysis.stems import SentenceStems
from ocindex.errors import VocabularyError

SEEN_FEATURES = ("odds", "share")
"""What words say for a label: their log-odds added up, and its share among all labels by them alone."""
_WORD = re.compile(r"[^\W\d_]\w*")
_HEADER = ["stem", "label", "sentences"]
_SMOOTHING = 2.0
# One word alone decides nothing, for or against.
_LEAST, _MOST = -1.0, 2.0
# Sums of log-odds run to about eight; weights are easier to fit near one.
_SCALE = 8.0


@dataclass(frozen=True, slots=True)
class WordCounts:
    """In how many labelled sentences of each label each stem stands.

    ``rows`` numbers the stems, ``counts`` is stems × (L + 1): indicators of the
    newest list, then none.
    """

    rows: dict[str, int]
    counts: Integers

    def find(self, texts: Sequence[str]) -> SentenceStems:
        """Look up the stems of sentences; those that were never counted are left out."""
        found = [sorted({self.rows[stem] for stem in stems_of(text) if stem in self.rows}) for text in texts]
        sizes = [len(rows) for rows in found]
        return SentenceStems(
            np.repeat(np.arange(len(texts)), sizes),
            np.array([row for rows in found for row in rows], dtype=np.int64),
            len(texts),
        )

    def without(self, sentences: Iterable[tuple[SentenceStems, Integers]]) -> WordCounts:
        """Take the counts of some labelled documents out: what is judged must not be its own witness.

        Parameters
        ----------
        sentences : iterable of (SentenceStems, array of int)
            Of documents that were counted here, and the column of each sentence's label, -1 for none.
        """
        counts = self.counts.copy()
        for stems, labels in sentences:
            np.subtract.at(counts, (stems.row, labels[stems.sentence]), 1)
        return WordCounts(self.rows, counts)

    def weigh(self, stems: SentenceStems, own: Integers | None = None) -> Floats:
        """Say how strongly the words of each sentence speak for each label.

        Parameters
        ----------
        stems : SentenceStems
        own : array of int, optional
            Column of each sentence's label, -1 for none, where these very sentences were counted:
            what they say is then read off the others.

        Returns
        -------
        array of float, N × (L + 1) × `SEEN_FEATURES`

        Notes
        -----
        Multinomial naive Bayes over distinct stems, classes of equal size (McCallum and Nigam 1998), each
        stem's log-odds kept between -1 and 2.
        """
        odds = np.zeros((stems.size, self.counts.shape[1]))
        if len(stems.row):
            met, place = np.unique(stems.row, return_inverse=True)
            counts, totals = self.counts[met], self.counts.sum(0)
            if own is not None:
                label = own[stems.sentence] % len(totals)
                np.subtract.at(counts, (place, label), 1)
                totals -= np.bincount(label, minlength=len(totals))
            first = np.flatnonzero(np.diff(stems.sentence, prepend=-1))
            odds[stems.sentence[first]] = np.add.reduceat(weigh_labels(counts, totals)[place], first)
        raised = np.exp(odds - odds.max(1, keepdims=True, initial=0))
        return np.stack([odds / _SCALE, raised / raised.sum(1, keepdims=True)], axis=-1)


def stems_of(text: str) -> set[str]:
    """Give the distinct stems of a sentence; numbers and function words have none.

    Examples
    --------
    >>> sorted(stems_of("The traders traded 20 pangolins."))
    ['pangolin', 'trad']
    """
    return {stem for word in _WORD.findall(text.lower()) if (stem := stem_of(word))}


def count_words(documents: Iterable[tuple[Sequence[str], Integers]]) -> WordCounts:
    """Count in how many sentences of each label each stem stands.

    Parameters
    ----------
    documents : iterable of (sequence of str, array of int)
        Readable sentences and the column of each one's label, -1 for none.
    """
    counted: dict[str, Integers] = {}
    size = len(label_codes())
    for texts, labels in documents:
        for text, label in zip(texts, labels.tolist(), strict=True):
            for stem in stems_of(text):
                if stem not in counted:
                    counted[stem] = np.zeros(size, dtype=np.int64)
                counted[stem][label] += 1
    listed = sorted(counted)
    counts = np.array([counted[stem] for stem in listed], dtype=np.int64).reshape(len(listed), size)
    return WordCounts({stem: row for row, stem in enumerate(listed)}, counts)


def load_counts(path: Path) -> WordCounts:
    """Read counts from a CSV of the columns stem, label and sentences.

    Raises
    ------
    VocabularyError
        If the file is missing, or a row names no label or counts nothing.
    """
    column = {label: number for number, label in enumerate(label_codes())}
    rows: dict[str, int] = {}
    cells: list[tuple[int, int, int]] = []
    for number, (stem, label, sentences) in read_rows(path, _HEADER):
        if not stem or label not in column or not sentences.isdecimal() or int(sentences) == 0:
            raise VocabularyError(
                f"{path}, line {number}: found {label!r} and {sentences!r}; expected a label and a number of "
                "sentences; fit again."
            )
        cells.append((rows.setdefault(stem, len(rows)), column[label], int(sentences)))
    counts = np.zeros((len(rows), len(column)), dtype=np.int64)
    if cells:
        stem_rows, columns, numbers = np.array(cells).T
        counts[stem_rows, columns] = numbers
    return WordCounts(rows, counts)


def render_counts(words: WordCounts) -> str:
    """Write counts as CSV, ordered by stem and label."""
    labels = label_codes()
    rows = [
        f"{stem},{labels[place]},{words.counts[row, place]}"
        for stem, row in sorted(words.rows.items())
        for place in np.flatnonzero(words.counts[row])
    ]
    return "\n".join([",".join(_HEADER), *rows]) + "\n"


def weigh_labels(counts: Integers, totals: Integers) -> Floats:
    """Say what stems speak for, from how often they stand under each label and how often all stems do.

    Parameters
    ----------
    counts : array of int, stems × labels
    totals : array of int, labels

    Returns
    -------
    array of float, stems × labels
        Log-odds between -1 and 2 as if labels were equally frequent; 0 of a stem that was counted nowhere.
    """
    labels = len(totals)
    shares = counts / np.maximum(totals, 1) * totals.mean()
    smoothed = (shares + _SMOOTHING / labels) / (shares.sum(1, keepdims=True) + _SMOOTHING)
    return np.asarray(np.clip(np.log(smoothed * labels), _LEAST, _MOST))
