"""Evidence in, a sentence ready to print with its source out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.report.printable import printable

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.dataset.dataset import Dataset


def render_quotation(row: dict[str, object], document: dict[str, object]) -> str:
    """Set one sentence with publisher, title, edition, section, page or line, and url.

    Parameters
    ----------
    row : dict
        Row of the table evidence.
    document : dict
        Row of the table documents.

    Returns
    -------
    str
        One line: the sentence in quotation marks, a dash, its source.
    """
    place = f"p. {row['page']}" if row["page"] is not None else f"line {row['line']}"
    parts = [
        document["publisher"] or "publisher unknown",
        document["title"] or document["document_id"],
        f"edition {row['edition']}" if row["edition"] is not None else None,
        f"section {row['section']}" if row["section"] else None,
        place,
        document["url"],
        "reliability cannot be judged" if document["reliability"] == "F" else None,
    ]
    source = ", ".join(printable(str(part)) for part in parts if part)
    return f"“{printable(str(row['text']))}” — {source}."


def quotations(dataset: Dataset, sentences: pd.DataFrame) -> list[dict[str, object]]:
    """Give each sentence as its printed form and its parts, for people and for programs."""
    from ocindex.report.country import plain_records

    documents = {row["document_id"]: row for row in plain_records(dataset.documents.drop(columns="text"))}
    result = []
    for row in plain_records(sentences):
        document = documents[row["document_id"]]
        result.append({"quotation": render_quotation(row, document), "citation": document["citation"], **row})
    return result
