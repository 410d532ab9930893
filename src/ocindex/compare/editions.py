"""Two editions of a country in, what changed and what it means out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.errors import UnknownNameError
from ocindex.vocabulary.countries import country_of
from ocindex.vocabulary.indicators import Indicator, all_codes, indicators_of, known_edition

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.dataset.dataset import Dataset

PUBLISHED = "published"
_ROUND_OFF = 6


def compare_editions(dataset: Dataset, iso3: str | None, then: int, now: int) -> pd.DataFrame:
    """Compare two editions, indicator by indicator and average by average.

    Averages are compared on the largest list of indicators that both editions
    share: between 2023 and 2025 that is the whole list, so the published
    scores; with 2021 it is the list of 2021, and published averages are not compared.

    Parameters
    ----------
    dataset : Dataset
    iso3 : str or None
        One country; None compares every country that has either edition.
    then, now : int
        Editions.

    Returns
    -------
    pandas.DataFrame
        iso3, country, measure, label, level, component, then, now, change (points; null
        where either is missing or the indicator did not exist), means (``worse``,
        ``better``, ``same``; null without a change), basis (what was
        compared), text_then, text_now. In the Index's order.

    Raises
    ------
    UnknownNameError
        If there is no such country or edition, or the dataset has neither.
    """
    import pandas as pd

    known_edition(then), known_edition(now)
    if iso3 is not None:
        country_of(iso3)
    levels = {edition: _levels(dataset, iso3, edition, level_column(then, now)) for edition in (then, now)}
    texts = {edition: _texts(dataset, iso3, edition) for edition in (then, now)}
    keys = [key for found in levels.values() for key in found] + [key for found in texts.values() for key in found]
    countries = sorted({code for code, _ in keys})
    if not countries:
        raise UnknownNameError(
            f"found neither edition {then} nor {now} of {iso3 or 'any country'} in this dataset; expected scores; see "
            "`ocindex show`."
        )
    rows = [
        _row(code, measure, levels, texts, then, now)
        for code in countries
        for measure in all_codes()
        if measure.since <= max(then, now)
    ]
    frame = pd.DataFrame(rows)
    return frame.astype({"then": "float64", "now": "float64", "change": "float64"})


def shared_edition(then: int, now: int) -> int:
    """Give the edition whose list of indicators is the largest that two editions share."""
    older, newer = sorted((then, now))
    return newer if len(indicators_of(older)) == len(indicators_of(newer)) else older


def basis_of(then: int, now: int) -> str:
    """Name the basis on which averages of two editions are compared."""
    listed = indicators_of(shared_edition(then, now))
    criminality = sum(item.component != "resilience" for item in listed)
    resilience = len(listed) - criminality
    if len(indicators_of(then)) == len(indicators_of(now)):
        return f"published averages: both editions have the same {criminality} and {resilience} indicators"
    return f"2021 basis: the {criminality} criminality and {resilience} resilience indicators that both editions have"


def level_column(then: int, now: int) -> str:
    """Give the column of composites that may be compared between two editions."""
    return "score" if len(indicators_of(then)) == len(indicators_of(now)) else "score_basis_2021"


def change_between(then: float, now: float) -> float | None:
    """Subtract, free of binary round-off; null where either is missing."""
    if then != then or now != now:
        return None
    return round(now - then, _ROUND_OFF) + 0.0


def meaning_of(change: float | None, higher_is: str) -> str | None:
    """Say what a change means: worse, better or same."""
    if change is None:
        return None
    if change == 0:
        return "same"
    return higher_is if change > 0 else {"worse": "better", "better": "worse"}[higher_is]


_Levels = dict[tuple[str, str], float]


def _levels(dataset: Dataset, iso3: str | None, edition: int, column: str) -> _Levels:
    found: _Levels = {}
    for table, key, value in (("indicators", "indicator", "score"), ("composites", "composite", column)):
        frame = dataset.table(table)
        frame = frame[frame["edition"] == edition]
        if iso3 is not None:
            frame = frame[frame["iso3"] == iso3]
        for code, measure, level in zip(frame["iso3"], frame[key], frame[value], strict=True):
            found[code, measure] = level
    return found


def _texts(dataset: Dataset, iso3: str | None, edition: int) -> dict[tuple[str, str], str]:
    frame = dataset.indicators
    frame = frame[(frame["edition"] == edition) & frame["text"].notna()]
    if iso3 is not None:
        frame = frame[frame["iso3"] == iso3]
    return dict(zip(zip(frame["iso3"], frame["indicator"], strict=True), frame["text"], strict=True))


def _row(
    iso3: str,
    measure: Indicator,
    levels: dict[int, _Levels],
    texts: dict[int, dict[tuple[str, str], str]],
    then: int,
    now: int,
) -> dict[str, object]:
    key = (iso3, measure.code)
    old, new = (levels[edition].get(key, float("nan")) for edition in (then, now))
    change = change_between(old, new)
    return {
        "iso3": iso3,
        "country": country_of(iso3).name,
        "measure": measure.code,
        "label": measure.label,
        "level": "composite" if measure.is_composite else "indicator",
        "component": measure.component,
        "then": old,
        "now": new,
        "change": change,
        "means": meaning_of(change, measure.higher_is),
        "basis": basis_of(then, now) if measure.is_composite else PUBLISHED,
        "text_then": texts[then].get(key),
        "text_now": texts[now].get(key),
    }
