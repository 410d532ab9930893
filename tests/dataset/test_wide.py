"""Wide form: one row per country and edition, indicators in the Index's order, then the averages."""

from __future__ import annotations

from pathlib import Path

import ocindex
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.wide import widen
from ocindex.vocabulary.indicators import composites, indicators_of

AVERAGES = [item.code for item in composites()]


def test_there_is_one_row_per_country_and_edition(assembled: Dataset) -> None:
    wide = widen(assembled.indicators, assembled.composites)
    assert wide[["iso3", "edition", "reference_year"]].to_numpy().tolist() == [
        ["PER", 2021, 2020],
        ["PER", 2023, 2022],
        ["PER", 2025, 2024],
    ]


def test_columns_stand_in_the_order_of_the_index(assembled: Dataset) -> None:
    wide = widen(assembled.indicators, assembled.composites)
    assert list(wide.columns) == [
        *("iso3", "country", "edition", "reference_year"),
        *(item.code for item in indicators_of(2025)),
        *AVERAGES,
        *(f"{code}_basis_2021" for code in AVERAGES),
    ]
    assert wide.columns.name is None


def test_cells_are_the_scores_of_the_long_form(assembled: Dataset) -> None:
    wide = widen(assembled.indicators, assembled.composites).set_index(["iso3", "edition"])
    for row in assembled.indicators.itertuples():
        assert wide.loc[(row.iso3, row.edition), row.indicator] == row.score
    for row in assembled.composites.itertuples():
        assert wide.loc[(row.iso3, row.edition), row.composite] == row.score
        assert wide.loc[(row.iso3, row.edition), f"{row.composite}_basis_2021"] == row.score_basis_2021


def test_an_indicator_that_an_edition_lacks_is_null(assembled: Dataset) -> None:
    wide = widen(assembled.indicators, assembled.composites)
    assert wide["cyber_dependent_crimes"].isna().tolist() == [True, False, False]


def test_one_edition_has_only_its_own_indicators(published: Path) -> None:
    wide = ocindex.load(wide=True, edition=2021, dist=published)
    assert len(wide) == 1
    assert "cyber_dependent_crimes" not in wide
    assert wide["edition"].dtype == "int16"


def test_a_country_without_rows_gives_an_empty_panel(published: Path) -> None:
    assert len(ocindex.load(wide=True, iso3="COL", dist=published)) == 0
