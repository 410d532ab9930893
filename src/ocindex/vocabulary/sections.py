"""The headings of a profile: a line of text in, the section that it opens out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.folding import fold_text

_DECORATION = re.compile(
    r"^(?:[#>*_~`•▪■●◆►–—-]+\s*|(?:section|part|chapter)\s+(?=\d|[ivx]+\b)|(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[ivx]{1,5}[.):]"
    r"|[a-h][.)])(?:\s+|(?<=[.):])(?=[^\W\d_]))(?=[*_]*[^\W\d_]))+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading line stands for.

    ``section`` is null for a heading above headings (``RESILIENCE``); ``alias``
    is the reviewed spelling, ``exact`` says whether the line equals it.
    """

    alias: str
    section: str | None
    exact: bool


@lru_cache(maxsize=4096)
def find_heading(line: str) -> Heading | None:
    """Recognise a whole line as a heading.

    A line matches an alias in any case, with ``&`` for ``and``, with a trailing
    colon. It may also differ by one edit or a plural from exactly one alias.

    Parameters
    ----------
    line : str
        One line (or two lines joined by a blank).

    Returns
    -------
    Heading or None

    Examples
    --------
    >>> find_heading("ENVIROMENT").section
    'environment'
    >>> find_heading("GANGS") is None
    True
    """
    key = heading_key(line)
    aliases = _aliases()
    if key in aliases:
        return Heading(*aliases[key], exact=True)
    if len(key) < 4 or len(key) > 60:
        return None
    near = {aliases[alias] for alias in aliases if _is_near(key, alias)}
    if len({section for _, section in near}) == 1:
        return Heading(*min(near), exact=False)
    return None


@cache
def _aliases() -> dict[str, tuple[str, str | None]]:
    rows = read_code_list("sections", ("alias", "section", "kind", "component", "position", "since"))
    return {heading_key(row["alias"]): (row["alias"], row["section"] or None) for row in rows}


@cache
def inline_pattern() -> re.Pattern[str]:
    """Compile the pattern of a capitalised heading that shares its line with text."""
    rows = read_code_list("sections", ("alias", "section", "kind", "component", "position", "since"))
    longest_first = sorted((row["alias"] for row in rows), key=lambda alias: (-len(alias), alias))
    names = "|".join(
        r"[\s\u00a0]+".join(re.escape(word).replace("AND", "(?:AND|&)") for word in alias.split())
        for alias in longest_first
    )
    decoration = r"[\s\ufeff\u200b]*(?:#{1,6}\s+|\d{1,2}[.)]\s+)?[*_]{0,3}"
    return re.compile(rf"{decoration}(?P<heading>{names})[*_]{{0,3}}(?P<colon>\s*[:–—-])?[*_]{{0,3}}[\s\u00a0]+(?=\S)")


@cache
def section_names() -> tuple[str, ...]:
    """List the section codes in the order in which a profile has them."""
    rows = read_code_list("sections", ("alias", "section", "kind", "component", "position", "since"))
    pairs = {(int(row["position"]), row["section"]) for row in rows if row["section"]}
    return tuple(section for _, section in sorted(pairs))


def strip_decoration(line: str) -> str:
    """Take away what sets a line as a heading: Markdown's marks, a number, a bullet.

    Examples
    --------
    >>> strip_decoration("## **PEOPLE**"), strip_decoration("1.2) Trade"), strip_decoration("3 People")
    ('PEOPLE', 'Trade', 'People')
    """
    return _DECORATION.sub("", line).rstrip("#*_ \t")


def heading_key(line: str) -> str:
    """Fold a line for comparison with the headings' aliases."""
    folded = strip_decoration(fold_text(line)).casefold().replace("&", " and ")
    folded = re.sub(r"[-_/]", " ", folded)
    return " ".join(folded.split()).rstrip(" :.")


def _is_near(key: str, alias: str) -> bool:
    if key == alias:
        return True
    words, expected = key.split(), alias.split()
    if len(words) == len(expected) and all(
        a == b or a + "s" == b or a == b + "s" for a, b in zip(words, expected, strict=True)
    ):
        return True
    return _within_one_edit(key, alias)


def _within_one_edit(first: str, second: str) -> bool:
    if abs(len(first) - len(second)) > 1:
        return False
    shorter, longer = sorted((first, second), key=len)
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    if len(shorter) == len(longer):
        swapped = (
            shorter[start : start + 2] == longer[start : start + 2][::-1]
            and shorter[start + 2 :] == longer[start + 2 :]
        )
        return swapped or shorter[start + 1 :] == longer[start + 1 :]
    return shorter[start:] == longer[start + 1 :]
