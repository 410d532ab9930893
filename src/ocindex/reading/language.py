"""Text in, whether it reads as English, and which parts of it do not, out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ocindex.vocabulary.bundled import read_code_list

# The commonest function words: in English prose they are 35–50 % of all words, in
# other Latin-script languages under 10 %.
_FUNCTION_WORDS = frozenset(
    "the of and to in is a for that are by with as on from it this which be or has have been its their at "
    "an was were not also but they these such more most who into while between".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(
    r"(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])(?:[^\S\n\r]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]))+"
)
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SCRIPTS = {"CJK": "Chinese"}
_LEAST_SHARE = 0.15
_LEAST_WORDS = 40
# A short text, or one paragraph, needs words of another language to be called foreign.
_LEAST_FOREIGN = 0.2
_LEAST_PARAGRAPH = 8
_WINDOW = 200_000
_PARAGRAPH_WINDOW = 3_000
_WIDEST_WRAP = 130


@dataclass(frozen=True, slots=True)
class Language:
    """What a text is written in.

    ``suspected`` is the likeliest other language, null where none is likely; ``foreign``
    lists the paragraphs that are not English, as half-open positions.
    """

    is_english: bool
    suspected: str | None = None
    foreign: tuple[tuple[int, int], ...] = ()


def judge_language(text: str, furniture: Iterable[tuple[int, int]] = ()) -> Language:
    """Judge the language of a text by the share of its function words, whole and by paragraph.

    Parameters
    ----------
    text : str
    furniture : iterable of (int, int)
        Stretches that are no prose and are not judged, in order.

    Returns
    -------
    Language
        A text is not English if most of its words stand in foreign paragraphs.

    Examples
    --------
    >>> judge_language("La trata de personas es un problema grave en el país. " * 8).suspected
    'Spanish'
    """
    paragraphs = [
        (start, end, text[start : min(end, start + _PARAGRAPH_WINDOW)]) for start, end in _split(text, furniture)
    ]
    foreign, languages = [], Counter[str]()
    total = alien = 0
    for start, end, sample in paragraphs:
        length = end - start
        total += length
        language = _foreign_language(sample)
        if language is not None:
            alien += length
            foreign.append((start, end))
            languages[language] += length
    suspected = languages.most_common(1)[0][0] if languages else None
    if 2 * alien > total or not is_english(" ".join(sample for _, _, sample in paragraphs)):
        whole = " ".join(sample for _, _, sample in paragraphs)
        return Language(False, suspected or _best_language(_words(whole))[0])
    return Language(True, suspected, tuple(foreign))


def is_english(text: str) -> bool:
    """Judge whether a text as a whole is English by the share of its function words.

    Parameters
    ----------
    text : str
        Fewer than 40 words are too few to judge and count as English.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_english("La trata de personas es un problema grave en el país. " * 8)
    False
    """
    words = _words(text)
    if len(words) < _LEAST_WORDS:
        return True
    return sum(word.lower() in _FUNCTION_WORDS for word in words) >= _LEAST_SHARE * len(words)


def _split(text: str, furniture: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Split what is prose at empty lines, and at every line's end where lines are too long to be wrapped."""
    position = 0
    for start, end in [*furniture, (len(text), len(text))]:
        yield from _split_prose(text, position, start)
        position = end


def _split_prose(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        gap = _BREAK.search(text, start, end)
        last = gap.start() if gap else end
        lines = [match.start() for match in _LINE_BREAK.finditer(text, start, last)]
        if lines and (last - start) / (len(lines) + 1) > _WIDEST_WRAP:
            bounds = [start, *lines, last]
            yield from pairwise(bounds)
        elif text[start:last].strip():
            yield start, last
        start = gap.end() if gap else end


def _foreign_language(paragraph: str) -> str | None:
    """Name the language of a paragraph that is surely not English."""
    script = _foreign_script(paragraph)
    if script is not None:
        return script
    words = _words(paragraph)
    if len(words) < _LEAST_PARAGRAPH:
        return None
    language, share = _best_language(words)
    english = sum(word.lower() in _FUNCTION_WORDS for word in words) / len(words)
    return language if share >= _LEAST_FOREIGN and share > 2 * english else None


def _foreign_script(text: str) -> str | None:
    """Name the script of a text whose letters are mostly not Latin."""
    letters = [character for character in text[:1000] if character.isalpha() and not character.isascii()]
    others = [letter for letter in letters if not unicodedata.name(letter, "LATIN").startswith("LATIN")]
    if len(others) * 2 <= sum(character.isalpha() for character in text[:1000]):
        return None
    scripts = Counter(
        _SCRIPTS.get(name := unicodedata.name(letter, "?").split()[0], name.capitalize()) for letter in others
    )
    return f"a language in {min(scripts, key=lambda name: (-scripts[name], name))} script"


def _best_language(words: list[str]) -> tuple[str | None, float]:
    """Give the language with the greatest share of its own function words."""
    if not words:
        return None, 0.0
    # With a capital they are parts of names: Rio de Janeiro, Los Angeles.
    shares = {name: sum(word in own for word in words) / len(words) for name, own in _languages().items()}
    best = min(shares, key=lambda name: (-shares[name], name))
    return (best, shares[best]) if shares[best] >= _LEAST_FOREIGN else (None, shares[best])


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:_WINDOW])


@cache
def _languages() -> dict[str, frozenset[str]]:
    rows = read_code_list("languages", ("language", "words"))
    return {row["language"]: frozenset(row["words"].split()) for row in rows}
