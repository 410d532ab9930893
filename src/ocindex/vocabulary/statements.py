"""The words of checkable statements in, patterns and what they mean out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ocindex.vocabulary.bundled import read_code_list


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


@cache
def word_values(kind: str, form: str) -> dict[str, str]:
    """Give the words of one kind and form, in small letters, with their values.

    Examples
    --------
    >>> word_values("trend", "before")["soared"]
    'up'
    """
    return {
        term.lower(): row["value"]
        for row in read_code_list("claim_words", ("kind", "form", "terms", "value", "note"))
        if (row["kind"], row["form"]) == (kind, form)
        for term in row["terms"].split("|")
    }


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


def any_of(terms: Iterable[str]) -> str:
    """Make an alternative of terms, the longest first, blanks as any white space.

    Examples
    --------
    >>> any_of(["gun", "gun crime"])
    '(?:gun\\\\ crime|gun)'
    """
    ordered = sorted(set(terms), key=lambda term: (-len(term), term))
    return f"(?:{'|'.join(re.escape(term) for term in ordered)})"
