"""The words of claims: every row is one that the readers know, and a slip in one is refused."""

from __future__ import annotations

from collections import Counter

import pytest

from ocindex.errors import VocabularyError
from ocindex.vocabulary import statements
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.statements import any_of, broader_subject, organisations, subjects, word_values

WORDS = ("kind", "form", "terms", "value", "note")
FORMS = sorted({(row["kind"], row["form"]) for row in read_code_list("claim_words", WORDS)})


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_the_words_of_every_form_can_be_read(kind: str, form: str) -> None:
    assert all(term == term.strip() and term for term in word_values(kind, form))


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_no_word_stands_twice_in_one_form(kind: str, form: str) -> None:
    rows = [row for row in read_code_list("claim_words", WORDS) if (row["kind"], row["form"]) == (kind, form)]
    counts = Counter(term.lower() for row in rows for term in row["terms"].split("|"))
    assert [term for term, count in counts.items() if count > 1] == []


def test_a_subject_is_part_of_one_that_exists() -> None:
    names = {subject.name for subject in subjects().values()}
    assert {subject.broader for subject in subjects().values()} - {""} <= names
    assert {subject.role for subject in subjects().values()} == {"topic", "actor", "measure", "plain"}
    assert broader_subject("gun_violence") == "violence"


def test_an_organisation_is_found_by_its_name_and_its_letters() -> None:
    assert organisations()["UNODC"] == organisations()["United Nations Office on Drugs and Crime"] == "UNODC"


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "trend", "form": "before", "terms": "soars", "value": "upp", "note": ""},
        {"kind": "rank", "form": "ordinal", "terms": "second", "value": "two", "note": ""},
        {"kind": "role", "form": "country", "terms": "source", "value": "sorce", "note": ""},
    ],
)
def test_a_value_that_no_reader_knows_is_refused(row: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "read_code_list", lambda *_: (row,))
    with pytest.raises(VocabularyError, match="found value"):
        word_values.__wrapped__(row["kind"], row["form"])


def test_words_that_are_missing_are_missed() -> None:
    with pytest.raises(VocabularyError, match="found no words of trend, sideways"):
        word_values("trend", "sideways")


def test_the_longest_term_is_tried_first() -> None:
    assert any_of(["gun", "gun crime"]).index("crime") < any_of(["gun", "gun crime"]).index("|")
