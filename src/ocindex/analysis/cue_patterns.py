"""Cues of the lexicon in, one automaton and the tables that read its hits out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ocindex.vocabulary.spelling import spell_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    from ahocorasick_rs import BytesAhoCorasick

    from ocindex.analysis.folded import Integers
    from ocindex.vocabulary.lexicon import Cue

STEM, EXACT, PLURAL_S, PLURAL_ES = range(4)
"""How a word may go on after its pattern: anyhow, not at all, with s, with s or es."""

GAP_WORDS = 4
"""Words that may stand in a gap."""

_TAKES_ES = re.compile(r"(?:[sxzo]|[cs]h)$")
_TAKES_IES = re.compile(r"[^aeiou ]y$")
# "of" has no plural; " of " is found less often than " of" and its many longer words.
_NO_PLURAL = re.compile(
    r"\b(?:and|as|at|by|for|from|in|into|it|not|of|off|on|or|out|over|than|that|the|them|to|up|with)$"
)
_INNER_STAR = re.compile(r"(?<=\*) ")


@dataclass(frozen=True, slots=True)
class Table:
    """For each number from 0, some rows of whole numbers.

    ``bounds`` has one entry more than there are numbers; the rows of number i
    are those from ``bounds[i]`` to ``bounds[i + 1]``.
    """

    bounds: Integers
    columns: tuple[Integers, ...]

    def expand(self, numbers: Integers) -> tuple[Integers, tuple[Integers, ...]]:
        """Give every row of every number, with the index into ``numbers`` that it comes from."""
        source, at = self.find_rows(numbers)
        return source, tuple(column.take(at) for column in self.columns)

    def find_rows(self, numbers: Integers) -> tuple[Integers, Integers]:
        """Give the place of every row of every number, with the index into ``numbers`` that it comes from."""
        return expand_ranges(self.bounds.take(numbers), self.bounds.take(numbers + 1))


@dataclass(frozen=True, slots=True)
class CuePatterns:
    """What is searched for, and what a hit means.

    A unit is some words that stand side by side. Units that patterns find come
    first; a join of a left and a right unit, with or without a gap, is a
    further unit.

    Attributes
    ----------
    automaton : ahocorasick_rs.BytesAhoCorasick or None
        Finds patterns in folded codes; None where there is no cue.
    lengths : array of int64
        Codes of each pattern, with the blank before it and one that it may end with.
    trailing : array of int64
        For each pattern, 1 where it ends with a blank, else 0.
    units : Table
        Pattern to (unit, how its last word may go on).
    joins : tuple of Table
        Left unit to (right unit, words allowed between, joined unit); each
        table builds on the units of the one before.
    is_right : array of bool
        Whether a unit is the right side of a join.
    cues : Table
        Unit to (indicator, weight).
    has_cue : array of bool
        Whether a unit stands for any indicator by itself.
    has_gap : array of bool
        Whether a unit may have other words in it.
    indicators : tuple of str
        What the numbers of indicators in ``cues`` stand for.
    """

    automaton: BytesAhoCorasick | None
    lengths: Integers
    trailing: Integers
    units: Table
    joins: tuple[Table, ...]
    is_right: npt.NDArray[np.bool_]
    cues: Table
    has_cue: npt.NDArray[np.bool_]
    has_gap: npt.NDArray[np.bool_]
    indicators: tuple[str, ...]


def build_patterns(cues: Sequence[Cue], indicators: Sequence[str]) -> CuePatterns:
    """Build the automaton and its tables.

    Parameters
    ----------
    cues : sequence of Cue
    indicators : sequence of str
        Codes in the order in which they are numbered.

    Returns
    -------
    CuePatterns
    """
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    draft = _Draft()
    numbers = {code: number for number, code in enumerate(indicators)}
    chains = [(_links(cue.pieces), numbers[cue.indicator], cue.weight) for cue in cues]
    parts = [[draft.unit(words, is_last) for words, is_last, _ in links] for links, _, _ in chains]
    meanings = []
    for (unit, *rights), (links, indicator, weight) in zip(parts, chains, strict=True):
        for level, (right, (_, _, gap)) in enumerate(zip(rights, links[1:], strict=True)):
            unit = draft.join(level, unit, right, gap)
        meanings.append((unit, indicator, weight))
    texts, units = draft.number_patterns()
    patterns = [text.encode("latin-1") for text in texts]
    # A DFA takes four times as long to build and searches no faster.
    automaton = BytesAhoCorasick(patterns, implementation=Implementation.ContiguousNFA) if patterns else None
    size = len(draft.has_gap)
    spoken = _table(meanings, size, 2)
    return CuePatterns(
        automaton=automaton,
        lengths=np.fromiter(map(len, patterns), np.int64, len(patterns)),
        trailing=np.array([pattern.endswith(b" ") for pattern in patterns], np.int64),
        units=units,
        joins=tuple(_table(level, size, 3) for level in draft.joins),
        is_right=np.isin(np.arange(size), [right for level in draft.joins for _, right, _, _ in level]),
        cues=spoken,
        has_cue=np.diff(spoken.bounds) > 0,
        has_gap=np.array(draft.has_gap, np.bool_),
        indicators=tuple(indicators),
    )


def expand_ranges(low: Integers, high: Integers) -> tuple[Integers, Integers]:
    """Give every whole number from each low up to its high, with the index of its range."""
    counts = high - low
    source = np.arange(len(counts)).repeat(counts)
    before = np.cumsum(counts) - counts
    return source, np.arange(len(source)) + (low - before).take(source)


@dataclass(slots=True)
class _Draft:
    """Units and patterns while they are being numbered."""

    rows: list[tuple[str, int, int]] = field(default_factory=list)
    joins: list[list[tuple[int, int, int, int]]] = field(default_factory=list)
    has_gap: list[bool] = field(default_factory=list)
    _units: dict[tuple[str, bool], int] = field(default_factory=dict)
    _joined: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def unit(self, words: str, is_last: bool) -> int:
        """Number the words; the last ones of a term also match in the plural."""
        key = (words, is_last or words.endswith("*"))
        number = self._units.get(key)
        if number is None:
            number = self._units[key] = self._new(has_gap=False)
            for spelling in spell_phrase(words):
                self.rows.extend((pattern, number, ending) for pattern, ending in _endings(spelling, is_last))
        return number

    def number_patterns(self) -> tuple[dict[str, int], Table]:
        """Number the patterns and give the units of each; one with and without a last blank is one."""
        texts = {pattern for pattern, _, _ in self.rows}
        shorter = {text: text[:-1] for text in texts if text.endswith(" ") and text[:-1] in texts}
        numbers = {text: number for number, text in enumerate(sorted(texts - shorter.keys()))}
        rows = ((numbers[shorter.get(text, text)], unit, ending) for text, unit, ending in self.rows)
        return numbers, _table(rows, len(numbers), 2)

    def join(self, level: int, left: int, right: int, gap: int) -> int:
        """Number the unit that a left and a right one make."""
        key = (left, right, gap)
        number = self._joined.get(key)
        if number is None:
            number = self._joined[key] = self._new(has_gap=gap > 0 or self.has_gap[left])
            while len(self.joins) <= level:
                self.joins.append([])
            self.joins[level].append((left, right, gap, number))
        return number

    def _new(self, *, has_gap: bool) -> int:
        self.has_gap.append(has_gap)
        return len(self.has_gap) - 1


def _links(pieces: tuple[str, ...]) -> list[tuple[str, bool, int]]:
    """Cut a term at its gaps and inner stars: words, whether they are the last, words allowed before them."""
    links = [
        (words, False, GAP_WORDS if number == 0 else 0)
        for piece in pieces
        for number, words in enumerate(_INNER_STAR.split(piece))
    ]
    return [*links[:-1], (links[-1][0], True, links[-1][2])]


def _endings(words: str, is_last: bool) -> list[tuple[str, int]]:
    """Give the patterns of some words and how each may go on.

    The blanks keep the automaton from reporting what starts or ends within a word.
    """
    if words.endswith("*"):
        return [(f" {words[:-1]}", STEM)]
    if not is_last or _NO_PLURAL.search(words):
        return [(f" {words} ", EXACT)]
    if _TAKES_IES.search(words):
        return [(f" {words}", PLURAL_S), (f" {words[:-1]}ies ", EXACT)]
    return [(f" {words}", PLURAL_ES if _TAKES_ES.search(words) else PLURAL_S)]


def _table(rows: Iterable[tuple[int, ...]], size: int, width: int) -> Table:
    """Group rows by their first number; the others become columns."""
    ordered = sorted(rows)
    cells = np.array(ordered, np.int64).reshape(-1, width + 1)
    bounds = np.searchsorted(cells[:, 0], np.arange(size + 1))
    return Table(bounds, tuple(np.ascontiguousarray(cells[:, column]) for column in range(1, width + 1)))
