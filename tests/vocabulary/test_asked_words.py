"""What a wording asks for stands in every text that it matches."""

from __future__ import annotations

from ocindex.vocabulary.constructions import CLOSE, OPEN, constructions_in, flow_constructions

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
    for text in TEXTS:
        matching = [item for item in flow_constructions() if item.pattern.search(text)]
        tried = constructions_in(text)
        assert matching
        assert [item for item in tried if item.pattern.search(text)] == matching


def test_most_wordings_are_passed_over_in_a_text_without_their_words():
    assert len(constructions_in(f"{PLACE} . ")) < len(flow_constructions()) / 2
