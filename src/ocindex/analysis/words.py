"""Sentences in, what their single words and their openings say out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ocindex.analysis.backoff import UNKNOWN, stem_table
from ocindex.analysis.graph import Floats, Integers
from ocindex.analysis.openings import OPENINGS, REGISTER_WORDS, REGISTERS
from ocindex.analysis.parties import PARTIES, PARTY_WORDS
from ocindex.analysis.stems import SentenceStems, distinct_stems

_WORD = re.compile(r"\w+")
_LISTS = len(REGISTERS) + len(PARTIES)
# What is known of a token is one number: a bit for each list and opening, then up to three stems, counted from 1.
_STEM_BITS = 16
_MOST_STEMS = 3
_TOO_MANY = -1


@dataclass(frozen=True, slots=True)
class Words:
    """What N sentences' words say.

    ``stems`` are the lexicon's, ``evidence`` (N × L) is what they say for each indicator, see
    `ocindex.analysis.backoff`; ``registers`` is N × `REGISTERS`, ``parties`` N × `PARTIES`,
    ``openings`` N × `OPENINGS`.
    """

    stems: SentenceStems
    evidence: Floats
    registers: NDArray[np.bool_]
    parties: NDArray[np.bool_]
    openings: NDArray[np.bool_]


def read_words(texts: Sequence[str]) -> Words:
    """Look up each word of some sentences once for everything that is known of it.

    Parameters
    ----------
    texts : sequence of str
        Readable sentences.

    Returns
    -------
    Words

    Examples
    --------
    >>> words = read_words(["The police took bribes.", "It grows coffee."])
    >>> words.registers[:, REGISTERS.index("crime")].tolist(), words.openings[:, 0].tolist()
    ([True, False], [False, True])
    """
    counts, found = _look_up([text.split() for text in texts])
    openings = _find_openings(texts, _join_bits(counts, found, first_only=True))
    if found.min(initial=0) == _TOO_MANY:
        # A compound of many words that the lexicon has: rare, so all is read again, word by word.
        counts, found = _look_up([_WORD.findall(text.lower()) for text in texts])
    has = (_join_bits(counts, found)[:, None] >> np.arange(_LISTS) & 1).astype(np.bool_)
    registers = has[:, : len(REGISTERS)]
    # The economy and the surroundings count only where no word of crime or the law stands.
    for name in ("economy", "surroundings"):
        registers[:, REGISTERS.index(name)] &= ~registers[:, REGISTERS.index("crime")]
    stems = _list_stems(counts, found)
    return Words(stems, stem_table().weigh(stems), registers, has[:, len(REGISTERS) :], openings)


def _look_up(tokens: list[list[str]]) -> tuple[Integers, Integers]:
    """Give the number of tokens of each sentence, and what is known of each token."""
    counts = np.fromiter(map(len, tokens), np.int64, len(tokens))
    known = map(_known().__getitem__, chain.from_iterable(tokens))
    return counts, np.fromiter(known, np.int64, int(counts.sum()))


def _join_bits(counts: Integers, found: Integers, *, first_only: bool = False) -> Integers:
    """Join what is known of all tokens of each sentence, or take its first token's."""
    joined = np.zeros(len(counts), np.int64)
    some = np.flatnonzero(counts)
    if len(some):
        first = (np.cumsum(counts) - counts)[some]
        joined[some] = found[first] if first_only else np.bitwise_or.reduceat(found, first)
    return joined


def _find_openings(texts: Sequence[str], bits: Integers) -> NDArray[np.bool_]:
    """Try the openings that the first word of a sentence may begin."""
    openings = np.zeros((len(texts), len(OPENINGS)), np.bool_)
    may_open = bits >> _LISTS & (1 << len(OPENINGS)) - 1
    for row in np.flatnonzero(may_open).tolist():
        begins = int(may_open[row])
        openings[row] = [begins >> n & 1 and opening.matches(texts[row]) for n, opening in enumerate(OPENINGS)]
    return openings


def _list_stems(counts: Integers, found: Integers) -> SentenceStems:
    stems = found >> (_LISTS + len(OPENINGS))
    kept = np.flatnonzero(stems)
    sentence, stems = np.repeat(np.arange(len(counts)), counts)[kept], stems[kept]
    sentences, rows = [], []
    while len(stems):
        sentences.append(sentence)
        rows.append((stems & (1 << _STEM_BITS) - 1) - 1)
        stems = stems >> _STEM_BITS
        kept = np.flatnonzero(stems)
        sentence, stems = sentence[kept], stems[kept]
    none = np.zeros(0, np.int64)
    return distinct_stems(np.concatenate([none, *sentences]), np.concatenate([none, *rows]), len(counts))


class _KnownTokens(dict[str, int]):
    """What is known of each token that was met, as one number."""

    def __missing__(self, token: str) -> int:
        words = _WORD.findall(token.lower())
        rows = {row for word in words if (row := stem_table().row_of(word)) != UNKNOWN}
        value = _TOO_MANY
        if len(rows) <= _MOST_STEMS:
            value, first = 0, (_WORD.match(token) or [""])[0]
            for row in rows:
                value = value << _STEM_BITS | row + 1
            for opening in reversed(OPENINGS):
                value = value << 1 | (first in opening.first_words)
            value <<= _LISTS
            for word in words:
                value |= REGISTER_WORDS.find_word(word) | PARTY_WORDS.find_word(word) << len(REGISTERS)
        self[token] = value
        return value


@cache
def _known() -> _KnownTokens:
    return _KnownTokens()
