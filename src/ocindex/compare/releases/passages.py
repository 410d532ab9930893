"""Lines on evidence and spans in, the same lines told apart out: edited, relabelled, moved, new, gone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ocindex.compare.releases.effects import COSMETIC, REVISION
from ocindex.compare.releases.published import Published, quoted
from ocindex.compare.releases.sentences import Matching, Sentence, match_sentences
from ocindex.compare.releases.words import share_changed

if TYPE_CHECKING:
    import duckdb

EVIDENCE, SPANS, DOCUMENTS = "evidence", "spans", "documents"
_NEEDED = {
    EVIDENCE: {"evidence_id", "document_id", "indicator", "relation", "start", "text"},
    SPANS: {"document_id", "start", "end", "kind"},
    DOCUMENTS: {"document_id", "text"},
}


class _Row(NamedTuple):
    """One line on an added or removed row: its place in ``lines`` and the row's values."""

    line: int
    values: Mapping[str, str | None]

    @property
    def start(self) -> int:
        return int(self.values["start"] or 0)

    @property
    def rank(self) -> tuple[bool, str]:
        """Primary before secondary, then by indicator."""
        return self.values.get("relation") != "primary", str(self.values.get("indicator"))


@dataclass(slots=True)
class _Verdicts:
    """What is to be written back: pairs of lines that are one change, and lines that follow from others."""

    pairs: list[tuple[int, int, str, float, str | None]] = field(default_factory=list)
    following: list[tuple[int, str]] = field(default_factory=list)
    moved: list[tuple[str, int, float]] = field(default_factory=list)
    unexplained: list[tuple[str, str]] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)


def tell_passages_apart(connection: duckdb.DuckDBPyConnection, old: Published, new: Published) -> None:
    """Pair the lines of evidence and spans that are one change of one sentence.

    A removed and an added line become one: ``edited`` (a rewritten sentence), ``relabelled``
    (same words, other indicator) or ``moved`` (a span elsewhere). Further evidence of the
    same sentence follows from the first. Python objects are made for the documents
    in which something differs, never for a whole table.
    """
    if not _has(old, new, EVIDENCE):
        return
    has_spans = _has(old, new, SPANS) and _has(old, new, DOCUMENTS)
    _name_documents(connection)
    readers = [_Sentences(connection, side, from_spans=has_spans) for side in (old, new)]
    rows = {
        (table, kind): _rows(connection, table, kind) for table in (EVIDENCE, SPANS) for kind in ("removed", "added")
    }
    verdicts = _Verdicts()
    for (document_id,) in connection.execute("select document_id from touched_documents order by 1").fetchall():
        before, after = (reader.sentences(document_id) for reader in readers)
        if not before or not after:
            continue
        matching = match_sentences(before, after)
        gone, came = rows[EVIDENCE, "removed"].get(document_id, {}), rows[EVIDENCE, "added"].get(document_id, {})
        _judge_evidence(matching, before, after, gone, came, verdicts)
        length = max(before[-1].start, after[-1].start, 1)
        verdicts.moved += [
            (
                document_id,
                before[place].start,
                min(1.0, abs(before[place].start - after[matching.same[place]].start) / length),
            )
            for place in sorted(matching.moved)
        ]
        if has_spans:
            _pair_spans(matching, before, after, rows, document_id, verdicts)
            kinds = [reader.kinds(document_id) for reader in readers]
            _judge_text(matching, before, after, kinds, gone, came, document_id, verdicts)
    _write(connection, verdicts)


def _has(old: Published, new: Published, table: str) -> bool:
    return all(table in side.tables and _NEEDED[table] <= set(side.tables[table].columns) for side in (old, new))


def _name_documents(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create or replace temp table touched_documents as select distinct document_id from lines where document_id is "
        f"not null and (home in ('{EVIDENCE}', '{SPANS}') or (home = '{DOCUMENTS}' and field = 'text'))"
    )


