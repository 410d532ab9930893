"""A sentence in, what it says is rising or falling out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ocindex.analysis.claims.clauses import clause_after, clause_before, is_asserted, is_past
from ocindex.analysis.claims.record import TREND, Claim, Reading
from ocindex.analysis.claims.topics import Topic, find_topic, improves
from ocindex.vocabulary.statements import word_pattern, word_values

# After these words a verb governs what stands before it: "homicides rose by a third".
_NO_OBJECT = re.compile(
    r"\s*(?:$|[.,;:!?)—–]|\d|(?:by|from|to|since|in|on|over|after|before|during|for|with|as|and|but|while|again|at"
    r"|among|across|between|until|thanks|due|owing|following|amid|despite|alongside|even|further|throughout|last|this|when|within|because|under|so|somewhat|steeply)\b"
    r"|[a-z]+ly\b)",
)
_HAS = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+\s+)?$")
_OF = re.compile(r"\s+(?:in|of|to|on)\s+")
_DETERMINER = re.compile(
    r"\b(?:the|a|an|any|this|that|its|their|recent|sharp|sharply|steep|marked|further|\w+ed|\w+al)\s+$", re.IGNORECASE
)
_GERUND = re.compile(r"\b(?:of|by|for|at|to|on|towards|toward|from|without)\s+(?:\w+ly\s+)?$")
_PROGRESS_IN = re.compile(r"\s+(?:in|at|towards|toward|on)\s+(?:\w+ly\s+)?$")
_PERCENT_NEAR = re.compile(
    r"(?:\w+ly |by )*(?:(?:about|some|around|nearly|almost|more than|over|up to|an estimated) )?"
    r"(\d+(?:\.\d+)?)(?:\s?%|\sper\scent\b|\spercent\b)"
)
_FOLD_NEAR = re.compile(r"(?:\w+ly |by )*(\d+(?:\.\d+)?)[- ]?fold\b")
_FOLDS = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_TRANSITIVE_GERUNDS = frozenset(
    "increasing reducing lowering curbing cutting expanding improving weakening easing".split()
)


def read_trends(reading: Reading) -> list[Claim]:
    """Find each trend that a sentence states.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    list of Claim
        Direction ``up`` or ``down``; ``value`` only with a stated percentage or
        multiple. One per subject and direction.
    """
    found: dict[tuple[str, str], Claim] = {}
    for claim in sorted((*_verbs(reading), *_nouns(reading), *_states(reading)), key=lambda claim: claim.position):
        found.setdefault((claim.subject, str(claim.direction)), claim)
    return list(found.values())


def _verbs(reading: Reading) -> Iterator[Claim]:
    text = reading.text
    for match in _verb_pattern().finditer(text):
        word = match[0].lower()
        if not is_asserted(text, match.start()) and not _progress(text, match.start()):
            continue
        if word in word_values("trend", "noun") and _DETERMINER.search(text[: match.start()]):
            continue
        has_object = _NO_OBJECT.match(text, match.end()) is None
        intransitive = word in word_values("trend", "before")
        if intransitive and (has_object or _PASSIVE.search(text[: match.start()])):
            continue
        # Crops and plants are grown; only what has grown became more.
        if word == "grown" and not _HAS.search(text[: match.start()]):
            continue
        if word in _TRANSITIVE_GERUNDS and _GERUND.search(text[: match.start()]):
            continue
        topic = _governed(reading, match.start(), match.end(), has_object=has_object)
        if topic is not None:
            direction = word_values("trend", "before").get(word) or word_values("trend", "either")[word]
            yield _claim(reading, topic, direction, match.start(), match.end())


def _governed(reading: Reading, start: int, end: int, *, has_object: bool) -> Topic | None:
    if has_object:
        return find_topic(_phrase(clause_after(reading.text, end)), reading)
    return find_topic(clause_before(reading.text, start), reading, last=True)


def _nouns(reading: Reading) -> Iterator[Claim]:
    text = reading.text
    for match in _noun_pattern().finditer(text):
        if not is_asserted(text, match.start()):
            continue
        word = match[0].lower()
        of = _OF.match(text, match.end())
        # "violence increases" is a verb; "an increase in violence" is not.
        is_verb = word in word_values("trend", "either") or word in word_values("trend", "before")
        if is_verb and (of is None or not _DETERMINER.search(text[: match.start()])):
            continue
        direction = word_values("trend", "noun")[word]
        topic = _topic_of_noun(reading, match, of)
        if topic is not None:
            yield _claim(reading, topic, direction, match.start(), match.end())


def _states(reading: Reading) -> Iterator[Claim]:
    """What is on the rise, or at its lowest."""
    text = reading.text
    for match in _state_pattern().finditer(text):
        topic = find_topic(clause_before(text, match.start()), reading, last=True)
        if topic is not None and is_asserted(text, match.start()):
            direction = word_values("trend", "state")[match[0].lower()]
            yield _claim(reading, topic, direction, match.start(), match.end())


def _topic_of_noun(reading: Reading, match: re.Match[str], of: re.Match[str] | None) -> Topic | None:
    text = reading.text
    if of is not None:
        return find_topic(_phrase(clause_after(text, of.end())), reading)
    if match[0].lower().startswith("improvement"):
        own = Topic(reading.indicator) if reading.indicator else None
        return own if own is not None and improves(own) else None
    # "a budget increase": the word before it, but no verb's subject.
    before = text[: match.start()].split()[-1:]
    return find_topic(" ".join(before), reading, last=True)


def _claim(reading: Reading, topic: Topic, direction: str, start: int, end: int) -> Claim:
    text = reading.text
    marks = set()
    if is_past(text, start, end):
        marks.add("past")
    if _progress(text, start):
        marks.add("progress")
    value, unit = _amount(text, start, end)
    return Claim(
        reading.finding, TREND, topic.subject, value=value, unit=unit, direction=direction, aspect=topic.aspect,
        low=value, high=value, marks=frozenset(marks), position=start,
    )  # fmt: skip


def _amount(text: str, start: int, end: int) -> tuple[float | None, str | None]:
    after = text[end:].lstrip()
    percent = _PERCENT_NEAR.match(after)
    if percent:
        return float(percent[1]), "percent"
    fold = _FOLD_NEAR.match(after)
    if fold:
        return float(fold[1]), "fold"
    word = text[start:end].lower()
    return (_FOLDS[word], "fold") if word in _FOLDS else (None, None)


def _progress(text: str, start: int) -> bool:
    """Whether a change is said to be under way: "strides in reducing gun violence"."""
    before = text[:start]
    tail = _PROGRESS_IN.search(before)
    if tail is None:
        return False
    return re.search(rf"\b{word_pattern('trend', 'progress')}$", before[: tail.start()]) is not None


def _phrase(words: str) -> str:
    """Cut a noun phrase at the verb or preposition that ends it, after at most ten words."""
    kept = " ".join(words.split()[:10])
    cut = re.search(r"\b(?:is|are|was|were|has|have|had|by|for|from|with|to|than|through|since|after|before)\b", kept)
    return kept[: cut.start()] if cut else kept


@cache
def _verb_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{word_pattern('trend', 'before')}|{word_pattern('trend', 'either')})\b", re.IGNORECASE)


@cache
def _state_pattern() -> re.Pattern[str]:
    # "Is up to" and "is down to" say nothing on more or less.
    return re.compile(rf"\b{word_pattern('trend', 'state')}\b(?! to\b)", re.IGNORECASE)


@cache
def _noun_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{word_pattern('trend', 'noun')}\b", re.IGNORECASE)
