"""The sentences of a document in, what each of them is about out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ocindex.analysis.about import COUNTRY, judge_about
from ocindex.analysis.chain import Marginals, read_passage
from ocindex.analysis.cues import CueHits, match_cues
from ocindex.analysis.findings import Finding, Secondary
from ocindex.analysis.folded import Integers
from ocindex.analysis.passages import make_passages
from ocindex.analysis.sentences import Sentence
from ocindex.analysis.weights import read_weights
from ocindex.reading.document import Source
from ocindex.vocabulary.indicators import NONE, newest_edition

_SECONDARY_WEIGHT = 3


def attribute(sentences: Sequence[Sentence], source: Source) -> list[Finding]:
    """Find the indicator that each sentence is about.

    Parameters
    ----------
    sentences : sequence of Sentence
        Of one document, in reading order.
    source : Source
        A profile is attributed to its edition's indicators, an article to the
        newest edition's.

    Returns
    -------
    list of Finding
        One per sentence, in the same order.
    """
    if not sentences:
        return []
    edition = source.edition if source.kind == "profile" and source.edition else newest_edition()
    hits = match_cues([sentence.text for sentence in sentences])
    findings: dict[int, Finding] = {}
    for passage in make_passages(sentences, hits, edition):
        weights = read_weights("free" if passage.section is None else "section")
        marginals = read_passage(passage, weights)
        for row, number in enumerate(passage.sentences):
            about = COUNTRY if source.kind == "profile" else judge_about(sentences[number].text, source.iso3)
            findings[number] = _judge(sentences[number], number, marginals, row, hits, about)
    return [findings[number] for number in range(len(sentences))]


def _judge(sentence: Sentence, number: int, marginals: Marginals, row: int, hits: CueHits, about: str) -> Finding:
    probability = marginals.probability[row]
    first, second = (int(index) for index in np.argsort(-probability, kind="stable")[:2])
    indicator = marginals.labels[first]
    own = np.flatnonzero(hits.sentence == number)
    return Finding(
        sentence,
        indicator,
        float(probability[first]),
        marginals.labels[second],
        float(probability[second]),
        _surface(sentence, hits, own, indicator),
        _secondary(sentence, marginals.labels, hits, own, indicator),
        about,
    )


def _secondary(
    sentence: Sentence,
    labels: tuple[str, ...],
    hits: CueHits,
    own: Integers,
    primary: str,
) -> tuple[Secondary, ...]:
    """Other indicators whose strongest cues stand in the sentence itself."""
    strong = own[hits.weight[own] >= _SECONDARY_WEIGHT]
    codes = {hits.indicators[hits.indicator[index]] for index in strong} - {primary, NONE}
    return tuple(Secondary(code, 0.5, _surface(sentence, hits, strong, code)) for code in labels if code in codes)


def _surface(sentence: Sentence, hits: CueHits, own: Integers, indicator: str) -> tuple[str, ...]:
    """Give the cues of an indicator as they stand in the text, each once, in order."""
    if indicator not in hits.indicators:
        return ()
    code = hits.indicators.index(indicator)
    words = (sentence.text[hits.start[i] : hits.end[i]] for i in own if hits.indicator[i] == code)
    return tuple(dict.fromkeys(words))
