"""Sentences in, passages with the features of each sentence out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.cues import CueHits
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.openings import REGISTERS
from ocindex.analysis.sentences import Sentence
from ocindex.analysis.stems import SentenceStems, join_stems
from ocindex.analysis.strangers import find_strangers
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
    """The sentences of documents as numbers.

    Indicators are columns in the order of the newest list (L of them).
    ``cues`` is N × L × `CUE_FEATURES`, ``none`` N × `NONE_FEATURES`, ``context`` N × `CONTEXTS`, ``roles``
    N × `ocindex.analysis.parties.PARTIES`, ``strangers`` N, see `ocindex.analysis.strangers`, ``stems`` the
    lexicon's stems in each sentence;
    ``inside`` (N × L) tells which indicators belong to the sentence's section, ``listed``
    (L, or N × L for several documents) which the edition has.
    """

    cues: Floats
    none: Floats
    context: Floats
    roles: Floats
    strangers: NDArray[np.bool_]
    stems: SentenceStems
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
    return replace(describe_documents([(sentences, edition)], hits), listed=_listed(None, edition))


def describe_documents(documents: Sequence[tuple[Sequence[Sentence], int]], hits: CueHits) -> Features:
    """Describe the sentences of several documents end to end; otherwise like `describe_sentences`.

    Parameters
    ----------
    documents : sequence of (sequence of Sentence, int)
        Sentences of each document and its edition.
    hits : CueHits
        Cues in the readable texts of all sentences.

    Returns
    -------
    Features
        Passages know their document; ``listed`` is N × L.
    """
    texts = [sentence.text for sentences, _ in documents for sentence in sentences]
    words = read_words(texts)
    counts, cues = _weigh(texts, hits, words)
    passages = _find_passages(documents)
    inside = np.array([_listed(passage.section, documents[passage.document][1]) for passage in passages])
    inside = inside.repeat([len(passage.rows) for passage in passages], axis=0)
    listed = np.array([_listed(None, edition) for _, edition in documents])
    listed = listed.repeat([len(sentences) for sentences, _ in documents], axis=0)
    strong = counts[3] > 0
    cueless = ~((np.add.reduce(counts, axis=0) > 0) & inside).any(1)
    none = np.empty((len(texts), len(NONE_FEATURES)))
    none[:, 0] = cueless
    none[:, 1] = (strong & ~listed).any(1) & ~(strong & inside).any(1)
    none[:, 2:] = words.registers
    paragraph = np.array([sentence.paragraph for sentences, _ in documents for sentence in sentences])
    context = np.empty((len(texts), len(CONTEXTS)))
    context[:, [0, 2, 3]] = words.openings
    context[1:, 1] = paragraph[1:] != paragraph[:-1]
    context[[passage.rows[0] for passage in passages], 1] = 0
    context[:, 4] = cueless
    strangers = find_strangers(texts, hits)
    return Features(cues, none, context, words.parties.astype(float), strangers, words.stems, inside, listed, passages)


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
        join("strangers").astype(bool),
        join_stems([item.stems for item in documents], kept),
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
    counts, features = _weigh(texts, hits, read_words(texts) if words is None else words)
    return np.moveaxis(counts, 0, 2).astype(float), features


def _weigh(texts: Sequence[str], hits: CueHits, words: Words) -> tuple[Integers, Floats]:
    """Count cues, 4 × N × L, and weigh them; each weight and each feature lies in a block of its own."""
    size = len(indicators_of(newest_edition()))
    cells = len(texts) * size
    place = hits.sentence * size + columns_of(hits.indicators).take(hits.indicator)
    counts = np.bincount(hits.weight * cells + place, minlength=4 * cells).reshape(4, len(texts), size)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    first = np.flatnonzero(hits.start / lengths.take(hits.sentence) < _EARLY)
    early = np.bincount(place.take(first), _STRENGTH.take(hits.weight.take(first)), cells)
    features = np.empty((len(CUE_FEATURES), len(texts), size))
    features[0] = counts[3] > 0
    # Few counts are met: their logarithms are looked up.
    features[1:4] = np.log1p(np.arange(counts.max(initial=0) + 1)).take(counts[3:0:-1])
    features[4] = words.evidence
    features[5] = np.log1p(early).reshape(len(texts), size)
    return counts, np.moveaxis(features, 0, 2)


@cache
def columns_of(codes: tuple[str, ...]) -> Integers:
    """Give the columns of codes among the indicators of the newest list."""
    position = {item.code: number for number, item in enumerate(indicators_of(newest_edition()))}
    return np.array([position[code] for code in codes])


def _find_passages(documents: Sequence[tuple[Sequence[Sentence], int]]) -> tuple[Passage, ...]:
    """Group the sentences of each document by heading."""
    passages: list[Passage] = []
    first = 0
    for number, (sentences, edition) in enumerate(documents):
        for name, run in groupby(sentences, attrgetter("section")):
            section, topics, component = _known_section(name, edition)
            rows = np.arange(first, first + sum(1 for _ in run))
            passages.append(Passage(section, rows, topics, component, number))
            first += len(rows)
    return tuple(passages)


@cache
def _known_section(section: str | None, edition: int) -> tuple[str | None, Integers, int]:
    """Give a section, its topics and its component; without one, or without its topics, the content decides."""
    topics = _topics_of(section, edition)
    if section is None or not len(topics):
        return None, _topics_of(None, edition), 0
    component = str(indicators_of(newest_edition())[topics[0]].component)
    return section, topics, COMPONENTS.index(component)


@cache
def _listed(section: str | None, edition: int) -> NDArray[np.bool_]:
    """Tell which indicators a section has in an edition, or which the edition has at all."""
    listed = np.zeros(len(indicators_of(newest_edition())), np.bool_)
    listed[_topics_of(section, edition)] = True
    return listed


@cache
def _topics_of(section: str | None, edition: int) -> Integers:
    """Give the columns of a section's indicators in an edition, or of all of an edition's."""
    newest = indicators_of(newest_edition())
    return np.array(
        [n for n, item in enumerate(newest) if section in (None, item.section) and item.since <= edition], np.int64
    )
