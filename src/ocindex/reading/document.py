"""The records that reading hands on: sources, documents and issues."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ocindex.reading.scoreboard import Scoreboard
    from ocindex.reading.scores import Score

KINDS = ("profile", "article", "workbook", "scores")
SEVERITIES = ("info", "warning", "error")
Note = tuple[str, str, str | None, str]
"""An issue of a file before its source is known: code, severity, locator, message."""

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Source:
    """One row of ``sources.csv``: what is known of a document before it is read."""

    path: str
    document_id: str
    kind: str
    iso3: str | None = None
    edition: int | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    rights: str | None = None
    redistribute: bool = True
    reliability: str | None = None
    origin: str | None = None
    language: str | None = None
    sha256: str | None = None

    @property
    def tier(self) -> str | None:
        """``assessment`` for a profile, ``article`` for an article, null for scores."""
        return {"profile": "assessment", "article": "article"}.get(self.kind)


@dataclass(frozen=True, slots=True)
class Issue:
    """A thing found wrong or doubtful in a source, and what was done about it.

    ``locator`` says where: ``line 12``, ``page 3``, or ``2025_dataset!C7``.
    """

    code: str
    severity: str
    message: str
    document_id: str | None = None
    locator: str | None = None
    iso3: str | None = None
    edition: int | None = None
    indicator: str | None = None


class Place(NamedTuple):
    """Where a line of a PDF stands: ``[start, end)`` of the text on one page, counted from 1.

    Word by word: ``ends`` are the positions in the text where its words end, ``boxes`` their
    left, lower, right and upper edges in points from the lower left of the unrotated page.
    """

    start: int
    end: int
    page: int
    ends: tuple[int, ...]
    boxes: tuple[tuple[float, float, float, float], ...]


class HeadingMark(NamedTuple):
    """A heading that the file itself marks: half-open positions, and its level from 1 to 6."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says, whatever its form.

    ``page_starts`` and ``places`` (in order of ``start``) are a PDF's; ``board`` holds the scores
    that a profile shows beside its prose; ``furniture`` lists stretches of ``text`` that are no prose
    (scores, definitions, navigation), half-open, in order; ``headings`` are those that a page marks.
    """

    text: str
    encoding: str | None = None
    notes: tuple[Note, ...] = ()
    page_starts: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    board: Scoreboard | None = None
    furniture: tuple[tuple[int, int], ...] = ()
    headings: tuple[HeadingMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as it was read.

    ``text`` is null for score files and for a document that could not be used;
    ``page_starts`` holds, for a PDF, the first code point of each page, ``places``
    where its lines stand; ``board`` holds the scores that a profile shows beside its prose, and
    ``furniture`` the stretches of ``text`` that are no prose; ``headings`` are those that
    a page marks. ``form`` is ``text``, ``pdf`` or ``html``.
    """

    source: Source
    sha256: str
    size: int
    text: str | None = None
    encoding: str | None = None
    page_starts: tuple[int, ...] = ()
    issues: tuple[Issue, ...] = ()
    usable: bool = True
    places: tuple[Place, ...] = ()
    board: Scoreboard | None = None
    furniture: tuple[tuple[int, int], ...] = ()
    headings: tuple[HeadingMark, ...] = ()
    form: str | None = None

    @property
    def scores(self) -> tuple[Score, ...]:
        """Scores that a profile shows beside its prose."""
        return self.board.scores if self.board is not None else ()

    @property
    def document_id(self) -> str:
        """Path below ``raw/`` without its ending."""
        return self.source.document_id


def line_starts(text: str) -> list[int]:
    """List the first code point of each line.

    Parameters
    ----------
    text : str
        Decoded text; CR, LF, CRLF, form feed and U+2028 all end a line.

    Returns
    -------
    list of int
        Ascending, the first being 0.

    Examples
    --------
    >>> line_starts("one\\r\\ntwo\\nthree")
    [0, 5, 9]
    """
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def line_number(starts: list[int], position: int) -> int:
    """Give the line, counted from 1, in which a code point stands."""
    return bisect_right(starts, position)


@cache
def line_end_pattern() -> re.Pattern[str]:
    """Give the pattern of everything that ends a line."""
    return _LINE_END
