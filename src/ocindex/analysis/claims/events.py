"""A sentence with a date in, the event that it dates out."""

from __future__ import annotations

import re
from functools import cache

from ocindex.analysis.claims.clauses import is_asserted
from ocindex.analysis.claims.periods import Period
from ocindex.analysis.claims.record import EVENT, Claim, Reading
from ocindex.vocabulary.statements import word_pattern

# Remittances that passed a billion passed no law.
_AMOUNT = re.compile(r"\s(?:[A-Z$€£]{1,4} ?)?\d")


def read_events(reading: Reading, periods: list[Period]) -> list[Claim]:
    """Find the dated event of a sentence: what was done, and when.

    Parameters
    ----------
    reading : Reading
    periods : list of Period
        Dates that the sentence names; an open one ("since 2015") dates no event.

    Returns
    -------
    list of Claim
        At most one per date: the event word nearest to it.
    """
    if reading.indicator is None:
        return []
    text = reading.text
    words = [
        match
        for match in _event_words().finditer(text)
        if is_asserted(text, match.start()) and not _AMOUNT.match(text, match.end())
    ]
    claims: dict[str, Claim] = {}
    for period in periods:
        near = [match for match in words if _in_one_part(text, period, match)]
        if not near or "/" in period.iso:
            continue
        match = min(near, key=lambda match: _distance(text, period, match))
        claims.setdefault(
            period.iso,
            Claim(
                reading.finding,
                EVENT,
                reading.indicator,
                period=period.iso,
                aspect=match[0].lower(),
                position=match.start(),
            ),
        )
    return list(claims.values())


def _in_one_part(text: str, period: Period, match: re.Match[str]) -> bool:
    low, high = sorted((period.start, match.start()))
    return ";" not in text[low:high]


def _distance(text: str, period: Period, match: re.Match[str]) -> int:
    """How far a word is from the date; one after it, or beyond a comma, only where no other is near."""
    low, high = sorted((period.start, match.start()))
    return high - low + 40 * (match.start() > period.start and "," in text[low:high]) + 20 * text[low:high].count(",")


@cache
def _event_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{word_pattern('event', 'verb')}|{word_pattern('event', 'noun')})\b", re.IGNORECASE)
