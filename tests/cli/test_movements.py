"""The command flows: a table for people, plain values for programs, and what was not shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from ocindex.dataset.dataset import Dataset

Run = Callable[..., "object"]


def test_routes_are_listed_with_what_was_not_shown(ocindex: Run, published: Path, assembled: Dataset) -> None:
    answer = ocindex("flows", "peru", "--dist", published)
    assert answer.code == 0
    flat = " ".join(answer.out.split())
    assert "Arms trafficking United States Peru Colombia stated 2021" in flat
    articles = int((assembled.flows["tier"] == "article").sum())
    assert f"articles: {articles} flows not shown (--tier all)" in flat
    assert "places have no second end: see the table flows" in flat
    assert answer.err.strip().splitlines()[-1].startswith(f"dataset {published}")


def test_one_market_is_given_to_a_program(ocindex: Run, published: Path) -> None:
    answer = ocindex("flows", "PER", "--indicator", "Heroin trade", "--json", "--dist", published)
    rows = json.loads(answer.out)
    assert {(row["origin"], row["destination"], row["pairing"]) for row in rows} == {
        ("Peru", "Ecuador", "implied"), ("Peru", "Colombia", "implied"),
    }  # fmt: skip
    assert all(row["via"] is None and row["edition"] == 2021 for row in rows)


def test_articles_are_shown_when_asked_for(ocindex: Run, published: Path) -> None:
    answer = ocindex("flows", "PER", "--tier", "all", "--dist", published)
    assert "article" in answer.out
    assert "not shown" not in answer.out


def test_a_country_without_a_route_says_so(ocindex: Run, published: Path) -> None:
    answer = ocindex("flows", "CHL", "--dist", published)
    assert (answer.code, "Chile (CHL): no route is stated" in answer.out) == (0, True)


def test_an_unknown_market_is_refused(ocindex: Run, published: Path) -> None:
    answer = ocindex("flows", "PER", "--indicator", "spice trade", "--dist", published)
    assert (answer.code, answer.out) == (2, "")
