"""Labelled articles in, the model that explains them best out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocindex.analysis.article_chain import NAMES, observe_path, read_lineup
from ocindex.analysis.article_features import (
    NONE_FEATURES,
    ArticleFeatures,
    describe_article,
    see_words,
)
from ocindex.analysis.article_gate import GATE_FEATURES, gate_features
from ocindex.analysis.article_model import THRESHOLD, ArticleModel, say_labels
from ocindex.analysis.articles import split_article
from ocindex.analysis.blocks import HEADING
from ocindex.analysis.calibration import Calibration, fit_calibration
from ocindex.analysis.cues import match_cues
from ocindex.analysis.fitting import NO_LABEL
from ocindex.analysis.gold import GoldDocument, GoldSentence, fold_space
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.lineup import line_up
from ocindex.analysis.optimizer import minimize
from ocindex.analysis.sections import split_sections
from ocindex.analysis.sentences import split_sentences
from ocindex.analysis.stems import SentenceStems
from ocindex.analysis.training import match_gold
from ocindex.analysis.wordcounts import WordCounts, count_words
from ocindex.vocabulary.indicators import NONE, indicators_of, newest_edition

_UNLABELLED = -2
_RIDGE = 1.0
# A profile's sentences are no article's: they teach what cues mean, less how articles are built.
_PROFILE_WEIGHT = 0.3
_WINDOW, _STRIDE, _WINDOWS_FROM = 12, 6, 20
# The gate keeps articles on other things out; in the chain they would only teach that none goes on and on.
_OFF_TOPIC_WEIGHT = 0.1
_GROUPS = 5
# A held-out model is judged, never kept, so its last digits need no time; ten times as roughly, the calibration
# would depend on where each fit stops (by 0.02).
_ROUGHLY = 0.001
_GATE_RIDGE = 0.05
_GATE_WEIGHT = 0.3
# What a profile has otherwise than an article: it opens and ends anywhere, and is all about its country.
_OF_ARTICLES = [NONE_FEATURES.index(name) for name in ("elsewhere", "first_no_3", "last_no_3")]


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article's features with its gold labels.

    ``labels`` are columns of the newest list, -1 for none; ``right`` tells for each
    sentence which labels count as right (codes, or none). A profile, read as
    text without sections, counts less and is never judged. ``is_counted`` tells whether
    its words are counted.
    """

    features: ArticleFeatures
    labels: Integers
    right: tuple[frozenset[str], ...]
    is_profile: bool = False
    is_counted: bool = True


def label_article(gold: GoldDocument, *, is_counted: bool = True) -> LabelledArticle:
    """Describe a labelled article, or a labelled profile as if it were one.

    A sentence that the gold does not have goes on with the label before it. A
    profile's sentence on a crime that its edition lacks is labelled none; where
    a strong cue names the crime, the article model learns the crime instead.

    Parameters
    ----------
    gold : GoldDocument
        With at least one sentence.
    is_counted : bool
        Whether its words are to be counted.
    """
    document = gold.document
    text = document.text or ""
    is_profile = document.source.kind == "profile"
    blocks = split_sections(document)[0] if is_profile else split_article(document)
    sentences = split_sentences(text, blocks)
    headings = [
        (block.start, fold_space(text[block.start : block.end]))
        for block in blocks
        if block.kind == HEADING and not is_profile
    ]
    hits = match_cues([sentence.text for sentence in sentences])
    title = None if is_profile else document.source.title
    features = describe_article(sentences, hits, title=title, headings=headings, iso3=document.source.iso3)
    found = match_gold(gold, sentences)
    labels = _carry_on([_column(item) for item in found])
    if is_profile and document.source.edition is not None:
        labels = _name_later_crimes(features, labels, document.source.edition)
        none = features.none.copy()
        none[:, _OF_ARTICLES] = 0
        features = replace(features, none=none, elsewhere=np.zeros(len(features), dtype=bool))
    right = tuple(frozenset() if item is None else item.accepted | {item.primary} for item in found)
    return LabelledArticle(features, labels, right, is_profile, is_counted)


def fit_articles(documents: Sequence[LabelledArticle]) -> ArticleModel:
    """Fit weights, gate, calibration and what words say.

    Parameters
    ----------
    documents : sequence of LabelledArticle
        Articles, among them some that are about no crime, and profiles.

    Returns
    -------
    ArticleModel
        Calibrated on articles that were left out of everything else, a fifth at a time.

    Notes
    -----
    The objective is convex, so the result depends on the documents alone. What words say of a
    document is read off the other documents.
    """
    words = count_words((item.features.texts, item.labels) for item in documents if item.is_counted)
    lessons = [(item, words.find(item.features.texts)) for item in documents]
    model = _fit(lessons, words)
    said = [(np.zeros(0), np.zeros(0))]
    for group in range(_GROUPS):
        left_out = lessons[group::_GROUPS]
        judged = [(item, stems) for item, stems in left_out if _is_of_crime(item)]
        if judged:
            others = words.without((stems, item.labels) for item, stems in left_out if item.is_counted)
            rest = [lesson for place, lesson in enumerate(lessons) if place % _GROUPS != group]
            held_out = _fit(rest, others, model.weights, tolerance=_ROUGHLY)
            said += [_judge(item, stems, held_out) for item, stems in judged]
    probability, is_right = (np.concatenate(column) for column in zip(*said, strict=True))
    return replace(model, calibration=fit_calibration(probability, is_right))


