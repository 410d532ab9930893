"""Labelled profiles in, a fitted model out; everything fitted is fitted on what it did not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from ocindex.analysis.calibration import against_runner_up, fit_calibration
from ocindex.analysis.companions import CompanionCounts, Companions, count_companions
from ocindex.analysis.fitting import NO_LABEL, Labelled, fit_weights
from ocindex.analysis.gold import GoldDocument, GoldSentence, fold_space
from ocindex.analysis.graph import Floats
from ocindex.analysis.model import ProfileModel, read_sections
from ocindex.analysis.passages import Features
from ocindex.analysis.secondary import Candidates, find_candidates, fit_secondary
from ocindex.analysis.sentences import Sentence
from ocindex.analysis.stems import SentenceStems
from ocindex.analysis.weights import NAMES
from ocindex.vocabulary.indicators import NONE, indicators_of, newest_edition

# Sentences about none are few, so that fitting by likelihood gives them up first. Of what could be added to the log
# score of an aside (0 to 1.2), this finds most of them before other labels begin to suffer: held out, 7 of 11 in the
# five profiles for one label more wrong, 20 of 27 (16 without) in eight further ones for two.
_ASIDE = 0.9
_GROUPS = 5
# Held-out weights only serve to calibrate: their last digits need no time.
_ROUGHLY = 0.01


@dataclass(frozen=True, slots=True)
class Lesson:
    """A labelled profile as sentences, features, and the gold of each sentence (null where it has none).

    ``is_counted`` tells whether its words are counted.
    """

    sentences: Sequence[Sentence]
    features: Features
    gold: Sequence[GoldSentence | None]
    is_counted: bool = True


def match_gold(document: GoldDocument, sentences: Sequence[Sentence]) -> list[GoldSentence | None]:
    """Give each sentence its gold label by its words, in order."""
    waiting: dict[str, list[GoldSentence]] = {}
    for gold in document.sentences:
        waiting.setdefault(gold.text, []).append(gold)
    found: list[GoldSentence | None] = []
    for sentence in sentences:
        same = waiting.get(fold_space(sentence.text))
        found.append(same.pop(0) if same else None)
    return found


def fit_profiles(lessons: Sequence[Lesson]) -> ProfileModel:
    """Fit the chain, its calibration and the secondary relations.

    Parameters
    ----------
    lessons : sequence of Lesson
        At least two profiles: calibration and secondary relations are fitted on
        the marginals of each profile under weights fitted without it.

    Returns
    -------
    ProfileModel
    """
    labelled = [Labelled(lesson.features, label_columns(lesson.gold)) for lesson in lessons]
    weights = fit_weights(labelled)
    held_out = _read_held_out(lessons, labelled, weights)
    counted = reduce(add, map(_count, lessons))
    chosen, right, candidates, filed = [], [], [], []
    for lesson, probability in zip(lessons, held_out, strict=True):
        rows = np.array([row for row, item in enumerate(lesson.gold) if item is not None and probability[row].any()])
        chosen.append(against_runner_up(probability[rows]))
        right.append(np.array([_is_right(lesson.gold[row], int(probability[row].argmax())) for row in rows]))
        pairs, labels = _pairs(lesson, probability, (counted - _count(lesson)).to_companions())
        candidates.append(pairs)
        filed.append(labels)
    return ProfileModel(
        _favour_asides(weights),
        fit_calibration(np.concatenate(chosen), np.concatenate(right).astype(float)),
        fit_secondary(candidates, filed, counted.to_companions()),
    )


def _read_held_out(lessons: Sequence[Lesson], labelled: Sequence[Labelled], weights: Floats) -> list[Floats]:
    """Read each profile with weights that were fitted without it, a fifth of many at a time."""
    found: dict[int, Floats] = {}
    groups = min(_GROUPS, len(lessons))
    for group in range(groups):
        others = [item for place, item in enumerate(labelled) if place % groups != group]
        without = _favour_asides(fit_weights(others, weights, tolerance=_ROUGHLY))
        for place in range(group, len(lessons), groups):
            found[place] = read_sections(lessons[place].features, without)
    return [found[place] for place in range(len(lessons))]


def _count(lesson: Lesson) -> CompanionCounts:
    """Count the words of a profile; a sentence that the gold does not have counts as none."""
    if not lesson.is_counted:
        nothing = np.zeros(0, np.int64)
        return count_companions(SentenceStems(nothing, nothing, 0), nothing, ())
    column = {item.code: number for number, item in enumerate(indicators_of(newest_edition()))}
    further = [
        (row, column[code])
        for row, item in enumerate(lesson.gold)
        if item is not None
        for code in item.secondary & column.keys()
    ]
    return count_companions(lesson.features.stems, label_columns(lesson.gold), further)


def _favour_asides(weights: Floats) -> Floats:
    favoured = weights.copy()
    favoured[NAMES.index("leave_aside")] += _ASIDE
    return favoured


def label_columns(gold: Sequence[GoldSentence | None]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Turn gold labels into columns of the newest list; none and unlabelled are -1."""
    column = {item.code: number for number, item in enumerate(indicators_of(newest_edition()))}
    return np.array([NO_LABEL if item is None or item.primary == NONE else column[item.primary] for item in gold])


def _is_right(gold: GoldSentence | None, column: int) -> bool:
    listed = [*(item.code for item in indicators_of(newest_edition())), NONE]
    return gold is not None and listed[column] in {gold.primary, *gold.accepted}


def _pairs(lesson: Lesson, probability: Floats, companions: Companions) -> tuple[Candidates, Floats]:
    """Give the candidate pairs of a profile and whether the gold has them."""
    listed = [item.code for item in indicators_of(newest_edition())]
    found = find_candidates(lesson.features, probability, companions)
    kept = [place for place, row in enumerate(found.rows) if lesson.gold[row] is not None]
    labels = []
    for place in kept:
        item = lesson.gold[found.rows[place]]
        labels.append(float(item is not None and listed[found.columns[place]] in item.secondary))
    return found.take(np.array(kept, dtype=np.int64)), np.array(labels)
