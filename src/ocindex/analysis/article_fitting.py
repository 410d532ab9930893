"""Labelled articles in, the model that explains them best out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocindex.analysis.article_chain import NAMES, observe_path, read_chain
from ocindex.analysis.article_features import (
    GATE_FEATURES,
    NONE_FEATURES,
    ArticleFeatures,
    describe_article,
    gate_features,
)
from ocindex.analysis.article_model import GATE_OPENS, THRESHOLD, ArticleModel, judge_article
from ocindex.analysis.articles import split_article
from ocindex.analysis.blocks import HEADING
from ocindex.analysis.calibration import Calibration, fit_calibration
from ocindex.analysis.cues import match_cues
from ocindex.analysis.fitting import NO_LABEL
from ocindex.analysis.gold import GoldDocument, GoldSentence, fold_space
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.optimizer import minimize
from ocindex.analysis.sections import split_sections
from ocindex.analysis.sentences import split_sentences
from ocindex.analysis.training import match_gold
from ocindex.vocabulary.indicators import NONE, indicators_of, newest_edition

_UNLABELLED = -2
_RIDGE = 1.0
# A profile's sentences are no article's: they teach what cues mean, less how articles are built.
_PROFILE_WEIGHT = 0.3
_WINDOW, _STRIDE, _WINDOWS_FROM = 12, 6, 20
# A held-out model is judged, never kept: the last digits of its weights need no time.
_ROUGHLY = 0.01
_GATE_RIDGE = 0.05
_GATE_WEIGHT = 0.3
# What a profile has otherwise than an article: it opens and ends anywhere, and is all about its country.
_OF_ARTICLES = [NONE_FEATURES.index(name) for name in ("elsewhere", "first_no_3", "last_no_3")]


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article's features with its gold labels.

    ``labels`` are columns of the newest list, -1 for none; ``right`` tells for each
    sentence which labels count as right (codes, or none). A profile, read as
    text without sections, counts less and is never judged.
    """

    features: ArticleFeatures
    labels: Integers
    right: tuple[frozenset[str], ...]
    is_profile: bool = False


def label_article(gold: GoldDocument) -> LabelledArticle:
    """Describe a labelled article, or a labelled profile as if it were one.

    A sentence that the gold does not have goes on with the label before it. A
    profile's sentence on a crime that its edition lacks is labelled none; where
    a strong cue names the crime, the article model learns the crime instead.

    Parameters
    ----------
    gold : GoldDocument
        With at least one sentence.
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
    return LabelledArticle(features, labels, right, is_profile)


def fit_articles(documents: Sequence[LabelledArticle]) -> ArticleModel:
    """Fit weights, gate and calibration.

    Parameters
    ----------
    documents : sequence of LabelledArticle
        Articles, among them some that are about no crime, and profiles.

    Returns
    -------
    ArticleModel
        Calibrated on articles that were left out of the weights, one at a time.

    Notes
    -----
    The objective is convex, so the result depends on the documents alone.
    """
    weights = fit_weights(documents)
    models = leave_one_out(documents, weights)
    return ArticleModel(weights, fit_gate(documents), THRESHOLD, fit_held_out(documents, models))


def leave_one_out(documents: Sequence[LabelledArticle], start: Floats | None = None) -> dict[int, ArticleModel]:
    """Fit without each article that has an indicator, one at a time.

    Parameters
    ----------
    documents : sequence of LabelledArticle
    start : array, optional
        Weights of all documents, to start from.

    Returns
    -------
    dict of int to ArticleModel
        By the number of the document left out; not calibrated.
    """
    start = fit_weights(documents) if start is None else start
    models = {}
    for number, document in enumerate(documents):
        if not document.is_profile and (document.labels != NO_LABEL).any():
            rest = [*documents[:number], *documents[number + 1 :]]
            models[number] = ArticleModel(
                fit_weights(rest, start, tolerance=_ROUGHLY), fit_gate(rest), THRESHOLD, Calibration()
            )
    return models


def fit_held_out(documents: Sequence[LabelledArticle], models: dict[int, ArticleModel]) -> Calibration:
    """Fit the calibration on what models said of the documents that they had not seen."""
    probability: list[float] = []
    is_right: list[float] = []
    codes = [item.code for item in indicators_of(newest_edition())]
    for number, model in models.items():
        features = documents[number].features
        if judge_article(features, model.gate) < GATE_OPENS:
            continue
        labels = read_chain(features, model.weights).labels
        best = labels[:, :-1].max(1)
        said = (best > labels[:, -1]) & (best >= model.threshold) & ~features.elsewhere
        for row in np.flatnonzero(said):
            probability.append(float(best[row]))
            is_right.append(float(codes[int(labels[row, :-1].argmax())] in documents[number].right[row]))
    return fit_calibration(np.array(probability), np.array(is_right))


def fit_weights(
    documents: Sequence[LabelledArticle], start: Floats | None = None, *, tolerance: float = 1e-5
) -> Floats:
    """Fit the weights of the chain by maximum a posteriori, in the order of `NAMES`."""
    shares = [_PROFILE_WEIGHT if document.is_profile else 1.0 for document in documents]
    observed = [observe_path(document.features, document.labels) for document in documents]

    def objective(weights: Floats) -> tuple[float, Floats]:
        value = _RIDGE / 2 * float(weights @ weights)
        gradient = _RIDGE * weights
        for document, seen, share in zip(documents, observed, shares, strict=True):
            reading = read_chain(document.features, weights, count=True)
            value += share * (reading.log_total - float(seen @ weights))
            gradient = gradient + share * (reading.expected - seen)
        return value, gradient

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