class _Sentences:
    """The sentences of one side's touched documents: slices of the text, or evidence where there are no spans."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, side: Published, *, from_spans: bool) -> None:
        self._found: dict[str, list[Sentence]] = defaultdict(list)
        self._kinds: dict[str, list[str]] = defaultdict(list)
        known = "where document_id in (select document_id from touched_documents)"
        if not from_spans:
            relation = side.tables[EVIDENCE].relation
            query = (
                f"select distinct document_id, start, text from {relation} {known} order by document_id, start, text"
            )
            for document_id, start, text in connection.execute(query).fetchall():
                self._found[document_id].append(Sentence(start, _readable(text)))
            return
        query = f"select document_id, text from {side.tables[DOCUMENTS].relation} {known} and text is not null"
        texts = dict(connection.execute(query).fetchall())
        columns = f"document_id, {quoted('start')}, {quoted('end')}, kind"
        query = f"select {columns} from {side.tables[SPANS].relation} {known} order by document_id, start"
        for document_id, start, end, kind in connection.execute(query).fetchall():
            self._found[document_id].append(Sentence(start, _readable(texts.get(document_id, "")[start:end])))
            self._kinds[document_id].append(kind)

    def sentences(self, document_id: str) -> list[Sentence]:
        """Give a document's sentences in reading order."""
        return self._found.get(document_id, [])

    def kinds(self, document_id: str) -> list[str]:
        """Give what each of them is: sentence, heading, furniture."""
        return self._kinds.get(document_id, [])


def _readable(text: str) -> str:
    return " ".join(text.split())


_ByStart = dict[int, list[_Row]]


def _rows(connection: duckdb.DuckDBPyConnection, table: str, kind: str) -> dict[str, _ByStart]:
    side = "old" if kind == "removed" else "new"
    query = f"select rowid, document_id, {side} from lines where home = ? and kind = ? order by rowid"
    found: dict[str, _ByStart] = defaultdict(lambda: defaultdict(list))
    for line, document_id, values in connection.execute(query, [table, kind]).fetchall():
        row = _Row(line, json.loads(values))
        found[document_id][row.start].append(row)
    return found


def _judge_evidence(
    matching: Matching,
    before: Sequence[Sentence],
    after: Sequence[Sentence],
    gone: _ByStart,
    came: _ByStart,
    verdicts: _Verdicts,
) -> None:
    text_changed = bool(matching.edited or matching.removed or matching.added or matching.moved)
    for pairs, kind in ((matching.same, "relabelled"), (matching.edited, "edited")):
        for index, other in sorted(pairs.items()):
            lost = sorted(gone.get(before[index].start, ()), key=lambda row: row.rank)
            new = sorted(came.get(after[other].start, ()), key=lambda row: row.rank)
            size = share_changed(before[index].text, after[other].text) if kind == "edited" else None
            if (
                kind == "relabelled"
                and text_changed
                and all(row.values.get("relation") != "primary" for row in (*lost, *new))
            ):
                # The same words under the same indicator: what stands around them decided on the rest.
                verdicts.following += [(row.line, "surroundings") for row in (*lost, *new)]
            else:
                _pair_rows(lost, new, kind, size, verdicts)
    for places, sentences, rows in ((matching.removed, before, gone), (matching.added, after, came)):
        for place in places:
            listed = sorted(rows.get(sentences[place].start, ()), key=lambda row: row.rank)
            verdicts.following += [(row.line, "sentence") for row in listed[1:]]


def _pair_rows(lost: list[_Row], new: list[_Row], kind: str, size: float | None, verdicts: _Verdicts) -> None:
    """Make one change of each pair; the first leads, the others are of the same sentence."""
    pairs = []
    rest = list(new)
    for row in lost:
        same = [other for other in rest if other.values["indicator"] == row.values["indicator"]]
        if same and kind == "edited":
            pairs.append((row, same[0]))
            rest.remove(same[0])
    paired = {row.line for row, _ in pairs}
    left = [row for row in lost if row.line not in paired]
    pairs += list(zip(left, rest, strict=False))
    pairs.sort(key=lambda pair: pair[0].rank)
    for number, (row, other) in enumerate(pairs):
        weight = float(other.values.get("label_probability") or 1) / 2 if size is None else size
        verdicts.pairs.append((row.line, other.line, kind, round(weight, 4), "sentence" if number else None))
    paired = {row.line for pair in pairs for row in pair}
    alone = [row for row in (*lost, *new) if row.line not in paired]
    # A dropped by-label of an unchanged sentence is a change of its own; one of an edited sentence is not.
    verdicts.following += [(row.line, "sentence") for row in (alone if pairs else alone[1:])]


