"""Claims and conflicts in, the rows of their tables out; and the rules that tie these to their documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ocindex.analysis.claims.record import Claim
from ocindex.analysis.conflicts.record import Conflict
from ocindex.analysis.findings import Analysis
from ocindex.dataset.ids import IdMaker
from ocindex.vocabulary.indicators import all_codes
from ocindex.vocabulary.places import region_or_country

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]
ClaimIds = Mapping[tuple[str, Claim], str]
_SHARED = ("document_id", "iso3", "edition", "tier", "reliability")
_STATED = ("kind", "subject", "value", "unit", "direction", "period", "place", "hedged", "attributed_to")


def claim_rows(
    analysis: Analysis, evidence: Sequence[Mapping[str, object]]
) -> tuple[list[dict[str, object]], dict[tuple[str, Claim], str]]:
    """List the claims of one document, in reading order, and the id that each got.

    Parameters
    ----------
    analysis : Analysis
    evidence : sequence of dict
        Rows of the table ``evidence`` of the same document.

    Returns
    -------
    rows : list of dict
        Columns of the table ``claims``.
    claim_ids : dict
        By document_id and claim.
    """
    proofs = {(row["start"], row["indicator"]): row["evidence_id"] for row in evidence}
    source = analysis.document.source
    ids = IdMaker()
    rows: list[dict[str, object]] = []
    claim_ids: dict[tuple[str, Claim], str] = {}
    for claim in analysis.claims:
        sentence = claim.finding.sentence
        said = (claim.kind, claim.subject, claim.direction, claim.unit, claim.value, claim.place)
        claim_id = ids.make(source.document_id, *said, sentence.text)
        claim_ids[source.document_id, claim] = claim_id
        rows.append(
            {name: getattr(claim, name) for name in _STATED}
            | {
                "claim_id": claim_id,
                "document_id": source.document_id,
                "evidence_id": _evidence_of(claim, proofs),
                "iso3": source.iso3,
                "edition": source.edition if source.kind == "profile" else None,
                "tier": source.tier,
                "reliability": source.reliability,
                "start": sentence.start,
                "end": sentence.end,
            }
        )
    return rows, claim_ids


def conflict_rows(conflicts: Sequence[Conflict], claim_ids: ClaimIds) -> list[dict[str, object]]:
    """List the conflicts; of each two claims the one with the smaller id comes first."""
    rows: list[dict[str, object]] = []
    for conflict in conflicts:
        sides = (conflict.first, conflict.second)
        first, second = sorted(claim_ids[side.document_id, side.claim] for side in sides)
        rows.append(
            {
                "claim_a": first,
                "claim_b": second,
                "kind": conflict.verdict.kind,
                "strength": conflict.verdict.strength,
                "indicator": conflict.indicator,
                "same_document": conflict.same_document,
                "same_origin": conflict.same_origin,
                "reason": conflict.verdict.reason,
            }
        )
    return rows


def claims_are_sentences(frames: Frames) -> Iterator[str]:
    """A claim stands where a sentence stands, and what it tells of its document and evidence is so."""
    spans = frames["spans"][frames["spans"]["kind"] == "sentence"]
    sentences = set(zip(spans["document_id"], spans["start"], spans["end"], strict=True))
    evidence = frames["evidence"]
    places = dict(
        zip(
            evidence["evidence_id"],
            zip(evidence["document_id"], evidence["start"], evidence["end"], strict=True),
            strict=True,
        )
    )
    documents = {row["document_id"]: row for row in _records(frames["documents"][list(_SHARED)])}
    for row in _records(frames["claims"]):
        where = f"claims {row['claim_id']}"
        position = (row["document_id"], row["start"], row["end"])
        if position not in sentences:
            yield f"{where}: is no sentence of spans"
        if row["evidence_id"] in places and places[row["evidence_id"]] != position:
            yield f"{where}: evidence {row['evidence_id']} is another sentence"
        document = documents.get(row["document_id"])
        differing = [name for name in _SHARED if document is not None and row[name] != document[name]]
        if differing:
            yield f"{where}: {differing[0]} is not that of its document"


def claims_name_known_things(frames: Frames) -> Iterator[str]:
    """A claim's place is a country or region of ``places.csv``; evidence under a subject is of that indicator."""
    evidence = frames["evidence"]
    labels = dict(zip(evidence["evidence_id"], evidence["indicator"], strict=True))
    filed = set(zip(evidence["document_id"], evidence["start"], evidence["indicator"], strict=True))
    for row in _records(frames["claims"]):
        if row["place"] is not None and region_or_country(str(row["place"])) is None:
            yield f"claims {row['claim_id']}: found place {row['place']!r}, which is no country or region of places.csv"
        subject = (row["document_id"], row["start"], row["subject"])
        if subject in filed and labels.get(row["evidence_id"]) != row["subject"]:
            yield f"claims {row['claim_id']}: its evidence is not the one under its subject {row['subject']}"


def conflicts_follow_from_claims(frames: Frames) -> Iterator[str]:
    """Both claims are on one country; document and origin are the same where it is said so."""
    claims = {row["claim_id"]: row for row in _records(frames["claims"])}
    origins = {row["document_id"]: row["origin"] for row in _records(frames["documents"][["document_id", "origin"]])}
    for row in _records(frames["conflicts"]):
        first, second = claims.get(row["claim_a"]), claims.get(row["claim_b"])
        if first is None or second is None:
            continue  # said by the rule on foreign keys
        where = f"conflicts {row['claim_a']} {row['claim_b']}"
        if first["iso3"] != second["iso3"] or first["iso3"] is None:
            yield f"{where}: the claims are of documents on two countries"
        if first["kind"] != second["kind"]:
            yield f"{where}: found a {first['kind']} against a {second['kind']}"
        same_document = first["document_id"] == second["document_id"]
        if not {first["document_id"], second["document_id"]} <= set(origins):
            continue
        pair = {origins[first["document_id"]], origins[second["document_id"]]}
        if row["same_document"] != same_document:
            yield f"{where}: found same_document {row['same_document']}; expected {same_document}"
        elif row["same_origin"] != (same_document or (len(pair) == 1 and None not in pair)):
            yield f"{where}: found same_origin {row['same_origin']}, which the documents' origins do not say"


def _evidence_of(claim: Claim, proofs: Mapping[tuple[object, object], object]) -> object:
    """The sentence's evidence under the subject, else under the indicator that it is filed under first."""
    start = claim.finding.sentence.start
    whole = next((item.code for item in all_codes() if claim.subject in (item.code, f"{item.code}_{claim.aspect}")), "")
    return proofs.get((start, whole)) or proofs.get((start, claim.finding.indicator))


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Give the rows as dictionaries, None for every kind of null."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in cells.to_dict("records")]
