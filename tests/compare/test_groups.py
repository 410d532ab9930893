"""Means over groups of countries."""

from __future__ import annotations

from pathlib import Path

import pytest

from ocindex.compare.groups import aggregate
from ocindex.errors import UnknownNameError
from ocindex.pipeline import assemble


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory):
    raw = tmp_path_factory.mktemp("raw")
    rows = [
        "iso3,edition,measure,score",
        *(f"{c},2023,prevention,{s}" for c, s in (("PER", 2), ("COL", 4), ("CAN", 9))),
    ]
    (raw / "scores.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (raw / "sources.csv").write_text("path,kind\nscores.csv,scores\n", encoding="utf-8")
    return assemble(Path(raw))


def test_a_continent_is_the_mean_over_its_countries_not_over_its_regions(small):
    row = aggregate(small, by="continent", edition=2023).iloc[0]
    assert (row["group"], row["mean"], row["countries"]) == ("Americas", 5.0, 3)


def test_regions_carry_the_number_of_their_countries(small):
    frame = aggregate(small, by="region", edition=2023)
    assert list(zip(frame["group"], frame["mean"], frame["countries"], strict=True)) == [
        ("North America", 9.0, 1),
        ("South America", 3.0, 2),
    ]


def test_the_world_is_one_group(small):
    assert list(aggregate(small, by="world", edition=2023)["mean"]) == [5.0]


def test_an_unknown_group_is_refused(small):
    with pytest.raises(UnknownNameError, match="continent"):
        aggregate(small, by="bloc", edition=2023)
