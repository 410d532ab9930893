"""Wordings: every row of the code lists can be used, and one that cannot is refused by line."""

from __future__ import annotations

import re

import pytest

from ocindex.errors import VocabularyError
from ocindex.vocabulary import constructions
from ocindex.vocabulary.bundled import read_code_list


def test_no_wording_and_no_word_stands_twice() -> None:
    rows = [row["pattern"] for row in read_code_list("flow_constructions", ("pattern", "role", "needs", "note"))]
    words = [(row["class"], row["term"]) for row in read_code_list("flow_words", ("class", "term"))]
    assert len(rows) == len(set(rows)) == len(constructions.flow_constructions())
    assert len(words) == len(set(words))


def test_every_class_of_words_is_used() -> None:
    used = {
        name
        for row in read_code_list("flow_constructions", ("pattern",))
        for name in re.findall("<(.*?)>", row["pattern"])
    }
    used |= {
        "modifier",
        "connector",
        "follower",
        "tail",
        "actor",
        "home",
        "moved",
        "goods",
        "people",
        "negation",
        "unnegated",
    }
    used |= {f"role:{role}" for role in constructions.ROLES}
    assert {row["class"] for row in read_code_list("flow_words", ("class",))} == used


def test_a_more_specific_wording_comes_first_and_one_without_a_role_before_its_equals() -> None:
    found = constructions.flow_constructions()
    assert [item.weight for item in found] == sorted((item.weight for item in found), reverse=True)
    threes = [item.role == "none" for item in found if item.weight == 3]
    assert threes == sorted(threes, reverse=True)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"pattern": "to PLACE", "role": "goal"}, "line 2: found role 'goal'"),
        ({"pattern": "to PLACE", "needs": "luck"}, "needs 'luck'"),
        ({"pattern": "to market"}, "line 2: found no place in 'to market'"),
        ({"pattern": "to <markets> PLACE"}, "found the class 'markets'"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(row: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    full = {"role": "origin", "needs": "", "note": ""} | row
    real = constructions.read_code_list
    monkeypatch.setattr(
        constructions, "read_code_list", lambda name, columns: (full,) if "pattern" in columns else real(name, columns)
    )
    with pytest.raises(VocabularyError, match=re.escape(says)):
        constructions.flow_constructions.__wrapped__()
