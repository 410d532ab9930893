"""The two real workbooks, which stand beside the project and are no part of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import ocindex
from ocindex.compare.editions import compare_editions
from ocindex.compare.groups import aggregate
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.publish import publish
from ocindex.dataset.wide import widen
from ocindex.pipeline import assemble, build

ROOT = Path(__file__).parents[1]
WORKBOOKS = ROOT.parent / "shared" / "workbooks"
pytestmark = pytest.mark.skipif(not WORKBOOKS.is_dir(), reason="the real workbooks do not stand beside the project")


@pytest.fixture(scope="module")
def newer() -> Dataset:
    return assemble(ROOT / "raw", workbook=WORKBOOKS / "global_oc_index_2025.xlsx")


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return assemble(tmp_path_factory.mktemp("empty"), workbook=WORKBOOKS / "global_oc_index_2023.xlsx")


def test_the_newer_workbook_gives_every_indicator_and_average(newer):
    assert len(newer.indicators) == 193 * (26 + 32 + 32) == 17_370
    assert len(newer.composites) == 193 * 3 * 4 == 2_316
    assert newer.indicators["score"].notna().all()


def test_the_only_issue_says_that_the_score_file_agrees(newer):
    assert list(newer.issues["code"]) == ["scores_agree"]
    assert "102 scores" in newer.issues["message"].iloc[0]


def test_both_workbooks_say_the_same_of_2021_and_2023(newer, older):
    keys = ["iso3", "edition", "indicator", "score"]
    shared = newer.indicators[newer.indicators["edition"] < 2025]
    assert shared[keys].reset_index(drop=True).equals(older.indicators[keys])


def test_49_of_193_countries_move_the_other_way_on_the_2021_basis(newer):
    published = _published_change(newer, 2021, 2023)
    compared = _compared_change(newer, 2021, 2023)
    assert int(((published * compared) < 0).sum()) == 49


def test_from_2023_to_2025_every_published_sign_is_kept(newer):
    published = _published_change(newer, 2023, 2025)
    compared = _compared_change(newer, 2023, 2025)
    assert len(compared) == 193
    assert (np.sign(published) == np.sign(compared)).all()


@pytest.mark.parametrize(
    ("measure", "printed"),
    [("criminality", 5.47), ("criminal_markets", 5.41), ("human_trafficking", 7.0), ("financial_crimes", 6.61)],
)
def test_asia_in_2023_has_the_means_that_the_report_prints(newer, measure, printed):
    frame = aggregate(newer, by="continent", edition=2023)
    row = frame[(frame["group"] == "Asia") & (frame["measure"] == measure)].iloc[0]
    assert round(row["mean"], 2) == printed
    assert row["countries"] == 46


def test_every_rank_of_the_world_is_given_with_its_group_size(newer):
    assert newer.composites["rank_world"].notna().all()
    assert set(newer.composites["rank_world_of"]) == {193}
    peru = newer.composites.query("iso3 == 'PER' and edition == 2025 and composite == 'criminality'").iloc[0]
    higher = newer.composites.query("edition == 2025 and composite == 'criminality'")["score"] > peru["score"]
    assert peru["rank_world"] == higher.sum() + 1


def test_the_region_of_2023_is_the_one_that_edition_ranked_in(newer):
    rows = newer.composites.query("iso3 == 'GTM' and composite == 'criminality'").set_index("edition")
    assert rows["rank_region_of"].to_dict() == {2021: 8, 2023: 21, 2025: 8}


def test_the_wide_panel_has_one_row_per_country_and_edition(newer):
    panel = widen(newer.indicators, newer.composites)
    assert len(panel) == 193 * 3
    assert panel.query("iso3 == 'NAM'")["criminality"].notna().all()
    assert panel.loc[panel["edition"] == 2021, "financial_crimes"].isna().all()


def test_a_workbook_alone_makes_a_dataset_of_scores(older):
    assert len(older.evidence) == 0
    assert set(older.indicators["text_status"]) == {"no_profile"}
    assert set(older.indicators["score_source"]) == {"workbook"}


def _published_change(dataset: Dataset, then: int, now: int):
    rows = dataset.composites[dataset.composites["composite"] == "criminality"]
    levels = rows.pivot(index="iso3", columns="edition", values="score")
    return (levels[now] - levels[then]).round(6)


def _compared_change(dataset: Dataset, then: int, now: int):
    frame = compare_editions(dataset, None, then, now)
    return frame[frame["measure"] == "criminality"].set_index("iso3")["change"]


def test_the_difference_between_the_two_is_one_edition(older, tmp_path):
    publish(older, tmp_path / "old")
    (tmp_path / "raw").mkdir()
    build(tmp_path / "raw", tmp_path / "new", workbook=WORKBOOKS / "global_oc_index_2025.xlsx")
    changes = ocindex.diff(tmp_path / "old", tmp_path / "new")
    added = {count.table: count.changes + count.following for count in changes.summary if count.kind == "added"}
    assert (added["indicators"], added["composites"]) == (193 * 32, 193 * 4)
    assert not [count for count in changes.summary if count.column == "score"]
    assert changes.bump == "minor"
