"""The lexicon: what is read, and which row each rule refuses."""

import pytest

from ocindex.errors import VocabularyError
from ocindex.vocabulary.lexicon import check_cues, cues, kind_of


def row(term="heroin", indicator="heroin_trade", weight="3", kind="word"):
    return {"term": term, "indicator": indicator, "weight": weight, "kind": kind, "note": ""}


def test_bundled_lexicon_passes_its_own_checks():
    assert len(cues()) > 10_000


def test_every_indicator_has_cues():
    assert len({cue.indicator for cue in cues()}) == 32


def test_bundled_lexicon_is_sorted():
    keys = [(cue.indicator, cue.term) for cue in cues()]
    assert keys == sorted(keys)


def test_phrase_is_cut_at_its_gaps():
    (cue,) = check_cues([row("Pay* .. vicuña wool", "fauna_crimes", "1", "phrase")])
    assert cue.pieces == ("pay*", "vicuna wool")


def test_cues_come_sorted_by_indicator_and_term():
    found = check_cues([row("poppy"), row("coca", "cocaine_trade"), row("heroin")])
    assert [cue.term for cue in found] == ["coca", "heroin", "poppy"]


def test_a_term_may_speak_for_two_indicators():
    assert len(check_cues([row("labs"), row("labs", "synthetic_drug_trade", "1")])) == 2


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (row(indicator="herion_trade"), "herion_trade"),
        (row(indicator="criminality"), "criminality"),
        (row(weight="4"), "'4'"),
        (row(weight=""), "weight ''"),
        (row(kind="stem"), "expected word"),
        (row("heroin*"), "expected stem"),
        (row("brown sugar"), "expected phrase"),
        (row("her*in"), "her*in"),
        (row("heroin ..", kind="phrase"), "heroin .."),
        (row("a .. .. b", kind="phrase"), "a .. .. b"),
        (row("brown  sugar", kind="phrase"), "brown  sugar"),
        (row(""), "term ''"),
        (row("героин"), "героин"),
        (row("h*", kind="stem"), "two letters"),
    ],
)
def test_broken_row_is_refused_by_file_and_number(broken, named):
    with pytest.raises(VocabularyError, match=r"cues\.csv, row 3: ") as caught:
        check_cues([row("opium"), broken])
    assert named in str(caught.value)


def test_repeated_term_is_refused_in_any_spelling_of_its_hyphens():
    with pytest.raises(VocabularyError, match="a second time"):
        check_cues([row("black-tar", kind="word"), row("black-tar", kind="word")])


def test_all_broken_rows_are_named_at_once():
    with pytest.raises(VocabularyError) as caught:
        check_cues([row(weight="0"), row(), row(kind="phrase")])
    assert "row 2" in str(caught.value)
    assert "row 4" in str(caught.value)


def test_kind_follows_from_the_form():
    assert [kind_of(term) for term in ("opium", "opi*", "black tar", "sent .. pets", "..", "*", "")] == [
        "word", "stem", "phrase", "phrase", None, None, None,
    ]  # fmt: skip
