"""A dataset in, what its documents state and where they disagree out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.analysis.conflicts.record import CONFLICT_KINDS, STRENGTHS, WEAK
from ocindex.analysis.readable import make_readable
from ocindex.reading.document import line_number, line_starts

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.dataset.dataset import Dataset

# What is said of each side of a conflict, as text_a and text_b.
_SIDE = (
    "claim", "text", "document_id", "tier", "edition", "publisher", "title", "url", "reliability", "page", "line",
    "start", "end", "period", "place", "hedged", "attributed_to",
)  # fmt: skip
_PAIR = ("kind", "strength", "indicator", "same_document", "same_origin", "reason")


def list_claims(dataset: Dataset, iso3: str | None = None) -> pd.DataFrame:
    """List the claims of a country's documents, or of all, with their words and sources.

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``claims`` and ``text`` (the sentence made
        readable), ``quote``, ``page``, ``line``, ``publisher``, ``title``, ``url``;
        assessments first, in reading order.
    """
    import pandas as pd

    claims = dataset.claims if iso3 is None else dataset.claims[dataset.claims["iso3"] == iso3]
    documents = dataset.documents[["document_id", "publisher", "title", "url", "text"]]
    joined = claims.merge(documents.rename(columns={"text": "_whole"}), on="document_id", how="left")
    spans = zip(joined["_whole"], joined["start"], joined["end"], strict=True)
    joined["quote"] = pd.Series([whole[start:end] for whole, start, end in spans], dtype="str")
    joined["text"] = pd.Series([make_readable(quote) for quote in joined["quote"]], dtype="str")
    pages = dataset.evidence[["evidence_id", "page"]]
    joined = joined.merge(pages, on="evidence_id", how="left")
    starts = {row.document_id: line_starts(row.text) for row in documents.dropna(subset=["text"]).itertuples()}
    paged = set(dataset.documents.loc[dataset.documents["pages"].notna(), "document_id"])
    lines = [
        None if row.document_id in paged else line_number(starts[row.document_id], row.start)
        for row in joined.itertuples()
    ]
    joined["line"] = pd.Series(lines, dtype="Int32")
    ordered = joined.sort_values(["tier", "document_id", "start", "kind", "claim_id"], key=_assessment_first)
    return ordered.drop(columns="_whole").reset_index(drop=True)


def list_conflicts(dataset: Dataset, iso3: str | None = None, *, weak: bool = False) -> pd.DataFrame:
    """List where the documents on a country disagree, both sides in one row.

    Parameters
    ----------
    dataset : Dataset
    iso3 : str, optional
        All countries without it.
    weak : bool
        Also the weak ones.

    Returns
    -------
    pandas.DataFrame
        ``iso3``, ``kind``, ``strength``, ``indicator``, ``same_document``,
        ``same_origin``, ``reason``, then for each side ``claim_a``, ``text_a``,
        ``publisher_a``, ``reliability_a``, … Contradictions first, the strongest
        first; the assessment stands on side a.
    """
    import pandas as pd

    claims = list_claims(dataset, iso3).rename(columns={"claim_id": "claim"})
    order = {claim: place for place, claim in enumerate(claims["claim"])}
    found = dataset.conflicts[dataset.conflicts["claim_a"].isin(order)]
    if not weak:
        found = found[found["strength"] != WEAK]
    # The table orders the two by id; a reader wants the assessment, or what comes first, on the left.
    turned = [order[row.claim_a] > order[row.claim_b] for row in found.itertuples()]
    left = found["claim_a"].where(~pd.Series(turned, index=found.index, dtype=bool), found["claim_b"])
    right = found["claim_b"].where(~pd.Series(turned, index=found.index, dtype=bool), found["claim_a"])
    pairs = found.assign(claim_a=left, claim_b=right)
    country = claims.set_index("claim")["iso3"]
    pairs.insert(0, "iso3", pairs["claim_a"].map(country))
    for side in ("a", "b"):
        facts = claims[list(_SIDE)].add_suffix(f"_{side}")
        pairs = pairs.merge(facts, on=f"claim_{side}", how="left")
    ranked = pairs.assign(
        _kind=pairs["kind"].map(CONFLICT_KINDS.index),
        _strength=pairs["strength"].map(STRENGTHS.index),
        _place=pairs["claim_a"].map(order),
        _other=pairs["claim_b"].map(order),
    ).sort_values(["iso3", "_kind", "_strength", "_place", "_other"])
    columns = ["iso3", *_PAIR, *(f"{name}_a" for name in _SIDE), *(f"{name}_b" for name in _SIDE)]
    return ranked[columns].reset_index(drop=True)


def count_conflicts(dataset: Dataset, iso3: str) -> dict[str, int]:
    """Count the conflicts on a country by strength; all zero for datasets older than the table."""
    if "conflicts" not in dataset.tables:
        return dict.fromkeys(STRENGTHS, 0)
    own = set(dataset.claims.loc[dataset.claims["iso3"] == iso3, "claim_id"])
    found = dataset.conflicts[dataset.conflicts["claim_a"].isin(own)]
    return {strength: int((found["strength"] == strength).sum()) for strength in STRENGTHS}


def _assessment_first(column: pd.Series) -> pd.Series:
    return column.map({"assessment": 0, "article": 1}) if column.name == "tier" else column
