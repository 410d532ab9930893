"""Models: for each of their rules one broken row, which exactly that rule refuses."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from ocindex.dataset.models import table_models
from ocindex.dataset.validation import _check_table, find_failures

# Type of every column, by table; what a frame must have and a loaded one does have.
TYPES = {
    "indicators": {
        "str": "iso3 country component section indicator label higher_is score_source text text_status document_id",
        "int16": "edition reference_year",
        "int32": "sentence_count secondary_count",
        "float64": "score label_probability_min",
    },
    "composites": {
        "str": "iso3 country composite label higher_is score_source",
        "int16": "edition reference_year",
        "float64": "score recomputed score_basis_2021",
        "Int32": "rank_world rank_world_of rank_continent rank_continent_of rank_region rank_region_of",
        "boolean": "rank_world_tied rank_continent_tied rank_region_tied",
    },
    "evidence": {
        "str": "evidence_id document_id iso3 tier reliability section indicator relation quote text prefix suffix cues "
        "about",
        "Int16": "edition page",
        "Int32": "line",
        "int32": "start end",
        "float64": "label_probability",
    },
    "evidence_boxes": {"str": "evidence_id", "int16": "page box", "float64": "x0 y0 x1 y1"},
    "flows": {
        "str": "flow_id evidence_id document_id iso3 tier indicator role place place_iso3",
        "Int16": "edition",
        "int32": "start end",
    },
    "claims": {
        "str": "claim_id document_id evidence_id iso3 tier reliability kind subject unit direction period place "
        "attributed_to",
        "Int16": "edition",
        "int32": "start end",
        "float64": "value",
        "bool": "hedged",
    },
    "conflicts": {"str": "claim_a claim_b kind strength indicator reason", "bool": "same_document same_origin"},
    "documents": {
        "str": "document_id path kind tier iso3 title publisher published url rights reliability origin language "
        "encoding sha256 text citation",
        "Int16": "edition pages",
        "int64": "bytes",
        "int32": "sentence_spans heading_spans furniture_spans",
        "bool": "redistribute",
    },
    "spans": {
        "str": "document_id kind section indicator runner_up",
        "int32": "start end",
        "float64": "label_probability",
    },
    "issues": {"str": "issue_id code severity document_id locator iso3 indicator message", "Int16": "edition"},
    "indicator_codes": {"str": "indicator label level component section higher_is", "int16": "position since"},
    "editions": {
        "int16": "edition reference_year countries markets actor_types resilience_indicators",
        "bool": "break_with_previous",
        "str": "note",
    },
    "countries": {"str": "iso3 m49 country continent region region_2021 region_2023"},
}
NEIGHBOURS = {
    "str": ("object", "string", "category"),
    "int16": ("int32", "Int16", "float64", "object"),
    "int32": ("int64", "Int32", "float64", "object"),
    "int64": ("int32", "Int64", "float64", "object"),
    "Int16": ("Int32", "float64", "object"),
    "Int32": ("Int64", "float64", "object"),
    "float64": ("float32", "Float64", "object"),
    "bool": ("boolean", "int8", "object"),
    "boolean": ("object", "Int8"),
}
# Columns that may be null; every other one may not.
NULLABLE = {
    "indicators": "score score_source text label_probability_min document_id",
    "composites": "score score_source recomputed score_basis_2021 rank_world rank_world_of rank_world_tied "
    "rank_continent rank_continent_of rank_continent_tied rank_region rank_region_of rank_region_tied",
    "evidence": "iso3 edition reliability section prefix suffix page line cues",
    "evidence_boxes": "",
    "flows": "iso3 edition place_iso3",
    "claims": "evidence_id iso3 edition reliability value unit direction period place attributed_to",
    "conflicts": "indicator",
    "documents": "tier iso3 edition title publisher published url rights reliability origin language encoding pages "
    "text",
    "spans": "section indicator runner_up label_probability",
    "issues": "document_id locator iso3 edition indicator",
    "indicator_codes": "component section",
    "editions": "",
    "countries": "",
}
# Columns of codes: a code that is in no list is refused.
CODES = {
    "indicators": "component section indicator higher_is score_source text_status",
    "composites": "composite higher_is score_source",
    "evidence": "tier reliability section indicator relation about",
    "flows": "tier indicator role",
    "claims": "tier reliability kind direction",
    "conflicts": "kind strength indicator",
    "documents": "kind tier reliability",
    "spans": "kind section indicator runner_up",
    "issues": "severity indicator",
    "indicator_codes": "indicator level component section higher_is",
}
PATTERNS = {
    "indicators": {"iso3": ("per", "PE", "PERU", "PER\n")},
    "composites": {"iso3": ("per", "604")},
    "evidence": {"iso3": ("Peru",), "evidence_id": ("0123456789ABCDEF", "0123456789abcde", "0123456789abcdefg")},
    "evidence_boxes": {"evidence_id": ("no id",)},
    "flows": {"iso3": ("Peru",), "place_iso3": ("us", "US"), "flow_id": ("0123456789ABCDEF", "0123456789abcde")},
    "claims": {
        "iso3": ("Peru",),
        "claim_id": ("0123456789ABCDEF", "0123456789abcde"),
        "subject": ("Gun violence", "_violence", "1_violence"),
        "period": ("last year", "2019-5", "2019/", "/2021", "2019/2020/2021"),
    },
    "conflicts": {"claim_a": ("0123456789ABCDEF", "0"), "claim_b": ("g" * 16, "f" * 17)},
    "documents": {
        "iso3": ("PE",),
        "sha256": ("0" * 63, "A" * 64),
        "published": ("28 September 2021", "2021-9", "2021-09-28-01"),
    },
    "issues": {"iso3": ("pe",), "issue_id": ("an id",), "code": ("Second profile", "second-profile")},
    "countries": {"iso3": ("AF",), "m49": ("4", "0004", "abc")},
}
# The first value below and the first above what is allowed.
LEAST = {
    "indicators": {
        "edition": 2020, "reference_year": 2019, "score": 0.5, "sentence_count": -1, "secondary_count": -1,
        "label_probability_min": -0.0001,
    },
    "composites": {
        "edition": 2020, "reference_year": 2019, "score": 0.99, "recomputed": 0.99, "score_basis_2021": 0.99,
        "rank_world": 0, "rank_world_of": 0, "rank_continent": 0, "rank_continent_of": 0, "rank_region": 0,
        "rank_region_of": 0,
    },
    "evidence": {"edition": 2020, "start": -1, "end": 0, "page": 0, "line": 0, "label_probability": -0.0001},
    "evidence_boxes": {"page": 0, "box": 0, "x0": -0.01, "y0": -0.01, "x1": -0.01, "y1": -0.01},
    "flows": {"edition": 2020, "start": -1, "end": 0},
    "claims": {"edition": 2020, "start": -1, "end": 0},
    "documents": {
        "edition": 2020, "bytes": -1, "pages": 0, "sentence_spans": -1, "heading_spans": -1, "furniture_spans": -1,
    },
    "spans": {"start": -1, "end": 0, "label_probability": -0.0001},
    "issues": {"edition": 2020},
    "indicator_codes": {"position": 0, "since": 2020},
    "editions": {
        "edition": 2020, "reference_year": 2019, "countries": 0, "markets": 0, "actor_types": 0,
        "resilience_indicators": 0,
    },
}  # fmt: skip
MOST = {
    "indicators": {"score": 10.5, "label_probability_min": 1.0001},
    "composites": {"score": 10.01, "recomputed": 10.01, "score_basis_2021": 10.01},
    "evidence": {"label_probability": 1.0001},
    "spans": {"label_probability": 1.0001},
}
HALF_STEPS = {"indicators": {"score": 4.75}}
# Rules on whole rows: cells to change in the row, each a row that says what cannot be.
ROWS = [
    ("indicators", "text_where_present", {"text": None}),
    ("indicators", "source_where_scored", {"score_source": None}),
    ("indicators", "source_where_scored", {"score": None}),
    ("indicators", "sentences_where_present", {"sentence_count": 0}),
    ("indicators", "sentences_where_present", {"label_probability_min": None}),
    ("composites", "source_where_scored", {"score_source": None}),
    ("composites", "source_where_scored", {"score": None}),
    *[
        ("composites", "ranks_whole", change)
        for group in ("world", "continent", "region")
        for change in (
            {f"rank_{group}": None},
            {f"rank_{group}_of": None},
            {f"rank_{group}_tied": None},
            {f"rank_{group}": 10, f"rank_{group}_of": 9},
        )
    ],
    ("evidence", "start_before_end", {"start": 100, "end": 100}),
    ("evidence", "cues_in_text", {"cues": "no such words; here"}),
    ("evidence", "edition_by_tier", {"edition": None}),
    ("evidence", "edition_by_tier", {"tier": "article"}),
    ("evidence_boxes", "box_has_width", {"x0": 300.0}),
    ("evidence_boxes", "box_has_height", {"y0": 720.0}),
    ("flows", "start_before_end", {"start": 100, "end": 100}),
    ("flows", "edition_by_tier", {"edition": None}),
    ("flows", "edition_by_tier", {"tier": "article"}),
    ("claims", "start_before_end", {"start": 100, "end": 100}),
    ("claims", "edition_by_tier", {"edition": None}),
    ("claims", "edition_by_tier", {"tier": "article"}),
    ("claims", "trends_have_direction", {"direction": None}),
    ("claims", "trends_have_direction", {"kind": "role"}),
    ("claims", "events_are_dated", {"kind": "event", "direction": None, "period": None}),
    ("claims", "values_have_unit", {"value": 30.0, "unit": None}),
    ("conflicts", "a_before_b", {"claim_a": "f" * 16}),
    ("conflicts", "document_has_origin", {"same_document": True, "same_origin": False}),
    ("documents", "withheld_has_no_text", {"redistribute": False}),
    ("spans", "start_before_end", {"start": 100, "end": 100}),
    ("spans", "only_sentences_labelled", {"kind": "heading"}),
]
# What a failure calls a rule, where it is not the check's own name.
CALLED = {
    "is empty text; absent is null": "str_length",
    "is not a multiple of 0.5": "half_steps",
    "text is not null exactly where present": "text_where_present",
    "score_source is null without a score": "source_where_scored",
    "sentence_count is 0 without text": "sentences_where_present",
    "a rank, its group size and its tie are null together": "ranks_whole",
    "end is not after start": "start_before_end",
    "a cue does not stand in text": "cues_in_text",
    "edition is null exactly for articles": "edition_by_tier",
    "x1 is not right of x0": "box_has_width",
    "y1 is not above y0": "box_has_height",
    "direction is null exactly but for trends": "trends_have_direction",
    "an event has a period": "events_are_dated",
    "a value has a unit": "values_have_unit",
    "claim_a is not smaller than claim_b": "a_before_b",
    "one document is one origin": "document_has_origin",
    "text must not be passed on": "withheld_has_no_text",
    "only a sentence has an indicator": "only_sentences_labelled",
}
# A broken cell that cannot but break a rule on the row too.
ALSO = {
    ("evidence", "end", "greater_than_or_equal_to"): "start_before_end",
    ("flows", "end", "greater_than_or_equal_to"): "start_before_end",
    ("claims", "end", "greater_than_or_equal_to"): "start_before_end",
    ("conflicts", "claim_b", "str_length"): "a_before_b",
    ("spans", "end", "greater_than_or_equal_to"): "start_before_end",
    ("evidence_boxes", "x1", "greater_than_or_equal_to"): "box_has_width",
    ("evidence_boxes", "y1", "greater_than_or_equal_to"): "box_has_height",
    **{
        ("composites", f"rank_{group}_of", "greater_than_or_equal_to"): "ranks_whole"
        for group in ("world", "continent", "region")
    },
}
ISSUE = {
    "issue_id": "0123456789abcdef",
    "code": "second_profile",
    "severity": "warning",
    "document_id": "profiles/PER_2021",
    "locator": "line 1",
    "iso3": "PER",
    "edition": 2021,
    "indicator": "cocaine_trade",
    "message": "found a second profile",
}
BOX = {"evidence_id": "0123456789abcdef", "page": 1, "box": 1, "x0": 60.0, "y0": 700.0, "x1": 300.0, "y1": 711.3}


def type_of(table: str, column: str) -> str:
    return next(kind for kind, columns in TYPES[table].items() if column in columns.split())


def columns_of(table: str) -> list[str]:
    return list(table_models()[table].columns)


def broken_cells() -> list[tuple[str, str, str, object]]:
    """List table, column, rule and the cell that the rule refuses."""
    cells: list[tuple[str, str, str, object]] = []
    for table, kinds in TYPES.items():
        cells += [(table, column, "str_length", "") for column in kinds.get("str", "").split()]
    for table, columns in CODES.items():
        cells += [(table, column, "isin", "no_such_code") for column in columns.split()]
    for table, patterns in PATTERNS.items():
        cells += [(table, column, "str_matches", value) for column, values in patterns.items() for value in values]
    for rule, bounds in (
        ("greater_than_or_equal_to", LEAST),
        ("less_than_or_equal_to", MOST),
        ("half_steps", HALF_STEPS),
    ):
        cells += [(table, column, rule, value) for table, limits in bounds.items() for column, value in limits.items()]
    return cells


def full_frame(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Give a table that has at least one row without a null where it matters, and that row."""
    frame = frame.copy()
    if table == "issues":
        rows = pd.DataFrame([ISSUE]).astype(frame.dtypes.to_dict())
        return rows, 0
    if table == "evidence_boxes":
        return pd.DataFrame([BOX]).astype(frame.dtypes.to_dict()), 0
    if table == "composites":
        for group in ("world", "continent", "region"):
            frame.loc[0, [f"rank_{group}", f"rank_{group}_of", f"rank_{group}_tied"]] = [1, 12, False]
        return frame, 0
    row = {
        "indicators": lambda: frame["text_status"] == "present",
        "evidence": lambda: (frame["tier"] == "assessment") & frame["cues"].isna(),
        "flows": lambda: (frame["tier"] == "assessment") & frame["place_iso3"].notna(),
        "claims": lambda: (frame["tier"] == "assessment") & (frame["kind"] == "trend"),
        "documents": lambda: frame["kind"] == "profile",
        "spans": lambda: frame["kind"] == "sentence",
    }.get(table, lambda: frame.index == 0)()
    return frame, int(frame.index[row][0])


