"""One sentence read as if it had been filed under an indicator."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ocindex.analysis.about import judge_about
from ocindex.analysis.claims.find import find_claims
from ocindex.analysis.claims.record import Claim
from ocindex.analysis.findings import Finding
from ocindex.analysis.sentences import Sentence
from ocindex.reading.document import Source

State = Callable[..., list[Claim]]


@pytest.fixture
def state() -> State:
    def read(*texts: str, indicator: str = "none", iso3: str = "KEN", kind: str | None = None) -> list[Claim]:
        findings = []
        start = 0
        for text in texts:
            sentence = Sentence(start, start + len(text), text, None, 0)
            findings.append(Finding(sentence, indicator, 0.9, "none", 0.1, about=judge_about(text, iso3)))
            start += len(text) + 1
        source = Source(path="a.txt", document_id="a", kind="article", iso3=iso3)
        return [claim for claim in find_claims(findings, source) if kind in (None, claim.kind)]

    return read
