"""Records of reading and analysis in, one data frame per table out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocindex.analysis.averages import Key, Rank
from ocindex.analysis.claims.record import Claim
from ocindex.analysis.conflicts.record import Conflict
from ocindex.analysis.findings import Analysis
from ocindex.dataset.boxes import box_rows
from ocindex.dataset.claims import claim_rows, conflict_rows
from ocindex.dataset.evidence import evidence_rows
from ocindex.dataset.flows import flow_rows
from ocindex.dataset.ids import IdMaker
from ocindex.dataset.profiles import profile_rows
from ocindex.reading.document import Document, Issue
from ocindex.reading.scores import Score
from ocindex.vocabulary.countries import countries, country_of
from ocindex.vocabulary.indicators import all_codes, composites, editions, known_edition

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that becomes rows.

    ``profiles`` holds, by (iso3, edition), the one profile that supplies text.
    """

    analyses: Sequence[Analysis]
    profiles: Mapping[tuple[str, int], Analysis]
    scores: Mapping[Key, Score]
    averages: Mapping[tuple[str, int], Mapping[str, float]]
    averages_2021: Mapping[tuple[str, int], Mapping[str, float]]
    ranks: Mapping[tuple[str, Key], Rank]
    issues: Sequence[Issue]
    conflicts: Sequence[Conflict] = ()


def build_frames(material: Material) -> dict[str, pd.DataFrame]:
    """Build the data frame of every table, typed and sorted by its key.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict of str to pandas.DataFrame
        In publishing order; unchecked.
    """
    evidence: list[Row] = []
    boxes: list[Row] = []
    flows: list[Row] = []
    claims: list[Row] = []
    claim_ids: dict[tuple[str, Claim], str] = {}
    for analysis in material.analyses:
        if _supplies_evidence(analysis, material) and analysis.document.source.redistribute:
            found = evidence_rows(analysis)
            evidence += found
            boxes += box_rows(analysis.document, found)
            flows += flow_rows(analysis, found)
            stated, ids = claim_rows(analysis, found)
            claims += stated
            claim_ids |= ids
    rows: dict[str, list[Row]] = {
        "indicators": profile_rows(material.profiles, material.scores),
        "composites": _composite_rows(material),
        "evidence": evidence,
        "evidence_boxes": boxes,
        "flows": flows,
        "claims": claims,
        "conflicts": conflict_rows(material.conflicts, claim_ids),
        "documents": [_document_row(analysis) for analysis in material.analyses],
        "spans": [row for analysis in material.analyses for row in _span_rows(analysis, material)],
        "issues": _issue_rows(material.issues),
        "indicator_codes": _code_rows(),
        "editions": [{name: getattr(edition, name) for name in edition.__slots__} for edition in editions()],
        "countries": [
            {
                "iso3": country.iso3,
                "m49": country.m49,
                "country": country.name,
                "continent": country.continent,
                "region": country.region,
                "region_2021": country.region_2021,
                "region_2023": country.region_2023,
            }
            for country in countries()
        ],
    }
    return {name: make_frame(name, table) for name, table in rows.items()}


