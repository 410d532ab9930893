"""The wordings that give a place its role in a movement: their code list in, patterns that can be searched out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import read_code_list

ROLES = ("origin", "transit", "destination")
# What a construction's role may be besides: read from the words that fill ROLES; the two ends of a route; no role.
AS_SAID, ENDS, NO_ROLE = "as said", "ends", "none"
NEEDS = frozenset({"", "movement", "people", "supplying", "taken", "abroad"})
# A place in the text that patterns are matched on: its number after a letter for names (p), abbreviations (u),
# adjectives (d), whole peoples (n) and what hangs on a hyphen (h). No text holds these brackets: they are taken out.
OPEN, CLOSE = "\u27e6", "\u27e7"
_SLOTS = {"PLACE": "[pu]", "DEMONYM": "[du]", "NATIONALS": "n", "HYPHENED": "h"}
# A preposition that gives a role of its own ends a gap: "led through the paddies to Thailand".
_WORD = rf"(?!(?:from|to|into|via|through|towards?)\s)[^\s,;:.(){OPEN}{CLOSE}]+\s"
_GAPS = {"~": rf"(?:{_WORD}){{0,2}}?", "…": rf"(?:{_WORD}){{0,4}}?", "*": rf"(?:(?:{_WORD})|[,()]\s){{0,12}}?"}


@dataclass(frozen=True, slots=True)
class Construction:
    """One wording and the role that it gives to the last place in it.

    ``weight`` counts the words that it asks for; ``is_before``, whether they stand before the place.
    Of each set in ``asked`` a text must have a word: that is seen faster than the pattern is searched.
    """

    pattern: re.Pattern[str]
    asked: tuple[frozenset[str], ...]
    role: str
    needs: str
    weight: int
    is_before: bool

    def may_match(self, words: frozenset[str]) -> bool:
        """Tell whether a text of these words has what the wording asks for."""
        return not any(map(words.isdisjoint, self.asked))


@cache
def flow_constructions() -> tuple[Construction, ...]:
    """Compile ``flow_constructions.csv``, the most specific wording first.

    A pattern is words with blanks between. ``a|b`` is either word, ``a?`` a word that may be
    missing, ``a_b`` two words as one, ``<people>`` a word of that class in ``flow_words.csv``;
    ``~`` stands for up to two words, ``…`` for up to four, ``*`` for up to twelve words and commas.
    ``PLACE`` is a list of places by name, ``DEMONYM`` by their adjectives (``US`` is both),
    ``NATIONALS`` by their people, ``HYPHENED`` a place that the next word hangs on; ``ROLES`` is a
    list of words that name roles.

    Raises
    ------
    VocabularyError
        If a row names an unknown role, need or class.

    Examples
    --------
    >>> any(item.pattern.search("guns from \u27e6p0\u27e7 .") for item in flow_constructions())
    True
    """
    rows = read_code_list("flow_constructions", ("pattern", "role", "needs", "note"))
    built = [_compile(row["pattern"], row["role"], row["needs"], line) for line, row in enumerate(rows, start=2)]
    # Of wordings that ask for as many words, the one that gives no role decides: "men deported from Libya".
    return tuple(sorted(built, key=lambda item: (-item.weight, item.role != NO_ROLE)))


def constructions_in(text: str) -> list[Construction]:
    """List the wordings that a text of marked places may have, the most specific first."""
    words = frozenset(text.split())
    listed, by_word = flow_constructions(), _constructions_by_word()
    numbers = {number for word in ("", *words) for number in by_word.get(word, ())}
    return [listed[number] for number in sorted(numbers) if listed[number].may_match(words)]


@cache
def _constructions_by_word() -> dict[str, tuple[int, ...]]:
    """Number the wordings that ask for a word, each under those of its smallest set; under "" what asks for none."""
    found: dict[str, list[int]] = {}
    for number, construction in enumerate(flow_constructions()):
        for word in min(construction.asked, key=len, default=frozenset({""})):
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


@cache
def flow_words(name: str) -> frozenset[str]:
    """List the words and phrases of one class of ``flow_words.csv``, in small letters.

    Examples
    --------
    >>> "migrants" in flow_words("people")
    True
    """
    rows = read_code_list("flow_words", ("class", "term"))
    return frozenset(row["term"] for row in rows if row["class"] == name)


@cache
def words_pattern(name: str) -> str:
    """Write a class of words as the source of a pattern, the longest first; ``traffick*`` is any word so begun."""
    words = flow_words(name)
    if not words:
        raise VocabularyError(f"flow_constructions.csv: found the class {name!r}; expected one of flow_words.csv.")
    return either(words)


def either(words: Iterable[str]) -> str:
    """Write words as one pattern that matches any of them."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\*", r"[\w'-]*").replace(r"\ ", r"\s") for word in ordered) + ")"


