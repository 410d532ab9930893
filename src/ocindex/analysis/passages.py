"""Sentences in, passages with the features of each sentence out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.cues import CueHits
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.openings import REGISTERS
from ocindex.analysis.sentences import Sentence
from ocindex.analysis.words import Words, read_words
from ocindex.vocabulary.indicators import indicators_of, newest_edition

CUE_FEATURES = ("any_3", "count_3", "count_2", "count_1", "words", "early")
"""What speaks for an indicator in a sentence: cues by weight, single words, cues in its first third."""
NONE_FEATURES = ("no_cue", "absent", *REGISTERS)
"""What speaks for none: no cue of the section, a cue of an indicator that the edition lacks, registers of words."""
CONTEXTS = ("points_back", "new_paragraph", "links_on", "turns_away", "no_cue")
COMPONENTS = ("criminal_markets", "criminal_actors", "resilience")
_EARLY = 0.33
_STRENGTH = np.array([0, 0.3, 1.0, 2.0])


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences under one heading: their rows, the section's topics as columns, its component.

    ``document`` is a number where several documents are read together.
    """

    section: str | None
    rows: Integers
    topics: Integers
    component: int
    document: int = 0


@dataclass(frozen=True, slots=True)
class Features:
    """The sentences of one document as numbers.

    Indicators are columns in the order of the newest list (L of them).
    ``cues`` is N × L × `CUE_FEATURES`, ``none`` N × `NONE_FEATURES`, ``context`` N × `CONTEXTS`, ``roles``
    N × `ocindex.analysis.parties.PARTIES`;
    ``inside`` (N × L) tells which indicators belong to the sentence's section, ``listed``
    (L) which the edition has.
    """

    cues: Floats
    none: Floats
    context: Floats
    roles: Floats
    inside: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    passages: tuple[Passage, ...]


def describe_sentences(sentences: Sequence[Sentence], hits: CueHits, edition: int) -> Features:
    """Group sentences by heading and weigh what speaks for each indicator.

    Parameters
    ----------
    sentences : sequence of Sentence
        Of one document, in order.
    hits : CueHits
        Cues in their readable texts.
    edition : int
        Its list of indicators gives the topics; cues of indicators that the
        edition lacks speak for none.
    """
    texts = [sentence.text for sentence in sentences]
    newest = indicators_of(newest_edition())
    listed = np.zeros(len(newest), np.bool_)
    listed[_topics_of(None, edition)] = True
    words = read_words(texts)
    counts, cues = weigh_cues(texts, hits, words)
    passages = tuple(_passage(sentences, run, edition) for run in _runs(sentences))
    inside = np.zeros((len(texts), len(newest)), dtype=bool)
    new_paragraph = np.array([False, *(before.paragraph != after.paragraph for before, after in pairwise(sentences))])
    for passage in passages:
        inside[passage.rows[:, None], passage.topics] = True
        new_paragraph[passage.rows[0]] = False
    strong = counts[:, :, 3] > 0
    cued = counts[:, :, 1] + counts[:, :, 2] + counts[:, :, 3] > 0
    cueless = ~(cued & inside).any(1)
    absent = (strong & ~listed).any(1) & ~(strong & inside).any(1)
    none = np.column_stack([cueless, absent, words.registers]).astype(float)
    points_back, links_on, turns_away = words.openings.T
    context = np.column_stack([points_back, new_paragraph, links_on, turns_away, cueless]).astype(float)
    return Features(cues, none, context, words.parties.astype(float), inside, listed, passages)


def sections_of(features: Features) -> tuple[Passage, ...]:
    """Give the passages that stand in a section of the edition."""
    return tuple(passage for passage in features.passages if passage.section is not None)


def in_sections(features: Features) -> NDArray[np.bool_]:
    """Tell which sentences stand in a section of the edition."""
    found = np.zeros(len(features.none), dtype=bool)
    for passage in sections_of(features):
        found[passage.rows] = True
    return found


