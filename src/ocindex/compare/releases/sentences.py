"""Old and new sentences of one document in, which stayed, moved, were edited, came or went out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5
# Between the same two neighbours fewer shared words are enough.
ALIKE_IN_PLACE = 0.3
_CANDIDATES = 8
_NARROW = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document: where it starts (code points), its readable words."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of a document's sentences; numbers are places in the two lists.

    ``same`` pairs sentences with the same words, ``edited`` those that were rewritten;
    ``moved`` holds the old places of sentences that passed their neighbours.
    """

    same: dict[int, int]
    edited: dict[int, int]
    removed: tuple[int, ...]
    added: tuple[int, ...]
    moved: frozenset[int]


def match_sentences(old: Sequence[Sentence], new: Sequence[Sentence]) -> Matching:
    """Match the sentences of two versions of a document.

    First those with the same words, in order of occurrence; then each remaining one
    with the remaining one that shares most of its words, at least half of them, or
    three in ten between the same neighbours: an edited sentence is one change.

    Parameters
    ----------
    old, new : sequence of Sentence
        In reading order.

    Examples
    --------
    >>> old = [Sentence(0, "Guns come from the north."), Sentence(26, "Police look on.")]
    >>> new = [Sentence(0, "Guns come from the south."), Sentence(26, "Police look on.")]
    >>> found = match_sentences(old, new)
    >>> found.same, found.edited, found.removed
    ({1: 1}, {0: 0}, ())
    """
    same = _match_equal(old, new)
    taken = set(same.values())
    lost = [index for index in range(len(old)) if index not in same]
    came = [index for index in range(len(new)) if index not in taken]
    edited = _match_alike(old, new, lost, came, same)
    rewritten = set(edited.values())
    order = [same[index] for index in sorted(same)]
    kept = _longest_rising(order)
    moved = frozenset(index for place, index in enumerate(sorted(same)) if place not in kept)
    return Matching(
        same,
        edited,
        tuple(index for index in lost if index not in edited),
        tuple(index for index in came if index not in rewritten),
        moved,
    )


def _match_equal(old: Sequence[Sentence], new: Sequence[Sentence]) -> dict[int, int]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(new):
        places[sentence.text].append(index)
    found = {}
    used: dict[str, int] = defaultdict(int)
    for index, sentence in enumerate(old):
        turn = used[sentence.text]
        if turn < len(places[sentence.text]):
            found[index] = places[sentence.text][turn]
            used[sentence.text] += 1
    return found


def _match_alike(
    old: Sequence[Sentence], new: Sequence[Sentence], lost: Sequence[int], came: Sequence[int], same: dict[int, int]
) -> dict[int, int]:
    words = {index: new[index].text.split() for index in came}
    holders: dict[str, list[int]] = defaultdict(list)
    for index, listed in words.items():
        for word in set(listed):
            holders[word].append(index)
    scored = []
    gaps = _gaps(same, len(old), len(new))
    for index in lost:
        own = old[index].text.split()
        # A gap that holds half the document is no place.
        between = gaps[index] if len(gaps[index]) <= _NARROW else range(0)
        for candidate in _candidates(own, holders, between, words):
            ratio = SequenceMatcher(None, own, words[candidate], autojunk=False).ratio()
            if ratio >= (ALIKE_IN_PLACE if candidate in between else ALIKE):
                scored.append((-ratio, abs(candidate - index), index, candidate))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, index, candidate in sorted(scored):
        if index not in found and candidate not in taken:
            found[index] = candidate
            taken.add(candidate)
    return found


def _candidates(
    own: Sequence[str], holders: dict[str, list[int]], between: range, words: dict[int, list[str]]
) -> list[int]:
    """Give the new sentences that share most words, and those in the same place: not every pair is worth a look."""
    counts: dict[int, int] = defaultdict(int)
    for word in set(own):
        for candidate in holders.get(word, ()):
            counts[candidate] += 1
    best = sorted(counts, key=lambda candidate: (-counts[candidate], candidate))[:_CANDIDATES]
    return best + [candidate for candidate in between if candidate in words and candidate not in best][:_CANDIDATES]


def _gaps(same: dict[int, int], old: int, new: int) -> dict[int, range]:
    """Give, for each unmatched old place, the new places between the sentences that stood before and after."""
    after, before = new, -1
    ends = {}
    for index in range(old - 1, -1, -1):
        after = same.get(index, after)
        ends[index] = after
    gaps = {}
    for index in range(old):
        if index in same:
            before = same[index]
        else:
            gaps[index] = range(before + 1, ends[index])
    return gaps


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Give the places of a longest rising run of numbers, gaps allowed: what stands outside it moved."""
    tails: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        position = bisect_left(tails, number)
        previous.append(at[position - 1] if position else -1)
        if position == len(tails):
            tails.append(number)
            at.append(place)
        else:
            tails[position], at[position] = number, place
    kept = set()
    place = at[-1] if at else -1
    while place >= 0:
        kept.add(place)
        place = previous[place]
    return kept