@cache
def role_words() -> dict[str, frozenset[str]]:
    """Give the words that name each role: ``source`` for origin, ``transshipment`` for transit."""
    return {role: flow_words(f"role:{role}") for role in ROLES}


def _compile(text: str, role: str, needs: str, line: int) -> Construction:
    if role not in (*ROLES, AS_SAID, ENDS, NO_ROLE) or needs not in NEEDS:
        raise VocabularyError(
            f"flow_constructions.csv, line {line}: found role {role!r} and needs {needs!r}; expected a role of "
            f"{', '.join(ROLES)}, {AS_SAID}, {ENDS}, {NO_ROLE} and a need of {', '.join(sorted(NEEDS - {''}))} or none."
        )
    tokens = text.split()
    source = "".join(map(_token_source, tokens))
    weight = sum(token not in _GAPS and not token.endswith("?") for token in tokens)
    slots = [number for number, token in enumerate(tokens) if token.split("|")[0] in _SLOTS]
    if not slots:
        raise VocabularyError(f"flow_constructions.csv, line {line}: found no place in {text!r}; expected PLACE.")
    asked = tuple(choices for token in tokens if (choices := _asked_words(token)))
    return Construction(re.compile(rf"(?<!\S){source}"), asked, role, needs, weight, is_before=slots[-1] > 0)


def _token_source(token: str) -> str:
    if token in _GAPS:
        return _GAPS[token]
    optional = token.endswith("?")
    choices = [_choice_source(choice) for choice in token.removesuffix("?").split("|")]
    source = rf"(?:{'|'.join(choices)})\s"
    return rf"(?:{source})?" if optional else source


def _asked_words(token: str) -> frozenset[str]:
    """List the words one of which begins what a token matches; none where it may match nothing or many words."""
    if token in _GAPS or token.endswith("?"):
        return frozenset()
    found: set[str] = set()
    for choice in token.split("|"):
        terms = {choice.replace("_", " ")}
        if choice in _SLOTS:
            return frozenset()
        if choice == "ROLES":
            terms = {word for words in role_words().values() for word in words}
        elif choice.startswith("<") and choice.endswith(">"):
            terms = set(flow_words(choice[1:-1]))
        if any("*" in term for term in terms):
            return frozenset()
        found.update(term.split()[0] for term in terms)
    return frozenset(found)


def _choice_source(choice: str) -> str:
    if choice in _SLOTS:
        # Two slots of one pattern (DEMONYM|NATIONALS) cannot both be a named group: the number is read from the text.
        return rf"{OPEN}{_SLOTS[choice]}\d+{CLOSE}"
    if choice == "ROLES":
        word = either(word for words in role_words().values() for word in words)
        return rf"(?P<roles>{word}(?:\s(?:(?:,|and|or|as\swell\sas|&|/|also|a|an|the|major|key|possible)\s)+{word})*)"
    if choice.startswith("<") and choice.endswith(">"):
        return words_pattern(choice[1:-1])
    return re.escape(choice.replace("_", " "))
