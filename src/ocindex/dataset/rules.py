"""Rules that span rows or tables: frames in, one line per failure out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from ocindex.analysis.averages import differs_from_parts, recompute
from ocindex.dataset.claims import claims_are_sentences, claims_name_known_things, conflicts_follow_from_claims
from ocindex.dataset.evidence import CONTEXT
from ocindex.dataset.flows import flows_name_places, flows_stand_in_evidence
from ocindex.vocabulary.indicators import NONE, code_of, indicators_of

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]
Rule = Callable[[Frames], Iterator[str]]
_CLOSE = 1e-9

# Table, its column that holds a code, the table of that code, the columns that both have.
_COPIES = (
    ("indicators", "iso3", "countries", ("country",)),
    ("indicators", "edition", "editions", ("reference_year",)),
    ("indicators", "indicator", "indicator_codes", ("component", "section", "label", "higher_is")),
    ("composites", "iso3", "countries", ("country",)),
    ("composites", "edition", "editions", ("reference_year",)),
    ("composites", "composite", "indicator_codes", ("label", "higher_is")),
)


def foreign_keys_whole(frames: Frames) -> Iterator[str]:
    """Every reference leads to a row."""
    from ocindex.dataset.models import table_models

    for name, model in table_models().items():
        for key in model.metadata["foreign_keys"]:
            (column,), (reference,) = key["columns"], key["references"]
            values = frames[name][column].dropna()
            lost = values[~values.isin(frames[key["table"]][reference])].unique()
            for value in sorted(map(str, lost)):
                yield f"{name}.{column}: found {value!r}, which is no {key['table']}.{reference}"


def copies_agree(frames: Frames) -> Iterator[str]:
    """A column that repeats what a code says agrees with the table of that code."""
    for name, key, table, columns in _COPIES:
        codes = frames[table].set_index(frames[table].columns[0])
        rows = frames[name][[key, *columns]].drop_duplicates()
        known = rows[rows[key].isin(codes.index)]
        for column in columns:
            expected = known[key].map(codes[column])
            for at in known.index[known[column] != expected]:
                yield (
                    f"{name}.{column}: found {str(known[column][at])!r} beside {key} {known[key][at]}; "
                    f"expected {str(expected[at])!r} as in {table}"
                )


def quotes_are_slices(frames: Frames) -> Iterator[str]:
    """``quote`` is ``documents.text[start:end]``, and prefix and suffix stand around it."""
    texts = _texts(frames)
    for row in frames["evidence"].itertuples():
        text = texts.get(row.document_id)
        if text is None or text[row.start : row.end] != row.quote:
            yield f"evidence {row.evidence_id}: quote is not documents.text[{row.start}:{row.end}]"
            continue
        around = (text[max(0, row.start - CONTEXT) : row.start], text[row.end : row.end + CONTEXT])
        if around != (_text(row.prefix), _text(row.suffix)):
            yield f"evidence {row.evidence_id}: prefix or suffix is not the text around the quote"


def spans_cover_texts(frames: Frames) -> Iterator[str]:
    """Spans do not overlap, and only white space lies between them."""
    spans = dict(list(frames["spans"].groupby("document_id")))
    for document_id, text in _texts(frames).items():
        position = 0
        rows = spans[document_id].sort_values("start").itertuples() if document_id in spans else ()
        for row in rows:
            if row.start < position:
                yield f"spans {document_id}:{row.start}: overlaps the span before it"
            if text[position : row.start].strip():
                yield f"spans {document_id}:{row.start}: text before it is in no span"
            position = row.end
        if position > len(text) or text[position:].strip():
            yield f"spans {document_id}: the spans do not end where the text ends"


def evidence_matches_spans(frames: Frames) -> Iterator[str]:
    """Each piece of evidence is a sentence; each labelled sentence of a document in use is evidence."""
    sentences = frames["spans"][frames["spans"]["kind"] == "sentence"]
    known = {(row.document_id, row.start, row.end): row.indicator for row in sentences.itertuples()}
    for row in frames["evidence"].itertuples():
        label = known.get((row.document_id, row.start, row.end))
        if label is None:
            yield f"evidence {row.evidence_id}: is no sentence of spans"
        elif (row.relation == "primary") != (label == row.indicator):
            yield f"evidence {row.evidence_id}: relation does not agree with spans.indicator {label!r}"
    primary = frames["evidence"][frames["evidence"]["relation"] == "primary"]
    proven = {(row.document_id, row.start, row.end) for row in primary.itertuples()}
    documents = frames["documents"]
    used = {
        *documents.loc[documents["kind"] == "article", "document_id"],
        *frames["indicators"]["document_id"].dropna(),
    }
    for (document_id, start, end), label in known.items():
        labelled = isinstance(label, str) and label != NONE and document_id in used
        if labelled and (document_id, start, end) not in proven:
            yield f"spans {document_id}:{start}: the sentence on {label} is not in evidence"


def boxes_fit_evidence(frames: Frames) -> Iterator[str]:
    """Evidence of a PDF has boxes from its page on, counted from 1 on each page; other evidence has none."""
    counts: dict[tuple[str, int], list[int]] = {}
    firsts: dict[str, int] = {}
    for row in frames["evidence_boxes"].itertuples():
        counts.setdefault((row.evidence_id, row.page), []).append(row.box)
        firsts[row.evidence_id] = min(row.page, firsts.get(row.evidence_id, row.page))
    evidence = frames["evidence"]
    paged = evidence["page"].notna()
    pages = dict(zip(evidence["evidence_id"][paged], evidence["page"][paged], strict=True))
    for evidence_id in evidence["evidence_id"]:
        expected = pages.get(evidence_id)
        if firsts.get(evidence_id) != expected:
            found = firsts.get(evidence_id)
            yield f"evidence_boxes {evidence_id}: found first page {found}; expected {expected} as in evidence"
    for (evidence_id, page), numbers in counts.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"evidence_boxes {evidence_id}: boxes of page {page} are not counted from 1"


def indicators_belong_to_edition(frames: Frames) -> Iterator[str]:
    """No row speaks of an indicator before the edition that introduced it."""
    for name, column in (("indicators", "indicator"), ("evidence", "indicator"), ("composites", "composite")):
        rows = frames[name].dropna(subset=["edition"])
        for row in rows[["edition", column]].drop_duplicates().itertuples(index=False):
            if code_of(row[1]).since > row[0]:
                yield f"{name}: found {row[1]} in edition {row[0]}; it exists since {code_of(row[1]).since}"


def indicator_lists_complete(frames: Frames) -> Iterator[str]:
    """Every assessed country has a row for every indicator of its edition."""
    for (iso3, edition), rows in frames["indicators"].groupby(["iso3", "edition"]):
        missing = {item.code for item in indicators_of(int(edition))} - set(rows["indicator"])
        if missing:
            yield f"indicators {iso3} {edition}: found no row for {', '.join(sorted(missing))}"


def counts_match_evidence(frames: Frames) -> Iterator[str]:
    """``sentence_count``, ``secondary_count`` and ``label_probability_min`` follow from evidence."""
    evidence = frames["evidence"]
    assessment = evidence[evidence["tier"] == "assessment"]
    keys = ["document_id", "indicator", "relation"]
    counts = assessment.groupby(keys).size().to_dict()
    least = assessment.groupby(keys)["label_probability"].min().to_dict()
    for row in frames["indicators"].itertuples():
        primary = (row.document_id, row.indicator, "primary")
        secondary = (row.document_id, row.indicator, "secondary")
        expected = (counts.get(primary, 0), counts.get(secondary, 0))
        if (row.sentence_count, row.secondary_count) != expected:
            yield f"indicators {row.iso3} {row.edition} {row.indicator}: counts are not those of evidence {expected}"
        elif primary in least and abs(row.label_probability_min - least[primary]) > _CLOSE:
            yield f"indicators {row.iso3} {row.edition} {row.indicator}: label_probability_min is not {least[primary]}"


def averages_follow_from_parts(frames: Frames) -> Iterator[str]:
    """``recomputed`` is the mean of the indicators; a published average off it has an issue."""
    issues = frames["issues"]
    reported = issues[issues["code"] == "average_differs"]
    known = set(zip(reported["iso3"], reported["edition"], reported["indicator"], strict=True))
    values: dict[tuple[str, int], dict[str, float]] = {}
    for row in frames["indicators"].dropna(subset=["score"]).itertuples():
        values.setdefault((row.iso3, row.edition), {})[row.indicator] = row.score
    for row in frames["composites"].itertuples():
        scores = values.get((row.iso3, row.edition), {})
        where = f"composites {row.iso3} {row.edition} {row.composite}"
        for column, edition in (("recomputed", row.edition), ("score_basis_2021", 2021)):
            expected = recompute(scores, edition).get(row.composite)
            found = getattr(row, column)
            if (expected is None) != (found != found) or (expected is not None and abs(found - expected) > _CLOSE):
                yield f"{where}: found {column} {found}; expected {expected} from its indicators"
        if row.score == row.score and row.recomputed == row.recomputed:
            off = differs_from_parts(row.score, row.recomputed)
            if off and (row.iso3, row.edition, row.composite) not in known:
                yield f"{where}: found {row.score}, more than 0.005 off its parts ({row.recomputed:.4f}), and no issue"


def rows_sorted_by_key(frames: Frames) -> Iterator[str]:
    """Every table is ordered by its key."""
    from ocindex.dataset.models import table_models

    for name, model in table_models().items():
        key = model.metadata["key"]
        ordered = frames[name].sort_values(key, kind="stable")
        if not ordered.index.equals(frames[name].index):
            yield f"{name}: rows are not sorted by {', '.join(key)}"


RULES: tuple[Rule, ...] = (
    foreign_keys_whole,
    copies_agree,
    quotes_are_slices,
    spans_cover_texts,
    evidence_matches_spans,
    boxes_fit_evidence,
    flows_stand_in_evidence,
    flows_name_places,
    claims_are_sentences,
    claims_name_known_things,
    conflicts_follow_from_claims,
    indicators_belong_to_edition,
    indicator_lists_complete,
    counts_match_evidence,
    averages_follow_from_parts,
    rows_sorted_by_key,
)


def _texts(frames: Frames) -> dict[str, str]:
    documents = frames["documents"].dropna(subset=["text"])
    return dict(zip(documents["document_id"], documents["text"], strict=True))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
