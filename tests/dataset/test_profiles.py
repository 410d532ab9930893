"""Profiles: an indicator's text is its own sentences, with […] where others were left out."""

from __future__ import annotations

import pytest

from ocindex.analysis.findings import Analysis, Finding, Secondary, Span
from ocindex.analysis.sentences import Sentence
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.profiles import assemble_text, profile_rows
from ocindex.reading.document import Document, Source
from ocindex.reading.scores import Score

ARMS, DRUGS = "arms_trafficking", "cocaine_trade"


def finding(text: str, indicator: str, probability: float = 0.9, *also: str) -> Finding:
    sentence = Sentence(0, len(text), text, "trade", 0)
    secondary = tuple(Secondary(code, 0.5, ()) for code in also)
    return Finding(sentence, indicator, probability, "none", 0.05, secondary=secondary)


def profile(*findings: Finding, usable: bool = True, redistribute: bool = True) -> Analysis:
    source = Source("p.txt", "p", "profile", "PER", 2021, redistribute=redistribute)
    document = Document(source, "0" * 64, 10, "text" if usable else None, usable=usable)
    return Analysis(document, tuple(Span(0, 1, "sentence", "trade", item) for item in findings))


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        ([ARMS, ARMS], "S0. S1."),
        ([ARMS, DRUGS, ARMS], "S0. […] S2."),
        ([ARMS, "none", "none", ARMS, ARMS], "S0. […] S3. S4."),
        ([DRUGS, ARMS, DRUGS], "S1."),
        ([DRUGS], None),
        ([], None),
    ],
)
def test_an_indicators_text_marks_what_was_left_out(labels: list[str], text: str | None) -> None:
    findings = [finding(f"S{number}.", label) for number, label in enumerate(labels)]
    assert assemble_text(findings, ARMS) == text


def test_counts_and_the_least_probability_are_those_of_the_sentences() -> None:
    page = profile(finding("A.", ARMS, 0.91234567), finding("B.", ARMS, 0.8), finding("C.", DRUGS, 0.7, ARMS))
    row = next(row for row in profile_rows({("PER", 2021): page}, {}) if row["indicator"] == ARMS)
    assert (row["sentence_count"], row["secondary_count"], row["label_probability_min"]) == (2, 1, 0.8)
    assert (row["text"], row["text_status"], row["document_id"]) == ("A. B.", "present", "p")


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (profile(finding("A.", DRUGS)), "silent"),
        (profile(usable=False), "unreadable"),
        (profile(finding("A.", ARMS), redistribute=False), "withheld"),
    ],
)
def test_an_indicator_without_text_says_why(page: Analysis, status: str) -> None:
    row = next(row for row in profile_rows({("PER", 2021): page}, {}) if row["indicator"] == ARMS)
    assert row["text_status"] == status
    assert row.get("text") is None
    assert row["sentence_count"] == 0
    assert row["document_id"] == "p"


def test_scores_without_a_profile_give_every_indicator_of_the_edition() -> None:
    key = ("PER", 2023, ARMS)
    rows = profile_rows({}, {key: Score(*key, 6.5, "scores", "scores/PER")})
    assert len(rows) == 32
    assert {row["text_status"] for row in rows} == {"no_profile"}
    assert [(row["indicator"], row["score"], row["score_source"]) for row in rows if row["score"] is not None] == [
        (ARMS, 6.5, "scores")
    ]
    assert {row.get("document_id") for row in rows} == {None}


def test_a_score_that_could_not_be_used_has_no_source() -> None:
    key = ("PER", 2023, ARMS)
    rows = profile_rows({}, {key: Score(*key, None, "scores", "scores/PER")})
    assert {row["score_source"] for row in rows} == {None}


def test_the_text_of_every_bundled_indicator_is_made_of_its_evidence(assembled: Dataset) -> None:
    evidence = assembled.evidence[
        (assembled.evidence["tier"] == "assessment") & (assembled.evidence["relation"] == "primary")
    ].sort_values("start")
    for row in assembled.indicators[assembled.indicators["text_status"] == "present"].itertuples():
        sentences = evidence.loc[evidence["indicator"] == row.indicator, "text"].tolist()
        assert row.text.replace(" […] ", " ") == " ".join(sentences)
