"""A sentence in, the numbers that it states and where they stand out."""

from __future__ import annotations

import re
from typing import NamedTuple


class Number(NamedTuple):
    """A stated number or range; of a single one ``low`` equals ``high``, and both are null for "scores of"."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str | None = None
    is_digits: bool = True


_SMALL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
# Only before hundred, thousand, million: "a million", "half a dozen".
_OF_SCALE = {"half a": 0.5, "a": 1, "a quarter of a": 0.25}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_SHORT = {"m": 1e6, "mn": 1e6, "bn": 1e9, "k": 1e3}
_PARTS = {
    "half": 50.0,
    "third": 100 / 3,
    "quarter": 25.0,
    "fifth": 20.0,
    "sixth": 100 / 6,
    "eighth": 12.5,
    "tenth": 10.0,
}
_DIGITS = r"\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_WORDS = rf"(?:{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_BEFORE_SCALE = rf"(?:{'|'.join(sorted([*_SMALL, *_OF_SCALE], key=len, reverse=True))})"
_SCALE = rf"(?:{'|'.join(_SCALES)})"
_VALUE = (
    rf"(?:(?:{_DIGITS})(?:\s?(?:thousand|million|billion|trillion|bn|mn|m|k)\b)?"
    rf"|\b{_BEFORE_SCALE}(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?(?:[ -]{_SCALE})+\b"
    rf"|\b{_WORDS}(?:-(?:one|two|three|four|five|six|seven|eight|nine))?\b)"
)
# No letter, sign or point may touch digits: A2, 15-year-old, 26s, No. 4 and 2-2 are names and scores.
_CURRENCY = r"(?:(?:US\$|\$|€|£|[A-Z]{3})\s?)?"
_NUMBER = re.compile(
    rf"(?<![\w.,/–-])(?P<low>{_VALUE})"
    rf"(?:\s?(?:–|—|-|to|and|or)\s?(?:approx\.? |about |around )?{_CURRENCY}(?P<high>{_VALUE}))?"
    r"(?![\w–-]|[.,:/]\d)",
)
_TIME = r"(?:years?|months?|weeks?|days?|hours?|minutes?|cases?)"
_RATIO = re.compile(
    rf"\b(?P<part>{_WORDS}|\d+)(?: [\w-]+){{0,2}}?,? (?:in|out of)(?: every)? "
    rf"(?P<whole>{_WORDS}|\d{{1,2}}|100|1,?000)\b(?!\d|,\d| {_TIME})",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?:(?P<half>half)(?= of (?:the|all|its|them|those|these|output|it|their|his|inmates)\b| the [a-z]+s?\b)"
    r"|(?P<count>a|an|one|two|three|four)[- ](?P<part>half|third|quarter|fifth|sixth|eighth|tenth)s?"
    r"(?= of (?!(?:what|a|an|its own|their own)\b)))",
    re.IGNORECASE,
)
_THOUSAND = 1000
_JOINED = re.compile(r"\s(?:or|and)\s")
_TWO = re.compile(r"\s(?:or|and|to)\s")
_MAJORITY = re.compile(
    r"\b(?:the|a) (?:(?:vast|great|overwhelming|large|clear|absolute) )?majority of(?= )", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:(?:tens|hundreds) of thousands|tens of millions|scores|dozens|hundreds|thousands|millions|billions)"
    r"(?= of (?!(?:years|days|times|hours)\b))",
    re.IGNORECASE,
)


def find_numbers(text: str) -> list[Number]:
    """Find every number in digits or words, ranges and shares among them.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Number
        In order, not overlapping. Ratios ("one in five") and fractions ("two
        thirds of") have the unit ``percent``.

    Examples
    --------
    >>> [(n.low, n.high, n.unit) for n in find_numbers("Some 20 000 to 30 000 people, or one in five.")]
    [(20000.0, 30000.0, None), (20.0, 20.0, 'percent')]
    """
    found = [*_shares(text), *(Number(m.start(), m.end(), None, None, None, False) for m in _VAGUE.finditer(text))]
    for match in _NUMBER.finditer(text):
        found += _one_or_two(text, match)
    kept: list[Number] = []
    for number in sorted(found, key=lambda number: (number.start, number.unit is None, -number.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept


def _one_or_two(text: str, match: re.Match[str]) -> list[Number]:
    """Take "20 000 to 30 000" for a range, but "in 1998 and 2004" for two numbers."""
    low = _value(match["low"])
    if match["high"] is None:
        return [Number(match.start(), match.end(), low, low, None, match["low"][0].isdigit())]
    high = _value(match["high"])
    if low < _THOUSAND <= high and high > low * _THOUSAND:
        # "20 to 30 thousand": the scale belongs to both.
        low *= next(factor for factor in (1e9, 1e6, 1e3) if high >= factor)
    if high > low and (_between(text, match) or not _JOINED.search(match[0])):
        return [Number(match.start(), match.end(), low, high, None, match["low"][0].isdigit())]
    if not _TWO.search(match[0]):
        # "2-2", "3-1": a score, not a range.
        return []
    values = {"low": _value(match["low"]), "high": high}
    return [
        Number(match.start(name), match.end(name), value, value, None, match[name][0].isdigit())
        for name, value in values.items()
    ]


def _between(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].lower()
    return " or " in match[0] or re.search(r"\bbetween (?:[a-z]{3} |us\$ ?|\$|€|£)?$", before) is not None


def _shares(text: str) -> list[Number]:
    shares = []
    for match in _RATIO.finditer(text):
        part, whole = _value(match["part"]), _value(match["whole"])
        if 0 < part < whole:
            share = round(100 * part / whole, 2)
            shares.append(Number(match.start(), match.end(), share, share, "percent"))
    for match in _FRACTION.finditer(text):
        count = 1.0 if match["half"] or match["count"].lower() == "an" else _value(match["count"])
        share = round(count * _PARTS[(match["half"] or match["part"]).lower()], 2)
        shares.append(Number(match.start(), match.end(), share, share, "percent"))
    return shares + [Number(m.start(), m.end(), 50.0, 100.0, "percent") for m in _MAJORITY.finditer(text)]


def _value(words: str) -> float:
    plain = words.strip().lower()
    digits = re.match(_DIGITS, plain)
    if digits:
        value = float(re.sub(r"[^\d.]", "", digits[0]))
        scale = plain[digits.end() :].strip()
        return value * (_SCALES.get(scale) or _SHORT.get(scale) or 1.0)
    value = 1.0
    for scale, factor in _SCALES.items():
        if re.search(rf"\b{scale}\b", plain):
            value *= factor
            plain = re.sub(rf"[ -]*\b{scale}\b", "", plain)
    whole = {**_SMALL, **_OF_SCALE}.get(plain)
    if whole is not None:
        return whole * value
    return sum(_SMALL[part] for part in plain.split("-") if part in _SMALL) * value or value
