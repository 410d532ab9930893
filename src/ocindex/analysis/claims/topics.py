"""The words that a statement governs in, its subject and what of it is measured out."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ocindex.analysis.claims.record import ORGANIZED_CRIME, Reading, is_of
from ocindex.analysis.cues import match_cues
from ocindex.vocabulary.statements import any_of, subjects

_SURE = 3


class Topic(NamedTuple):
    """A subject; ``aspect`` names what of it is measured, "" for the matter itself."""

    subject: str
    aspect: str = ""


def find_topic(words: str, reading: Reading, *, last: bool = False) -> Topic | None:
    """Say what the governed words are about.

    Parameters
    ----------
    words : str
        The noun phrase that rises, is ranked or counted.
    reading : Reading
        Its sentence; a plain word ("the trade", "efforts") stands for its indicator.
    last : bool
        Take the last subject named instead of the first, for words before a verb.

    Returns
    -------
    Topic or None
        None where the words name nothing that claims are made of.
    """
    found = [(match.start(), subjects()[match[0].lower()]) for match in _terms().finditer(words)]
    measures = [subject.name for _, subject in found if subject.role == "measure"]
    topics = [subject.name for _, subject in found if subject.role == "topic"]
    actors = [subject.name for _, subject in found if subject.role == "actor"]
    if measures:
        measured = measures[-1] if last else measures[0]
        base = reading.indicator or (topics[0] if topics else market_of_words(words))
        return None if base is None else Topic(f"{base}_{measured}", measured)
    if topics:
        return Topic(topics[-1] if last else topics[0])
    if actors:
        return Topic(reading.actor)
    cued = _cued(words, reading)
    if cued:
        return Topic(cued)
    # "producer of cocaine" is about cocaine wherever its sentence was filed.
    market = market_of_words(words)
    if market:
        return Topic(market)
    return Topic(reading.indicator) if found and reading.indicator else None


def market_of_words(words: str) -> str | None:
    """Give the criminal market of which the words name the goods or the people, beyond doubt and as the only one."""
    hits = match_cues([words])
    sure = {hits.indicators[code] for code, weight in zip(hits.indicator, hits.weight, strict=True) if weight == _SURE}
    markets = {code for code in sure if is_of(code, "criminal_markets")}
    return markets.pop() if len(markets) == 1 else None


def improves(topic: Topic) -> bool:
    """Whether a subject is one of resilience, where more is better."""
    return is_of(topic.subject, "resilience")


def is_of_actors(subject: str) -> bool:
    """Whether a subject is a criminal actor."""
    return subject == ORGANIZED_CRIME or is_of(subject, "criminal_actors")


def _cued(words: str, reading: Reading) -> str | None:
    """Give the indicator of a cue among the words; actors' cues are too common to decide."""
    plain = words.lower()
    finding = reading.finding
    for indicator, cues in ((finding.indicator, finding.cues), *((i.indicator, i.cues) for i in finding.secondary)):
        if any(re.search(rf"\b{re.escape(cue.lower())}\b", plain) for cue in cues):
            return indicator
    return None


@cache
def _terms() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(subjects())}\b", re.IGNORECASE)
