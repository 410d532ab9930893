"""Work grows with the text and not with its square: calls are counted, so that no clock decides."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from ocindex.pipeline import analyse
from ocindex.reading.document import Document, Source
from ocindex.reading.surroundings import survey_profile

SHAPES: dict[str, Callable[[int], str]] = {
    "one_line_of_sentences": lambda n: "PEOPLE " + "Gangs sell arms in the port of the town. " * n,
    "one_sentence": lambda n: "PEOPLE\n" + "gangs sell cocaine and arms, " * n,
    "one_word": lambda n: "PEOPLE\n" + "arms" * n,
    "wrapped_lines": lambda n: "PEOPLE\n" + "Gangs sell arms in the\nport of the town.\n" * n,
    "cut_paragraphs": lambda n: "PEOPLE\n" + "Gangs sell arms in the\n\n" * n,
    "blank_lines": lambda n: "PEOPLE\nGangs sell arms in" + "\n" * n + "the port.",
    "headings": lambda n: "PEOPLE\nGangs sell.\n\nTRADE\nArms come in.\n\n" * n,
    "page_numbers": lambda n: "PEOPLE\n" + "Gangs sell arms in the\n\n7\n\n" * n,
    "scores": lambda n: "Human trafficking\n7.500.50\nHuman smuggling\n4.50-1.00\n31st of 193 countries 3\n" * n,
    "soft_hyphens": lambda n: "PEOPLE\n" + "Gangs sell co\u00adcaine in the port. " * n,
}
SIZE = 400


def count_calls(shape: Callable[[int], str], kind: str, size: int) -> int:
    text = shape(size)
    source = Source("x.txt", "x", kind, "PER", 2023 if kind == "profile" else None)
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        furniture = tuple(survey_profile(text, source, is_page=False)[1]) if kind == "profile" else ()
        analyse(Document(source, "0" * 64, len(text), text, "utf-8", furniture=furniture))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("kind", ["profile", "article"])
@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_at_most_twice_the_calls(shape: str, kind: str) -> None:
    # Once before, so that code lists and patterns are read and kept.
    count_calls(SHAPES[shape], kind, 2)
    once, twice = (count_calls(SHAPES[shape], kind, size) for size in (SIZE, 2 * SIZE))
    assert twice <= 2.2 * once
