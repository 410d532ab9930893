"""The records of a document's structure, and lines of text as they are weighed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ocindex.reading.document import line_end_pattern
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.punctuation import ends_sentence

HEADING = "heading"
FURNITURE = "furniture"
PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text.

    ``start`` and ``end`` are half-open positions in code points; prose lies in
    a section, or in none (an article, or text under an unknown heading). ``holes``
    are page numbers and the like within it, which no sentence says.
    """

    start: int
    end: int
    kind: str
    section: str | None = None
    holes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line end; ``folded`` is the text that is compared."""

    start: int
    end: int
    raw: str
    folded: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be seen on the line."""
        return not self.folded

    @property
    def is_upper(self) -> bool:
        """Whether the line has letters and all of them are capitals."""
        return self.folded.isupper()


def split_lines(text: str) -> list[Line]:
    """Split a text into lines with positions.

    Returns
    -------
    list of Line
        In order; what lies between two lines is a line end.
    """
    lines, start = [], 0
    for match in line_end_pattern().finditer(text):
        lines.append(_line(text, start, match.start()))
        start = match.end()
    lines.append(_line(text, start, len(text)))
    return lines


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Move a span's ends inwards over white space."""
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def looks_like_title(folded: str) -> bool:
    """Whether a short line without a full stop is set like a title."""
    words = re.findall(r"[^\W\d_][\w'-]*", folded)
    if not words or len(words) > 14 or ends_sentence(folded) or folded.endswith((",", ";")):
        return False
    weighty = [word for word in words if len(word) > 3]
    return words[0][0].isupper() and all(word[0].isupper() for word in weighty)


def _line(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    return Line(start, end, raw, fold_text(raw))
