"""Scores: a number on the scale and its steps is read, everything else is null and an issue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.errors import SourceError
from ocindex.reading.scores import read_scores, snap_score


def read(*rows, header="iso3,edition,measure,score", encoding="utf-8"):
    return read_scores(("\n".join((header, *rows)) + "\n").encode(encoding), "scores/x")


def values(scores):
    return [(score.iso3, score.edition, score.measure, score.value) for score in scores]


def test_score_is_read_with_its_origin():
    (score,), issues = read("PER,2021,arms_trafficking,5.5")
    assert values([score]) == [("PER", 2021, "arms_trafficking", 5.5)]
    assert (score.source, score.document_id, issues) == ("scores", "scores/x", [])


@pytest.mark.parametrize(("cell", "value"), [("1", 1), ("10", 10), ("10.0", 10), (" 6.5 ", 6.5), ("6.50", 6.5)])
def test_number_on_the_grid_is_a_score(cell, value):
    scores, issues = read(f"PER,2021,prevention,{cell}")
    assert (scores[0].value, issues) == (value, [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("11", "score_off_scale"),
        ("0", "score_off_scale"),
        ("0.5", "score_off_scale"),
        ("10.5", "score_off_scale"),
        ("65", "score_off_scale"),
        ("6.3", "score_off_grid"),
        ("6.25", "score_off_grid"),
        ("n/a", "score_not_a_number"),
        ("high", "score_not_a_number"),
        ('"7,5"', "score_not_a_number"),
        ("-3", "score_not_a_number"),
        ("nan", "score_not_a_number"),
        ("1e1", "score_not_a_number"),
        ("6.5.0", "score_not_a_number"),
        ("9" * 500, "score_not_a_number"),
    ],
)
def test_other_cell_is_null_and_named(cell, code):
    (score,), (issue,) = read("PER,2021,prevention," + cell)
    assert score.value is None
    assert (issue.code, issue.severity, issue.document_id, issue.locator) == (code, "error", "scores/x", "line 2")
    assert (issue.iso3, issue.edition, issue.indicator) == ("PER", 2021, "prevention")
    assert len(issue.message) < 200


def test_blank_score_is_null_and_a_warning():
    (score,), (issue,) = read("PER,2021,prevention,")
    assert (score.value, issue.code, issue.severity) == (None, "blank_score", "warning")


def test_average_has_steps_of_a_hundredth():
    scores, issues = read("PER,2021,criminality,6.35", "PER,2021,resilience,4.585")
    assert [score.value for score in scores] == [6.35, None]
    assert [(issue.code, issue.locator) for issue in issues] == [("score_off_grid", "line 3")]


@pytest.mark.parametrize(
    ("row", "code", "iso3"),
    [
        ("Wakanda,2021,prevention,3", "unknown_country", None),
        (",2021,prevention,3", "unknown_country", None),
        ("Congo,2021,prevention,3", "unknown_country", None),
        ("PER,2022,prevention,3", "unknown_edition", "PER"),
        ("PER,,prevention,3", "unknown_edition", "PER"),
        ("PER,2021,guns,3", "unknown_measure", "PER"),
        ("PER,2021,,3", "unknown_measure", "PER"),
        ("PER,2021", "unknown_measure", "PER"),
        ("PER,2021,financial_crimes,3", "not_in_edition", "PER"),
        ("PER,2021,prevention,7,5", "too_many_cells", None),
    ],
)
def test_row_that_cannot_be_placed_is_left_out_and_named(row, code, iso3):
    scores, issues = read("PER,2021,prevention,3", row)
    assert [score.value for score in scores] == [3.0]
    assert [(issue.code, issue.severity, issue.locator, issue.iso3) for issue in issues] == [
        (code, "error", "line 3", iso3)
    ]


def test_country_and_measure_are_given_by_name_too():
    assert values(read("Côte d’Ivoire,2023,Financial crimes,6")[0]) == [("CIV", 2023, "financial_crimes", 6.0)]


def test_score_that_stands_twice_is_used_once_and_said():
    scores, issues = read("PER,2021,prevention,3", "Peru,2021,Prevention,3.0")
    assert values(scores) == [("PER", 2021, "prevention", 3.0)]
    assert [(issue.code, issue.severity, issue.locator) for issue in issues] == [("double_score", "info", "line 3")]


@pytest.mark.parametrize("third", ["3", "4", "3.5"])
def test_conflicting_scores_are_null_whatever_comes_later(third):
    scores, issues = read("PER,2021,prevention,3", "PER,2021,prevention,4", f"PER,2021,prevention,{third}")
    assert values(scores) == [("PER", 2021, "prevention", None)]
    assert {issue.code for issue in issues} == {"conflicting_scores"}


@pytest.mark.parametrize("header", ["iso3,edition,measure", "iso3;edition;measure;score", "a,b"])
def test_table_without_its_columns_is_refused(header):
    with pytest.raises(SourceError, match="found no column") as caught:
        read("PER,2021,prevention,3", header=header)
    assert caught.value.code == "missing_column"


def test_other_columns_do_no_harm():
    assert values(read("x,PER,3,2021,prevention", header="note,iso3,score,edition,measure")[0])[0][3] == 3.0


def test_cell_beyond_all_bounds_is_refused():
    with pytest.raises(SourceError) as caught:
        read("PER,2021,prevention," + "9" * 200_000)
    assert caught.value.code == "not_a_table"


@pytest.mark.parametrize("raw", [b"", b"\n", b"%PDF-1.7"])
def test_file_that_is_no_text_is_refused(raw):
    with pytest.raises(SourceError):
        read_scores(raw, "scores/x")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_file_that_a_spreadsheet_saved_is_read(encoding):
    assert values(read("PER,2021,prevention,3", encoding=encoding)[0]) == [("PER", 2021, "prevention", 3.0)]


def test_crlf_does_not_change_the_line_of_an_issue():
    _, issues = read_scores(b"iso3,edition,measure,score\r\nPER,2021,prevention,3\r\nPER,2021,prevention,4\r\n", "x")
    assert issues[0].locator == "line 3"


@given(st.floats(allow_nan=True, allow_infinity=True), st.booleans())
def test_snapped_score_is_null_or_on_its_grid(value, composite):
    score = snap_score(value, composite=composite)
    if score is not None:
        assert 1 <= score <= 10
        assert abs(score - value) < 1e-6
        assert score == (round(score, 2) if composite else round(score * 2) / 2)


@given(st.integers(2, 20))
def test_single_precision_round_off_is_taken_away(halves):
    assert snap_score(halves / 2 + 2e-7, composite=False) == halves / 2
