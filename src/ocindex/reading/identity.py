"""A document in, the country, edition, title, date and address that it gives itself out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ocindex.reading.document import Document, line_end_pattern
from ocindex.reading.forms import HTML
from ocindex.reading.markup import decode_markup, parse_markup
from ocindex.reading.scoreline import read_tokens
from ocindex.vocabulary.countries import find_countries
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.indicators import editions
from ocindex.vocabulary.punctuation import ends_sentence
from ocindex.vocabulary.sections import find_heading

_MOST_LINES = 8
_LONGEST_TITLE = 100
_PARTS = re.compile(r"\s+[-–—|:·•»>/]+\s+|[|:·•»>(),]|\s+in\s+(?:the\s+)?(?=\S+$)")
_PHRASES = re.compile(
    r"\b(?:criminality|organi[sz]ed crime|resilience|country profile|profile|report|index|global|score|20\d\d"
    r"|the|of|in|for)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself; nothing of it is taken over unless someone asks.

    ``countries`` and ``editions`` are those that its titles name; more than one is ambiguous.
    """

    countries: tuple[str, ...] = ()
    editions: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None


def identify(document: Document, file: Path) -> Identity:
    """Read a document's own title lines, and a page's own facts.

    Parameters
    ----------
    document : Document
        As it was read.
    file : pathlib.Path
        Its file; a web page's head is read again.

    Returns
    -------
    Identity
    """
    if document.text is None:
        return Identity()
    lines = _title_lines(document.text)
    if document.form != HTML:
        return Identity(_countries(lines), _editions(lines), lines)
    root = parse_markup(decode_markup(file.read_bytes()).text)

    def first(path: str) -> str | None:
        found = root.xpath(path)
        values = [fold_text(str(value)) for value in found] if isinstance(found, list) else []
        return next((value for value in values if value), None)

    titles = [first("//title/text()"), first("//meta[@property='og:title']/@content"), first("//h1//text()"), *lines]
    named = tuple(dict.fromkeys(title for title in titles if title and len(title) <= 2 * _LONGEST_TITLE))
    url = first("//link[@rel='canonical']/@href") or first("//meta[@property='og:url']/@content")
    date = first("//meta[@property='article:published_time']/@content") or first("//meta[@name='date']/@content")
    published = _DATE.match(date or "")
    years = [*named, *([re.sub(r"\W", " ", url)] if url else [])]
    return Identity(_countries(named), _editions(years), named, published[0] if published else None, url)


def _title_lines(text: str) -> tuple[str, ...]:
    """List the lines before the first heading, score or sentence."""
    lines = []
    for raw in line_end_pattern().split(text[:5_000]):
        line = fold_text(raw)
        if not line:
            continue
        if find_heading(line) or ends_sentence(line) or len(line) > _LONGEST_TITLE or read_tokens(line):
            break
        lines.append(line)
    return tuple(lines[:_MOST_LINES])


def _countries(titles: Iterable[str]) -> tuple[str, ...]:
    found: set[str] = set()
    for title in titles:
        for part in (title, *_PARTS.split(title)):
            name = " ".join(_PHRASES.sub(" ", part).split())
            # Three letters are a code only in capitals.
            for candidate in {part.strip(), name}:
                if len(candidate) > 3 or candidate.isupper():
                    found |= {country.iso3 for country in find_countries(candidate)}
    return tuple(sorted(found))


def _editions(titles: Sequence[str]) -> tuple[int, ...]:
    years = {int(year) for title in titles for year in _YEAR.findall(title)}
    return tuple(sorted(years & {item.edition for item in editions()}))
