"""Lines in, the same lines with the cause of each out: the source, the scores, or our own method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.compare.releases.published import Published

if TYPE_CHECKING:
    import duckdb

SOURCE, SCORE, METHOD = "source", "score", "method"
_NEEDED = {"document_id", "sha256"}
# Columns of documents that sources.csv gives; the others come from reading the file.
_GIVEN = (
    "path", "kind", "tier", "iso3", "edition", "title", "publisher", "published", "url", "rights", "redistribute",
    "reliability", "origin", "citation",
)  # fmt: skip


def name_causes(connection: duckdb.DuckDBPyConnection, old: Published, new: Published) -> None:
    """Say why each line differs: ``source``, ``score`` or ``method``; null where no table of documents tells.

    Source: the document is new, gone, or its bytes changed, or ``sources.csv`` describes it
    otherwise. Score: a file of scores is, or did. Method: the bytes are the same and the
    outcome is not, so code, cues or vocabulary changed, not the Index's opinion.
    """
    tables = [side.tables["documents"] for side in (old, new) if "documents" in side.tables]
    if len(tables) < 2 or any(not set(table.columns) >= _NEEDED for table in tables):
        return
    kind = "kind" if all("kind" in table.columns for table in tables) else "null"
    sides = [f"(select document_id, sha256, {kind} as kind from {table.relation})" for table in tables]
    connection.execute(
        f"""create or replace temp table document_causes as
            select coalesce(o.document_id, n.document_id) as document_id,
                case when o.sha256 is not distinct from n.sha256 then '{METHOD}'
                    when coalesce(n.kind, o.kind) in ('workbook', 'scores') then '{SCORE}'
                    else '{SOURCE}' end as cause
            from {sides[0]} o full join {sides[1]} n on o.document_id = n.document_id"""
    )
    by_document = "(select any_value(c.cause) from document_causes c where c.document_id = lines.document_id)"
    by_scores = f"(select any_value(cause) from document_causes where cause = '{SCORE}')"
    connection.execute(
        f"""update lines set cause = case
            when home = 'documents' and field in {_GIVEN} then '{SOURCE}'
            when home = 'composites' then coalesce({by_scores}, '{METHOD}')
            when home = 'indicators' and (field is null or field in ('score', 'score_source'))
                then coalesce({by_scores}, {by_document}, '{METHOD}')
            when home = 'issues' and document_id is null then coalesce({by_scores}, '{METHOD}')
            else coalesce({by_document}, '{METHOD}') end
            where cause is null"""
    )
