"""The sentences of documents in, what each of them is about out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, pairwise, repeat

import numpy as np

from ocindex.analysis.about import COUNTRY, judge_about
from ocindex.analysis.article_features import describe_article
from ocindex.analysis.article_model import ArticleModel, load_article_model, read_article
from ocindex.analysis.bystanders import drop_bystanders
from ocindex.analysis.cues import CueHits, join_hits, match_cues, split_hits
from ocindex.analysis.findings import Finding, Secondary
from ocindex.analysis.graph import Floats
from ocindex.analysis.labels import Label, keep_listed, label_codes, label_columns, one_hot, rank_labels
from ocindex.analysis.model import ProfileModel, bundled_model, read_sections
from ocindex.analysis.passages import Features, columns_of, describe_documents
from ocindex.analysis.secondary import FILED_FROM, Candidates, SecondaryModel, find_candidates, judge_candidates
from ocindex.analysis.sentences import Sentence
from ocindex.reading.document import Source
from ocindex.vocabulary.bundled import bundled_folder
from ocindex.vocabulary.indicators import newest_edition


@dataclass(frozen=True, slots=True)
class Models:
    """What was fitted: for texts with sections, and for texts without."""

    profile: ProfileModel
    article: ArticleModel


@dataclass(frozen=True, slots=True)
class Prose:
    """The sentences of one document in reading order, its source, and the headings of an article.

    ``headings`` are first code points and texts. A profile is attributed to its
    edition's indicators, an article to the newest edition's.
    """

    sentences: Sequence[Sentence]
    source: Source
    headings: Sequence[tuple[int, str]] = ()

    @property
    def is_profile(self) -> bool:
        """Whether it is the profile of an edition."""
        return self.source.kind == "profile" and bool(self.source.edition)

    @property
    def edition(self) -> int:
        """Year of the edition whose indicators count."""
        return (self.is_profile and self.source.edition) or newest_edition()


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
    """Find the indicator that each sentence of a document is about.

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
    return attribute_all([Prose(sentences, source, headings)], models=models)[0]


def attribute_all(documents: Sequence[Prose], *, models: Models | None = None) -> list[list[Finding]]:
    """Find the indicator that each sentence of several documents is about.

    Takes less time than one document after another, and gives the same to the last bit.
    Memory grows with the number of sentences.

    Parameters
    ----------
    documents : sequence of Prose
    models : Models, optional
        Fitted models; the bundled ones without it.

    Returns
    -------
    list of list of Finding
        For each document one per sentence, in the same order.

    Examples
    --------
    >>> source = Source("x.txt", "x", "profile", "KEN", 2021)
    >>> text = "Heroin is sold in small wraps."
    >>> prose = Prose([Sentence(0, len(text), text, "drugs", 0)], source)
    >>> [[item.indicator for item in found] for found in attribute_all([prose, Prose([], source)])]
    [['heroin_trade'], []]
    """
    fitted = bundled_models() if models is None else models
    firsts = [0, *accumulate(len(prose.sentences) for prose in documents)]
    texts = [sentence.text for prose in documents for sentence in prose.sentences]
    if not texts:
        return [[] for _ in documents]
    by_document = _drop_bystanders(documents, texts, firsts)
    hits = join_hits(by_document, firsts)
    features = describe_documents([(prose.sentences, prose.edition) for prose in documents], hits)
    probability = read_sections(features, fitted.profile.weights)
    read = np.flatnonzero(probability.any(1))
    labels = dict(
        zip(read.tolist(), rank_labels(probability.take(read, axis=0), fitted.profile.calibration), strict=True)
    )
    if len(labels) < len(texts):
        free = _read_articles(documents, by_document, firsts, labels, fitted.article)
        probability[list(free)] = one_hot(list(free.values()))
        labels |= free
    others = _find_secondary(features, probability, fitted.profile, firsts)
    filed = [labels[row] for row in range(len(texts))]
    findings = _list_findings(documents, texts, hits, filed, others)
    return [findings[first:last] for first, last in pairwise(firsts)]


