"""Cues: what is found in a sentence, where exactly, and what is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.analysis.cue_patterns import build_patterns
from ocindex.analysis.cues import find_hits, match_cues
from ocindex.vocabulary.lexicon import check_cues, kind_of
from ocindex.vocabulary.spelling import fold_words

CODES = ("arms_trafficking", "human_trafficking", "fauna_crimes")
ARMS, PEOPLE, FAUNA = CODES


def patterns(*terms):
    rows = [(term, ARMS, 1) if isinstance(term, str) else term for term in terms]
    return build_patterns(
        check_cues(
            {"term": term, "indicator": code, "weight": str(weight), "kind": kind_of(term)}
            for term, code, weight in rows
        ),
        CODES,
    )


def rows_of(hits):
    return zip(
        hits.sentence.tolist(),
        [hits.indicators[i] for i in hits.indicator.tolist()],
        hits.weight.tolist(),
        hits.start.tolist(),
        hits.end.tolist(),
        strict=True,
    )


def surfaces(text, *terms):
    return [text[start:end] for _, _, _, start, end in rows_of(find_hits([text], patterns(*terms)))]


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Guns move.", "gun", ["Guns"]),
        ("A gun.", "gun", ["gun"]),
        ("Two churches and boxes.", "church", ["churches"]),
        ("Cities fell.", "city", ["Cities"]),
        ("Bribes to the port cities.", "port city", ["port cities"]),
        ("The gunman fired.", "gun", []),
        ("A blowgun.", "gun", []),
        ("Gunner and gunes.", "gun", []),
        ("They gunned.", "gun", []),
        ("He trafficked with traffickers.", "traffick*", ["trafficked", "traffickers"]),
        ("The gang’s guns", "gang", ["gang"]),
        ("The gang's guns", "gang gun", ["gang's guns"]),
        ("The gangs' guns", "gang", ["gangs"]),
        ("They sell chang’aa.", "chang'aa", ["chang’aa"]),
        ("gold- and silver", "gold and silver", ["gold- and silver"]),
        ("an arms\u2011deal, an arms–deal", "arms deal", ["arms\u2011deal", "arms–deal"]),
        ("arms\u00a0 \u00a0deal", "arms deal", ["arms\u00a0 \u00a0deal"]),
        ("co-operation", "cooperation", ["co-operation"]),
        ("cooperation", "co operation", ["cooperation"]),
        ("Forced labor.", "forced labour", ["Forced labor"]),
        ("Forced labour.", "forced labor", ["Forced labour"]),
        ("VICUÑA wool and vicuna", "vicuña", ["VICUÑA", "vicuna"]),
        ("vicuña wool", "vicuna", ["vicuña"]),
        ("shop lifting rings", "lift* ring", ["lifting rings"]),
        ("a gun (illegal) and 3 guns.", "gun", ["gun", "guns"]),
        ("gun2 and gun²", "gun", []),
    ],
)
def test_term_matches_in_its_forms_only(text, term, found):
    assert surfaces(text, term) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They sent pets.", True),
        ("They sent many exotic pets.", True),
        ("They sent one two three four pets.", True),
        ("They sent one two three four five pets.", False),
        ("pets sent", False),
        ("They sent it, the gang's pets.", True),
    ],
)
def test_gap_takes_up_to_four_words(text, found):
    assert bool(surfaces(text, "sent .. pets")) is found


def test_gap_never_crosses_a_sentence():
    assert len(find_hits(["They sent", "pets"], patterns("sent .. pets", "sent pets"))) == 0


def test_term_with_several_gaps_and_stars_is_found_whole():
    text = "They pay for all the debts with their sex work."
    assert surfaces(text, "pay* .. debt* .. sex work*") == ["pay for all the debts with their sex work"]
    assert surfaces("Paying gangs off daily", "pay* gang* .. dail*") == ["Paying gangs off daily"]


def test_a_gap_looks_beyond_the_nearest_word():
    assert surfaces("sell a b land c land d e f journey", "sell .. land .. journey")


def test_longer_hit_hides_the_shorter_of_another_indicator():
    found = find_hits(["Arms trafficking, and trafficking."], patterns("arms traffick*", ("traffick*", PEOPLE, 3)))
    assert [(code, start) for _, code, _, start, _ in rows_of(found)] == [(ARMS, 0), (PEOPLE, 22)]


def test_equal_spans_of_two_indicators_both_stay():
    found = find_hits(["skins"], patterns("skin", ("skins", FAUNA, 2)))
    assert [(code, weight) for _, code, weight, _, _ in rows_of(found)] == [(ARMS, 1), (FAUNA, 2)]


def test_phrase_with_a_gap_hides_nothing_and_is_not_hidden():
    cues = patterns(("sent .. pets", FAUNA, 2), ("exotic", PEOPLE, 1), "they sent exotic pets")
    found = list(rows_of(find_hits(["They sent exotic pets"], cues)))
    assert [code for _, code, _, _, _ in found] == [ARMS, FAUNA]
    found = list(rows_of(find_hits(["We sent exotic pets"], cues)))
    assert [code for _, code, _, _, _ in found] == [FAUNA, PEOPLE]


def test_of_overlapping_hits_of_one_indicator_the_strongest_stays():
    cues = patterns(("sent .. pets", FAUNA, 1), ("exotic pet", FAUNA, 3))
    text = "They sent exotic pets"
    assert [(w, text[a:b]) for _, _, w, a, b in rows_of(find_hits([text], cues))] == [(3, "exotic pets")]


def test_of_equally_strong_overlapping_hits_the_longest_stays():
    assert surfaces("illegal arms deal here", "illegal arms", "arms deal here") == ["arms deal here"]


def test_weakest_of_three_stays_where_only_the_middle_one_overlaps_it():
    cues = patterns(("aa bb", FAUNA, 3), ("bb .. cc", FAUNA, 2), ("cc", FAUNA, 1))
    text = "aa bb x cc"
    assert [text[a:b] for _, _, _, a, b in rows_of(find_hits([text], cues))] == ["aa bb", "cc"]


@pytest.mark.parametrize(
    "before",
    ["İİ ", "ﬁﬂ ", "ẞß ", "日本 ", "😀 ", "e\u0301\u0301 ", "\u00ad\u200b", "'s ", "ŉ ǰ ", "\ud800 ", "\n\x00 "],
)
def test_positions_are_exact_after_characters_that_change_length(before):
    ((_, _, _, start, end),) = rows_of(find_hits([f"{before}guns, {before}"], patterns("gun")))
    assert (start, end) == (len(before), len(before) + 4)


def test_decomposed_accent_belongs_to_the_hit():
    assert surfaces("vicun\u0303a\u0301 wool", "vicuña") == ["vicun\u0303a\u0301"]


def test_dotted_capital_i_folds_to_its_base_letter():
    assert surfaces("İSTANBUL route", "istanbul") == ["İSTANBUL"]


def test_hits_name_their_sentence_and_come_in_order():
    found = find_hits(["", "gun", "no", "a gun, arms"], patterns("gun", "arms", ("gun", FAUNA, 1)))
    assert [(s, code, start) for s, code, _, start, _ in rows_of(found)] == [
        (1, ARMS, 0), (1, FAUNA, 0), (3, ARMS, 2), (3, FAUNA, 2), (3, ARMS, 7),
    ]  # fmt: skip


@pytest.mark.parametrize("texts", [[], [""], ["", ""], [" "], ["'"], ["'s"]])
def test_nothing_is_found_in_nothing(texts):
    assert len(find_hits(texts, patterns("gun"))) == len(match_cues(texts)) == 0


def test_no_cues_find_nothing():
    assert len(find_hits(["guns"], patterns())) == 0


def test_bundled_lexicon_finds_what_names_an_indicator():
    texts = ["Ivory is sold at the port.", "Heroin arrives by sea."]
    found = {(s, code) for s, code, weight, _, _ in rows_of(match_cues(texts)) if weight == 3}
    assert {(0, "fauna_crimes"), (1, "heroin_trade")} <= found


WORDS = [
    "gun",
    "guns",
    "city",
    "cities",
    "traffickers",
    "arms",
    "deal",
    "vicuña",
    "co-op",
    "’s",
    "İ",
    "ﬁ",
    "",
    "x",
    "日",
]
TERMS = ("gun", "city", "traffick*", "arms deal", "arms .. deal", "vicuna", "traffick* gun", ("gun city", FAUNA, 2))


@given(st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=4)).map(" ".join), max_size=5))
def test_every_hit_lies_in_its_sentence_and_reads_like_a_term(texts):
    for sentence, _, _, start, end in rows_of(find_hits(texts, patterns(*TERMS))):
        text = texts[sentence]
        assert 0 <= start < end <= len(text)
        assert not text[start - 1 : start].isalnum()
        words = fold_words(text[start:end]).split()
        assert words[0].startswith(("gun", "cit", "traffick", "arms", "vicuna"))
        assert words[-1].startswith(("gun", "cit", "traffick", "deal", "vicuna"))


@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=12), st.text(max_size=12))
def test_a_word_between_blanks_is_found_wherever_it_stands(texts, before, after):
    text = f"{before} gun {after}"
    found = rows_of(find_hits([*texts, text], patterns("gun")))
    assert (len(texts), ARMS, 1, len(before) + 1, len(before) + 4) in list(found)
