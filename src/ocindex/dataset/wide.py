"""Long scores in, the panel that people regress on out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.vocabulary.indicators import all_codes

if TYPE_CHECKING:
    import pandas as pd


def widen(indicators: pd.DataFrame, composites: pd.DataFrame) -> pd.DataFrame:
    """Give one row per iso3 and edition.

    Parameters
    ----------
    indicators, composites : pandas.DataFrame
        Tables of those names.

    Returns
    -------
    pandas.DataFrame
        iso3, country, edition, reference_year, then one column of scores (1 to
        10) per indicator in the Index's order, then the published averages and
        the averages on the 2021 basis (``…_basis_2021``), which alone may be
        compared across the break between 2021 and 2023.
    """
    keys = ["iso3", "country", "edition", "reference_year"]
    wide = indicators.pivot(index=keys, columns="indicator", values="score")
    averages = composites.pivot(index=keys, columns="composite", values="score")
    basis = composites.pivot(index=keys, columns="composite", values="score_basis_2021").add_suffix("_basis_2021")
    wide = wide.join(averages).join(basis)
    codes = [item for item in all_codes() if item.code in wide]
    ordered = [item.code for item in codes if not item.is_composite] + [
        item.code for item in codes if item.is_composite
    ]
    ordered += [f"{item.code}_basis_2021" for item in codes if item.is_composite]
    frame = wide[ordered].reset_index()
    frame.columns.name = None
    return frame
