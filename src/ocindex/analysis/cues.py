"""Readable sentences in, hits of the lexicon's cues with exact positions out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from ocindex.analysis.cue_patterns import (
    PLURAL_ES,
    PLURAL_S,
    STEM,
    build_patterns,
    expand_ranges,
)
from ocindex.analysis.folded import fold_sentences
from ocindex.vocabulary.indicators import all_codes
from ocindex.vocabulary.lexicon import cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from ahocorasick_rs import BytesAhoCorasick

    from ocindex.analysis.cue_patterns import CuePatterns, Table
    from ocindex.analysis.folded import Bytes, Folded, Integers

# More than there are hits in a batch of documents, so that few of them meet by chance.
_BUCKETS = 1 << 18
_SEARCHED_AT_ONCE = 4000
# Of what the automaton reports: pattern, start, stop.
_PATTERN, _STOP = itemgetter(0), itemgetter(2)


@dataclass(frozen=True, slots=True)
class CueHits:
    """Hits of cues in sentences: one entry per hit in each array.

    Attributes
    ----------
    sentence : array of int64
        Index into the texts, counted from 0.
    indicator : array of int64
        Index into ``indicators``.
    weight : array of int64
        1 to 3.
    start, end : array of int64
        Half-open positions in the sentence: the hit reads
        ``texts[sentence][start:end]``.
    indicators : tuple of str
        Codes of all indicators in the Index's own order.
    """

    sentence: Integers
    indicator: Integers
    weight: Integers
    start: Integers
    end: Integers
    indicators: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.sentence)


@dataclass(frozen=True, slots=True)
class _Found:
    """Hits of units: half-open spans of folded codes."""

    unit: Integers
    begin: Integers
    end: Integers

    def take(self, which: Integers) -> _Found:
        return _Found(self.unit.take(which), self.begin.take(which), self.end.take(which))


def match_cues(texts: Sequence[str]) -> CueHits:
    """Find the cues of the lexicon in many sentences at once.

    Words match whole, in any case and in British and American spelling; hyphens
    and accents make no difference. A hit inside a longer hit without a gap is
    left out. Of overlapping hits for one indicator the one with the greatest
    weight stays, then the longest, then the first.

    Parameters
    ----------
    texts : sequence of str
        Readable sentences.

    Returns
    -------
    CueHits
        Ordered by sentence, start, end and indicator.

    Examples
    --------
    >>> texts = ["Arms-trafficking persists."]
    >>> hits = match_cues(texts)
    >>> [(hits.indicators[i], texts[s][a:b]) for s, i, a, b in
    ...  zip(hits.sentence, hits.indicator, hits.start, hits.end)]
    [('arms_trafficking', 'Arms-trafficking')]
    """
    return find_hits(texts, _lexicon_patterns())


def find_hits(texts: Sequence[str], patterns: CuePatterns) -> CueHits:
    """Find the cues that the patterns were built from; otherwise like ``match_cues``."""
    folded = fold_sentences(texts)
    found = _find_units(folded, patterns)
    levels = [found, *_join_units(folded, patterns, found)]
    spoken = [level.take(np.flatnonzero(patterns.has_cue.take(level.unit))) for level in levels]
    found = _Found(*(np.concatenate(column) for column in zip(*map(_fields, spoken), strict=True)))
    size = len(folded.codes)
    found = found.take(np.flatnonzero(~_hidden(folded, found, patterns.has_gap[found.unit])))
    source, (indicator, weight) = patterns.cues.expand(found.unit)
    begin, end = found.begin.take(source), found.end.take(source)
    kept = _strongest(indicator, weight, begin, end, size)
    # One number per hit sorts several times faster than np.lexsort does.
    kept = kept[np.argsort((begin[kept] * size + end[kept]) * len(patterns.indicators) + indicator[kept])]
    sentence, start, stop = folded.in_sentences(begin[kept], end[kept])
    return CueHits(sentence, indicator[kept], weight[kept], start, stop, patterns.indicators)


def split_hits(hits: CueHits, firsts: Sequence[int]) -> list[CueHits]:
    """Give each document its own hits; ``firsts`` are the first sentence of each, and the number of all sentences."""
    bounds = np.searchsorted(hits.sentence, firsts).tolist()
    return [
        CueHits(
            hits.sentence[low:high] - first,
            hits.indicator[low:high],
            hits.weight[low:high],
            hits.start[low:high],
            hits.end[low:high],
            hits.indicators,
        )
        for first, (low, high) in zip(firsts, pairwise(bounds), strict=False)
    ]


def join_hits(hits: Sequence[CueHits], firsts: Sequence[int]) -> CueHits:
    """Lay the hits of documents end to end; undoes ``split_hits``."""
    if len(hits) == 1:
        return hits[0]
    return CueHits(
        np.concatenate([item.sentence + first for item, first in zip(hits, firsts, strict=False)]),
        np.concatenate([item.indicator for item in hits]),
        np.concatenate([item.weight for item in hits]),
        np.concatenate([item.start for item in hits]),
        np.concatenate([item.end for item in hits]),
        hits[0].indicators,
    )


@cache
def _lexicon_patterns() -> CuePatterns:
    return build_patterns(cues(), [item.code for item in all_codes() if not item.is_composite])


def _fields(found: _Found) -> tuple[Integers, Integers, Integers]:
    return found.unit, found.begin, found.end


def _find_units(folded: Folded, patterns: CuePatterns) -> _Found:
    """Search the automaton's patterns and keep those that end where a word may."""
    if patterns.automaton is None:
        none = np.zeros(0, np.int64)
        return _Found(none, none, none)
    pattern, after = _search(patterns.automaton, folded.codes)
    # A pattern begins with the blank before its first word.
    begin, stop = after - patterns.lengths.take(pattern) + 1, after - patterns.trailing.take(pattern)
    word_end = folded.word_ends.take(folded.words.take(stop - 1))
    more = word_end - stop
    source, (unit, ending) = patterns.units.expand(pattern)
    fits = (more == 0).take(source) | (ending == STEM)
    rest = np.flatnonzero(~fits & (more <= 2).take(source))
    fits[rest] = _is_plural(folded.codes, stop[source[rest]], more[source[rest]], ending[rest])
    kept = np.flatnonzero(fits)
    source = source[kept]
    return _Found(unit.take(kept), begin.take(source), word_end.take(source))


