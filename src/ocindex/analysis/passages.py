"""Sentences in, passages with the features of each sentence out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ocindex.analysis.cues import CueHits
from ocindex.analysis.folded import Integers
from ocindex.analysis.graph import Floats
from ocindex.analysis.sentences import Sentence
from ocindex.vocabulary.indicators import Indicator, indicators_of, newest_edition

CUE_FEATURES = ("any_3", "count_3", "any_2", "count_2", "count_1", "lead", "lead_3")
ASIDE_FEATURES = ("aside_no_cue", "aside_absent")
# Openings that point back to what was said: the sentence carries its passage's topic on.
_POINTS_BACK = re.compile(
    r"(?:This|These|Those|Such|They|It|Its|Their|Them|He|She|Here|There|Most|Some|Many|Several|Others|Both|Another"
    r"|Demand|Supply|Prices|Profits|As a result|Nevertheless|Nonetheless|Consequently|Meanwhile"
    r"|The (?:trade|market|crime|business|practice|sector|routes?|groups?|illicit|proceeds|product|goods|scheme"
    r"|networks?|victims?|gangs?|industry|activity|activities|drugs?|same|latter|former|majority|rest|traffic"
    r"|perpetrators|buyers|sellers|issue|problem|situation|phenomenon)"
    r"|In (?:addition|turn|return|practice|these|this|such|those)|Despite (?:this|these))\b"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences under one heading, in order, as numbers.

    ``inside`` is T × K × C: cue features of the section's K indicators;
    ``outside`` is T × O × C: those of the edition's other indicators; ``aside``
    is T × 2. ``opens_back`` and ``new_paragraph`` are T.
    """

    section: str | None
    sentences: tuple[int, ...]
    topics: tuple[Indicator, ...]
    others: tuple[Indicator, ...]
    inside: Floats
    outside: Floats
    aside: Floats
    opens_back: Floats
    new_paragraph: Floats


def make_passages(sentences: Sequence[Sentence], hits: CueHits, edition: int) -> list[Passage]:
    """Group sentences by heading and weigh the cues in each.

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
    features = cue_features(hits, len(sentences))
    runs: list[list[int]] = []
    for number, sentence in enumerate(sentences):
        if runs and sentences[runs[-1][0]].section == sentence.section:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [_passage(sentences, run, features, edition) for run in runs]


def cue_features(hits: CueHits, count: int) -> Floats:
    """Weigh the cues of each sentence for each indicator of the newest list.

    Returns
    -------
    array of float, count × indicators × 7
        See `CUE_FEATURES`: whether and how many cues of each weight (logarithm
        of one plus the count), and whether the sentence's first strong cue is
        the indicator's.
    """
    listed = indicators_of(newest_edition())
    position = {item.code: number for number, item in enumerate(listed)}
    columns = np.array([position.get(code, -1) for code in hits.indicators])
    indicator = columns[hits.indicator]
    counts = np.zeros((count, len(listed), 4))
    np.add.at(counts, (hits.sentence, indicator, hits.weight), 1)
    leads = [_first_cues(hits, indicator, weight, counts.shape) for weight in (2, 3)]
    return np.stack(
        [
            counts[:, :, 3] > 0,
            np.log1p(counts[:, :, 3]),
            counts[:, :, 2] > 0,
            np.log1p(counts[:, :, 2]),
            np.log1p(counts[:, :, 1]),
            *leads,
        ],
        axis=-1,
    ).astype(float)


def _first_cues(hits: CueHits, indicator: Integers, weight: int, shape: tuple[int, ...]) -> Floats:
    strong = hits.weight >= weight
    sentence, start, indicator = hits.sentence[strong], hits.start[strong], indicator[strong]
    earliest = np.full(shape[0], np.iinfo(np.int64).max)
    np.minimum.at(earliest, sentence, start)
    lead = np.zeros(shape[:2])
    first = start == earliest[sentence]
    lead[sentence[first], indicator[first]] = 1
    return lead


def _passage(sentences: Sequence[Sentence], run: list[int], features: Floats, edition: int) -> Passage:
    section = sentences[run[0]].section
    newest, listed = indicators_of(newest_edition()), indicators_of(edition)
    topics = tuple(item for item in listed if item.section == section)
    if not topics:
        # No section, or one that the edition does not have: the content decides.
        section, topics = None, listed
    others = tuple(item for item in listed if item not in topics)
    column = {item: number for number, item in enumerate(newest)}
    rows = features[run]
    inside = rows[:, [column[item] for item in topics]]
    absent = [column[item] for item in newest if item.since > edition]
    names_absent = rows[:, absent, 0].max(1) if absent else np.zeros(len(run))
    aside = np.stack([inside.sum((1, 2)) == 0, names_absent * (1 - inside[:, :, 0].max(1))], axis=1).astype(float)
    opens_back = [_POINTS_BACK.match(sentences[number].text) is not None for number in run]
    paragraphs = [sentences[number].paragraph for number in run]
    new_paragraph = [False, *(after != before for before, after in pairwise(paragraphs))]
    return Passage(
        section, tuple(run), topics, others, inside, rows[:, [column[item] for item in others]], aside,
        np.array(opens_back, dtype=float), np.array(new_paragraph, dtype=float),
    )  # fmt: skip