def _fit(
    lessons: Sequence[tuple[LabelledArticle, SentenceStems]],
    words: WordCounts,
    start: Floats | None = None,
    *,
    tolerance: float = 1e-5,
) -> ArticleModel:
    """Fit everything but the calibration; ``words`` are those of the lessons that are counted."""
    seen = []
    for item, stems in lessons:
        said = words.weigh(stems, item.labels if item.is_counted else None)
        seen.append(replace(item, features=see_words(item.features, said)))
    return ArticleModel(fit_weights(seen, start, tolerance=tolerance), fit_gate(seen), THRESHOLD, Calibration(), words)


def _is_of_crime(document: LabelledArticle) -> bool:
    """Whether a document is an article with an indicator: the others say nothing of calibration."""
    return not document.is_profile and bool((document.labels != NO_LABEL).any())


def _judge(document: LabelledArticle, stems: SentenceStems, model: ArticleModel) -> tuple[Floats, Floats]:
    """Give the probability of each indicator that a model says of a document, and whether it is right."""
    features = see_words(document.features, model.words.weigh(stems))
    codes = [item.code for item in indicators_of(newest_edition())]
    labels, is_said = say_labels(features, model)
    rows = np.flatnonzero(is_said)
    best = labels[rows, :-1].argmax(1)
    right = [float(codes[column] in document.right[row]) for row, column in zip(rows, best, strict=True)]
    return labels[rows, best], np.array(right)


def fit_weights(
    documents: Sequence[LabelledArticle], start: Floats | None = None, *, tolerance: float = 1e-5
) -> Floats:
    """Fit the weights of the chain by maximum a posteriori, in the order of `NAMES`."""
    shares = [_share_of(document) for document in documents]
    paths = [observe_path(document.features, document.labels) for document in documents]
    observed = np.asarray(np.array(shares) @ np.array(paths))
    lineup = line_up([document.features for document in documents], shares)

    def objective(weights: Floats) -> tuple[float, Floats]:
        reading = read_lineup(lineup, weights, count=True)
        value = _RIDGE / 2 * float(weights @ weights) + reading.log_total - float(observed @ weights)
        return value, _RIDGE * weights + reading.expected - observed

    return minimize(objective, np.zeros(len(NAMES)) if start is None else start, steps=200, tolerance=tolerance)


def fit_gate(documents: Sequence[LabelledArticle]) -> Floats:
    """Fit the gate by logistic regression on articles and stretches of 12 sentences, classes balanced."""
    rows: list[Floats] = []
    answers: list[bool] = []
    for document in documents:
        signs = document.features.signs
        stretches = [] if document.is_profile else [signs]
        if len(signs) >= _WINDOWS_FROM:
            stretches += [signs[at : at + _WINDOW] for at in range(0, len(signs) - _WINDOW + 1, _STRIDE)]
        rows += [gate_features(stretch) for stretch in stretches]
        answers += [document.is_profile or bool((document.labels != NO_LABEL).any())] * len(stretches)
    features, is_crime = np.array(rows), np.array(answers, dtype=float)
    counts = np.array([len(answers) - sum(answers), sum(answers)])
    share = (_GATE_WEIGHT * len(answers) / 2 / np.maximum(counts, 1))[np.array(answers, dtype=int)]
    ridge = np.array([0.0, *[_GATE_RIDGE] * (len(GATE_FEATURES) - 1)])

    def objective(gate: Floats) -> tuple[float, Floats]:
        odds = features @ gate
        value = float((share * (np.logaddexp(0, odds) - is_crime * odds)).sum() + (ridge * gate**2).sum())
        gradient = features.T @ (share * (1 / (1 + np.exp(-odds)) - is_crime)) + 2 * ridge * gate
        return value, gradient

    return minimize(objective, np.zeros(len(GATE_FEATURES)), steps=300, tolerance=1e-9)


def _share_of(document: LabelledArticle) -> float:
    """Say how much a document counts for the weights of the chain."""
    if document.is_profile:
        return _PROFILE_WEIGHT
    return 1.0 if _is_of_crime(document) else _OFF_TOPIC_WEIGHT


def _column(item: GoldSentence | None) -> int:
    if item is None:
        return _UNLABELLED
    codes = [indicator.code for indicator in indicators_of(newest_edition())]
    return NO_LABEL if item.primary == NONE else codes.index(item.primary)


def _carry_on(columns: list[int]) -> Integers:
    """Give unlabelled sentences the label before them, none at the start."""
    labels: list[int] = []
    for column in columns:
        before = labels[-1] if labels else NO_LABEL
        labels.append(before if column == _UNLABELLED else column)
    return np.array(labels, dtype=np.int64)


def _name_later_crimes(features: ArticleFeatures, labels: Integers, edition: int) -> Integers:
    """Replace none by the crime that a later edition added, where a cue of weight 3 names it."""
    later = np.array([item.since > edition for item in indicators_of(newest_edition())])
    named = features.strength * later * features.strong
    is_named = (labels == NO_LABEL) & (named.max(1) > 0)
    return np.asarray(np.where(is_named, named.argmax(1), labels))