def plain_row(table: str, frame: pd.DataFrame, row: int, column: str) -> int:
    """Give the row to break for a column that a rule on rows looks at too: one that says little."""
    if table == "indicators" and column in ("text_status", "sentence_count"):
        return int(frame.index[frame["text_status"] == "no_profile"][0])
    if table == "claims" and column == "kind":
        return int(frame.index[(frame["tier"] == "assessment") & (frame["kind"] == "role")][0])
    if table == "spans" and column == "kind":
        return int(frame.index[frame["kind"] == "heading"][0])
    return row


def failing(table: str, frame: pd.DataFrame) -> set[str]:
    """Give what fails as ``column rule`` or, for a rule on rows, ``rule``; every failure names its table."""
    found = set()
    for failure in _check_table(table_models()[table], frame):
        place, said = failure.split(": ", 1)
        assert place.split(".")[0] == table
        column = place.partition(".")[2]
        match = re.search(r"\brule (.*?)(?:, row .*)?$", said, re.DOTALL)
        rule = "type" if match is None else match[1]
        rule = CALLED.get(rule, rule.split("(")[0])
        found.add(f"{column} {rule}".strip())
    return found


@pytest.mark.parametrize("table", TYPES)
def test_an_unbroken_table_passes(table: str, frames: dict[str, pd.DataFrame]) -> None:
    frame, _ = full_frame(table, frames[table])
    assert failing(table, frame) == set()


