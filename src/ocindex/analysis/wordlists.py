"""Lists of words as patterns in, which of them a word or a sentence belongs to out."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r"\w+")
_GROUP = re.compile(r"\(\?:[^()]*\)")


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
            found |= self.find_word(word)
        return tuple(bool(found >> number & 1) for number in range(len(self.names)))

    def find_word(self, word: str) -> int:
        """Tell which lists a word in small letters belongs to, as bits."""
        found = self._met.get(word)
        if found is None:
            matches = (pattern.fullmatch(word) is not None for pattern in self._patterns)
            found = self._met[word] = sum(is_match << number for number, is_match in enumerate(matches))
        return found


class Opening:
    """A list of words and phrases that a sentence may open with.

    Parameters
    ----------
    phrases : str
        Alternatives of a regular expression, in the letters that open a sentence.

    Examples
    --------
    >>> opening = Opening("It|The (?:trade|market)")
    >>> opening.matches("The market grows."), opening.matches("Theirs grows."), sorted(opening.first_words)
    (True, False, ['It', 'The'])
    """

    def __init__(self, phrases: str) -> None:
        self._pattern = re.compile(rf"(?:{phrases})\b")
        alternatives = _GROUP.sub("", phrases).split("|")
        self.first_words = frozenset(word[0] for phrase in alternatives if (word := _WORD.match(phrase)))

    def matches(self, text: str) -> bool:
        """Whether a sentence opens with one of them."""
        return self._pattern.match(text) is not None
