"""Countries ranked by a score or its change; built from small datasets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ocindex.compare.ranking import members_of, rank_by
from ocindex.dataset.dataset import Dataset
from ocindex.errors import UnknownNameError
from ocindex.pipeline import assemble


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    raw = tmp_path_factory.mktemp("raw")
    scores = {
        "PER": (9.0, 9.0),
        "COL": (9.0, 9.5),
        "BRA": (7.0, 8.0),
        "KEN": (4.0, 5.0),
        "ITA": (6.5, 6.0),
    }
    lines = ["iso3,edition,measure,score"]
    for iso3, (then, now) in scores.items():
        lines += [f"{iso3},2021,cocaine_trade,{then}", f"{iso3},2023,cocaine_trade,{now}"]
    (raw / "scores.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (raw / "sources.csv").write_text("path,kind\nscores.csv,scores\n", encoding="utf-8")
    return assemble(Path(raw))


def test_the_highest_score_has_rank_one_and_equal_scores_share_it(small):
    frame = rank_by(small, "cocaine_trade", edition=2021)
    assert list(zip(frame["iso3"], frame["rank"], frame["tied"], strict=True)) == [
        ("COL", 1, True),
        ("PER", 1, True),
        ("BRA", 3, False),
        ("ITA", 4, False),
        ("KEN", 5, False),
    ]
    assert set(frame["of"]) == {5}


def test_top_never_cuts_through_a_shared_rank(small):
    assert list(rank_by(small, "cocaine_trade", edition=2021, top=1)["iso3"]) == ["COL", "PER"]


def test_since_ranks_by_the_change_and_says_what_it_means(small):
    frame = rank_by(small, "Cocaine trade", edition=2023, since=2021)
    assert list(zip(frame["iso3"], frame["rank"], frame["change"], frame["means"], strict=True)) == [
        ("BRA", 1, 1.0, "worse"),
        ("KEN", 1, 1.0, "worse"),
        ("COL", 3, 0.5, "worse"),
        ("PER", 4, 0.0, "same"),
        ("ITA", 5, -0.5, "better"),
    ]


def test_a_region_is_ranked_alone_and_named_in_any_case(small):
    frame = rank_by(small, "cocaine_trade", edition=2023, region="south america")
    assert list(zip(frame["iso3"], frame["rank"], frame["of"], strict=True)) == [
        ("COL", 1, 3),
        ("PER", 2, 3),
        ("BRA", 3, 3),
    ]


def test_a_continent_is_a_region_too():
    assert "KEN" in members_of("Africa", 2025)
    assert "GTM" in members_of("Caribbean & Central America", 2023)


def test_an_unknown_region_lists_those_that_exist():
    with pytest.raises(UnknownNameError, match="South America"):
        members_of("Atlantis", 2025)


def test_an_indicator_that_the_edition_lacks_is_refused(small):
    with pytest.raises(UnknownNameError, match="since 2023"):
        rank_by(small, "financial_crimes", edition=2021)


def test_no_score_at_all_is_said(small):
    with pytest.raises(UnknownNameError, match="--workbook"):
        rank_by(small, "prevention", edition=2021)
