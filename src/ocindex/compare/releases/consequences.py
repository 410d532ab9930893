"""Lines in, the same lines with those marked that merely follow from others out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.compare.releases.effects import BREAKING, COSMETIC, COVERAGE, POSITIONS, REVISION

if TYPE_CHECKING:
    import duckdb

_STRENGTH = f"case effect when '{BREAKING}' then 4 when '{REVISION}' then 3 when '{COVERAGE}' then 2 else 1 end"
_NAMES = f"['{COSMETIC}', '{COVERAGE}', '{REVISION}', '{BREAKING}']"
_IN_CHANGED_TEXT = "document_id in (select document_id from lines where home = 'documents' and field = 'text')"
_FROM_EVIDENCE = ("text", "text_status", "sentence_count", "secondary_count", "label_probability_min", "document_id")
_FROM_BYTES = ("bytes", "encoding", "pages", "language", "sentence_spans", "heading_spans", "furniture_spans")
_FROM_DESCRIPTION = ("title", "publisher", "published", "url")
_FROM_DOCUMENT = ("reliability", "tier", "iso3", "edition")
_FROM_SCORES = ("recomputed", "score_basis_2021")


def mark_consequences(connection: duckdb.DuckDBPyConnection) -> None:
    """Mark lines that follow from others, so that a reader sees each change once.

    ``follows`` says from what: ``position``, ``surroundings``, ``label_probability``, ``sentence``,
    ``evidence``, ``claims``, ``document``, ``bytes``, ``text``, ``score``, ``column``, ``table``,
    ``tolerance``. What follows from evidence weighs as much as the evidence does.
    """
    for step in (_mark_positions, _mark_spans, _mark_statements, _mark_documents, _mark_indicators, _mark_scores):
        for statement in step():
            connection.execute(statement)


def _mark_positions() -> tuple[str, ...]:
    is_cell = "home = 'evidence' and field is not null"
    return (
        f"create or replace temp table moved_keys as select key from lines where {is_cell} and kind = 'moved'",
        f"""update lines set follows = 'position', effect = '{COSMETIC}'
            where {is_cell} and kind = 'changed' and field in {(*POSITIONS, "section")}
            and key in (select key from moved_keys)""",
        f"""update lines set follows = 'surroundings'
            where {is_cell} and kind = 'changed' and field in {POSITIONS} and follows is null""",
        f"update lines set kind = 'relabelled' where {is_cell} and field = 'relation'",
        # What stands behind an inserted word is pushed along; only what passed its neighbours moved by itself.
        f"""update lines set follows = 'text' where {is_cell} and kind = 'moved' and size = 0 and {_IN_CHANGED_TEXT}""",
        f"""update lines set follows = 'sentence' where {is_cell} and kind = 'moved' and follows is null and exists
            (select 1 from lines l where l.home = 'evidence' and l.kind = 'moved' and l.document_id = lines.document_id
            and l.new = lines.new and l.key < lines.key)""",
        # The same words: it is an edited neighbour that made them more or less certain.
        f"""update lines set follows = 'surroundings' where {is_cell} and field = 'label_probability'
            and {_IN_CHANGED_TEXT}""",
        f"""update lines set follows = 'label_probability' where {is_cell} and field = 'cues' and key in
            (select key from lines where home = 'evidence' and field = 'label_probability')""",
    )


def _mark_spans() -> tuple[str, ...]:
    is_open = "home = 'spans' and follows is null"
    return (
        f"update lines set follows = 'text', effect = '{COSMETIC}' where {is_open} and {_IN_CHANGED_TEXT}",
        f"""update lines set follows = 'evidence' where {is_open} and (document_id, indicator) in
            (select (document_id, indicator) from lines where home = 'evidence')""",
        # The runner-up of a sentence comes with its probability.
        f"""update lines set follows = 'label_probability' where {is_open} and field = 'runner_up' and key in
            (select key from lines where home = 'spans' and field = 'label_probability')""",
    )


def _mark_statements() -> tuple[str, ...]:
    """Flows, claims and boxes follow from the sentence that they are read off, conflicts from their claims."""
    is_open = "lines.follows is null and lines.home"
    named = "key::JSON->>"
    return (
        f"update lines set follows = 'text' where {is_open} in ('flows', 'claims') and {_IN_CHANGED_TEXT}",
        f"""create or replace temp table touched_evidence as select {named}'evidence_id' as evidence_id from lines
            where home = 'evidence' and key is not null""",
        f"""update lines set follows = 'evidence' where {is_open} in ('flows', 'claims')
            and coalesce(new, old)::JSON->>'evidence_id' in (select evidence_id from touched_evidence)
            and field is null""",
        f"""update lines set follows = 'evidence' where {is_open} = 'evidence_boxes'
            and {named}'evidence_id' in (select evidence_id from touched_evidence)""",
        f"""create or replace temp table touched_claims as select {named}'claim_id' as claim_id from lines
            where home = 'claims' and key is not null""",
        f"""update lines set follows = 'claims' where {is_open} = 'conflicts'
            and ({named}'claim_a' in (select claim_id from touched_claims)
                or {named}'claim_b' in (select claim_id from touched_claims))""",
    )


def _mark_documents() -> tuple[str, ...]:
    return (
        # A workbook that was replaced is no loss: the scores that it changed are lines of their own.
        f"""update lines set effect = '{COSMETIC}' where home = 'documents' and kind = 'removed'
            and old::JSON->>'kind' in ('workbook', 'scores')""",
        f"""update lines set follows = 'bytes' where home = 'documents' and field in {_FROM_BYTES} and document_id in
            (select document_id from lines where home = 'documents' and field = 'sha256')""",
        f"""update lines set follows = 'document' where home = 'documents' and field = 'citation' and document_id in
            (select document_id from lines where home = 'documents' and field in {_FROM_DESCRIPTION})""",
        f"""update lines set follows = 'document' where home = 'evidence' and field in {_FROM_DOCUMENT} and
            (document_id, field) in (select (document_id, field) from lines where home = 'documents')""",
        """update lines set follows = 'document' where home in ('spans', 'evidence', 'flows', 'claims')
            and kind in ('added', 'removed') and follows is null and document_id in
            (select document_id from lines where home = 'documents' and field is null and key is not null)""",
    )


def _mark_indicators() -> tuple[str, ...]:
    is_open = f"lines.home = 'indicators' and lines.field in {_FROM_EVIDENCE} and lines.follows is null"
    return (
        f"""create or replace temp table touched_labels as
            select document_id, indicator, max({_STRENGTH}) as strength from (
                select document_id, indicator, effect from lines where home = 'evidence'
                union all
                select document_id, new::JSON->>'indicator', effect from lines
                where home = 'evidence' and kind in ('edited', 'relabelled') and field is null
            ) group by all""",
        f"""update lines set follows = 'evidence', effect = {_NAMES}[t.strength] from touched_labels t
            where {is_open} and t.document_id = lines.document_id and t.indicator = lines.indicator""",
        f"""update lines set follows = 'document', effect = '{COVERAGE}' where {is_open} and document_id in
            (select document_id from lines where home = 'documents' and kind = 'added')""",
        f"""update lines set effect = {_NAMES}[t.strength] from
            (select document_id, max(strength) as strength from touched_labels group by all) t
            where lines.home = 'documents' and lines.follows = 'evidence' and t.document_id = lines.document_id""",
    )


def _mark_scores() -> tuple[str, ...]:
    is_average = "home = 'composites' and kind = 'changed'"
    return (
        """create or replace temp table scored as select distinct iso3, edition from lines
            where home in ('indicators', 'composites') and (field = 'score' or kind in ('added', 'removed'))""",
        f"""update lines set follows = 'score' where {is_average} and field in {_FROM_SCORES}
            and (iso3, edition) in (select (iso3, edition) from scored)""",
        f"""update lines set follows = 'score' where {is_average} and starts_with(field, 'rank_')
            and edition in (select edition from scored)""",
        """update lines set follows = 'score' where field = 'score_source' and (home, key) in
            (select (home, key) from lines where field = 'score')""",
    )
