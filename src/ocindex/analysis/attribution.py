"""The sentences of a document in, what each of them is about out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ocindex.analysis.about import COUNTRY, judge_about
from ocindex.analysis.article_features import describe_article
from ocindex.analysis.article_model import ArticleModel, load_article_model, read_article
from ocindex.analysis.cues import CueHits, match_cues
from ocindex.analysis.findings import Finding, Secondary
from ocindex.analysis.graph import Floats
from ocindex.analysis.home import drop_home_names
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


@dataclass(frozen=True, slots=True)
class _Label:
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
    hits = drop_home_names(match_cues(texts), texts, source.iso3)
    features = describe_sentences(sentences, hits, edition)
    probability = read_sections(features, fitted.profile.weights)
    labels: list[_Label | None] = [None] * len(sentences)
    for row in np.flatnonzero(probability.any(1)).tolist():
        labels[row] = _rank(probability[row], fitted.profile)
    free = [row for row, label in enumerate(labels) if label is None]
    if free:
        article = describe_article(sentences, hits, title=source.title, headings=headings, iso3=source.iso3)
        for row, read in enumerate(read_article(article, fitted.article)):
            if labels[row] is None:
                labels[row] = _keep_listed(_Label(*read), edition)
                probability[row] = _one_hot(labels[row])
    secondary = _secondary(features, probability, fitted.profile, sentences, hits)
    abouts = [COUNTRY if is_profile else judge_about(sentence.text, source.iso3) for sentence in sentences]
    return [
        _finding(sentence, label, hits, row, secondary.get(row, ()), abouts[row])
        for row, (sentence, label) in enumerate(zip(sentences, labels, strict=True))
        if label is not None
    ]


def _codes() -> tuple[str, ...]:
    return (*(item.code for item in indicators_of(newest_edition())), NONE)


def _rank(probability: Floats, model: ProfileModel) -> _Label:
    """Take the likeliest label; calibration moves its probability and shrinks the rest in proportion."""
    codes = _codes()
    first, second = (int(place) for place in np.argsort(-probability, kind="stable")[:2])
    calibrated = float(model.calibration.apply(probability[first : first + 1])[0])
    rest = 1 - float(probability[first])
    runner_up = float(probability[second]) / rest * (1 - calibrated) if rest > 0 else 0.0
    return _Label(codes[first], calibrated, codes[second], runner_up)


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


def _secondary(
    features: Features, probability: Floats, model: ProfileModel, sentences: Sequence[Sentence], hits: CueHits
) -> dict[int, tuple[Secondary, ...]]:
    found: dict[int, tuple[Secondary, ...]] = {}
    candidates = find_candidates(features, probability)
    given = judge_candidates(candidates, model.secondary)
    codes = _codes()
    for row, column, value in zip(candidates.rows, candidates.columns, given, strict=True):
        if value >= model.secondary.threshold:
            cues = _surface(sentences[row], hits, int(row), codes[column])
            found[int(row)] = (*found.get(int(row), ()), Secondary(codes[column], float(value), cues))
    return found


def _finding(
    sentence: Sentence, label: _Label, hits: CueHits, row: int, secondary: tuple[Secondary, ...], about: str
) -> Finding:
    return Finding(
        sentence,
        label.indicator,
        label.probability,
        label.runner_up,
        label.runner_up_probability,
        _surface(sentence, hits, row, label.indicator),
        secondary,
        about,
    )


def _surface(sentence: Sentence, hits: CueHits, row: int, indicator: str) -> tuple[str, ...]:
    """Give the cues of an indicator as they stand in the text, each once, in order."""
    if indicator == NONE:
        return ()
    # Hits are in order of their sentences; comparing all of them each time would take the square of the text.
    first, last = np.searchsorted(hits.sentence, (row, row + 1))
    own = first + np.flatnonzero(hits.indicator[first:last] == hits.indicators.index(indicator))
    words = (sentence.text[hits.start[place] : hits.end[place]] for place in own)
    return tuple(dict.fromkeys(words))
