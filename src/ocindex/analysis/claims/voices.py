"""A sentence in, who is said to say it and how surely out."""

from __future__ import annotations

import re
from functools import cache

from ocindex.vocabulary.statements import any_of, organisations, word_pattern

_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^,;.]{2,120})")
_DOCUMENT = re.compile(
    r"^(?:an?|the|its|their|recent|new|official|\d{4}|\w+ly|annual|latest)?\s?"
    r"(?:(?:recent|new|official|\d{4}|annual|latest) )?"
    r"(?:report|study|survey|data|figures|statistics|research|estimates?|findings|analysis|assessment)s?"
    r"(?: (?:by|from|of|released by|published by|compiled by))? ?",
    re.IGNORECASE,
)
_THE_REPORT = re.compile(
    r"^(?:[\w ]+: )?(?:The|This|That|Its) (?:same )?(?:report|study|survey|assessment|agency|organi[sz]ation)\b"
)


def find_speaker(text: str, before: str | None = None) -> str | None:
    """Say to whom a sentence attributes what it says.

    Parameters
    ----------
    text : str
    before : str, optional
        Whom the sentence before named; "The report estimates" carries it on.

    Returns
    -------
    str or None
        A name of ``organisations.csv``, or the words as they stand.

    Examples
    --------
    >>> find_speaker("According to a report by the World Bank, prices fell.")
    'World Bank'
    """
    named = _ACCORDING.search(text)
    if named:
        who = named["who"].strip()
        known = _known(who)
        if known:
            return known
        plain = _DOCUMENT.sub("", who).strip() or who
        return plain if 0 < len(plain.split()) <= 8 else None
    saying = _saying().search(text)
    if saying:
        return organisations()[saying["who"]]
    return before if before and _THE_REPORT.match(text) else None


def is_hedged(text: str) -> bool:
    """Whether a sentence marks what it says as reported, believed or estimated."""
    return _hedges().search(text) is not None


def _known(words: str) -> str | None:
    found = _organisations().search(words)
    return organisations()[found[0]] if found else None


@cache
def _organisations() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(organisations())}(?!\w)")


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<who>{any_of(organisations())})(?!\w)(?: \(\w+\))?(?:['’]s? \w+)?,? "
        rf"(?:has |have )?{word_pattern('voice', 'said')}\b"
    )


@cache
def _hedges() -> re.Pattern[str]:
    return re.compile(rf"\b{word_pattern('hedge', 'statement')}\b", re.IGNORECASE)
