"""Two texts in, the words that went, came and stayed out; computed where a change is shown."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

SAME: Literal["same"] = "same"
CUT: Literal["cut"] = "cut"
CAME: Literal["came"] = "came"
_WORD = re.compile(r"\s*\S+|\s+$")
_LONG, _LONGEST = 2_000, 20_000


class Piece(NamedTuple):
    """A run of words, with the white space before each: in both texts, only in the old, only in the new."""

    kind: Literal["same", "cut", "came"]
    text: str


def differing_words(old: str, new: str) -> list[Piece]:
    """Compare two texts word by word.

    Joined, the pieces that are not ``came`` are the old text, those that are not ``cut``
    the new one: white space is part of the words.

    Parameters
    ----------
    old, new : str

    Examples
    --------
    >>> [tuple(piece) for piece in differing_words("arms from the north", "arms from the south")]
    [('same', 'arms from the'), ('cut', ' north'), ('came', ' south')]
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    pieces = [Piece(SAME, "".join(before[:start]))]
    pieces += _middle(before[start : len(before) - end], after[start : len(after) - end])
    pieces.append(Piece(SAME, "".join(before[len(before) - end :])))
    return [piece for piece in pieces if piece.text]


def share_changed(old: str, new: str) -> float:
    """Give the share of two texts' words that only one of them has, from 0.01 to 1.

    Examples
    --------
    >>> share_changed("arms from the north", "arms from the south")
    0.25
    """
    before, after = old.split(), new.split()
    both = len(set(before) & set(after))
    return max(0.01, round(1 - 2 * both / max(1, len(before) + len(after)), 4))


def _shared(first: list[str], second: list[str]) -> int:
    count = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        count += 1
    return count


def _middle(before: list[str], after: list[str]) -> list[Piece]:
    # Matching words takes the product of both lengths: two long texts that share nothing would never end.
    if len(before) * len(after) > _LONGEST * _LONGEST:
        return [Piece(CUT, "".join(before)), Piece(CAME, "".join(after))]
    # Repeated words cost most; in long texts the frequent ones are not what to align by.
    is_long = len(before) * len(after) > _LONG * _LONG
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=is_long).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(before[i1:i2])))
            continue
        pieces += [Piece(CUT, "".join(before[i1:i2])), Piece(CAME, "".join(after[j1:j2]))]
    return pieces
