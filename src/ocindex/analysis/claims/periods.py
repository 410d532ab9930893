"""A sentence in, the dates and periods that it names as ISO 8601 out."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"(?:(?:\d{{1,2}} )?{_MONTH} (?:\d{{1,2}}, )?)?{_YEAR}"
_FILL = (
    r"(?:early |late |mid-|the (?:start|end|beginning|middle|summer|winter|autumn|spring|first half|second half) of )?"
)
_PERIOD = re.compile(
    rf"(?<![\w$€£/.-])(?:(?P<since>[Ss]ince) {_FILL})?(?P<first>{_DATE})"
    rf"(?:(?: to | and | until | through |[–—-]|/){_FILL}(?P<last>{_DATE}|\d\d(?!\d)))?(?![\w%-])(?!\.\d)"
)
# The year is part of a name: "the 2006 law", "an act of 1998 makes".
_LAW_AFTER = re.compile(
    r"\s(?:[\w-]+ )?(?:law|act|statute|decree|reform|constitution|convention|protocol|code|treaty|edition|census)\b",
    re.I,
)
_LAW_BEFORE = re.compile(r"\b(?:law|act|statute|decree|constitution|convention|protocol|code|amendments?) of $", re.I)
# What was so until 2019, or will be by 2030, is not dated by that year.
_NOT_THEN = re.compile(
    r"\b(?:before|until|till|prior to|by|up to|than|within) (?:early |late |mid-|the (?:start|end|middle) of )?$", re.I
)
_NOT_A_RANGE = re.compile(r" and ")


class Period(NamedTuple):
    """A date or period at half-open positions; ``since`` leaves its end open (``2015/..``)."""

    start: int
    end: int
    iso: str


def find_periods(text: str) -> list[Period]:
    """Find every date, month, year and range of years that a sentence names.

    Examples
    --------
    >>> [period.iso for period in find_periods("Seizures fell between 2019 and 2021, and since Feb. 2023 again.")]
    ['2019/2021', '2023-02/..']
    """
    periods = []
    for match in _PERIOD.finditer(text):
        if _NOT_THEN.search(text[: match.start()]):
            continue
        if _LAW_AFTER.match(text, match.end()) or _LAW_BEFORE.search(text[: match.start()]):
            continue
        first = _iso(match["first"])
        last = match["last"]
        joined = match[0][: -len(last)] if last else ""
        if last and (
            _NOT_A_RANGE.search(joined[len(match["first"]) :]) and "etween " not in text[: match.start()][-9:]
        ):
            periods.append(Period(match.start(), match.start() + len(match["first"]), first))
            periods.append(Period(match.end() - len(last), match.end(), _iso(last)))
        elif last:
            whole = _iso(first[:2] + last if len(last) == 2 else last)
            periods.append(Period(match.start(), match.end(), f"{first}/{whole}"))
        else:
            periods.append(Period(match.start(), match.end(), f"{first}/.." if match["since"] else first))
    return periods


def period_of(periods: list[Period], text: str, position: int) -> str | None:
    """Choose the period that a statement at a position belongs to.

    The nearest in the same part of the sentence (cut at semicolons), or the
    only one; null where none is named.
    """
    if not periods:
        return None
    cuts = [0, *(match.end() for match in re.finditer(";", text)), len(text)]
    part = next((low, high) for low, high in pairwise(cuts) if low <= position <= high)
    own = [period for period in periods if part[0] <= period.start < part[1]]
    chosen = own or (periods if len(periods) == 1 and len(cuts) == 2 else [])
    return min(chosen, key=lambda period: abs(period.start - position)).iso if chosen else None


def years_of(iso: str) -> tuple[int, int]:
    """Give the first and the last year of a period; an open one ends in 9999."""
    first, _, last = iso.partition("/")
    return int(first[:4]), 9999 if last == ".." else int((last or first)[:4])


def _iso(words: str) -> str:
    year = re.search(_YEAR, words)
    month = re.search(_MONTH, words)
    if year is None:
        return words
    if month is None:
        return year[0]
    number = _MONTHS.index(month[0][:3].lower()) + 1
    day = re.match(r"(\d{1,2}) ", words) or re.search(r" (\d{1,2}), ", words)
    date = f"{year[0]}-{number:02d}"
    return f"{date}-{int(day[1]):02d}" if day and 1 <= int(day[1]) <= 31 else date
