"""The end of a line and the beginning of the next in, what stands between them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ocindex.vocabulary.dictionary import is_known_compound, is_known_word

_HYPHENS = "-\u2010\u00ad"
_LETTERS = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(rf"([^\W\d_]+)[{_HYPHENS}]$")
# "small- and medium-sized": the hyphen waits for a word further on.
_WAITING = frozenset({"and", "or", "to", "as", "but", "nor"})
_UNBROKEN = ("—", "/")
BREAKABLE = (*_HYPHENS, *_UNBROKEN)
"""Ends of lines that may not be followed by a blank."""


class LineJoiner:
    """Joins lines with the words of their document at hand.

    Parameters
    ----------
    lines : callable
        Gives all lines of the document; it is called at the first hyphen.
    """

    def __init__(self, lines: Callable[[], Iterable[str]]) -> None:
        self._lines = lines
        self._text = ""

    def join(self, before: str, after: str) -> tuple[str, str]:
        """Give the last word of a line as it is kept, and what stands between it and the next line's first.

        A hyphen is kept unless the joined word stands elsewhere in the document or in
        the dictionary, and the dictionary does not know the two as a compound.

        Parameters
        ----------
        before, after : str
            Last word of a line, first word of the next.

        Returns
        -------
        tuple of str
            The word, and a blank or nothing.

        Examples
        --------
        >>> joiner = LineJoiner(lambda: ["Trafficking of high-", "level"])
        >>> joiner.join("traf-", "ficking"), joiner.join("high-", "level"), joiner.join("small-", "and")
        (('traf', ''), ('high-', ''), ('small-', ' '))
        """
        if len(before) > 1 and before.endswith(_UNBROKEN):
            return before, ""
        if len(before) < 2 or before[-1] not in _HYPHENS:
            return before, " "
        kept = before[:-1] + "-" if before[-1] == "\u00ad" else before
        if not (before[-2].isalnum() and after[:1].isalnum()) or after in _WAITING:
            return kept, " "
        head, tail = _BEFORE.search(before), _LETTERS.match(after)
        if head and tail and (tail[0].islower() or before[:-1].isupper()) and self._is_word(head[1], tail[0]):
            return before[:-1], ""
        return kept, ""

    def _is_word(self, head: str, tail: str) -> bool:
        if self._stands(head + tail):
            return True
        return not self._stands(f"{head}-{tail}") and not is_known_compound(head, tail) and is_known_word(head + tail)

    def _stands(self, word: str) -> bool:
        """Whether a word stands in the document, in any case, and not as a part of another."""
        if not self._text:
            self._text = " ".join(self._lines()).lower()
        wanted = word.lower()
        # Most words stand nowhere, and to look for them is quick; to list all words of the document is not.
        return wanted in self._text and re.search(rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", self._text) is not None
