"""Questions of the library's users in, frames from the bundled or a given dataset out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def compare(
    country: str | None = None, then: int = 2021, now: int = 2025, *, dist: str | Path | None = None
) -> pd.DataFrame:
    """Compare two editions of a country (iso3 or name), or of all without one.

    Returns
    -------
    pandas.DataFrame
        As `ocindex.compare.editions.compare_editions` gives it.

    Examples
    --------
    >>> changes = compare("PER", 2021, 2025)
    >>> rows = changes[changes["measure"] == "state_embedded_actors"]
    >>> rows[["then", "now", "change", "means"]].values.tolist()
    [[7.0, 8.0, 1.0, 'worse']]
    """
    from ocindex.compare.editions import compare_editions
    from ocindex.dataset.load import open_dataset
    from ocindex.vocabulary.countries import one_country

    iso3 = None if country is None else one_country(country).iso3
    return compare_editions(open_dataset(dist), iso3, then, now)


def rank(
    measure: str,
    *,
    edition: int | None = None,
    since: int | None = None,
    region: str | None = None,
    top: int | None = None,
    dist: str | Path | None = None,
) -> pd.DataFrame:
    """Rank countries by a score, or by its change, as `ocindex.compare.ranking.rank_by` does.

    Examples
    --------
    >>> rank("cocaine_trade", edition=2021)[["rank", "iso3", "score"]].values.tolist()
    [[1, 'PER', 9.0]]
    """
    from ocindex.compare.ranking import rank_by
    from ocindex.dataset.load import open_dataset
    from ocindex.vocabulary.indicators import newest_edition

    chosen = newest_edition() if edition is None else edition
    return rank_by(open_dataset(dist), measure, edition=chosen, since=since, region=region, top=top)


def conflicts(country: str | None = None, *, weak: bool = False, dist: str | Path | None = None) -> pd.DataFrame:
    """List where the documents disagree, as `ocindex.compare.conflicts.list_conflicts` does.

    Parameters
    ----------
    country : str, optional
        iso3 or name; all without it.
    weak : bool
        Also the weak ones.
    dist : str or pathlib.Path, optional
        Another dataset than the bundled one.
    """
    from ocindex.compare.conflicts import list_conflicts
    from ocindex.dataset.load import open_dataset
    from ocindex.vocabulary.countries import one_country

    iso3 = None if country is None else one_country(country).iso3
    return list_conflicts(open_dataset(dist), iso3, weak=weak)


def claims(country: str | None = None, *, dist: str | Path | None = None) -> pd.DataFrame:
    """List what the documents claim, as `ocindex.compare.conflicts.list_claims` does."""
    from ocindex.compare.conflicts import list_claims
    from ocindex.dataset.load import open_dataset
    from ocindex.vocabulary.countries import one_country

    iso3 = None if country is None else one_country(country).iso3
    return list_claims(open_dataset(dist), iso3)


def aggregate(*, by: str = "continent", edition: int | None = None, dist: str | Path | None = None) -> pd.DataFrame:
    """Average scores over groups of countries, as `ocindex.compare.groups.aggregate` does."""
    from ocindex.compare.groups import aggregate as run
    from ocindex.dataset.load import open_dataset
    from ocindex.vocabulary.indicators import newest_edition

    return run(open_dataset(dist), by=by, edition=newest_edition() if edition is None else edition)