@pytest.mark.parametrize(("table", "column", "rule", "value"), broken_cells())
def test_a_broken_cell_is_refused_by_its_rule_alone(
    table: str, column: str, rule: str, value: object, frames: dict[str, pd.DataFrame]
) -> None:
    frame, row = full_frame(table, frames[table])
    frame.loc[plain_row(table, frame, row, column), column] = value
    expected = {f"{column} {rule}"}
    if rule == "str_length":  # empty text is no code either, and matches no pattern
        expected |= {f"{column} isin"} if column in CODES.get(table, "").split() else set()
        expected |= {f"{column} str_matches"} if column in PATTERNS.get(table, {}) else set()
    expected |= {ALSO[table, column, rule]} if (table, column, rule) in ALSO else set()
    assert failing(table, frame) == expected


@pytest.mark.parametrize(("table", "rule", "change"), ROWS)
def test_a_row_that_contradicts_itself_is_refused_by_its_rule_alone(
    table: str, rule: str, change: dict[str, object], frames: dict[str, pd.DataFrame]
) -> None:
    frame, row = full_frame(table, frames[table])
    for column, value in change.items():
        frame.loc[row, column] = value
    assert failing(table, frame) == {rule}


@pytest.mark.parametrize(
    ("status", "cells"),
    [
        ("silent", {"text": "A text."}),
        ("silent", {"sentence_count": 1}),
        ("no_profile", {"label_probability_min": 0.5}),
        ("withheld", {"text": "A text."}),
        ("unreadable", {"text": "A text."}),
    ],
)
def test_a_row_without_text_holds_nothing_of_one(
    status: str, cells: dict[str, object], frames: dict[str, pd.DataFrame]
) -> None:
    frame = frames["indicators"]
    row = frame.index[frame["text_status"] == "no_profile"][0]
    frame.loc[row, "text_status"] = status
    assert failing("indicators", frame) == set()
    for column, value in cells.items():
        frame.loc[row, column] = value
    assert failing("indicators", frame) == {
        "text_where_present" if "text" in cells else "sentences_where_present",
    }


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table in TYPES for column in columns_of(table) if column not in NULLABLE[table].split()],
)
def test_null_is_refused_where_a_value_is_due(table: str, column: str, frames: dict[str, pd.DataFrame]) -> None:
    frame, row = full_frame(table, frames[table])
    kind = type_of(table, column)
    if kind in (
        "int16",
        "int32",
        "int64",
        "bool",
    ):  # such a column cannot hold a null, and its nullable form is refused
        frame[column] = frame[column].astype("boolean" if kind == "bool" else kind.capitalize())
        frame.loc[row, column] = pd.NA
        assert failing(table, frame) == {f"{column} type"}
    else:
        frame.loc[plain_row(table, frame, row, column), column] = None
        assert failing(table, frame) == {f"{column} not_nullable"}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in TYPES for column in NULLABLE[table].split()]
)
def test_null_is_taken_where_it_is_allowed(table: str, column: str, frames: dict[str, pd.DataFrame]) -> None:
    frame, row = full_frame(table, frames[table])
    frame.loc[row, column] = None
    assert f"{column} not_nullable" not in failing(table, frame)


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        (table, column, wrong)
        for table in TYPES
        for column in columns_of(table)
        for wrong in NEIGHBOURS[type_of(table, column)]
    ],
)
def test_a_column_of_another_type_is_refused(
    table: str, column: str, kind: str, frames: dict[str, pd.DataFrame]
) -> None:
    frame, _ = full_frame(table, frames[table])
    frame[column] = frame[column].astype(kind)
    assert failing(table, frame) == {f"{column} type"}


