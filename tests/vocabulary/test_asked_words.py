"""What a wording asks for stands in every text that it matches."""

from __future__ import annotations

from ocindex.vocabulary.constructions import CLOSE, OPEN, flow_constructions

PLACE = f"{OPEN}p0{CLOSE}"
TEXTS = [
    f"guns from {PLACE} to {OPEN}p1{CLOSE} . ",
    f"{PLACE} is a major transit point for cocaine . ",
    f"{PLACE} serves as a gateway to {OPEN}p1{CLOSE} . ",
    f"countries of origin include {PLACE} . ",
    f"migrants from {PLACE} pass through {OPEN}p1{CLOSE} . ",
    f"cocaine is smuggled into {PLACE} by sea . ",
]


def test_no_wording_that_matches_is_passed_over():
    matched = 0
    for text in TEXTS:
        words = frozenset(text.split())
        for construction in flow_constructions():
            if construction.pattern.search(text):
                matched += 1
                assert construction.may_match(words)
    assert matched > len(TEXTS)


def test_most_wordings_are_passed_over_in_a_text_without_their_words():
    words = frozenset(f"{PLACE} . ".split())
    passed = [item for item in flow_constructions() if not item.may_match(words)]
    assert len(passed) > len(flow_constructions()) / 2