def _drop_bystanders(documents: Sequence[Prose], texts: Sequence[str], firsts: Sequence[int]) -> list[CueHits]:
    """Find the cues of all sentences, and drop those that count for nothing in their own document."""
    found = split_hits(match_cues(texts), firsts)
    ranges = zip(documents, found, pairwise(firsts), strict=True)
    return [drop_bystanders(hits, texts[first:last], prose.source.iso3) for prose, hits, (first, last) in ranges]


def _read_articles(
    documents: Sequence[Prose],
    hits: Sequence[CueHits],
    firsts: Sequence[int],
    known: Mapping[int, Label],
    model: ArticleModel,
) -> dict[int, Label]:
    """Label the sentences that stand in no section as those of an article."""
    found: dict[int, Label] = {}
    for prose, own, (first, last) in zip(documents, hits, pairwise(firsts), strict=True):
        free = [row for row in range(first, last) if row not in known]
        if free:
            source = prose.source
            article = describe_article(
                prose.sentences,
                own,
                title=source.title,
                headings=prose.headings,
                iso3=source.iso3,
                words=model.words,
            )
            read = read_article(article, model)
            found |= {row: keep_listed(read[row - first], prose.edition) for row in free}
    return found


def _find_secondary(
    features: Features, probability: Floats, model: ProfileModel, firsts: Sequence[int]
) -> list[tuple[int, float]]:
    """Give the other indicators of sentences as keys, see `_group_cues`, and probabilities."""
    candidates = find_candidates(features, probability, model.secondary.companions)
    given = _judge_documents(candidates, model.secondary, firsts)
    likely = np.flatnonzero(given >= FILED_FROM)
    keys = candidates.rows[likely] * len(label_codes()) + candidates.columns[likely]
    return list(zip(keys.tolist(), given[likely].tolist(), strict=True))


def _judge_documents(candidates: Candidates, model: SecondaryModel, firsts: Sequence[int]) -> Floats:
    """Judge the candidates of each document by themselves.

    The last bit of a matrix product depends on how many rows there are.
    """
    bounds = pairwise(np.searchsorted(candidates.rows, firsts).tolist())
    parts = [candidates.take(slice(low, high)) for low, high in bounds]
    return np.concatenate([judge_candidates(part, model) for part in parts])


def _list_findings(
    documents: Sequence[Prose],
    texts: Sequence[str],
    hits: CueHits,
    labels: Sequence[Label],
    others: Sequence[tuple[int, float]],
) -> list[Finding]:
    codes, columns = label_codes(), label_columns()
    own = [row * len(codes) + columns[label[0]] for row, label in enumerate(labels)]
    words = _group_cues(texts, hits, [*own, *(key for key, _ in others)])
    secondary: dict[int, list[Secondary]] = {}
    for key, share in others:
        row, column = divmod(key, len(codes))
        secondary.setdefault(row, []).append(Secondary(codes[column], share, words.get(key, ())))
    sentences = chain.from_iterable(prose.sentences for prose in documents)
    about = chain.from_iterable(map(_judge_about, documents))
    said = (words.get(key, ()) for key in own)
    further = (tuple(secondary.get(row, ())) for row in range(len(texts)))
    return list(map(Finding, sentences, *zip(*labels, strict=True), said, further, about))


def _group_cues(texts: Sequence[str], hits: CueHits, filed: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Give the cues that speak for what sentences are filed under as they stand in the text, each once, in order.

    A sentence and a label have one number as their key: row times number of labels, and column.
    """
    size = len(label_codes())
    wanted = np.zeros(len(texts) * size, np.bool_)
    wanted[filed] = True
    key = hits.sentence * size + columns_of(hits.indicators).take(hits.indicator)
    kept = np.flatnonzero(wanted.take(key))
    grouped: defaultdict[int, dict[str, None]] = defaultdict(dict)
    columns = (key, hits.sentence, hits.start, hits.end)
    for key_of, row, start, end in zip(*(column.take(kept).tolist() for column in columns), strict=True):
        grouped[key_of][texts[row][start:end]] = None
    return {key_of: tuple(words) for key_of, words in grouped.items()}


def _judge_about(prose: Prose) -> Iterable[str]:
    """Tell for each sentence whether it speaks of the document's country; a profile does."""
    if prose.is_profile:
        return repeat(COUNTRY, len(prose.sentences))
    return (judge_about(sentence.text, prose.source.iso3) for sentence in prose.sentences)
