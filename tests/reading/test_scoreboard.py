"""Scores printed among a profile's lines: each goes to its own label, and nothing is taken for a score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.reading.document import Source
from ocindex.reading.scoreboard import read_scoreboard
from ocindex.reading.scoreline import read_tokens
from ocindex.vocabulary.indicators import indicators_of


def board(*lines, edition=2023):
    return read_scoreboard(lines, Source("PER.txt", "PER", "profile", "PER", edition))


def scores(*lines, edition=2023):
    return {score.measure: score.value for score in board(*lines, edition=edition).scores}


def issues(*lines, edition=2023):
    return [(issue.code, issue.locator, issue.indicator) for issue in board(*lines, edition=edition).issues]


@pytest.mark.parametrize(
    ("line", "value", "change"),
    [
        ("7.500.50", "7.50", "0.50"),
        ("4.50-1.00", "4.50", "-1.00"),
        ("4.50−1.00", "4.50", "-1.00"),
        ("5.00 n/a", "5.00", "n/a"),
        ("5.00n/a", "5.00", "n/a"),
        ("10.000.50", "10.00", "0.50"),
        ("6.480.31", "6.48", "0.31"),
        ("7.50", "7.50", None),
        ("7.5", "7.5", None),
        ("7.50 +0.50", "7.50", "0.50"),
        ("7.50\t(0.50)", "7.50", "0.50"),
        ("7.50 ▼ 0.50", "7.50", "-0.50"),
        ("7.50\u00a0/\u00a010", "7.50", None),
        ("Score: 7.50", "7.50", None),
    ],
)
def test_score_and_change_come_apart(line, value, change):
    (token,) = read_tokens(line)
    assert (token.value, token.change) == (value, change)


@pytest.mark.parametrize(
    "line", ["300", "12.5%", "7.50%", "7.50.5", "75.001.2", "2021", "They paid 7.50 for it.", "31st of May", "7,50"]
)
def test_other_figures_are_no_score(line):
    assert read_tokens(line) is None


def test_pasted_page_gives_scores_changes_and_ranks():
    found = board(
        "6.480.31", "Criminality score", "31st of 193 countries 3", "4.17-0.08", "Resilience score",
        "120th of 193 countries -5", "8th of 12 countries in South America", "", "Criminal markets", "6.870.20",
        "People", "Human trafficking", "7.500.50", "Human smuggling", "4.50-1.00",
        "Extortion and protection racketeering", "5.00 n/a",
    )  # fmt: skip
    assert {score.measure: score.value for score in found.scores} == {
        "criminality": 6.48, "resilience": 4.17, "criminal_markets": 6.87, "human_trafficking": 7.5,
        "human_smuggling": 4.5, "extortion_and_protection_racketeering": 5.0,
    }  # fmt: skip
    assert found.changes == {
        "criminality": 0.31, "resilience": -0.08, "criminal_markets": 0.2, "human_trafficking": 0.5,
        "human_smuggling": -1.0,
    }  # fmt: skip
    assert [(rank.measure, rank.rank, rank.of, rank.group) for rank in found.ranks] == [
        ("criminality", 31, 193, None),
        ("resilience", 120, 193, None),
        ("resilience", 8, 12, "South America"),
    ]
    assert found.issues == ()
    # The heading "People" is left to those who read headings.
    assert found.lines == set(range(17)) - {7, 10}
    assert {score.source for score in found.scores} == {"profile"}


def test_page_of_2021_has_no_changes():
    lines = ["Human trafficking", "7.50", "Human smuggling", "4.50"]
    assert scores(*lines, edition=2021) == {"human_trafficking": 7.5, "human_smuggling": 4.5}
    assert issues(*lines, edition=2021) == []
    assert issues("Human trafficking", "7.500.50", edition=2021) == [("edition_doubtful", "line 1", None)]


def test_score_above_its_label_is_read_where_the_whole_page_sets_it_so():
    assert scores("7.50", "Human trafficking", "4.50", "Human smuggling") == {
        "human_trafficking": 7.5,
        "human_smuggling": 4.5,
    }


def test_definition_between_label_and_score_shifts_nothing():
    lines = ["Human trafficking", "Illicit activity.", "7.50", "Human smuggling", "Illegal entry.", "4.50"]
    assert scores(*lines) == {"human_trafficking": 7.5, "human_smuggling": 4.5}
    assert board(*lines).lines == {0, 2, 3, 5}


def test_label_without_a_score_takes_no_neighbours():
    assert scores("Human trafficking", "Human smuggling", "4.50", "Arms trafficking") == {"human_smuggling": 4.5}


def test_change_on_a_line_of_its_own_belongs_to_the_score_above():
    found = board(
        "Human trafficking", "7.50", "0.50", "Human smuggling", "4.50", "-1.00", "Flora crimes", "5.00", "n/a"
    )
    assert [score.value for score in found.scores] == [7.5, 4.5, 5.0]
    assert found.changes == {"human_trafficking": 0.5, "human_smuggling": -1.0}


def test_label_and_score_of_a_pdf_share_a_line():
    assert scores("HUMAN TRAFFICKING 7.0 HUMAN SMUGGLING 4.5", "Extortion and protection", "racketeering", "6.0") == {
        "human_trafficking": 7.0,
        "human_smuggling": 4.5,
        "extortion_and_protection_racketeering": 6.0,
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Arms trafficking", "7.30"], ("score_off_grid", "line 2", "arms_trafficking")),
        (["Arms trafficking", "11.00"], ("score_off_scale", "line 2", "arms_trafficking")),
        (["Human smuggling", "7.50", "Arms trafficking", "7,5"], ("score_not_a_number", "line 4", "arms_trafficking")),
        (
            ["Arms trafficking", "7.50", "Arms trafficking", "6.50"],
            ("conflicting_scores", "line 4", "arms_trafficking"),
        ),
    ],
)
def test_score_that_cannot_be_used_is_null_and_said(lines, expected):
    assert scores(*lines)["arms_trafficking"] is None
    assert issues(*lines) == [expected]


def test_indicator_that_the_edition_lacks_is_left_out_and_said():
    lines = ["Financial crimes", "7.00", "Flora crimes", "3.00"]
    assert scores(*lines, edition=2021) == {"flora_crimes": 3.0}
    assert issues(*lines, edition=2021) == [("not_in_edition", "line 2", None)]


def test_page_that_lost_a_score_is_said():
    lines = [part for item in indicators_of(2023)[1:] for part in (item.label, "5.00 n/a")]
    assert issues(*lines) == [("scores_missing", "line 1", None)]


@pytest.mark.parametrize(
    "lines",
    [
        ["The price of", "human trafficking", "rose to 7.50 dollars."],
        ["Resilience", "3", "The state is strong."],
        ["Drugs", "31 of 193 people", "7.50"],
    ],
)
def test_prose_holds_no_scores(lines):
    found = board(*lines)
    assert (found.scores, found.lines, found.issues) == ((), frozenset(), ())


@given(st.lists(st.text(max_size=30) | st.sampled_from(["7.500.50", "Human trafficking", "Resilience score", ""])))
def test_any_lines_give_numbers_of_lines_and_no_error(lines):
    found = board(*lines)
    assert found.lines <= set(range(len(lines)))
    assert all(score.value is None or 1 <= score.value <= 10 for score in found.scores)
