"""A measure in, the countries ranked by it, or by its change, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.compare.editions import basis_of, change_between, level_column, meaning_of
from ocindex.errors import UnknownNameError
from ocindex.vocabulary.countries import Country, countries, country_of
from ocindex.vocabulary.folding import fold_name
from ocindex.vocabulary.indicators import Indicator, find_code, known_edition

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.dataset.dataset import Dataset


def rank_by(
    dataset: Dataset,
    measure: str,
    *,
    edition: int,
    since: int | None = None,
    region: str | None = None,
    top: int | None = None,
) -> pd.DataFrame:
    """Rank countries by a score, or by its change since another edition.

    Parameters
    ----------
    dataset : Dataset
    measure : str
        Code or label of an indicator or average.
    edition : int
        Edition whose scores are ranked.
    since : int, optional
        Earlier edition; ranks by the change since then, the greatest rise first.
        Averages are compared on the indicators that both editions share.
    region : str, optional
        Region or continent, in any case; only its countries are ranked.
    top : int, optional
        Ranks to keep; a shared rank is never cut through.

    Returns
    -------
    pandas.DataFrame
        rank (competition rank, 1 = highest), of, tied, iso3, country, region, then
        score (1 to 10), or then, now, change (points) and means, and basis.
    """
    import pandas as pd

    found = find_code(measure)
    for year in (edition, since):
        if year is not None:
            known_edition(year)
            _refuse_later(found, year)
    members = members_of(region, edition)
    if since is None:
        rows = _rank_levels(_levels(dataset, found, edition, "score"), members)
    else:
        column = level_column(since, edition)
        rows = _rank_changes(
            found, _levels(dataset, found, since, column), _levels(dataset, found, edition, column), members,
            basis_of(since, edition) if found.is_composite else "published",
        )  # fmt: skip
    if not rows:
        raise UnknownNameError(
            f"found no score of {found.code} in edition {edition}{f' and {since}' if since else ''}; expected some; "
            "build with `--workbook`."
        )
    frame = pd.DataFrame(rows)
    return frame if top is None else frame[frame["rank"] <= max(top, 1)]


def members_of(region: str | None, edition: int) -> frozenset[str]:
    """List the countries of a region or continent; all of them without one.

    Raises
    ------
    UnknownNameError
        Listing the regions that exist.
    """
    if region is None:
        return frozenset(country.iso3 for country in countries())
    wanted = fold_name(region.replace("_", " "))
    found = frozenset(country.iso3 for country in countries() if wanted in _groups(country, edition))
    if not found:
        listed = sorted({country.continent for country in countries()}) + sorted({c.region for c in countries()})
        raise UnknownNameError(f"found no region {region!r}; expected one of {', '.join(listed)}.")
    return found


def _groups(country: Country, edition: int) -> set[str]:
    return {fold_name(name) for name in (country.continent, country.region, country.region_in(edition))}


def _levels(dataset: Dataset, measure: Indicator, edition: int, column: str) -> dict[str, float]:
    table, key = ("composites", "composite") if measure.is_composite else ("indicators", "indicator")
    frame = dataset.table(table)
    value = column if measure.is_composite else "score"
    rows = frame[(frame[key] == measure.code) & (frame["edition"] == edition)].dropna(subset=[value])
    return dict(zip(rows["iso3"], rows[value], strict=True))


def _rank_levels(levels: dict[str, float], members: frozenset[str]) -> list[dict[str, object]]:
    kept = {iso3: value for iso3, value in levels.items() if iso3 in members}
    return [row | {"score": kept[str(row["iso3"])]} for row in _ranked(kept)]


def _rank_changes(
    measure: Indicator, then: dict[str, float], now: dict[str, float], members: frozenset[str], basis: str
) -> list[dict[str, object]]:
    both = sorted(set(then) & set(now) & members)
    changes = {iso3: change_between(then[iso3], now[iso3]) or 0.0 for iso3 in both}
    return [
        row
        | {
            "then": then[iso3],
            "now": now[iso3],
            "change": changes[iso3],
            "means": meaning_of(changes[iso3], measure.higher_is),
            "basis": basis,
        }
        for row in _ranked(changes)
        for iso3 in [str(row["iso3"])]
    ]


def _ranked(values: dict[str, float]) -> list[dict[str, object]]:
    """Competition ranks, highest first; equal values share a rank and stand in order of iso3."""
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    numbers = [value for _, value in ordered]
    first = {value: place for place, value in reversed(list(enumerate(numbers, start=1)))}
    return [
        {
            "rank": first[value],
            "of": len(ordered),
            "tied": numbers.count(value) > 1,
            "iso3": iso3,
            "country": country_of(iso3).name,
            "region": country_of(iso3).region,
        }
        for iso3, value in ordered
    ]


def _refuse_later(measure: Indicator, edition: int) -> None:
    if measure.since > edition:
        raise UnknownNameError(f"found {measure.code} in edition {edition}; expected it since {measure.since}.")