@pytest.mark.parametrize("table", TYPES)
def test_an_extra_column_is_refused(table: str, frames: dict[str, pd.DataFrame]) -> None:
    frame, _ = full_frame(table, frames[table])
    assert failing(table, frame.assign(extra=1)) == {"column_in_schema"}


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in TYPES for column in columns_of(table)])
def test_a_missing_column_is_refused(table: str, column: str, frames: dict[str, pd.DataFrame]) -> None:
    frame, _ = full_frame(table, frames[table])
    assert "column_in_dataframe" in failing(table, frame.drop(columns=column))


@pytest.mark.parametrize("table", TYPES)
def test_columns_in_another_order_are_refused(table: str, frames: dict[str, pd.DataFrame]) -> None:
    frame, _ = full_frame(table, frames[table])
    assert failing(table, frame[frame.columns[::-1]]) == {"column_ordered"}


@pytest.mark.parametrize("repeat_index", [False, True])
@pytest.mark.parametrize("table", TYPES)
def test_a_key_that_stands_twice_is_refused(table: str, repeat_index: bool, frames: dict[str, pd.DataFrame]) -> None:
    frame, row = full_frame(table, frames[table])
    doubled = pd.concat([frame, frame.loc[[row]]], ignore_index=not repeat_index)
    assert failing(table, doubled) == {"multiple_fields_uniqueness"}


def test_a_failure_names_its_row_and_comes_once(frames: dict[str, pd.DataFrame]) -> None:
    frames["indicators"].loc[0, "score_source"] = None
    (failure,) = find_failures(frames)
    assert failure == (
        "indicators: found a row that breaks the rule score_source is null without a score, "
        "row PER 2021 anti_money_laundering"
    )


def test_no_check_is_without_a_broken_row() -> None:
    cells = {(table, column, rule) for table, column, rule, _ in broken_cells()}
    rows = {(table, rule) for table, rule, _ in ROWS}
    for name, model in table_models().items():
        for column, field in model.columns.items():
            assert {(name, column, check.name) for check in field.checks} == {
                case for case in cells if case[:2] == (name, column)
            }
            assert field.nullable == (column in NULLABLE[name].split())
        assert {(name, check.name) for check in model.checks} == {case for case in rows if case[0] == name}
        assert model.strict is True
        assert model.ordered is True
        assert model.unique == model.metadata["key"]


def test_no_column_is_without_a_type_here() -> None:
    assert list(TYPES) == list(table_models())
    for table, kinds in TYPES.items():
        assert sorted(" ".join(kinds.values()).split()) == sorted(columns_of(table))
