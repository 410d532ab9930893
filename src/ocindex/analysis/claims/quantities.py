"""A sentence in, what it counts, weighs or prices out."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ocindex.analysis.claims.clauses import is_asserted, is_past
from ocindex.analysis.claims.numbers import Number, find_numbers
from ocindex.analysis.claims.record import QUANTITY, Claim, Reading
from ocindex.analysis.claims.topics import Topic, find_topic
from ocindex.vocabulary.statements import any_of, word_pattern, word_values

# Time, dates, sizes and sports: numbers that say nothing on crime.
_NOT_COUNTED = re.compile(
    r"(?:[\w-]+ )?(?:years?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?|decades?|centur\w+|times|metres?"
    r"|meters|degrees|per day|points?|goals?|pages|seats|states|languages|floors?|beds|fold|a\.?m\.?|p\.?m\.?)\b",
    re.IGNORECASE,
)
# What makes a number a name: No. 4, Article 12, Barrio 18, March 5, aged 17.
_NAME_BEFORE = re.compile(
    r"\b(?:[Nn]o\.|[Aa]rticle|Section|Act|Resolution|Law|Decree|Chapter|Annex|Phase|Schedule|Barrio|Mara|Level|Highway"
    r"|Route|Unit|Tier|grade|aged|age of|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|[A-Z][a-z]{2}\.)\s*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_GENERIC = re.compile(r"\s(?:of )?(?:[a-z][\w’'-]* ){0,2}?(?P<noun>[a-z][a-z’'-]{1,}[^\Wsu]s)\b")
_NO_NOUN = frozenset(
    "is was has does as its this thus less us others his hers across towards besides always perhaps ours whereas times "
    "plus per afterwards needs costs makes takes sells pays remains means years months weeks days hours minutes".split()
)
_FEW = 12
_COUNTED = ("persons", "households", "firearms", "rounds", "tablets")


class _Unit(NamedTuple):
    name: str
    noun: str
    end: int


def read_quantities(reading: Reading) -> list[Claim]:
    """Find each quantity that a sentence states, with its unit.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    list of Claim
        ``value`` is the number as stated; null for a range, a majority and
        "scores of": none of these is one number.
    """
    claims = []
    for number in find_numbers(reading.text):
        unit = None if _is_name(reading.text, number) else _unit_of(reading.text, number)
        hedge = _hedge_before().search(reading.text[: number.start])
        # The "to" of "up to 95 %" is no infinitive.
        if unit is None or not is_asserted(reading.text, hedge.start() if hedge else number.start):
            continue
        topic = _topic(reading, number, unit)
        if topic is None:
            continue
        value = number.low if number.low == number.high else None
        claim = Claim(
            reading.finding,
            QUANTITY,
            topic.subject,
            value=value,
            unit=unit.name,
            aspect=unit.noun,
            low=number.low,
            high=number.high,
            hedged=hedge is not None or _or_so(reading.text, number),
            marks=frozenset({"past"} if is_past(reading.text, number.start, number.end) else ()),
            position=number.start,
        )
        claims.append(claim)
    return claims


def _is_name(text: str, number: Number) -> bool:
    """Whether the digits are a year, a day, a score or part of a name."""
    word = text[number.start : number.end]
    after = text[number.end :]
    if not number.is_digits or number.unit is not None:
        return False
    if _YEAR.fullmatch(word) and not re.match(r"\s(?:people|tonnes|tons|kg|per|victims|cases)\b", after):
        return True
    if _DAY.match(after):
        return True
    if re.match(r"\s(?:law|act|statute|decree|reform|convention|code)\b", after):
        return True
    return _NAME_BEFORE.search(text[: number.start]) is not None


def _unit_of(text: str, number: Number) -> _Unit | None:
    money = _currency_before().search(text[: number.start])
    if money:
        return _Unit(_currencies()[money[1].lower()], "money", number.end)
    after = text[number.end :]
    # "Two brothers" is a story, not a figure; "two tonnes" is one.
    is_few = not number.is_digits and number.low is not None and number.low <= _FEW
    if number.unit == "percent":
        return _Unit("percent", _noun_after(after), number.end)
    if _NOT_COUNTED.match(after.lstrip(" -")):
        return None
    listed = _listed_unit().match(after)
    if listed and not (is_few and word_values("unit", "unit").get(listed["unit"].lower()) in _COUNTED):
        word = listed["unit"].lower()
        name = {**word_values("unit", "unit"), **_currencies()}[word]
        rest = after[listed.end() :] if name == "percent" else ""
        noun = _noun_after(rest) if name == "percent" else "money" if word in _currencies() else word
        return _Unit(name, noun, number.end + listed.end())
    generic = _GENERIC.match(after) if number.is_digits or number.low is None or (number.low or 0) >= 100 else None
    if generic is None or generic["noun"] in _NO_NOUN or _NOT_COUNTED.match(generic["noun"]):
        return None
    return _Unit(generic["noun"], generic["noun"], number.end + generic.end())


def _noun_after(after: str) -> str:
    """Give the noun of "48 % of inmates": what the share is a share of."""
    match = re.match(r"\s*(?:of )?(?:(?:the|all|its|their|these|those) )?(?:[\w-]+ ){0,2}?([a-z]{3,})\b", after)
    return match[1] if match else ""


def _topic(reading: Reading, number: Number, unit: _Unit) -> Topic | None:
    """Take the sentence's own indicator; without one only a counted topic will do."""
    if reading.indicator is not None:
        return Topic(reading.indicator)
    near = reading.text[max(0, number.start - 40) : unit.end + 40]
    topic = find_topic(near, reading)
    return topic if topic is not None and not topic.aspect else None


def _or_so(text: str, number: Number) -> bool:
    return re.match(r"\s(?:\w+ )?or (?:so|more|less)\b", text[number.end :]) is not None


@cache
def _hedge_before() -> re.Pattern[str]:
    return re.compile(rf"\b{word_pattern('hedge', 'number')}\s+(?:[A-Z]{{3}} |US\$ ?|\$|€|£|the |a )?$", re.IGNORECASE)


@cache
def _currencies() -> dict[str, str]:
    return word_values("unit", "currency")


@cache
def _currency_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({any_of(_currencies())})\s?$", re.IGNORECASE)


@cache
def _listed_unit() -> re.Pattern[str]:
    names = any_of([*word_values("unit", "unit"), *_currencies()])
    return re.compile(rf"\s?(?:of )?(?:[a-z][\w’'-]* ){{0,2}}?(?P<unit>{names})(?!\w)", re.IGNORECASE)
