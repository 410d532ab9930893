"""Sentences in, passages with the features of each sentence out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.backoff import word_evidence
from ocindex.analysis.cues import CueHits
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.openings import REGISTERS, find_registers, links_on, points_back, turns_away
from ocindex.analysis.parties import find_parties
from ocindex.analysis.sentences import Sentence
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
    listed = np.array([item.since <= edition for item in newest])
    counts, cues = weigh_cues(texts, hits)
    passages = tuple(_passage(sentences, run, edition) for run in _runs(sentences))
    inside = np.zeros((len(texts), len(newest)), dtype=bool)
    for passage in passages:
        inside[np.ix_(passage.rows, passage.topics)] = True
    strong = counts[:, :, 3] > 0
    none = np.stack(
        [
            ~(counts.any(2) & inside).any(1),
            (strong & ~listed).any(1) & ~(strong & inside).any(1),
            *np.array([find_registers(text) for text in texts]).T,
        ],
        axis=1,
    ).astype(float)
    breaks = [False, *(before.paragraph != after.paragraph for before, after in pairwise(sentences))]
    for passage in passages:
        breaks[passage.rows[0]] = False
    context = np.array(
        [
            (points_back(text), new, links_on(text), turns_away(text), cueless)
            for text, new, cueless in zip(texts, breaks, none[:, 0], strict=True)
        ],
        dtype=float,
    )
    roles = np.array([find_parties(text) for text in texts], dtype=float)
    return Features(cues, none, context, roles, inside, listed, passages)


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


def weigh_cues(texts: Sequence[str], hits: CueHits) -> tuple[Floats, Floats]:
    """Count the cues of each sentence by indicator and weight, and turn counts into features.

    Returns
    -------
    array, N × L × 4
        Number of cues by weight (column 0 is empty).
    array, N × L × 6
        `CUE_FEATURES`; counts as the logarithm of one plus the count.
    """
    newest = [item.code for item in indicators_of(newest_edition())]
    position = {code: number for number, code in enumerate(newest)}
    column = np.array([position[code] for code in hits.indicators])[hits.indicator]
    shape = (len(texts), len(newest))
    counts = np.zeros((*shape, 4))
    np.add.at(counts, (hits.sentence, column, hits.weight), 1)
    early = np.zeros(shape)
    lengths = np.array([max(1, len(text)) for text in texts])
    first = hits.start / lengths[hits.sentence] < _EARLY
    np.add.at(early, (hits.sentence[first], column[first]), _STRENGTH[hits.weight[first]])
    logs = np.log1p(counts)
    features = [counts[:, :, 3] > 0, logs[:, :, 3], logs[:, :, 2], logs[:, :, 1], word_evidence(texts), np.log1p(early)]
    return counts, np.stack(features, axis=-1).astype(float)


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
    newest = indicators_of(newest_edition())
    topics = [n for n, item in enumerate(newest) if item.section == section and item.since <= edition]
    if not topics:
        # No section, or one that the edition does not have: the content decides.
        section, topics = None, [n for n, item in enumerate(newest) if item.since <= edition]
    component = COMPONENTS.index(str(newest[topics[0]].component)) if section else 0
    return Passage(section, np.array(run), np.array(topics), component)
