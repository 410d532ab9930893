"""A word in, whether the vocabulary has it, or common English has, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.indicators import all_codes
from ocindex.vocabulary.lexicon import cues
from ocindex.vocabulary.spelling import fold_words

_WORD = re.compile(r"[a-z]+\*?")
_ENDINGS = tuple(
    "s es d ed ing ings er ers or ors ly e y al ally ion ions ation ations ment ments ive ity ist ists ism ic able "
    "ance ence ent".split()
)
# involving, involved: the word lost an e; laundries, carried: a y became an i.
_LOST_E = ("ed", "ing", "ings", "er", "ers", "or", "ors", "ion", "ions", "ation", "ations", "able", "al", "ive", "ity")
_Y_TO_I = ("ies", "ied", "ier", "iers", "ily", "iness")


def is_known_word(word: str) -> bool:
    """Say whether a word, or the word that it is a regular form of, is one of the vocabulary.

    Parameters
    ----------
    word : str
        One word, in any case.

    Returns
    -------
    bool
        True for the words of ``words.csv`` (common English), of the cues' terms and of the indicators' labels.

    Examples
    --------
    >>> is_known_word("Trafficking"), is_known_word("highlevel")
    (True, False)
    """
    folded = fold_words(word)
    words, stems = _words()
    if " " in folded:
        return False
    return any(stem in words or stem in stems for stem in _strip_endings(folded))


def is_known_compound(first: str, second: str) -> bool:
    """Say whether two words stand side by side, apart or hyphenated, in a term of the vocabulary.

    Examples
    --------
    >>> is_known_compound("cross", "border"), is_known_compound("traf", "ficking")
    (True, False)
    """
    return f"{fold_words(first)} {fold_words(second)}" in _pairs()


def _strip_endings(word: str) -> Iterator[str]:
    """Give a word and what it may be a regular form of."""
    yield word
    yield from (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    yield from (word.removesuffix(ending) + "e" for ending in _LOST_E if word.endswith(ending))
    yield from (word.removesuffix(ending) + "y" for ending in _Y_TO_I if word.endswith(ending))


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    found = {piece for cue in cues() for part in cue.pieces for piece in _WORD.findall(part)}
    for item in all_codes():
        found.update(fold_words(item.label).split())
    found.update(row["word"] for row in read_code_list("words", ("word",)))
    return (
        frozenset(word for word in found if not word.endswith("*")),
        frozenset(word[:-1] for word in found if word.endswith("*")),
    )


@cache
def _pairs() -> frozenset[str]:
    split = (part.replace("*", "").split() for cue in cues() for part in cue.pieces)
    return frozenset(f"{first} {second}" for words in split for first, second in pairwise(words))
