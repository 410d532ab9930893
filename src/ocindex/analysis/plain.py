"""A text in, the same text as a splitter should see it, and where each of its characters stood, out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from ocindex.vocabulary.folding import CONTROLS, INVISIBLE, make_replacer

# One character for one: plain blanks and quotes.
_make_blanks_plain = make_replacer(
    str.maketrans("\u00a0\u2007\u202f\u2009\u200a\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u201a", " " * 17 + "'")
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


@dataclass(frozen=True, slots=True)
class PlainText:
    """``text`` without what no reader sees; ``position`` leads back to the text that it was made of."""

    text: str
    _plain: tuple[int, ...] = (0,)
    _given: tuple[int, ...] = (0,)

    def position(self, place: int) -> int:
        """Give the code point of the given text that stands at a place of the plain one."""
        anchor = bisect_right(self._plain, place) - 1
        return self._given[anchor] + place - self._plain[anchor]


def make_plain(given: str) -> PlainText:
    """Make white space and quotes plain, compose accents, and leave out invisible characters and controls.

    Parameters
    ----------
    given : str

    Returns
    -------
    PlainText

    Examples
    --------
    >>> plain = make_plain("o\ufb03cials\u200b took\u00a0it")
    >>> plain.text, plain.position(10)
    ('officials took it', 9)
    """
    if given.isascii() and given.isprintable():
        return PlainText(given)
    # Most texts have none of them, and one class of characters is searched for faster than the whole pattern.
    if _shifts().search(given) is None:
        return PlainText(_make_blanks_plain(given))
    pieces: list[str] = []
    plain, known = [0], [0]
    length = position = 0

    def put(text: str, until: int) -> None:
        nonlocal length, position
        pieces.append(text)
        length, position = length + len(text), until
        plain.append(length)
        known.append(position)

    for match in _shifting().finditer(given):
        start, end = match.span()
        if match["accented"]:
            composed = unicodedata.normalize("NFC", match[0])
            # A letter with a mark for which there is no one character keeps the letter.
            put(given[position:start], start)
            put(composed[0], end)
        else:
            put(given[position:start], start)
            put(_LIGATURES.get(match[0], ""), end)
    pieces.append(given[position:])
    return PlainText(_make_blanks_plain("".join(pieces)), tuple(plain), tuple(known))


@cache
def _shifting() -> re.Pattern[str]:
    """Compile the pattern of what changes a text's length once it is made plain."""
    return re.compile(rf"(?P<accented>[^\W\d_][\u0300-\u036f]+)|{_shifts().pattern}")


@cache
def _shifts() -> re.Pattern[str]:
    """Compile the class of characters that change a text's length, alone or with the letter before."""
    dropped = "".join(re.escape(chr(point)) for point in sorted(INVISIBLE))
    controls = CONTROLS.pattern.removeprefix("[").removesuffix("]")
    return re.compile(rf"[{dropped}\u0300-\u036f{controls}{''.join(_LIGATURES)}]")