def make_frame(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Build one table's frame with the model's columns and types, sorted by its key.

    An empty string becomes null; a column that a row lacks is null.
    """
    import pandas as pd

    from ocindex.dataset.models import table_models

    model = table_models()[name]
    listed = list(rows)
    columns = {}
    for column, field in model.columns.items():
        values = [row.get(column) for row in listed]
        dtype = str(field.dtype) if "string" not in str(field.dtype) else "str"
        columns[column] = pd.Series([None if value == "" else value for value in values], dtype=dtype)
    frame = pd.DataFrame(columns)
    return frame.sort_values(model.metadata["key"], kind="stable", ignore_index=True)


def _supplies_evidence(analysis: Analysis, material: Material) -> bool:
    source = analysis.document.source
    if source.kind != "profile":
        return True
    chosen = material.profiles.get((source.iso3 or "", source.edition or 0))
    return chosen is analysis


def _composite_rows(material: Material) -> list[Row]:
    rows: list[Row] = []
    assessed = sorted({(iso3, edition) for iso3, edition, _ in material.scores})
    for iso3, edition in assessed:
        for composite in composites():
            key = (iso3, edition, composite.code)
            score = material.scores.get(key)
            recomputed = material.averages.get((iso3, edition), {}).get(composite.code)
            if score is None and recomputed is None:
                continue
            row: Row = {
                "iso3": iso3,
                "country": country_of(iso3).name,
                "edition": edition,
                "reference_year": known_edition(edition).reference_year,
                "composite": composite.code,
                "label": composite.label,
                "higher_is": composite.higher_is,
                "score": score.value if score else None,
                "score_source": score.source if score and score.value is not None else None,
                "recomputed": recomputed,
                "score_basis_2021": material.averages_2021.get((iso3, edition), {}).get(composite.code),
            }
            for group in ("world", "continent", "region"):
                rank = material.ranks.get((group, key))
                row[f"rank_{group}"] = rank.rank if rank else None
                row[f"rank_{group}_of"] = rank.of if rank else None
                row[f"rank_{group}_tied"] = rank.tied if rank else None
            rows.append(row)
    return rows


def _document_row(analysis: Analysis) -> Row:
    document, source = analysis.document, analysis.document.source
    kinds = [span.kind for span in analysis.spans] if source.redistribute else []
    row: Row = {
        name: getattr(source, name)
        for name in (
            "document_id", "path", "kind", "tier", "iso3", "edition", "title", "publisher", "published", "url",
            "rights", "redistribute", "reliability", "origin", "language",
        )
    }  # fmt: skip
    return row | {
        "encoding": document.encoding,
        "sha256": document.sha256,
        "bytes": document.size,
        "pages": len(document.page_starts) or None,
        "text": document.text if source.redistribute else None,
        "citation": _cite(document),
        "sentence_spans": kinds.count("sentence"),
        "heading_spans": kinds.count("heading"),
        "furniture_spans": kinds.count("furniture"),
    }


def _cite(document: Document) -> str:
    """Publisher (year). Title. URL: the order in which reference lists have them."""
    source = document.source
    year = (source.published or "")[:4] or "n.d."
    parts = [f"{source.publisher or 'Publisher unknown'} ({year})", source.title or source.document_id]
    if source.url:
        parts.append(source.url)
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _span_rows(analysis: Analysis, material: Material) -> list[Row]:
    if not analysis.document.source.redistribute:
        return []
    rows: list[Row] = []
    for span in analysis.spans:
        row: Row = {
            "document_id": analysis.document.document_id,
            "start": span.start,
            "end": span.end,
            "kind": span.kind,
            "section": span.section,
        }
        # A second profile of a country and edition is attributed nowhere.
        if span.finding is not None and _supplies_evidence(analysis, material):
            row |= {
                "indicator": span.finding.indicator,
                "runner_up": span.finding.runner_up,
                "label_probability": round(span.finding.probability, 4),
            }
        rows.append(row)
    return rows


def _issue_rows(issues: Sequence[Issue]) -> list[Row]:
    ids = IdMaker()
    rows: list[Row] = []
    for issue in issues:
        row: Row = {name: getattr(issue, name) for name in issue.__slots__}
        row["issue_id"] = ids.make(
            issue.document_id, issue.code, issue.iso3, issue.edition, issue.indicator, issue.message
        )
        rows.append(row)
    return rows


def _code_rows() -> list[Row]:
    return [
        {
            "indicator": item.code,
            "label": item.label,
            "level": "composite" if item.is_composite else "indicator",
            "position": item.position,
            "component": item.component,
            "section": item.section,
            "higher_is": item.higher_is,
            "since": item.since,
        }
        for item in all_codes()
    ]
