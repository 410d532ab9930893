"""Words in, where they stand in a dataset and its dictionary out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocindex.vocabulary.folding import fold_name

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.dataset.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where all the words stand.

    ``kind`` is indicator, evidence, span or column; ``place`` says where.
    """

    kind: str
    place: str
    text: str
    tier: str | None = None


def search(dataset: Dataset, words: list[str]) -> list[Hit]:
    """Find the places where every word begins a word.

    Parameters
    ----------
    dataset : Dataset
    words : list of str
        Matched in any case, accents and quotes as typed.

    Returns
    -------
    list of Hit
        Indicators, then evidence, then spans that are no evidence, then columns.
    """
    test = _word_test(words)
    return [*_indicators(dataset, test), *_evidence(dataset, test), *_spans(dataset, test), *_columns(test)]


def find_sentences(dataset: Dataset, iso3: str, words: list[str]) -> pd.DataFrame:
    """Give the sentences on a country that hold every word, one row each, in reading order.

    Returns
    -------
    pandas.DataFrame
        Rows of the table evidence, the primary one of each sentence first.
    """
    test = _word_test(words)
    evidence = dataset.evidence
    own = evidence[evidence["iso3"] == iso3]
    own = own[[test(text) for text in own["text"]]]
    ordered = own.sort_values(["tier", "document_id", "start", "relation"], key=_assessment_first)
    return ordered.drop_duplicates(["document_id", "start"])


def _assessment_first(column: pd.Series) -> pd.Series:
    return column.map({"assessment": 0, "article": 1}) if column.name == "tier" else column


def _word_test(words: list[str]) -> _All:
    return _All([re.compile(rf"(?<!\w){re.escape(fold_name(word))}") for word in words])


class _All:
    """Whether every pattern is found in a folded text."""

    def __init__(self, patterns: list[re.Pattern[str]]) -> None:
        self._patterns = patterns

    def __call__(self, text: str) -> bool:
        folded = fold_name(text)
        return all(pattern.search(folded) for pattern in self._patterns)


def _indicators(dataset: Dataset, test: _All) -> list[Hit]:
    rows = dataset.indicator_codes
    return [
        Hit("indicator", row.indicator, f"{row.label} (since {row.since}, higher is {row.higher_is})")
        for row in rows.itertuples()
        if test(f"{row.label} {row.indicator}") or test(row.indicator.replace("_", " "))
    ]


def _evidence(dataset: Dataset, test: _All) -> list[Hit]:
    hits = []
    for row in dataset.evidence.sort_values(["document_id", "start", "relation"]).itertuples():
        if test(row.text):
            place = f"{row.evidence_id} {row.document_id}:{row.start} {row.indicator} ({row.relation})"
            hits.append(Hit("evidence", place, row.text, row.tier))
    return hits


def _spans(dataset: Dataset, test: _All) -> list[Hit]:
    documents = dataset.documents.set_index("document_id")
    supported = set(zip(dataset.evidence["document_id"], dataset.evidence["start"], strict=True))
    hits = []
    for row in dataset.spans.itertuples():
        if (row.document_id, row.start) in supported:
            continue
        text = documents.loc[row.document_id, "text"][row.start : row.end]
        if test(text):
            tier = documents.loc[row.document_id, "tier"]
            hits.append(Hit("span", f"{row.document_id}:{row.start} {row.kind}", " ".join(text.split()), tier))
    return hits


def _columns(test: _All) -> list[Hit]:
    from ocindex.dataset.models import table_models

    return [
        Hit("column", f"{name}.{column}", field.description)
        for name, model in table_models().items()
        for column, field in model.columns.items()
        if test(f"{column} {column.replace('_', ' ')} {field.description}")
    ]
