"""A sentence of a published dataset in, why it was filed where it was out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ocindex.analysis.attribution import bundled_models
from ocindex.analysis.bystanders import drop_bystanders
from ocindex.analysis.companions import telling_words
from ocindex.analysis.cues import match_cues
from ocindex.analysis.findings import Finding
from ocindex.analysis.graph import Floats
from ocindex.analysis.model import read_sections
from ocindex.analysis.passages import Features, describe_sentences
from ocindex.analysis.scoring import score_sentences
from ocindex.errors import UnknownNameError
from ocindex.pipeline import analyse, split_document
from ocindex.reading.document import Document, Source
from ocindex.vocabulary.indicators import NONE, indicators_of, newest_edition

if TYPE_CHECKING:
    from ocindex.dataset.dataset import Dataset

_LISTED = 4


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a sentence stands under its indicator.

    ``cues`` are (indicator, weight, words) that stand in the sentence; ``alone`` and
    ``together`` are the likeliest labels with their marginals, before calibration,
    by the sentence itself and with its section's neighbours; both are empty for a
    sentence in no section. ``also`` are (indicator, words) of its further indicators, with the words
    that speak most for each by labelled sentences. ``before`` and ``after`` are its neighbours.
    """

    document_id: str
    start: int
    finding: Finding
    cues: tuple[tuple[str, int, str], ...]
    alone: tuple[tuple[str, float], ...]
    together: tuple[tuple[str, float], ...]
    also: tuple[tuple[str, tuple[str, ...]], ...]
    before: Finding | None
    after: Finding | None


def explain(dataset: Dataset, name: str) -> Explanation:
    """Explain one sentence by reading its document again.

    Parameters
    ----------
    dataset : Dataset
    name : str
        An evidence_id, or ``document_id:start`` of any sentence in ``spans``.

    Returns
    -------
    Explanation

    Raises
    ------
    UnknownNameError
        If the dataset has no such sentence, or not its text.
    """
    document_id, start = _locate(dataset, name)
    document = _document(dataset, document_id)
    findings = analyse(document).findings
    row = next((number for number, item in enumerate(findings) if item.sentence.start == start), None)
    if row is None:
        raise UnknownNameError(
            f"found no sentence at {document_id}:{start}; expected the start of a sentence as in the table spans."
        )
    sentences = split_document(document)[1]
    texts = [sentence.text for sentence in sentences]
    hits = drop_bystanders(match_cues(texts), texts, document.source.iso3)
    own = np.flatnonzero(hits.sentence == row)
    cues = [
        (
            hits.indicators[hits.indicator[place]],
            int(hits.weight[place]),
            texts[row][hits.start[place] : hits.end[place]],
        )
        for place in own
    ]
    features = describe_sentences(sentences, hits, document.source.edition or newest_edition())
    model = bundled_models().profile
    weights = model.weights
    return Explanation(
        document_id,
        start,
        findings[row],
        tuple(sorted(cues, key=lambda cue: (-cue[1], cue[0], cue[2]))),
        _likeliest(_read_alone(features, weights, row)),
        _likeliest(read_sections(features, weights)[row]),
        tuple(
            (other.indicator, telling_words(model.secondary.companions, texts[row], other.indicator))
            for other in findings[row].secondary
        ),
        findings[row - 1] if row else None,
        findings[row + 1] if row + 1 < len(findings) else None,
    )


def _locate(dataset: Dataset, name: str) -> tuple[str, int]:
    evidence = dataset.evidence
    found = evidence[evidence["evidence_id"] == name]
    if len(found):
        return str(found["document_id"].iloc[0]), int(found["start"].iloc[0])
    document_id, _, start = name.rpartition(":")
    if document_id and start.isascii() and start.isdigit():
        return document_id, int(start)
    raise UnknownNameError(
        f"found no evidence {name!r}; expected an evidence_id or document_id:start; `ocindex find` lists them."
    )


def _document(dataset: Dataset, document_id: str) -> Document:
    rows = dataset.documents[dataset.documents["document_id"] == document_id]
    if rows.empty or rows["text"].isna().all():
        raise UnknownNameError(
            f"found no text of {document_id!r} in this dataset; expected one of "
            f"{', '.join(dataset.documents.dropna(subset=['text'])['document_id'])}."
        )
    row = rows.iloc[0]

    def text(column: str) -> str | None:
        return row[column] if isinstance(row[column], str) else None

    edition = None if rows["edition"].isna().iloc[0] else int(row["edition"])
    source = Source(row["path"], document_id, row["kind"], text("iso3"), edition, text("title"))
    return Document(source, row["sha256"], int(row["bytes"]), row["text"], text("encoding"))


def _read_alone(features: Features, weights: Floats, row: int) -> Floats:
    """Weigh a sentence's labels by its own cues, every kind of state being equally likely."""
    size = features.inside.shape[1]
    probability = np.zeros(size + 1)
    topics = np.flatnonzero(features.inside[row])
    if len(topics) == int(features.listed.sum()):
        return probability
    scores = score_sentences(features, weights)
    listed = np.concatenate([scores.label[row, topics], [scores.none[row], scores.outside[row]]])
    raised = np.exp(listed - listed.max())
    shares = raised / raised.sum()
    probability[:size] = scores.share[row] * shares[-1]
    probability[topics] = shares[:-2]
    probability[size] = shares[-2]
    return probability


def _likeliest(probability: Floats) -> tuple[tuple[str, float], ...]:
    codes = (*(item.code for item in indicators_of(newest_edition())), NONE)
    order = np.argsort(-probability, kind="stable")[:_LISTED]
    return tuple((codes[place], float(probability[place])) for place in order if probability[place] > 0)