def _search(automaton: BytesAhoCorasick, codes: Bytes) -> tuple[Integers, Integers]:
    """Give the patterns found and where they end, a few sentences at a time.

    What the automaton reports of a whole document at once, three objects for each hit, falls
    out of the processor's cache before it is converted.
    """
    text = codes.tobytes()
    found, ends = [], []
    begin = 0
    while begin < len(text):
        # No pattern reaches over the end of a line.
        end = text.find(b"\n", begin + _SEARCHED_AT_ONCE)
        end = end if end >= 0 else len(text)
        raw = automaton.find_matches_as_indexes(text[begin:end], overlapping=True)
        found.append(np.fromiter(map(_PATTERN, raw), np.int64, len(raw)))
        ends.append(np.fromiter(map(_STOP, raw), np.int64, len(raw)) + begin)
        begin = end
    return np.concatenate(found), np.concatenate(ends)


def _is_plural(codes: Bytes, stop: Integers, more: Integers, ending: Integers) -> npt.NDArray[np.bool_]:
    first, second = codes[stop], codes[np.minimum(stop + 1, len(codes) - 1)]
    takes_es = ending == PLURAL_ES
    plural = (more == 1) & (first == ord("s")) & (takes_es | (ending == PLURAL_S))
    return np.asarray(plural | ((more == 2) & (first == ord("e")) & (second == ord("s")) & takes_es))


def _join_units(folded: Folded, patterns: CuePatterns, found: _Found) -> list[_Found]:
    """Join units that stand side by side or with a gap between; each level builds on the one before."""
    right = found.take(np.flatnonzero(patterns.is_right.take(found.unit)))
    levels: list[_Found] = []
    left = found
    for table in patterns.joins:
        left = _join_level(folded, table, left, right)
        if not len(left.unit):
            break
        levels.append(left)
    return levels


