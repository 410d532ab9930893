"""Roles: who supplies, moves or receives."""

from __future__ import annotations

import pytest

from ocindex.pipeline import analyse
from ocindex.reading.document import Document, Source


def roles(text: str) -> set[tuple[str | None, str | None, str]]:
    source = Source(path="KEN_2021.txt", document_id="a", kind="profile", iso3="KEN", edition=2021)
    whole = f"DRUGS\n{text}\n"
    claims = analyse(Document(source, "0" * 64, len(whole), whole, "utf-8")).claims
    return {(claim.unit, claim.place, claim.aspect) for claim in claims if claim.kind == "role"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya is a transit country for heroin.", {("transit", "Kenya", "country")}),
        (
            "Kenya is both a source and a destination country for heroin.",
            {("origin", "Kenya", "country"), ("destination", "Kenya", "country")},
        ),
        (
            "Heroin from Afghanistan is sent on to Europe.",
            {("origin", "Afghanistan", "partner"), ("destination", "Europe", "partner")},
        ),
        ("Kenya is no longer a transit country for heroin.", set()),
        ("Customs must prevent the smuggling of heroin into Kenya.", set()),
    ],
)
def test_each_place_has_its_role(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert roles(text) == expected
