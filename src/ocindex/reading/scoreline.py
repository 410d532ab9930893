"""A line of text in, the labels, scores and ranks that it consists of out."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.indicators import all_codes

LABEL, SCORE, RANK, NOISE = "label", "score", "rank", "noise"

# A page glues score and change together ("7.500.50", "4.50-1.00"), which only two decimals keep apart.
_SIGN = r"[+\-▲▼△▽↑↓⬆⬇⇧⇩]\s*"
_SCORE = (
    rf"(?P<value>\d{{1,2}}\.\d\d)(?!\d*%)(?:\s*/\s*10(?:\.0+)?(?![\d.]))?"
    rf"(?:\s*\(?\s*(?P<change>(?:{_SIGN})?\d{{1,2}}\.\d\d(?:\s*[▲▼△▽↑↓⬆⬇⇧⇩])?|n\s*/\s*a\b|\(?n\.a\.)\s*\)?)?(?!\.?\d)"
    rf"|(?P<short>\d{{1,2}}\.\d)(?![\d%])(?:\s*/\s*10(?![\d.]))?"
    rf"|(?P<lone>(?:{_SIGN})\d{{1,2}}\.\d{{1,2}}|n\s*/\s*a\b)(?!\.?\d)"
)
_RANK = (
    r"(?P<rank>\d{1,3})\s?(?:st|nd|rd|th)\s*(?:out\s+)?(?:of|/)\s*(?P<of>\d{1,3})\s+countr(?:y|ies)"
    r"(?:\s+(?:in|of)\s+(?:the\s+)?(?P<group>[^\d+\-.]+?(?:-[^\d+\-.]+?)*))?\s*(?P<moved>(?:[+\-▲▼↑↓]\s*)?\d{1,3}|n/a)?"
)
_NOISE = r"[\s|:;•·*,#()]+|(?:score|change|rank(?:ing)?|average|avg\.?|out of 10)(?!\w)[:.]?"
_DOWN = "-▼▽↓⬇⇩"
_LONGEST = 160


class Token(NamedTuple):
    """One thing that a score line says.

    ``name`` is a label's code or a rank's group (null: the world). ``value`` is a score, or a
    rank with ``of``, as it stands there; ``change`` likewise, with its sign, or ``n/a``.
    """

    kind: str
    name: str | None = None
    value: str | None = None
    change: str | None = None
    of: int | None = None


def read_tokens(line: str) -> list[Token] | None:
    """Read a line that consists of labels, scores and ranks alone.

    Parameters
    ----------
    line : str
        One line, or several joined by a blank.

    Returns
    -------
    list of Token or None
        In order, without noise such as ``Score:``; null where anything else stands on the line.

    Examples
    --------
    >>> read_tokens("Human smuggling 4.50-1.00")[1]
    Token(kind='score', name=None, value='4.50', change='-1.00', of=None)
    >>> read_tokens("31st of 193 countries 3")[0].of
    193
    >>> read_tokens("They paid 4.50 for it.") is None
    True
    """
    text = fold_text(line)
    if not text or len(text) > _LONGEST:
        return None
    rank = _rank_pattern().fullmatch(text)
    if rank:
        return [_rank(rank)]
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _pattern().match(text, position)
        if match is None or match.end() == position:
            rank = _rank_pattern().fullmatch(text, position)
            return [*tokens, _rank(rank)] if rank and tokens else None
        if match["label"]:
            tokens.append(Token(LABEL, _aliases()[_key(match["label"])]))
        elif match["value"] or match["short"]:
            tokens.append(Token(SCORE, None, match["value"] or match["short"], _signed(match["change"])))
        elif match["lone"]:
            # The change alone, as some pages break the line before it.
            tokens.append(Token(SCORE, None, None, _signed(match["lone"])))
        position = match.end()
    return tokens or [Token(NOISE)]


def label_end(line: str) -> int | None:
    """Give where a label at the beginning of a line ends, or null without one.

    Examples
    --------
    >>> label_end("Heroin trade: the sale of heroin."), label_end("Heroin is cheap.")
    (12, None)
    """
    match = _pattern().match(line)
    return match.end("label") if match and match["label"] else None


def looks_like_number(line: str) -> bool:
    """Say whether a line has the shape of a score, read or not: figures and marks alone, or a missing value."""
    text = fold_text(line).casefold()
    return 0 < len(text) <= 20 and re.fullmatch(r"[-+]?\d[\d.,/%+\-\s]*(?:n/?a)?|n/a|-+|\?+", text) is not None


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted({row["alias"] for row in _rows()}, key=lambda name: (-len(name), name))
    labels = "|".join(r"[\s-]*".join(_word(word) for word in re.split(r"[\s-]+", name)) for name in names)
    return re.compile(rf"(?P<label>{labels})(?![^\W\d_])|{_SCORE}|{_NOISE}", re.IGNORECASE)


def _word(word: str) -> str:
    return "(?:and|&)" if word == "and" else re.escape(word)


@cache
def _rank_pattern() -> re.Pattern[str]:
    return re.compile(_RANK, re.IGNORECASE)


@cache
def _aliases() -> dict[str, str]:
    return {_key(row["alias"]): row["measure"] for row in _rows()}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    codes = {item.code for item in all_codes()}
    rows = read_code_list("header_aliases", ("alias", "measure"))
    return tuple(row for row in rows if row["measure"] in codes)


def _key(name: str) -> str:
    return re.sub(r"[\s-]+", "", name.casefold().replace("&", "and"))


def _rank(match: re.Match[str]) -> Token:
    return Token(RANK, match["group"], match["rank"], match["moved"], int(match["of"]))


def _signed(change: str | None) -> str | None:
    if change is None or not any(character.isdigit() for character in change):
        return change and "n/a"
    number = "".join(character for character in change if character.isdigit() or character == ".")
    return f"-{number}" if any(mark in change for mark in _DOWN) else number
