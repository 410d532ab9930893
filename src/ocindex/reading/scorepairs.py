"""Labels and scores in reading order in, which score is whose out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ocindex.reading.scoreline import LABEL, NOISE, SCORE, Token
from ocindex.vocabulary.indicators import code_of

# A definition, or its second half, may stand between a label and its score.
_LONGEST_GAP = 2


class Placed(NamedTuple):
    """A token on the lines ``first`` to ``last``; ``block`` counts the lines of other text before it."""

    token: Token
    first: int
    last: int
    block: int


def join_changes(tokens: Iterable[Placed]) -> list[Placed]:
    """Join a change that stands on a line of its own to the score before it; drop what is noise."""
    joined: list[Placed] = []
    listed = list(tokens)
    for place, placed in enumerate(listed):
        if joined and _is_change(joined, placed, listed[place + 1 : place + 2]):
            before = joined[-1]
            change = placed.token.change or placed.token.value
            joined[-1] = Placed(before.token._replace(change=change), before.first, placed.last, before.block)
        elif placed.token.kind != NOISE and (placed.token.kind != SCORE or placed.token.value is not None):
            joined.append(placed)
    return joined


def pair_tokens(tokens: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Pair labels with scores: on one line, then overall averages, then the rest in one direction.

    Parameters
    ----------
    tokens : sequence of Placed
        In reading order, as `join_changes` gives them.

    Returns
    -------
    list of (label, score)
        No token twice. A page sets all its scores below their labels, or all above;
        whichever gives more pairs is taken. Only an average may differ.
    """
    pairs: list[tuple[Placed, Placed]] = []
    rest: list[Placed] = []
    for _, group in groupby((item for item in tokens if item.token.kind in (LABEL, SCORE)), lambda item: item.first):
        line = list(group)
        pairs += (found := _pair_line(line))
        taken = {id(item) for pair in found for item in pair}
        rest += [item for item in line if id(item) not in taken]
    overall = _pair_overall(rest)
    taken = {id(item) for pair in overall for item in pair}
    rest = [item for item in rest if id(item) not in taken]
    below = [(a, b) for a, b in pairwise(rest) if _fits(a, b, LABEL)]
    above = [(b, a) for a, b in pairwise(rest) if _fits(a, b, SCORE)]
    chosen = below if len(below) >= len(above) else above
    taken = {id(item) for pair in chosen for item in pair}
    left = [(a, b) for a, b in pairwise(rest) if not {id(a), id(b)} & taken]
    return pairs + overall + chosen + [(b, a) for a, b in left if _fits(a, b, SCORE) and _is_average(b)]


def _is_average(placed: Placed) -> bool:
    return code_of(str(placed.token.name)).is_composite


def is_overall(placed: Placed) -> bool:
    """Whether a label is that of criminality or resilience, whose figure pages print above it."""
    return placed.token.kind == LABEL and code_of(str(placed.token.name)).code in ("criminality", "resilience")


def _is_change(joined: list[Placed], placed: Placed, after: Sequence[Placed]) -> bool:
    before, token = joined[-1], placed.token
    if token.kind != SCORE or before.token.kind != SCORE or before.token.change is not None:
        return False
    if before.block != placed.block or (token.value is not None and token.change is not None):
        return False
    if token.value is None or float(token.value) < 1:
        return True
    # Unsigned and 1 or more it could be a score: that of an average whose label follows.
    follows_label = len(joined) > 1 and joined[-2].token.kind == LABEL
    return follows_label and not (after and is_overall(after[0]))


def _pair_line(line: list[Placed]) -> list[tuple[Placed, Placed]]:
    kinds = [item.token.kind for item in line]
    if len(line) < 2 or len(line) % 2 or kinds != kinds[:2] * (len(line) // 2) or kinds[0] == kinds[1]:
        return []
    pairs = [(line[n], line[n + 1]) for n in range(0, len(line), 2)]
    return pairs if kinds[0] == LABEL else [(label, score) for score, label in pairs]


def _pair_overall(rest: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Give each overall average the figure above it unless that is another label's; then the one below."""
    pairs: list[tuple[Placed, Placed]] = []
    taken: set[int] = set()
    for place, label in enumerate(rest):
        if not is_overall(label):
            continue
        before = rest[place - 1] if place else None
        after = rest[place + 1] if place + 1 < len(rest) else None
        waiting = place > 1 and rest[place - 2].token.kind == LABEL and id(rest[place - 2]) not in taken
        score = None
        if before is not None and _fits(before, label, SCORE) and id(before) not in taken and not waiting:
            score = before
        elif after is not None and _fits(label, after, LABEL):
            score = after
        if score is not None:
            pairs.append((label, score))
            taken |= {id(label), id(score)}
    return pairs


def _fits(first: Placed, second: Placed, kind: str) -> bool:
    """Whether the first is of this kind, the second of the other, and no more than a definition between."""
    other = SCORE if kind == LABEL else LABEL
    kinds = (first.token.kind, second.token.kind)
    return kinds == (kind, other) and second.block - first.block <= _LONGEST_GAP