def _pair_spans(
    matching: Matching,
    before: Sequence[Sentence],
    after: Sequence[Sentence],
    rows: Mapping[tuple[str, str], Mapping[str, _ByStart]],
    document_id: str,
    verdicts: _Verdicts,
) -> None:
    gone, came = rows[SPANS, "removed"].get(document_id, {}), rows[SPANS, "added"].get(document_id, {})
    for index, other in sorted({**matching.same, **matching.edited}.items()):
        lost, new = gone.get(before[index].start), came.get(after[other].start)
        if lost and new:
            verdicts.pairs.append((lost[0].line, new[0].line, "moved", 0.0, "text"))


def _judge_text(
    matching: Matching,
    before: Sequence[Sentence],
    after: Sequence[Sentence],
    kinds: Sequence[Sequence[str]],
    gone: _ByStart,
    came: _ByStart,
    document_id: str,
    verdicts: _Verdicts,
) -> None:
    """Say whether the lines on evidence tell all that changed in the text; sentences about nothing have none."""
    left = [(index, other) for index, other in matching.edited.items()]
    silent = [
        kinds[0][index] for index, other in left if before[index].start not in gone and after[other].start not in came
    ]
    silent += [kinds[0][index] for index in matching.removed if before[index].start not in gone]
    silent += [kinds[1][index] for index in matching.added if after[index].start not in came]
    if silent:
        verdicts.unexplained.append((document_id, REVISION if "sentence" in silent else COSMETIC))
    else:
        verdicts.explained.append(document_id)


def _write(connection: duckdb.DuckDBPyConnection, verdicts: _Verdicts) -> None:
    _fill(
        connection,
        "verdict_pairs",
        "line BIGINT, other BIGINT, kind VARCHAR, size DOUBLE, follows VARCHAR",
        verdicts.pairs,
    )
    connection.execute(
        f"""update lines set kind = v.kind, new = other.new, n = other.n, size = v.size, follows = v.follows,
            effect = case when v.kind = 'moved' then '{COSMETIC}' else '{REVISION}' end
            from verdict_pairs v join lines other on other.rowid = v.other where lines.rowid = v.line"""
    )
    _fill(connection, "verdict_following", "line BIGINT, follows VARCHAR", verdicts.following)
    connection.execute("update lines set follows = v.follows from verdict_following v where lines.rowid = v.line")
    connection.execute("delete from lines where rowid in (select other from verdict_pairs)")
    _fill(connection, "moved", "document_id VARCHAR, start BIGINT, size DOUBLE", verdicts.moved)
    connection.execute(
        f"""update lines set kind = 'moved', size = coalesce((select max(m.size) from moved m
            where m.document_id = lines.document_id and m.start = lines.old::BIGINT), 0)
            where home = '{EVIDENCE}' and field = 'start'"""
    )
    is_text = f"home = '{DOCUMENTS}' and field = 'text'"
    _fill(connection, "unexplained", "document_id VARCHAR, effect VARCHAR", verdicts.unexplained)
    connection.execute(
        f"update lines set effect = u.effect from unexplained u where {is_text} and u.document_id = lines.document_id"
    )
    _fill(connection, "explained", "document_id VARCHAR", [(name,) for name in verdicts.explained])
    connection.execute(
        f"""update lines set follows = '{EVIDENCE}' where {is_text}
            and document_id in (select document_id from explained)"""
    )


def _fill(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    connection.execute(f"create or replace temp table {name} ({columns})")
    listed = [list(row) for row in rows]
    if listed:
        connection.executemany(f"insert into {name} values ({', '.join('?' * len(listed[0]))})", listed)
