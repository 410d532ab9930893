"""Many terms in one pattern: grouped by first letter, they match what each of them matches."""

from __future__ import annotations

import re

import pytest

from ocindex.vocabulary.statements import any_of

TERMS = ["gun", "gun crime", "kilo", "seized", "İzmir", "is", "-ish", "4x4", "Édouard", "it's", "skull"]
TEXTS = [
    "Gun Crime and SEIZED guns",
    "\u212ailo or kilo",
    "ſeized, skunk, \u0131s it's IS",
    "İZMİR izmir -ish 4X4 édouard",
]


@pytest.mark.parametrize("flags", [re.NOFLAG, re.IGNORECASE])
def test_grouped_terms_match_as_a_plain_alternative_does(flags):
    longest_first = sorted(TERMS, key=lambda term: (-len(term), term))
    plain = re.compile("|".join(map(re.escape, longest_first)), flags)
    grouped = re.compile(any_of(TERMS), flags)
    for text in TEXTS:
        assert [m.span() for m in grouped.finditer(text)] == [m.span() for m in plain.finditer(text)]
