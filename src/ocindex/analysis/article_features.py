"""The sentences of an article, its cues and headings in, what speaks for each indicator and for none out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.about import ELSEWHERE, judge_about
from ocindex.analysis.article_gate import CUE_STRENGTH, WHOLE_FROM, find_signs
from ocindex.analysis.bystanders import drop_bystanders
from ocindex.analysis.cues import CueHits, match_cues
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.openings import points_back
from ocindex.analysis.passages import CUE_FEATURES, weigh_cues
from ocindex.analysis.sentences import Sentence
from ocindex.analysis.speech import is_of_itself, is_quotation
from ocindex.analysis.wordcounts import SEEN_FEATURES, WordCounts
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.indicators import indicators_of, newest_edition

TOPIC_FEATURES = (
    *CUE_FEATURES,
    "share",
    "document",
    "document_here",
    "title",
    "heading",
    "market",
    "actor",
    "before",
    "after",
    "recurring",
    "actor_beside_market",
    *(f"seen_{name}" for name in SEEN_FEATURES),
)
"""What speaks for an indicator: cues of the sentence, its neighbours, the document, title and heading.

``recurring`` adds up cues in words that come again and again (the gang that the article is
about); ``actor_beside_market`` marks an actor where a cue of weight 3 names a market, as a
sentence about a market is filed under the market. ``seen_…`` is what its words say by the
labelled sentences that they stand in.
"""
NONE_FEATURES = (
    "bias",
    "no_cue",
    "no_3",
    "scattered",
    "elsewhere",
    "quotation",
    "meta",
    "first_no_3",
    "last_no_3",
    "short",
    "sharp",
    "points_back",
    "heading",
    *(f"seen_{name}" for name in SEEN_FEATURES),
)
"""What speaks for none; ``no_3`` is no cue of weight 3, ``meta`` a sentence about the article itself."""
CONTEXTS = ("points_back", "new_paragraph", "new_heading", "no_cue")
# A lone weak cue is no certainty: shares are of at least this strength.
_LEAST = 4.0
_SHORT = 10
_RECURS_MORE_THAN, _RECURS_IN = 2, 0.2


@dataclass(frozen=True, slots=True)
class ArticleFeatures:
    """The N sentences of one article as numbers.

    Indicators are columns in the order of the newest list (L of them). ``topics`` is
    N × L × `TOPIC_FEATURES`, ``none`` N × `NONE_FEATURES`, ``context`` N × `CONTEXTS`;
    ``signs`` (N × 6) averages to what the gate sees, ``elsewhere`` (N) tells which
    sentences speak of another country; ``strength`` (N × L) adds up cues and ``strong``
    tells where one has weight 3; ``meta`` tells which sentences speak of the article itself;
    ``texts`` are the sentences.
    """

    topics: Floats
    none: Floats
    context: Floats
    signs: Floats
    elsewhere: NDArray[np.bool_]
    strength: Floats
    strong: NDArray[np.bool_]
    meta: NDArray[np.bool_]
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.none)


def describe_article(
    sentences: Sequence[Sentence],
    hits: CueHits,
    *,
    title: str | None,
    headings: Sequence[tuple[int, str]],
    iso3: str | None,
    words: WordCounts | None = None,
) -> ArticleFeatures:
    """Weigh what speaks for each indicator in each sentence of an article.

    Parameters
    ----------
    sentences : sequence of Sentence
        Of one article, in order; at least one.
    hits : CueHits
        Cues in their readable texts.
    title : str or None
        Title from ``sources.csv``; counted once if the text repeats it.
    headings : sequence of (int, str)
        Start in code points and text of each title and heading; those before
        the first sentence are titles.
    iso3 : str or None
        Country of the article. Its bare name is no cue, as every sentence has it.
    words : WordCounts, optional
        What labelled sentences are made of; without it nothing is said of words.

    Returns
    -------
    ArticleFeatures
    """
    texts = [sentence.text for sentence in sentences]
    hits = drop_bystanders(hits, texts, iso3)
    counts, cues = weigh_cues(texts, hits)
    signs = find_signs(texts, counts, cues)
    strength = counts @ CUE_STRENGTH
    titles, below = _split_headings(sentences[0].start, title, headings)
    title_strength = _strength_of(titles, iso3).sum(0)
    heading_strength = _strength_of([text for _, text in below], iso3)
    starts = np.array([start for start, _ in below])
    nearest = np.searchsorted(starts, [sentence.start for sentence in sentences]) - 1
    above = np.where(nearest[:, None] >= 0, np.vstack([heading_strength, np.zeros(strength.shape[1])])[nearest], 0.0)
    elsewhere = np.array([judge_about(text, iso3) == ELSEWHERE for text in texts])
    context = np.array(
        [
            (points_back(sentence.text), paragraph, heading)
            for sentence, paragraph, heading in zip(
                sentences,
                _changes([sentence.paragraph for sentence in sentences]),
                _changes(nearest.tolist()),
                strict=True,
            )
        ],
        dtype=float,
    )
    no_cue = (strength.sum(1) == 0).astype(float)
    strong = counts[:, :, 3].sum(1)
    nothing = np.zeros((len(texts), strength.shape[1] + 1, len(SEEN_FEATURES)))
    features = ArticleFeatures(
        topics=np.concatenate(
            [
                cues,
                _context_features(strength, title_strength, heading_strength.sum(0), above),
                _actor_features(texts, hits, counts),
                nothing[:, :-1],
            ],
            axis=-1,
        ),
        none=np.column_stack(
            [_none_features(texts, strength, strong, elsewhere, context[:, 0], above), nothing[:, -1]]
        ),
        context=np.column_stack([context, no_cue]),
        signs=np.column_stack([signs, np.zeros(len(texts))]),
        elsewhere=elsewhere,
        strength=strength,
        strong=counts[:, :, 3] > 0,
        meta=np.array([is_of_itself(text) for text in texts]),
        texts=tuple(texts),
    )
    return features if words is None else see_words(features, words.weigh(words.find(texts)))


def see_words(features: ArticleFeatures, seen: Floats) -> ArticleFeatures:
    """Put in what the sentences' words say.

    Parameters
    ----------
    features : ArticleFeatures
        Of N sentences.
    seen : array, N × (L + 1) × `SEEN_FEATURES`
        As `ocindex.analysis.wordcounts.WordCounts.weigh` gives it.
    """
    kept = -len(SEEN_FEATURES)
    of_crime = 1 - seen[:, -1, SEEN_FEATURES.index("share")]
    return replace(
        features,
        topics=np.concatenate([features.topics[:, :, :kept], seen[:, :-1]], axis=-1),
        none=np.concatenate([features.none[:, :kept], seen[:, -1]], axis=-1),
        signs=np.column_stack([features.signs[:, :-1], of_crime]),
    )


def _context_features(strength: Floats, title: Floats, headings: Floats, above: Floats) -> Floats:
    def everywhere(values: Floats) -> Floats:
        return np.broadcast_to(values, strength.shape)

    share = _shares(strength)
    # The document without the sentence itself, so that its own cues do not count twice.
    rest = strength.sum(0) - strength + 2 * title + headings
    document = np.log((rest + 1) / (rest.mean(1, keepdims=True) + 1))
    nothing = np.zeros((1, strength.shape[1]))
    columns = [
        share,
        document,
        document * (strength > 0),
        everywhere(_shares(title[None])),
        _shares(above),
        everywhere(_belongs_to("criminal_markets")),
        everywhere(_belongs_to("criminal_actors")),
        np.vstack([nothing, share[:-1]]),
        np.vstack([share[1:], nothing]),
    ]
    return np.stack(columns, axis=-1).astype(float)


def _actor_features(texts: list[str], hits: CueHits, counts: Floats) -> Floats:
    column = _columns(hits)[hits.indicator]
    cues = list(zip(hits.sentence.tolist(), column.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True))
    words = [(topic, texts[number][start:end].lower()) for number, topic, start, end in cues]
    sentences_of: dict[tuple[int, str], set[int]] = {}
    for (number, *_), word in zip(cues, words, strict=True):
        sentences_of.setdefault(word, set()).add(number)
    most = max(_RECURS_MORE_THAN, _RECURS_IN * len(texts))
    recurs = np.array([len(sentences_of[word]) > most for word in words], dtype=bool)
    recurring = np.zeros(counts.shape[:2])
    np.add.at(recurring, (hits.sentence[recurs], column[recurs]), CUE_STRENGTH[hits.weight[recurs]])
    names_market = (counts[:, :, 3] @ _belongs_to("criminal_markets") > 0).astype(float)
    beside = np.outer(names_market, _belongs_to("criminal_actors"))
    return np.stack([np.log1p(recurring), beside], axis=-1)


def _none_features(
    texts: list[str], strength: Floats, strong: Floats, elsewhere: NDArray[np.bool_], back: Floats, above: Floats
) -> Floats:
    count = len(texts)
    weak = strong == 0
    place = np.arange(count)
    columns = [
        np.ones(count),
        strength.sum(1) == 0,
        weak,
        weak * np.log1p((strength > 0).sum(1)),
        elsewhere,
        [is_quotation(text) for text in texts],
        [is_of_itself(text) for text in texts],
        weak & (place == 0) & (count >= WHOLE_FROM),
        weak & (place == count - 1) & (count >= WHOLE_FROM),
        [len(text.split()) < _SHORT for text in texts],
        _shares(strength).max(1),
        back,
        above.max(1) > 0,
    ]
    return np.column_stack(columns).astype(float)


def _split_headings(
    first: int, title: str | None, headings: Sequence[tuple[int, str]]
) -> tuple[list[str], list[tuple[int, str]]]:
    """Part titles from headings between sentences."""
    titles = [text for start, text in headings if start < first]
    known = {fold_text(text).casefold() for text in titles}
    if title and fold_text(title).casefold() not in known:
        titles.append(title)
    return titles, sorted((start, text) for start, text in headings if start >= first)


def _strength_of(texts: Sequence[str], iso3: str | None) -> Floats:
    hits = drop_bystanders(match_cues(texts), texts, iso3)
    return np.asarray(weigh_cues(texts, hits)[0] @ CUE_STRENGTH)


def _columns(hits: CueHits) -> Integers:
    """Give for each of the hits' indicators its column in the newest list."""
    newest = {item.code: number for number, item in enumerate(indicators_of(newest_edition()))}
    return np.array([newest[code] for code in hits.indicators])


def _belongs_to(component: str) -> Floats:
    """Give 1 for each indicator of a component, 0 for the others."""
    return np.array([float(item.component == component) for item in indicators_of(newest_edition())])


def _shares(strength: Floats) -> Floats:
    return np.asarray(strength / np.maximum(strength.sum(1, keepdims=True), _LEAST))


def _changes(values: Sequence[int]) -> list[bool]:
    return [False, *(before != after for before, after in pairwise(values))]
