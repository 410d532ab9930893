"""The sentences of a document in, what each of them is about out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from ocindex.analysis.about import COUNTRY, judge_about
from ocindex.analysis.article_features import describe_article
from ocindex.analysis.article_model import ArticleModel, load_article_model, read_article
from ocindex.analysis.bystanders import drop_bystanders
from ocindex.analysis.calibration import compare_two
from ocindex.analysis.cues import CueHits, match_cues
from ocindex.analysis.findings import Finding, Secondary
from ocindex.analysis.graph import Floats
from ocindex.analysis.model import ProfileModel, bundled_model, read_sections
from ocindex.analysis.passages import Features, describe_sentences
from ocindex.analysis.secondary import find_candidates, judge_candidates
from ocindex.analysis.sentences import Sentence
from ocindex.reading.document import Source
from ocindex.vocabulary.bundled import bundled_folder
from ocindex.vocabulary.indicators import NONE, indicators_of, newest_edition


@dataclass(frozen=True, slots=True)
class Models:
    """What was fitted: for texts with sections, and for texts without."""

    profile: ProfileModel
    article: ArticleModel


class _Label(NamedTuple):
    indicator: str
    probability: float
    runner_up: str
    runner_up_probability: float


@cache
def bundled_models() -> Models:
    """Read the fitted models that come with the package."""
    article = load_article_model(bundled_folder("schema") / "attribution" / "article.csv")
    return Models(bundled_model(), article)


def attribute(
    sentences: Sequence[Sentence],
    source: Source,
    *,
    headings: Sequence[tuple[int, str]] = (),
    models: Models | None = None,
) -> list[Finding]:
    """Find the indicator that each sentence is about.

    Parameters
    ----------
    sentences : sequence of Sentence
        Of one document, in reading order.
    source : Source
        A profile is attributed to its edition's indicators, an article to the
        newest edition's.
    headings : sequence of (int, str)
        Headings of an article: first code point and text.
    models : Models, optional
        Fitted models; the bundled ones without it.

    Returns
    -------
    list of Finding
        One per sentence, in the same order.
    """
    if not sentences:
        return []
    fitted = bundled_models() if models is None else models
    is_profile = source.kind == "profile" and source.edition is not None
    edition = source.edition if is_profile and source.edition else newest_edition()
    texts = [sentence.text for sentence in sentences]
    hits = drop_bystanders(match_cues(texts), texts, source.iso3)
    features = describe_sentences(sentences, hits, edition)
    probability = read_sections(features, fitted.profile.weights)
    labels: list[_Label | None] = [None] * len(sentences)
    read = np.flatnonzero(probability.any(1))
    for row, label in zip(read.tolist(), _rank(probability[read], fitted.profile), strict=True):
        labels[row] = label
    free = [row for row, label in enumerate(labels) if label is None]
    if free:
        article = describe_article(sentences, hits, title=source.title, headings=headings, iso3=source.iso3)
        for row, found in enumerate(read_article(article, fitted.article)):
            if labels[row] is None:
                labels[row] = _keep_listed(_Label(*found), edition)
                probability[row] = _one_hot(labels[row])
    others = _find_secondary(features, probability, fitted.profile)
    filed = [(row, label.indicator) for row, label in enumerate(labels) if label is not None]
    filed += [(row, code) for row, found in others.items() for code, _ in found]
    words = _group_cues(texts, hits, filed)
    secondary = {
        row: tuple(Secondary(code, given, words.get((row, code), ())) for code, given in found)
        for row, found in others.items()
    }
    return [
        Finding(
            sentence,
            label.indicator,
            label.probability,
            label.runner_up,
            label.runner_up_probability,
            words.get((row, label.indicator), ()),
            secondary.get(row, ()),
            COUNTRY if is_profile else judge_about(sentence.text, source.iso3),
        )
        for row, (sentence, label) in enumerate(zip(sentences, labels, strict=True))
        if label is not None
    ]


def _codes() -> tuple[str, ...]:
    return (*(item.code for item in indicators_of(newest_edition())), NONE)


def _rank(probability: Floats, model: ProfileModel) -> list[_Label]:
    """Take the likeliest label of each row; calibration shrinks the rest in proportion."""
    codes = _codes()
    rows = np.arange(len(probability))
    # Of equals the first wins, as a stable sort would have it.
    first = probability.argmax(1)
    others = probability.copy()
    others[rows, first] = -1
    second = others.argmax(1)
    best, less = probability[rows, first], probability[rows, second]
    calibrated = model.calibration.apply(compare_two(best, less))
    rest = np.maximum(1 - best, 1e-300)
    behind = np.minimum(less / rest * (1 - calibrated), calibrated)
    cells = zip(first.tolist(), calibrated.tolist(), second.tolist(), behind.tolist(), strict=True)
    return [_Label(codes[label], sure, codes[other], unsure) for label, sure, other, unsure in cells]


def _keep_listed(label: _Label, edition: int) -> _Label:
    """In a profile without sections, an indicator that its edition lacks is none."""
    listed = {item.code for item in indicators_of(edition)} | {NONE}
    if label.indicator in listed:
        return label
    return _Label(NONE, label.probability, label.indicator, label.runner_up_probability)


def _one_hot(label: _Label | None) -> Floats:
    codes = _codes()
    row = np.zeros(len(codes))
    if label is not None:
        row[codes.index(label.runner_up)] = label.runner_up_probability
        row[codes.index(label.indicator)] = max(label.probability, label.runner_up_probability + 1e-6)
    return row


def _find_secondary(features: Features, probability: Floats, model: ProfileModel) -> dict[int, list[tuple[str, float]]]:
    found: dict[int, list[tuple[str, float]]] = {}
    candidates = find_candidates(features, probability)
    given = judge_candidates(candidates, model.secondary)
    likely = np.flatnonzero(given >= model.secondary.threshold)
    codes = _codes()
    columns = (candidates.rows[likely], candidates.columns[likely], given[likely])
    for row, column, share in zip(*(column.tolist() for column in columns), strict=True):
        found.setdefault(row, []).append((codes[column], share))
    return found


def _group_cues(
    texts: Sequence[str], hits: CueHits, filed: Sequence[tuple[int, str]]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """Give the cues of sentences and indicators as they stand in the text, each once, in order."""
    number = {code: place for place, code in enumerate(hits.indicators)}
    wanted = np.zeros((len(texts), len(number) + 1), np.bool_)
    # What stands for no indicator has no cues.
    pairs = np.array([(row, number.get(code, -1)) for row, code in filed])
    wanted[pairs[:, 0], pairs[:, 1]] = True
    wanted[:, -1] = False
    places = np.flatnonzero(wanted[hits.sentence, hits.indicator])
    grouped: dict[tuple[int, str], dict[str, None]] = {}
    columns = (hits.sentence, hits.indicator, hits.start, hits.end)
    for row, indicator, start, end in zip(*(column[places].tolist() for column in columns), strict=True):
        grouped.setdefault((row, hits.indicators[indicator]), {})[texts[row][start:end]] = None
    return {key: tuple(words) for key, words in grouped.items()}
