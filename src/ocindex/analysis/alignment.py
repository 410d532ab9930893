"""A quote and its readable form in, where each readable character stands in the quote out."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ocindex.analysis.readable import unfold


def locate(readable: str, quote: str, start: int, end: int) -> tuple[int, int]:
    """Find a piece of a readable sentence in the words as they were printed.

    Parameters
    ----------
    readable : str
        What `make_readable` made of the quote.
    quote : str
        Verbatim sentence, line breaks and all.
    start, end : int
        Half-open positions in ``readable``, in code points.

    Returns
    -------
    tuple of int
        Half-open positions in ``quote`` of the same words.

    Examples
    --------
    >>> locate("from Vene-zuela to Peru", "from Vene-\\nzuela to\\nPeru", 5, 15)
    (5, 16)
    """
    if readable == quote:
        return start, end
    places = _places(readable, quote)
    return places[start][0], places[end - 1][1]


# The places of one sentence are asked for one after another.
@lru_cache(maxsize=16)
def _places(readable: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Give each readable character its span in the quote; white space that was put in has an empty one."""
    shown = {character: _letters(unfold(character)) for character in set(quote)}
    printed = [(letter, at) for at, character in enumerate(quote) for letter in shown[character]]
    letters = {character: _letters(character) for character in set(readable)}
    position, places = 0, []
    for character in readable:
        first = last = None
        for letter in letters[character]:
            found = _next(printed, position, letter)
            if found is None:
                continue
            first, last = printed[found][1] if first is None else first, printed[found][1]
            position = found + 1
        here = printed[position][1] if position < len(printed) else len(quote)
        places.append((here, here) if first is None or last is None else (first, last + 1))
    return tuple(places)


def _next(printed: list[tuple[str, int]], position: int, letter: str) -> int | None:
    """Find a letter behind white space, hyphens and marks that the readable form left out."""
    for number in range(position, len(printed)):
        found = printed[number][0]
        if found == letter or (letter == " " and found.isspace()):
            return number
        if not (found.isspace() or found in "-\u00ad\u2010\u2011\u0002"):
            return None
    return None


def _letters(text: str) -> str:
    return unicodedata.normalize("NFD", text)