def _join_level(folded: Folded, table: Table, left: _Found, right: _Found) -> _Found:
    source, row = table.find_rows(left.unit)
    wanted, gaps, results = table.columns
    # Few pairs stand in one sentence; the others are passed over before anything is sorted.
    own = _buckets(folded, right.unit, right.begin)
    other = _buckets(folded, wanted.take(row), left.begin.take(source))
    possible = np.flatnonzero(_is_in(other, own))
    source, row = source.take(possible), row.take(possible)
    right = right.take(np.flatnonzero(_is_in(own, other.take(possible))))
    # One number for unit and place, sorted: the right units behind a left one are a range.
    span = int(folded.places[-1]) + 200
    keys = right.unit * span + folded.places.take(folded.words.take(right.begin))
    order = np.argsort(keys)
    keys = keys.take(order)
    nearest = wanted.take(row) * span + folded.places.take(folded.words.take(left.end.take(source)))
    low = np.searchsorted(keys, nearest)
    candidate, at = expand_ranges(low, np.searchsorted(keys, nearest + gaps.take(row), side="right"))
    begin = left.begin.take(source.take(candidate))
    return _Found(results.take(row.take(candidate)), begin, right.end.take(order.take(at)))


def _buckets(folded: Folded, unit: Integers, at: Integers) -> Integers:
    """Number units together with the sentence they stand in; now and then two have the same number."""
    sentence = folded.lines.take(folded.words.take(at))
    return (unit * (len(folded.starts) + 1) + sentence) & (_BUCKETS - 1)


def _is_in(numbers: Integers, others: Integers) -> npt.NDArray[np.bool_]:
    present = np.zeros(_BUCKETS, np.bool_)
    present[others] = True
    return present.take(numbers)


def _hidden(folded: Folded, found: _Found, has_gap: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Mark hits that lie inside a strictly longer hit; those with a gap take no part."""
    solid = np.flatnonzero(~has_gap)
    word, end = folded.words[found.begin[solid]], found.end[solid]
    # How far hits reach that begin with each word, and with any word before it.
    reach = np.zeros(len(folded.places), np.int64)
    np.maximum.at(reach, word, end)
    before = np.maximum.accumulate(reach)[word - 1]
    hidden: npt.NDArray[np.bool_] = np.zeros(len(found.unit), np.bool_)
    hidden[solid] = (before >= end) | (reach[word] > end)
    return hidden


def _strongest(indicator: Integers, weight: Integers, begin: Integers, end: Integers, length: int) -> Integers:
    """Choose, among overlapping hits of one indicator, the strongest, then longest, then first."""
    low, high = indicator * length + begin, indicator * length + end
    order = np.argsort(low)
    reach = np.maximum.accumulate(high[order])
    is_first = np.ones(len(order) + 1, np.bool_)
    is_first[1:-1] = low[order][1:] >= reach[:-1]
    alone = is_first[:-1] & is_first[1:]
    cluster = np.cumsum(is_first[:-1])
    together = np.flatnonzero(~alone)
    rest, cluster = order[together], cluster[together]
    longest = int((end - begin).max(initial=0))
    rank = ((cluster * 4 - weight[rest]) * (longest + 1) + longest - (end - begin)[rest]) * length + begin[rest]
    by_rank = np.argsort(rank)
    rest, cluster = rest[by_rank], cluster[by_rank]
    chosen = [order[alone]]
    while len(rest):
        is_best = np.ones(len(rest), np.bool_)
        is_best[1:] = cluster[1:] != cluster[:-1]
        chosen.append(rest[is_best])
        best = rest[is_best][np.cumsum(is_best) - 1]
        free = np.flatnonzero((begin[rest] >= end[best]) | (end[rest] <= begin[best]))
        rest, cluster = rest[free], cluster[free]
    return np.concatenate(chosen)
