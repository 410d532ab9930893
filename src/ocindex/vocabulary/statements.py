"""The words of checkable statements in, patterns and what they mean out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import read_code_list

# Values that a kind of words may have, as a pattern; by form where forms differ.
_VALUES = {
    ("trend", ""): r"up|down",
    ("trend", "progress"): r"",
    ("rank", "superlative"): r"\d+",
    ("rank", "common"): r"\d+",
    ("rank", "ordinal"): r"\d+",
    ("scope", "level"): r"local|regional|national|international|global",
    ("scope", "reach"): r"local|regional|national|international|global",
    ("scope", "extent"): r"limited|widespread|confined",
    ("role", ""): r"origin|transit|destination",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim may be about.

    ``role`` is topic (a thing that is counted for itself), actor, measure
    (prices, seizures: a subject of their own) or plain (stands for the matter
    of its sentence); ``broader`` is the subject that it is a part of, or "".
    """

    name: str
    broader: str
    role: str


# Terms from which on they are grouped by their first letter.
_FEW = 8
_ALSO = {"s": "\u017f", "k": "\u212a", "i": "\u0130\u0131"}


@cache
def word_values(kind: str, form: str) -> dict[str, str]:
    """Give the words of one kind and form, in small letters, with their values.

    Raises
    ------
    VocabularyError
        If ``claim_words.csv`` has no such words, or a value that its kind does not know.

    Examples
    --------
    >>> word_values("trend", "before")["soared"]
    'up'
    """
    found: dict[str, str] = {}
    for row in read_code_list("claim_words", ("kind", "form", "terms", "value", "note")):
        if (row["kind"], row["form"]) == (kind, form):
            _refuse_value(row)
            found |= {term.lower(): row["value"] for term in row["terms"].split("|") if term}
    if not found:
        raise VocabularyError(f"claim_words.csv: found no words of {kind}, {form}; expected some; restore its rows.")
    return found


@cache
def word_pattern(kind: str, form: str) -> str:
    """Give an alternative of the words of one kind and form, the longest first; not grouped by name."""
    return any_of(word_values(kind, form))


@cache
def subjects() -> dict[str, Subject]:
    """Give every subject's term, in small letters, and what it stands for."""
    return {
        term.lower(): Subject(row["subject"], row["broader"], row["role"])
        for row in read_code_list("claim_subjects", ("terms", "subject", "broader", "role", "note"))
        for term in row["terms"].split("|")
    }


@cache
def broader_subject(name: str) -> str:
    """Give the subject that one is a part of, or ""."""
    return next((subject.broader for subject in subjects().values() if subject.name == name), "")


@cache
def organisations() -> dict[str, str]:
    """Give the names of organisations, as written, and the name that each stands under."""
    return {
        term: row["organisation"]
        for row in read_code_list("organisations", ("terms", "organisation", "note"))
        for term in row["terms"].split("|")
    }


def _refuse_value(row: dict[str, str]) -> None:
    """Stop at a value that would be read as something else: a direction "upp", a place "secnd"."""
    known = _VALUES.get((row["kind"], row["form"]), _VALUES.get((row["kind"], "")))
    if known is not None and re.fullmatch(known, row["value"]) is None:
        first = row["terms"].split("|")[0]
        raise VocabularyError(
            f"claim_words.csv, {row['kind']} {row['form']}, {first!r}: found value {row['value']!r}; expected {known}; "
            "correct the row."
        )


def any_of(terms: Iterable[str]) -> str:
    """Make an alternative of terms, the longest first, blanks as any white space.

    Examples
    --------
    >>> any_of(["gun", "gun crime"])
    '(?:gun\\\\ crime|gun)'
    """
    ordered = sorted(set(terms), key=lambda term: (-len(term), term))
    if len(ordered) < _FEW:
        return _either(ordered)
    # In any case of letters each alternative is tried in full; a look at the first letter rules most of them out.
    groups: dict[str, list[str]] = {}
    for term in ordered:
        groups.setdefault(term[0].lower()[0], []).append(term)
    return _either_of(f"(?=(?-i:[{_in_any_case(first)}])){_either(group)}" for first, group in groups.items())


def _either(terms: Iterable[str]) -> str:
    return _either_of(re.escape(term) for term in terms)


def _either_of(sources: Iterable[str]) -> str:
    return f"(?:{'|'.join(sources)})"


def _in_any_case(letter: str) -> str:
    """Give what matches a letter where case does not matter: a long s is an s, the Kelvin sign a k."""
    return re.escape("".join(dict.fromkeys((letter, letter.upper(), *_ALSO.get(letter, "")))))
