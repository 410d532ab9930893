"""The cues of the lexicon: cues.csv in, checked terms and what they speak for out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.indicators import all_codes
from ocindex.vocabulary.spelling import OTHER, fold_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLUMNS = ("term", "indicator", "weight", "kind", "note")
GAP = " .. "
"""Between two words of a phrase: up to four other words may stand here."""

_WORD = re.compile(r"[^\s*]+\*?")


@dataclass(frozen=True, slots=True)
class Cue:
    """A term whose presence in a sentence speaks for an indicator.

    ``weight`` is 1 (helps choose within a section), 2 (strong) or 3 (names the
    indicator by itself); ``kind`` is ``word``, ``stem`` or ``phrase``.
    ``pieces`` are the folded words on either side of the term's gaps.
    """

    term: str
    indicator: str
    weight: int
    kind: str
    pieces: tuple[str, ...]


@cache
def cues() -> tuple[Cue, ...]:
    """List every cue of the lexicon, ordered by indicator and term.

    Raises
    ------
    VocabularyError
        If rows of ``cues.csv`` cannot be used; the message names each of them.

    Examples
    --------
    >>> {cue.weight for cue in cues()} == {1, 2, 3}
    True
    """
    return check_cues(read_code_list("cues", COLUMNS))


def check_cues(rows: Iterable[Mapping[str, str]]) -> tuple[Cue, ...]:
    """Check the rows of the lexicon and read them as cues.

    Parameters
    ----------
    rows : iterable of mapping
        With the columns term, indicator, weight and kind.

    Returns
    -------
    tuple of Cue
        Sorted by indicator, then term.

    Raises
    ------
    VocabularyError
        If a row names no indicator, has a weight other than 1 to 3, a kind that
        does not fit its term, a term that cannot be matched, or repeats another.

    Examples
    --------
    >>> check_cues([{"term": "traffick* .. person*", "indicator": "human_trafficking", "weight": "3",
    ...              "kind": "phrase"}])[0].pieces
    ('traffick*', 'person*')
    """
    known = frozenset(item.code for item in all_codes() if not item.is_composite)
    found: dict[tuple[tuple[str, ...], str], Cue] = {}
    problems = []
    for number, row in enumerate(rows, start=2):
        pieces = tuple(_fold_piece(piece) for piece in row["term"].split(GAP))
        key = (pieces, row["indicator"])
        problem = _problem(row, pieces, known)
        if problem is None and key in found:
            problem = f"found {row['term']!r} a second time for {row['indicator']}; expected it once; delete one"
        if problem is None:
            found[key] = Cue(row["term"], row["indicator"], int(row["weight"]), row["kind"], pieces)
        else:
            problems.append(f"cues.csv, row {number}: {problem}.")
    if problems:
        more = [f"… and {len(problems) - 20} more rows."] if len(problems) > 20 else []
        raise VocabularyError("\n".join(problems[:20] + more))
    return tuple(sorted(found.values(), key=lambda cue: (cue.indicator, cue.term)))


def kind_of(term: str) -> str | None:
    """Tell the kind of a term by its form.

    Returns
    -------
    {"word", "stem", "phrase"} or None
        None where the form breaks the grammar.

    Examples
    --------
    >>> kind_of("heroin"), kind_of("traffick*"), kind_of("sent .. pets"), kind_of("a*b")
    ('word', 'stem', 'phrase', None)
    """
    words = term.split(" ")
    if any(not _WORD.fullmatch(word) for word in words) or ".." in (words[0], words[-1]):
        return None
    if any(word == following == ".." for word, following in pairwise(words)):
        return None
    if len(words) > 1:
        return "phrase"
    return "stem" if term.endswith("*") else "word"


def _problem(row: Mapping[str, str], pieces: tuple[str, ...], known: frozenset[str]) -> str | None:
    if row["indicator"] not in known:
        return f"found indicator {row['indicator']!r}; expected a code of indicators.csv; correct it"
    if row["weight"] not in ("1", "2", "3"):
        return f"found weight {row['weight']!r}; expected 1, 2 or 3; correct it"
    kind = kind_of(row["term"])
    if kind is None or not all(piece.strip("*") and OTHER not in piece for piece in pieces):
        return f"found term {row['term']!r}; expected words of Latin letters, ending in * or not; correct it"
    if row["kind"] != kind:
        return f"found kind {row['kind']!r} for the term {row['term']!r}; expected {kind}; correct it"
    if any(len(word) < 3 for piece in pieces for word in piece.split() if word.endswith("*")):
        return f"found term {row['term']!r}; expected two letters or more before each *; lengthen it"
    return None


def _fold_piece(piece: str) -> str:
    """Fold the words of a piece but keep the star at a word's end."""
    if piece.isascii() and piece.islower() and "'" not in piece and "-" not in piece:
        return piece
    return " ".join(fold_words(word) + "*" * word.endswith("*") for word in piece.split())
