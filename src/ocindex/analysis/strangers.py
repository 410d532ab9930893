"""Sentences and the foreign names in them in, which of them tell of foreigners who act out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.cues import CueHits
from ocindex.vocabulary.places import words_of_peoples

_ACTING = (
    r"groups?|gangs?|networks?|rings?|syndicates?|brokers?|traders?|buyers?|sellers?|dealers?|smugglers?|traffickers?"
    r"|compan(?:y|ies)|firms?|investors?|clans?|mafias?|mafiosi|cartels?|crews?|nationals|citizens|businessm[ae]n"
    r"|financiers?|operators?|couriers?|miners?|suppliers?|trawlers?|vessels?|fleets?|madams?|chemists?|cooks?|boss(?:es)?"
    r"|organi[sz](?:ations?|ers?)|emissar(?:y|ies)|envoys?|middlem[ae]n|intermediar(?:y|ies)|mules?|recruiters?|pimps?"
    r"|poachers?|hunters?|loggers?|herders?|hackers?|fraudsters?|scammers?|criminals|offenders?|actors?|militants?"
    r"|rebels?|guerrillas?|insurgents?|militias?|dissidents?|fighters?|mercenaries|wholesalers?|distributors?"
    r"|importers?|exporters?|refiners?|merchants?|collectors?|cells?|triads?|owned|run|led|controlled"
    r"|expatriates?|managers?|contractors?|fishermen|sailors|skippers|drivers|facilitators?|bikers?"
    r"|confraternit(?:y|ies)|cults?|yakuza|camorra|kingpins?|barons?|lords?|captains?|pirates?|thieves|robbers?"
    r"|burglars?|launderers?|bankers?|specialists?|technicians?|foremen|owners?|men"
)
# Whom something happens to, who goes against crime, or what belongs to a country rather than acts.
_PASSIVE = (
    r"victims?|girls?|women|children|boys?|migrants?|refugees?|asylum|workers?|labourers?|domestics?|maids?|tourists?"
    r"|clients?|customers?|students?|pilgrims?|sex|border|markets?|ports?|authorit(?:y|ies)|police|government|courts?"
    r"|prosecutors?|judges?|prisons?|customs|intelligence|units?|anti|army|embassy|navy|forces|counterparts?|partners?"
    r"|frontier|side|coast|capital|waters|soil|territory|origin|make|made|law|currency|supply|heroin|cocaine|guns?"
    r"|rifles?|pistols?"
)
_BETWEEN = r"of|to|from|in|by|with|for|at|into|through"
# A word that the search may go on behind: at most a comma at its end.
_PLAIN = re.compile(r"\w[\w’'-]*,?|[-–]")
_NAME = re.compile(r"\W")
_PART = re.compile(r"[^\W_]+")
_GOES_BEHIND = (" ", ",", "-")
_GOES_ON, _ACTS, _ENDS = range(3)
_NEAR = 4
_REACH = 120


def find_strangers(texts: Sequence[str], hits: CueHits) -> NDArray[np.bool_]:
    """Tell of each sentence whether a foreign people's name is followed by a word for someone who commits crime.

    Parameters
    ----------
    texts : sequence of str
        Readable sentences.
    hits : CueHits
        Cues in them, without the names of the document's own people; those of foreign actors that begin
        with the name of a people count.

    Returns
    -------
    array of bool, N
        At most four words later, with nothing between that suffers, lies or leads away.

    Examples
    --------
    >>> from ocindex.analysis.cues import match_cues
    >>> texts = ["Chinese and Lao buyers pay in cash.", "Chinese tourists were robbed by dealers."]
    >>> find_strangers(texts, match_cues(texts)).tolist()
    [True, False]
    """
    found = np.zeros(len(texts), np.bool_)
    foreign = hits.indicators.index("foreign_actors")
    kept = np.flatnonzero(hits.indicator == foreign)
    columns = (hits.sentence.take(kept).tolist(), hits.start.take(kept).tolist(), hits.end.take(kept).tolist())
    for row, start, end in zip(*columns, strict=True):
        text = texts[row]
        if not found[row] and text[start].isupper():
            found[row] = _acts(text, start, end)
    return found


def _acts(text: str, start: int, end: int) -> bool:
    """Read the name itself from its second word, and on behind it."""
    count = text.count(" ", start, end) + 1 + _NEAR
    reach = start + _REACH if text[end : end + 1] in _GOES_BEHIND else end
    first, *words = text[start:reach].split(None, count)[:count]
    if _NAME.split(first, 1)[0].casefold() not in words_of_peoples():
        return False
    if "-" in first and _acting().fullmatch(first.rpartition("-")[2]):
        return True
    for word in words:
        kind = _known()[word]
        if kind == _ACTS:
            return True
        if kind == _ENDS:
            return False
    return False


class _KnownWords(dict[str, int]):
    """Whether each word that was met acts, ends the search, or neither."""

    def __missing__(self, word: str) -> int:
        kind = _GOES_ON if _PLAIN.fullmatch(word) else _ENDS
        for part in _PART.findall(word.lower()):
            if _acting().fullmatch(part) or _ending().fullmatch(part):
                kind = _ACTS if _acting().fullmatch(part) else _ENDS
                break
        self[word] = kind
        return kind


@cache
def _known() -> _KnownWords:
    return _KnownWords()


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(_ACTING)


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"{_PASSIVE}|{_BETWEEN}")
