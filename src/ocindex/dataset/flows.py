"""An analysed document and its evidence in, the rows of the table flows out; and the rule that ties the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ocindex.analysis.findings import Analysis
from ocindex.dataset.ids import IdMaker
from ocindex.vocabulary.places import region_or_country

if TYPE_CHECKING:
    import pandas as pd

_SHARED = ("document_id", "iso3", "edition", "tier", "indicator")


def flow_rows(analysis: Analysis, evidence: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """List the flows of one document, in reading order.

    Parameters
    ----------
    analysis : Analysis
    evidence : sequence of dict
        Rows of the table ``evidence`` of the same document.

    Returns
    -------
    list of dict
        Columns of the table ``flows``; each leads to the evidence of its sentence and indicator.
    """
    rows_by_place = {(row["start"], row["end"], row["indicator"]): row for row in evidence}
    ids = IdMaker()
    rows = []
    for finding in analysis.findings:
        sentence = finding.sentence
        for flow in finding.flows:
            proof = rows_by_place[sentence.start, sentence.end, flow.indicator]
            rows.append(
                {
                    "flow_id": ids.make(proof["document_id"], flow.indicator, flow.role, flow.place, sentence.text),
                    "evidence_id": proof["evidence_id"],
                    "role": flow.role,
                    "place": flow.place,
                    "place_iso3": flow.place_iso3,
                    "start": flow.start,
                    "end": flow.end,
                }
                | {name: proof[name] for name in _SHARED}
            )
    return rows


def flows_stand_in_evidence(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """A flow's words stand inside its piece of evidence, which tells the same document, country and indicator."""
    evidence = frames["evidence"][["evidence_id", *_SHARED, "start", "end"]]
    proofs = {row["evidence_id"]: row for row in _records(evidence)}
    for row in _records(frames["flows"]):
        proof = proofs.get(row["evidence_id"])
        if proof is None:
            continue  # said by the rule on foreign keys
        where = f"flows {row['flow_id']}"
        first, start, end, last = (
            int(str(value)) for value in (proof["start"], row["start"], row["end"], proof["end"])
        )
        if not first <= start < end <= last:
            yield f"{where}: its words do not stand inside evidence {proof['evidence_id']}"
        differing = [name for name in _SHARED if row[name] != proof[name]]
        if differing:
            yield f"{where}: {differing[0]} is not that of evidence {proof['evidence_id']}"


def flows_name_places(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """A flow's place is a country or region of ``places.csv``, and its code is the place's."""
    for row in frames["flows"].itertuples():
        place = region_or_country(row.place)
        code = row.place_iso3 if isinstance(row.place_iso3, str) else None
        if place is None:
            yield f"flows {row.flow_id}: found place {row.place!r}, which is no country or region of places.csv"
        elif place.iso3 != code:
            yield f"flows {row.flow_id}: found place_iso3 {code} of {row.place}; expected {place.iso3}"


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Give the rows as dictionaries, None for every kind of null: null equals null here."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in cells.to_dict("records")]
