"""Scores of countries in, means over groups of countries out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.errors import UnknownNameError
from ocindex.vocabulary.indicators import all_codes, known_edition

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.dataset.dataset import Dataset

GROUPS = ("continent", "region", "region_2021", "region_2023", "world")


def aggregate(dataset: Dataset, *, by: str, edition: int) -> pd.DataFrame:
    """Average every score over the countries of each group.

    Parameters
    ----------
    dataset : Dataset
    by : {"continent", "region", "region_2021", "region_2023", "world"}
        Columns of the table ``countries``; ``region_2023`` groups as that edition did.
    edition : int

    Returns
    -------
    pandas.DataFrame
        group, measure, label, mean (points, 1 to 10, unrounded), countries (how many had a
        score). Always a mean over countries, never over the means of groups.

    Examples
    --------
    >>> import ocindex
    >>> rows = ocindex.aggregate(by="continent", edition=2021)
    >>> rows.loc[rows["measure"] == "cocaine_trade", ["group", "mean", "countries"]].values.tolist()
    [['Americas', 9.0, 1]]
    """
    import pandas as pd

    if by not in GROUPS:
        raise UnknownNameError(f"found by={by!r}; expected one of {', '.join(GROUPS)}.")
    known_edition(edition)
    long = pd.concat(
        [
            dataset.table(table).rename(columns={key: "measure"})[["iso3", "edition", "measure", "score"]]
            for table, key in (("composites", "composite"), ("indicators", "indicator"))
        ]
    )
    long = long[(long["edition"] == edition) & long["score"].notna()]
    members = dataset.countries.assign(world="World").set_index("iso3")[by]
    means = long.assign(group=long["iso3"].map(members)).groupby(["group", "measure"])["score"].agg(["mean", "count"])
    frame = means.reset_index().rename(columns={"count": "countries"})
    position = {item.code: item.position for item in all_codes()}
    label = {item.code: item.label for item in all_codes()}
    frame.insert(2, "label", frame["measure"].map(label))
    return frame.sort_values(
        ["group", "measure"], key=lambda c: c.map(position) if c.name == "measure" else c
    ).reset_index(drop=True)
