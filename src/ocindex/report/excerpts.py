"""An old and a new value in, as much of both as shows the difference out."""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 1_200
_AROUND = 240


class Excerpt(NamedTuple):
    """An old and a new text (null: there is none), cut where both are the same or too long; … marks each cut."""

    old: str | None
    new: str | None


def cut_to_difference(old: str | None, new: str | None, *, longest: int = LONGEST) -> Excerpt:
    """Cut two texts down to where they differ, with some of what both share around it.

    Parameters
    ----------
    old, new : str or None
    longest : int
        Code points that are kept of each; longer ones are cut.

    Examples
    --------
    >>> old, new = cut_to_difference("a" * 5000 + " north", "a" * 5000 + " south")
    >>> old[:3], old[-6:], new[-6:], len(old)
    ('…aa', ' north', ' south', 246)
    """
    if max(len(old or ""), len(new or "")) <= longest:
        return Excerpt(old, new)
    if old is None or new is None:
        return Excerpt(_head(old, longest), _head(new, longest))
    start = _shared_start(old, new)
    end = _shared_start(old[start:][::-1], new[start:][::-1])
    first = _at_word(old, max(0, start - _AROUND)) if start > _AROUND else 0
    after = max(0, end - _AROUND)
    return Excerpt(*(_between(text, first, len(text) - after, longest) for text in (old, new)))


def _head(text: str | None, longest: int) -> str | None:
    return text if text is None or len(text) <= longest else text[: longest - 1] + "…"


def _between(text: str, start: int, end: int, longest: int) -> str:
    is_cut = end < len(text) or end - start > longest
    return ("…" if start else "") + text[start : min(end, start + longest)] + ("…" if is_cut else "")


def _at_word(text: str, place: int) -> int:
    """Give the next start of a word, if one is near: a cut inside a word reads as a change of it."""
    blank = text.find(" ", place, place + _AROUND // 2)
    return place if blank < 0 else blank + 1


def _shared_start(first: str, second: str) -> int:
    """Count the code points that two texts begin with alike; by halves, for a text may be a book."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
