"""Routes: the ends that a sentence states are joined, and an end that it leaves open is the profiled country."""

from __future__ import annotations

from pathlib import Path

import pytest

import ocindex
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.routes import COLUMNS, Stop, find_routes, join_ends
from ocindex.errors import UnknownNameError

O, T, D = "origin", "transit", "destination"  # noqa: E741


def routes(*stops: tuple[str, str], home: str | None = "PER") -> list[tuple[str, str, str, str]]:
    known = [Stop(number, role, place, None) for number, (role, place) in enumerate(stops)]
    return [
        (route.origin.place, "; ".join(route.via), route.destination.place, route.pairing)
        for route in join_ends(known, home)
    ]


@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        ([(O, "Chile"), (D, "Japan")], [("Chile", "", "Japan", "stated")]),
        ([(D, "Japan")], [("Peru", "", "Japan", "implied")]),
        ([(O, "Chile")], [("Chile", "", "Peru", "implied")]),
        ([(T, "Peru"), (O, "Chile"), (D, "Japan")], [("Chile", "Peru", "Japan", "stated")]),
        ([(T, "Peru"), (D, "Japan")], [("Peru", "", "Japan", "implied")]),
        ([(O, "Chile"), (T, "Cuba"), (T, "Spain"), (D, "Japan")], [("Chile", "Cuba; Spain", "Japan", "stated")]),
        ([(D, "Japan"), (T, "Cuba"), (O, "Chile")], [("Chile", "Cuba", "Japan", "stated")]),
        ([(O, "Chile"), (O, "Cuba"), (D, "Japan")], [("Chile", "", "Japan", "stated"),
                                                     ("Cuba", "", "Japan", "stated")]),
        ([(T, "Peru"), (O, "Haiti"), (D, "Brazil"), (O, "Cuba"), (D, "Chile")],
         [("Haiti", "Peru", "Brazil", "stated"), ("Cuba", "Peru", "Chile", "stated")]),
        ([(D, "Brazil"), (O, "Haiti"), (D, "Chile"), (O, "Cuba")],
         [("Haiti", "", "Brazil", "stated"), ("Cuba", "", "Chile", "stated")]),
        ([(T, "Mexico"), (D, "United States"), (T, "Brazil"), (D, "Europe")],
         [("Peru", "Mexico", "United States", "implied"), ("Peru", "Brazil", "Europe", "implied")]),
        ([(O, "Peru"), (D, "Peru"), (O, "Cuba")], [("Cuba", "", "Peru", "stated")]),
        # One place is no route.
        ([(O, "Peru"), (D, "Peru")], []),
        ([(T, "Mexico")], []),
        ([], []),
    ],
)  # fmt: skip
def test_places_of_one_sentence_are_joined(
    stops: list[tuple[str, str]], expected: list[tuple[str, str, str, str]]
) -> None:
    assert routes(*stops) == expected


def test_without_a_country_an_open_end_stays_open() -> None:
    assert routes((D, "Japan"), home=None) == []
    assert routes((O, "Chile"), (D, "Japan"), home=None) == [("Chile", "", "Japan", "stated")]


def test_a_route_is_a_row_with_its_sentence(assembled: Dataset) -> None:
    found = find_routes(assembled, {"iso3": "PER", "tier": "assessment", "indicator": "arms_trafficking"})
    assert list(found.columns) == list(COLUMNS)
    row = found.iloc[0]
    assert (row["origin"], row["via"], row["destination"], row["pairing"]) == (
        "United States", "Peru", "Colombia", "stated",
    )  # fmt: skip
    assert row["quote"].startswith("Peru is a transit point for illegal weapons")
    assert set(found["evidence_id"]) <= set(assembled.evidence["evidence_id"])


def test_the_assessment_alone_answers_unless_more_is_asked_for(published: Path) -> None:
    assert set(ocindex.flows("Peru", dist=published)["tier"]) == {"assessment"}
    assert set(ocindex.flows("PER", tier="all", dist=published)["tier"]) == {"assessment", "article"}
    assert len(ocindex.flows("PER", edition=2025, dist=published)) == 0
    assert list(ocindex.flows("CHL", dist=published).columns) == list(COLUMNS)


@pytest.mark.parametrize("wrong", [{"country": "Atlantis"}, {"indicator": "arms"}, {"edition": 1999}, {"tier": "both"}])
def test_an_unknown_name_is_refused(wrong: dict[str, object], published: Path) -> None:
    with pytest.raises(UnknownNameError):
        ocindex.flows(**wrong, dist=published)


def test_routes_are_an_edge_list_for_a_network_library(published: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    edges = ocindex.flows("PER", dist=published)
    graph = networkx.from_pandas_edgelist(
        edges, "origin", "destination", edge_attr=["indicator", "pairing"], create_using=networkx.MultiDiGraph
    )
    assert graph.number_of_edges() == len(edges)
    assert graph.has_edge("United States", "Colombia")