def join_sections(documents: Sequence[Features]) -> tuple[Features, Integers]:
    """Lay the sentences of several documents that stand in sections end to end.

    Returns
    -------
    Features
        Its passages know their document; ``listed`` is N × L.
    array of int, N
        Number of each sentence's document.
    """
    kept = [in_sections(features) for features in documents]
    passages: list[Passage] = []
    first = 0
    for number, (features, rows) in enumerate(zip(documents, kept, strict=True)):
        place = first + np.cumsum(rows) - 1
        passages += [replace(p, rows=place[p.rows], document=number) for p in sections_of(features)]
        first += int(rows.sum())

    def join(name: str) -> Floats:
        return np.concatenate([getattr(item, name)[rows] for item, rows in zip(documents, kept, strict=True)])

    listed = np.concatenate([np.tile(item.listed, (rows.sum(), 1)) for item, rows in zip(documents, kept, strict=True)])
    joined = Features(
        join("cues"),
        join("none"),
        join("context"),
        join("roles"),
        join("inside").astype(bool),
        listed,
        tuple(passages),
    )
    return joined, np.repeat(np.arange(len(documents)), [int(rows.sum()) for rows in kept])


def weigh_cues(texts: Sequence[str], hits: CueHits, words: Words | None = None) -> tuple[Floats, Floats]:
    """Count the cues of each sentence by indicator and weight, and turn counts into features.

    Parameters
    ----------
    texts : sequence of str
        Readable sentences.
    hits : CueHits
    words : Words, optional
        What the sentences' words say, where it is known already.

    Returns
    -------
    array, N × L × 4
        Number of cues by weight (column 0 is empty).
    array, N × L × 6
        `CUE_FEATURES`; counts as the logarithm of one plus the count.
    """
    column = _columns_of(hits.indicators)[hits.indicator]
    size = len(indicators_of(newest_edition()))
    place = hits.sentence * size + column
    counts = np.bincount(place * 4 + hits.weight, minlength=len(texts) * size * 4).reshape(len(texts), size, 4)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    first = np.flatnonzero(hits.start / lengths[hits.sentence] < _EARLY)
    early = np.bincount(place[first], _STRENGTH[hits.weight[first]], len(texts) * size).reshape(len(texts), size)
    # Few counts are met: their logarithms are looked up.
    logs = np.log1p(np.arange(counts.max(initial=0) + 1))[counts]
    features = np.empty((len(texts), size, len(CUE_FEATURES)))
    features[:, :, 0] = counts[:, :, 3] > 0
    features[:, :, 1:4] = logs[:, :, 3:0:-1]
    features[:, :, 4] = (read_words(texts) if words is None else words).evidence
    features[:, :, 5] = np.log1p(early)
    return counts.astype(float), features


@cache
def _columns_of(codes: tuple[str, ...]) -> Integers:
    """Give the columns of codes among the indicators of the newest list."""
    position = {item.code: number for number, item in enumerate(indicators_of(newest_edition()))}
    return np.array([position[code] for code in codes])


def _runs(sentences: Sequence[Sentence]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number, sentence in enumerate(sentences):
        if runs and sentences[runs[-1][0]].section == sentence.section:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _passage(sentences: Sequence[Sentence], run: list[int], edition: int) -> Passage:
    section = sentences[run[0]].section
    topics = _topics_of(section, edition)
    if section is None or not len(topics):
        # No section, or one that the edition does not have: the content decides.
        return Passage(None, np.array(run), _topics_of(None, edition), 0)
    component = str(indicators_of(newest_edition())[topics[0]].component)
    return Passage(section, np.array(run), topics, COMPONENTS.index(component))


@cache
def _topics_of(section: str | None, edition: int) -> Integers:
    """Give the columns of a section's indicators in an edition, or of all of an edition's."""
    newest = indicators_of(newest_edition())
    return np.array(
        [n for n, item in enumerate(newest) if section in (None, item.section) and item.since <= edition], np.int64
    )
