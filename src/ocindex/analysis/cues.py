"""Readable sentences in, hits of the lexicon's cues with exact positions out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
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

    from ocindex.analysis.cue_patterns import CuePatterns, Table
    from ocindex.analysis.folded import Folded, Integers


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

    def take(self, which: Integers | npt.NDArray[np.bool_]) -> _Found:
        return _Found(self.unit[which], self.begin[which], self.end[which])


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
    for joined in _join_units(folded, patterns, found):
        found = _Found(*(np.concatenate(pair) for pair in zip(_fields(found), _fields(joined), strict=True)))
    found = found.take(patterns.cues.bounds[found.unit + 1] > patterns.cues.bounds[found.unit])
    found = found.take(~_hidden(found, patterns.has_gap[found.unit]))
    source, (indicator, weight) = patterns.cues.expand(found.unit)
    begin, end = found.begin[source], found.end[source]
    kept = _strongest(indicator, weight, begin, end, len(folded.codes))
    # One number per hit sorts several times faster than np.lexsort does.
    size = len(folded.codes)
    kept = kept[np.argsort((begin[kept] * size + end[kept]) * len(patterns.indicators) + indicator[kept])]
    sentence, start, stop = folded.in_sentences(begin[kept], end[kept])
    return CueHits(sentence, indicator[kept], weight[kept], start, stop, patterns.indicators)


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
    raw = patterns.automaton.find_matches_as_indexes(folded.codes.tobytes(), overlapping=True)
    cells = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3)
    pattern, stop = cells[:, 0], cells[:, 2]
    stop = stop - patterns.trailing[pattern]
    source, (unit, ending) = patterns.units.expand(pattern)
    stop = stop[source]
    word_end = folded.word_ends[folded.words[stop - 1]]
    more = word_end - stop
    first, second = folded.codes[stop], folded.codes[np.minimum(stop + 1, len(folded.codes) - 1)]
    fits = (more == 0) | (ending == STEM)
    fits |= (more == 1) & (first == ord("s")) & ((ending == PLURAL_S) | (ending == PLURAL_ES))
    fits |= (more == 2) & (first == ord("e")) & (second == ord("s")) & (ending == PLURAL_ES)
    return _Found(unit[fits], cells[source[fits], 1] + 1, word_end[fits])


def _join_units(folded: Folded, patterns: CuePatterns, found: _Found) -> list[_Found]:
    """Join units that stand side by side or with a gap between; each level builds on the one before."""
    right = found.take(patterns.is_right[found.unit])
    span = int(folded.places[-1]) + 200
    keys = right.unit * span + folded.places[right.begin]
    order = np.argsort(keys)
    right, keys = right.take(order), keys[order]
    present = np.zeros(len(patterns.has_gap), np.bool_)
    present[right.unit] = True
    levels: list[_Found] = []
    left = found
    for table in patterns.joins:
        if not len(left.unit):
            break
        left = _join_level(folded, table, left, right, keys, present, span)
        levels.append(left)
    return levels


def _join_level(
    folded: Folded,
    table: Table,
    left: _Found,
    right: _Found,
    keys: Integers,
    present: npt.NDArray[np.bool_],
    span: int,
) -> _Found:
    source, (wanted, gap, result) = table.expand(left.unit)
    possible = present[wanted]
    source, wanted, gap, result = source[possible], wanted[possible], gap[possible], result[possible]
    nearest = wanted * span + folded.places[left.end[source]]
    low = np.searchsorted(keys, nearest)
    candidate, at = expand_ranges(low, np.searchsorted(keys, nearest + gap, side="right"))
    return _Found(result[candidate], left.begin[source[candidate]], right.end[at])


def _hidden(found: _Found, has_gap: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Mark hits that lie inside a strictly longer hit; those with a gap take no part."""
    solid = np.flatnonzero(~has_gap)
    size = int(found.end.max(initial=0)) + 1
    # One number per span: by start, the longest first.
    spans, inverse = np.unique(found.begin[solid] * size + (size - found.end[solid]), return_inverse=True)
    ends = size - spans % size
    covered = np.zeros(len(spans), np.bool_)
    covered[1:] = np.maximum.accumulate(ends)[:-1] >= ends[1:]
    hidden = np.zeros(len(found.unit), np.bool_)
    hidden[solid] = covered[inverse]
    return hidden


def _strongest(indicator: Integers, weight: Integers, begin: Integers, end: Integers, length: int) -> Integers:
    """Choose, among overlapping hits of one indicator, the strongest, then longest, then first."""
    low, high = indicator * length + begin, indicator * length + end
    order = np.argsort(low)
    reach = np.maximum.accumulate(high[order])
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = low[order][1:] >= reach[:-1]
    cluster = np.empty(len(order), np.int64)
    cluster[order] = np.cumsum(is_first)
    longest = int((end - begin).max(initial=0))
    rest = np.argsort(((cluster * 4 - weight) * (longest + 1) + longest - (end - begin)) * length + begin)
    chosen = [rest[:0]]
    while len(rest):
        group = cluster[rest]
        is_best = np.ones(len(rest), np.bool_)
        is_best[1:] = group[1:] != group[:-1]
        chosen.append(rest[is_best])
        best = rest[is_best][np.cumsum(is_best) - 1]
        rest = rest[(begin[rest] >= end[best]) | (end[rest] <= begin[best])]
    return np.concatenate(chosen)
