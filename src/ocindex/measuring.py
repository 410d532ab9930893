"""Files of labelled text in, how well the attribution agrees with them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from ocindex.analysis.article_fitting import LabelledArticle, fit_articles, label_article
from ocindex.analysis.article_model import render_article_model
from ocindex.analysis.attribution import Models, bundled_models
from ocindex.analysis.bystanders import drop_bystanders
from ocindex.analysis.companions import render_companions
from ocindex.analysis.cues import match_cues
from ocindex.analysis.differences import Difference, list_differences
from ocindex.analysis.evaluate import Evaluation, Judged, evaluate, match_sentences
from ocindex.analysis.gold import GoldDocument, read_gold
from ocindex.analysis.model import render_model, render_pairs
from ocindex.analysis.passages import describe_sentences
from ocindex.analysis.training import Lesson, fit_profiles, match_gold
from ocindex.analysis.wordcounts import render_counts
from ocindex.errors import SourceError
from ocindex.pipeline import analyse, split_document
from ocindex.reading.document import Document
from ocindex.reading.reader import read_document
from ocindex.vocabulary.indicators import newest_edition

_FEWEST = 3


def measure(
    gold: Sequence[Path], train: Sequence[Path] = (), *, known: Sequence[Document] = (), leave_one_out: bool = False
) -> tuple[Evaluation, dict[str, Evaluation]]:
    """Measure the attribution on labelled text.

    Parameters
    ----------
    gold : sequence of pathlib.Path
        Files to judge.
    train : sequence of pathlib.Path
        Further files to fit on with ``leave_one_out``; never judged.
    known : sequence of Document
        Documents in which the sentences of a labelled table may stand.
    leave_one_out : bool
        Refit everything fitted without the document that is judged; otherwise
        the bundled models are judged.

    Returns
    -------
    Evaluation
        Pooled over all sentences.
    dict of str to Evaluation
        Per document.

    Raises
    ------
    SourceError
        If a file is no labelled text, or too few are left to fit on.
    """
    judged = [document for path in gold for document in read_gold(path, known)]
    further = [document for path in train for document in read_gold(path, known)]
    results: dict[str, list[Judged]] = {}
    bench = _Bench([*judged, *further], known) if leave_one_out else None
    for document in judged:
        analysis = analyse(document.document, models=bench.fit_without(document) if bench else bundled_models())
        results[document.name] = match_sentences(document, analysis.findings)
    whole = evaluate([item for items in results.values() for item in items])
    return whole, {name: evaluate(items) for name, items in results.items()}


def measure_files(
    gold: Sequence[Path], files: Sequence[Path], *, known: Sequence[Document] = ()
) -> tuple[Evaluation, dict[str, Evaluation], list[Difference]]:
    """Measure how a labelled text comes out of other files that hold it: a PDF, a web page, another encoding.

    Parameters
    ----------
    gold : sequence of pathlib.Path
        Labelled text of one document.
    files : sequence of pathlib.Path
        Files with that document, in any form that is read.
    known : sequence of Document
        Documents in which the sentences of a labelled table may stand.

    Returns
    -------
    Evaluation
        Pooled over the files.
    dict of str to Evaluation
        Per file.
    list of Difference
        Sentences and labels that are not those of the labelled text itself.

    Raises
    ------
    SourceError
        If there is not exactly one labelled document, or a file cannot be used.
    """
    labelled = [document for path in gold for document in read_gold(path, known)]
    if len(labelled) != 1:
        raise SourceError(
            "not_one_document",
            f"found {len(labelled)} labelled documents; expected one to compare the files with; give one.",
        )
    expected = analyse(labelled[0].document).findings
    results: dict[str, list[Judged]] = {}
    differences: list[Difference] = []
    for path in files:
        name = path.as_posix()
        if not path.is_file():
            raise SourceError("missing_file", f"{name}: found no such file; expected a document; check the path.")
        document = read_document(path.parent, replace(labelled[0].document.source, path=path.name))
        if not document.usable:
            raise SourceError(document.issues[0].code, f"{name}: {document.issues[0].message}")
        found = analyse(document).findings
        results[name] = match_sentences(replace(labelled[0], name=name), found)
        differences += list_differences(name, expected, found)
    whole = evaluate([item for items in results.values() for item in items])
    return whole, {name: evaluate(items) for name, items in results.items()}, differences


def fit_and_save(gold: Sequence[Path], folder: Path, *, known: Sequence[Document] = ()) -> list[Path]:
    """Fit the models on labelled text and write their numbers; returns the files written."""
    documents = [document for path in gold for document in read_gold(path, known)]
    profiles = [document for document in documents if document.document.source.kind == "profile"]
    _refuse_few(profiles)
    article = fit_articles([_label(document, known) for document in documents])
    profile = fit_profiles([_lesson(document, known) for document in profiles])
    rendered = {
        "profile.csv": render_model(profile),
        "secondary.csv": render_pairs(profile),
        "companions.csv": render_companions(profile.secondary.companions),
        "article.csv": render_article_model(article),
        "words.csv": render_counts(article.words),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in rendered.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in rendered]


class _Bench:
    """Labelled documents, described once, that models are fitted on without one of them."""

    def __init__(self, documents: Sequence[GoldDocument], known: Sequence[Document]) -> None:
        self._documents, self._known = documents, known
        self._profiles = [document for document in documents if document.document.source.kind == "profile"]

    def fit_without(self, judged: GoldDocument) -> Models:
        """Refit the model of the judged document's kind; the bundled one of the other kind stays."""
        if judged.document.source.kind == "profile":
            kept = [place for place, document in enumerate(self._profiles) if document is not judged]
            _refuse_few(kept)
            return Models(fit_profiles([self._lessons[place] for place in kept]), bundled_models().article)
        kept = [place for place, document in enumerate(self._documents) if document is not judged]
        return Models(bundled_models().profile, fit_articles([self._articles[place] for place in kept]))

    @cached_property
    def _lessons(self) -> list[Lesson]:
        return [_lesson(document, self._known) for document in self._profiles]

    @cached_property
    def _articles(self) -> list[LabelledArticle]:
        return [_label(document, self._known) for document in self._documents]


def _label(document: GoldDocument, known: Sequence[Document]) -> LabelledArticle:
    """Describe a labelled document for the article model.

    Words are counted of articles that are not published: profiles use others.
    """
    is_article = document.document.source.kind == "article"
    return label_article(document, is_counted=is_article and not _is_published(document, known))


def _is_published(document: GoldDocument, known: Sequence[Document]) -> bool:
    """Whether it is a document of the dataset: nothing that is said of one is to be read off its own labels."""
    return any(document.document is item for item in known)


def _refuse_few(profiles: Sequence[object]) -> None:
    if len(profiles) < _FEWEST:
        raise SourceError(
            "too_few_profiles",
            f"found {len(profiles)} labelled profiles to fit on; expected at least {_FEWEST}; give more with --train.",
        )


def _lesson(document: GoldDocument, known: Sequence[Document]) -> Lesson:
    sentences = split_document(document.document)[1]
    texts = [sentence.text for sentence in sentences]
    hits = drop_bystanders(match_cues(texts), texts, document.document.source.iso3)
    edition = document.document.source.edition or newest_edition()
    features = describe_sentences(sentences, hits, edition)
    return Lesson(sentences, features, match_gold(document, sentences), not _is_published(document, known))
