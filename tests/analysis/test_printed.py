"""Printed changes and ranks: checked where the scores of all sources allow it."""

from ocindex.analysis.averages import Rank
from ocindex.analysis.printed import check_printed
from ocindex.reading.document import Document, Source
from ocindex.reading.scoreboard import read_scoreboard
from ocindex.reading.scores import Score

LINES = ["6.480.31", "Criminality score", "31st of 193 countries 3", "Flora crimes", "5.000.50"]


def profile(lines=LINES, edition=2023):
    source = Source("PER.txt", "PER", "profile", "PER", edition)
    return Document(source, "0" * 64, 1, "x", board=read_scoreboard(lines, source))


def scores(*rows):
    return {
        ("PER", edition, measure): Score("PER", edition, measure, value, "workbook", "w")
        for edition, measure, value in rows
    }


def found(known, ranks=None):
    issues = check_printed([profile()], known, ranks or {})
    return [(issue.code, issue.indicator, issue.locator) for issue in issues]


def test_change_that_the_scores_bear_out_is_no_issue():
    known = scores((2021, "flora_crimes", 4.5), (2023, "flora_crimes", 5.0), (2021, "criminality", 6.17),
                   (2023, "criminality", 6.48))  # fmt: skip
    assert found(known) == []


def test_change_that_differs_is_said():
    known = scores((2021, "flora_crimes", 5.0), (2023, "flora_crimes", 5.0))
    assert found(known) == [("change_differs", "flora_crimes", None)]


def test_change_without_both_scores_is_not_judged():
    assert found(scores((2023, "flora_crimes", 5.0), (2021, "flora_crimes", None))) == []


def test_rank_that_differs_is_said_with_its_line():
    key = ("world", ("PER", 2023, "criminality"))
    assert found({}, {key: Rank(31, 193, tied=False)}) == []
    assert found({}, {key: Rank(30, 193, tied=False)}) == [("rank_differs", "criminality", "line 3")]


def test_profile_without_a_scoreboard_is_passed_over():
    document = Document(Source("PER.txt", "PER", "profile", "PER", 2023), "0" * 64, 1, "x")
    assert check_printed([document], {}, {}) == []
