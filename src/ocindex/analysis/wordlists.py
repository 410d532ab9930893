"""Lists of words as patterns in, which of them a sentence has a word of out."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r"\w+")


class WordLists:
    """Named lists of words; every surface word is compared once.

    Parameters
    ----------
    lists : mapping of str to str
        Alternatives of a regular expression that a whole word, in small letters,
        has to match. Searching the sentence itself would try each alternative at
        each of its letters.

    Examples
    --------
    >>> WordLists({"sea": "boats?|ports?", "land": "roads?"}).find("The ports are closed.")
    (True, False)
    """

    def __init__(self, lists: Mapping[str, str]) -> None:
        self.names = tuple(lists)
        self._patterns = tuple(re.compile(words) for words in lists.values())
        self._met: dict[str, int] = {}

    def find(self, text: str) -> tuple[bool, ...]:
        """Tell for each list whether the text has a word of it."""
        found = 0
        for word in set(_WORD.findall(text.lower())):
            lists = self._met.get(word)
            found |= self._look_up(word) if lists is None else lists
        return tuple(bool(found >> number & 1) for number in range(len(self.names)))

    def _look_up(self, word: str) -> int:
        matches = (pattern.fullmatch(word) is not None for pattern in self._patterns)
        lists = self._met[word] = sum(is_match << number for number, is_match in enumerate(matches))
        return lists
