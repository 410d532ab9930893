"""A table and a column in, the SQL that says what a change there means and how large it is out."""

from __future__ import annotations

from typing import NamedTuple

from ocindex.compare.releases.published import Column

BREAKING, REVISION, COVERAGE, COSMETIC = "breaking", "revision", "coverage", "cosmetic"
EFFECTS = (BREAKING, REVISION, COVERAGE, COSMETIC)
BUMPS = {BREAKING: "major", REVISION: "minor", COVERAGE: "minor", COSMETIC: "patch"}
NOTABLE_PROBABILITY = 0.05

# Where a sentence stands, and what stands around it.
POSITIONS = ("start", "end", "quote", "line", "page", "prefix", "suffix", "x0", "y0", "x1", "y1")
# Descriptions and by-products: nobody's analysis rests on them.
_METADATA = frozenset({
    "path", "title", "publisher", "published", "url", "rights", "origin", "language", "encoding", "sha256", "bytes",
    "pages", "citation", "sentence_spans", "heading_spans", "furniture_spans", "country", "label", "position", "note",
    "locator", "message", "severity", "score_source", "cues", "runner_up", "document_id",
})  # fmt: skip
PROBABILITIES = ("label_probability", "label_probability_min")
_LISTS = ("indicator_codes", "editions", "countries")
_NOTES = ("issues", "spans", "evidence_boxes")
_PER_COUNTRY = ("indicators", "composites")

# Sizes, from 0 to 1: what makes one change matter more than another of the same effect.
TABLE_SIZE, KEY_SIZE, COUNTRY_SIZE, COLUMN_SIZE, CODE_SIZE, TYPE_SIZE = 1.0, 1.0, 0.95, 0.9, 0.8, 0.7
ROW_SIZE, VALUE_SIZE = 0.5, 0.5
SCORE_STEP = 2.0
SMALLEST = 0.01
# As floating point: the difference of two 16-bit numbers may not fit into 16 bits.
_DISTANCE = "abs(a::DOUBLE - b::DOUBLE)"


class Rule(NamedTuple):
    """SQL over the old value ``a`` and the new value ``b``: effect, size from 0 to 1."""

    effect: str
    size: str


def rule_of_cell(column: Column) -> Rule:
    """Say what a changed cell means, by the column's name, which means the same in every table.

    A score's size is its change in points by 2, at most 1: a change of two points is as
    large as a change can be. A text's size is the share of its words that came or went,
    a probability's its change, another number's its change by the larger of the two,
    anything else's 0.5. What came where nothing was is coverage.
    """
    size = _size(column)
    if _is_probability(column):
        far = f"(a is null or b is null or round({_DISTANCE}, 6) >= {NOTABLE_PROBABILITY})"
        return Rule(f"case when {far} then '{REVISION}' else '{COSMETIC}' end", size)
    if column.name in _METADATA or column.name in POSITIONS:
        return Rule(f"'{COSMETIC}'", size)
    return Rule(f"case when a is null then '{COVERAGE}' else '{REVISION}' end", size)


def effect_of_row(table: str, kind: str) -> str:
    """Say what a row means that came (``added``) or went (``removed``)."""
    if table in _NOTES:
        return COSMETIC
    if kind == "added":
        return COVERAGE
    return BREAKING if table in (*_LISTS, *_PER_COUNTRY) else REVISION


def size_of_row(table: str, columns: frozenset[str]) -> str:
    """Give the SQL of an added or removed row's size, over the row's own columns.

    Evidence counts by half its probability, secondary evidence by a quarter; a country's
    scores count as much as a country can.
    """
    if {"label_probability", "relation"} <= columns:
        half = "case relation when 'primary' then 0.5 else 0.25 end"
        return f"coalesce(label_probability, {ROW_SIZE}) * {half}"
    return str(COUNTRY_SIZE if table in _PER_COUNTRY else CODE_SIZE if table in _LISTS else ROW_SIZE)


def is_list(table: str) -> bool:
    """Whether a table is a code list of the vocabulary."""
    return table in _LISTS


def _is_probability(column: Column) -> bool:
    return column.name in PROBABILITIES and column.logical == "number"


def _size(column: Column) -> str:
    if _is_probability(column):
        measure = _DISTANCE
    elif column.name.startswith("score") and column.logical == "number":
        measure = f"{_DISTANCE} / {SCORE_STEP}"
    elif column.logical in ("number", "integer"):
        measure = f"{_DISTANCE} / greatest(abs(a::DOUBLE), abs(b::DOUBLE))"
    elif column.logical == "string" and column.name in ("text", "quote", "title", "message", "note"):
        both = "len(list_intersect(string_split(a, ' '), string_split(b, ' ')))"
        measure = f"1 - 2 * {both} / (len(string_split(a, ' ')) + len(string_split(b, ' ')))"
        return f"case when a is null or b is null then 1.0 else greatest({SMALLEST}, {measure}) end"
    else:
        return str(VALUE_SIZE)
    bounded = f"least(1.0, greatest({SMALLEST}, {measure}))"
    return f"case when a is null or b is null then 1.0 else coalesce(nullif({bounded}, 'nan'::DOUBLE), 1.0) end"
