"""Lines of a profile in, which of them are headings, and of what section, out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocindex.analysis.blocks import Line, looks_like_title
from ocindex.reading.scoreline import LABEL, read_tokens
from ocindex.vocabulary.indicators import code_of
from ocindex.vocabulary.punctuation import ends_sentence
from ocindex.vocabulary.sections import Heading, find_heading, inline_pattern, strip_decoration

_MOST_LINES = 3
_LONGEST_LINE = 60
_LONGEST_TITLE = 8
_CAPITALS = re.compile(
    r"[\s#*_\ufeff\u200b]*(?P<heading>[A-Z][A-Z&-]+(?:[\s\u00a0]+(?:[A-Z][A-Z-]+|&))*)[*_]*[\s:–—-]+(?=\S)"
)
_TITLED = re.compile(
    r"[\s#*_\ufeff\u200b]*(?P<heading>[A-Z][\w,& \u00a0-]{3,50}?)[*_]*\s?[:–—][*_]*[\s\u00a0]+(?=[A-Z“\"‘'(])"
)
# One edit away from DRUGS lies many a word of prose; from ENVIRONMENT none does.
_SURE_LENGTH = 8
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A heading: ``count`` lines from ``start`` to ``end``, its section, and how it was known.

    ``alias`` is the reviewed spelling, null where the heading is none of the list;
    ``is_section`` is false for an indicator's label and for an unknown heading.
    """

    start: int
    end: int
    count: int
    section: str | None
    alias: str | None = None
    exact: bool = True
    is_section: bool = True
    level: int | None = None


class HeadingFinder:
    """Tells headings from text; it knows the lines around, and which lines a page marks as headings."""

    def __init__(self, text: str, lines: Sequence[Line], marks: Mapping[int, int]) -> None:
        self._text, self._lines, self._marks = text, lines, marks
        self._before, self._after = _neighbours(lines)

    def find(self, index: int, *, in_prose: bool) -> Found | None:
        """Find a heading that begins on this line and has its lines to itself."""
        short = self._count_short(index)
        if not short:
            return None
        level = self._marks.get(self._lines[index].start)
        # Three lines, then two, then one: ENVIRONMENT may end a longer heading.
        for count in range(short if level is None else 1, 0, -1):
            lines = self._lines[index : index + count]
            heading = find_heading(" ".join(line.folded for line in lines))
            if heading is None or (count > 1 and find_heading(lines[0].folded) is not None):
                continue
            if level is not None or self._is_set_as_heading(index, count, heading, in_prose=in_prose):
                return self._found(index, count, heading, level)
        return self._find_label(index, level, in_prose=in_prose)

    def find_inline(self, index: int, *, in_prose: bool) -> Found | None:
        """Find a heading that shares its last line with the text below it."""
        if not self.starts_afresh(index, in_prose=in_prose):
            return None
        line = self._lines[index]
        last = self._lines[min(index + _MOST_LINES, len(self._lines)) - 1] if line.is_upper else line
        stretch = self._text[line.start : min(last.end, line.end + 2 * _LONGEST_LINE) if line.is_upper else line.end]
        for pattern in (inline_pattern(), _CAPITALS, _TITLED):
            match = pattern.match(stretch)
            heading = find_heading(match["heading"]) if match else None
            if match is None or heading is None or not self._fits_inline(heading, match, stretch, pattern is _TITLED):
                continue
            end = line.start + match.end()
            count = sum(item.start < end for item in self._lines[index : index + _MOST_LINES])
            # A heading that fills its lines is found as a whole one.
            if end > self._lines[index + count - 1].start:
                return Found(line.start, end, count, heading.section, heading.alias, heading.exact)
        return None

    def find_unknown(self, index: int, *, in_prose: bool, above_all: bool) -> Found | None:
        """Find a line that is set like a heading and none of the list."""
        line = self._lines[index]
        level = self._marks.get(line.start)
        if level is None and not self._is_unknown(index, in_prose=in_prose, above_all=above_all):
            return None
        return Found(line.start, line.end, 1, None, is_section=False, level=level)

    def stands_alone(self, index: int) -> bool:
        """Whether empty lines stand before and after."""
        before = index == 0 or self._lines[index - 1].is_blank
        after = index + 1 >= len(self._lines) or self._lines[index + 1].is_blank
        return before and after

    def starts_afresh(self, index: int, *, in_prose: bool) -> bool:
        """Whether no sentence runs on from the line before."""
        before = self._before[index]
        return before is None or not in_prose or ends_sentence(self._lines[before].folded)

    def next_line(self, index: int) -> int | None:
        """Give the next line at or after this one on which something stands."""
        return self._after[index] if index < len(self._lines) else None

    def _count_short(self, index: int) -> int:
        """Count the lines from this one on that are short enough for a heading and not blank, up to three."""
        for count, line in enumerate(self._lines[index : index + _MOST_LINES]):
            if not 0 < len(line.folded) <= _LONGEST_LINE:
                return count
        return min(_MOST_LINES, len(self._lines) - index)

    def _is_set_as_heading(self, index: int, count: int, heading: Heading, *, in_prose: bool) -> bool:
        lines = self._lines[index : index + count]
        afresh = self.starts_afresh(index, in_prose=in_prose)
        begins_text = self._next_begins_sentence(index + count)
        if all(line.is_upper for line in lines):
            return afresh or (heading.exact and begins_text)
        return afresh and (begins_text or lines[-1].folded.endswith(":"))

    def _next_begins_sentence(self, index: int) -> bool:
        after = self.next_line(index)
        return after is None or not self._lines[after].folded[0].islower()

    def _found(self, index: int, count: int, heading: Heading, level: int | None) -> Found:
        start, end = self._lines[index].start, self._lines[index + count - 1].end
        return Found(start, end, count, heading.section, heading.alias, heading.exact, level=level)

    def _find_label(self, index: int, level: int | None, *, in_prose: bool) -> Found | None:
        """An indicator's label above its passage stands for the section that the indicator is in."""
        line = self._lines[index]
        if len(line.folded) > _LONGEST_LINE or not self.starts_afresh(index, in_prose=in_prose):
            return None
        tokens = read_tokens(strip_decoration(line.folded).rstrip(" :"))
        if (
            tokens is None
            or [token.kind for token in tokens] != [LABEL]
            or not (line.folded[-1].isalpha() or line.folded[-1] in ":*_")
        ):
            return None
        section = code_of(str(tokens[0].name)).section
        if section is None or not self._next_begins_sentence(index + 1) or line.folded[0].islower():
            return None
        return Found(line.start, line.end, 1, section, is_section=False, level=level)

    def _fits_inline(self, heading: Heading, match: re.Match[str], stretch: str, titled: bool) -> bool:
        rest = stretch[match.end() :]
        if not rest or rest[0].islower() or rest.split("\n", 1)[0].isupper():
            return False
        if titled:
            return heading.exact and len(rest.split()) >= _FEWEST_WORDS
        return heading.exact or len(heading.alias) >= _SURE_LENGTH

    def _is_unknown(self, index: int, *, in_prose: bool, above_all: bool) -> bool:
        line = self._lines[index]
        if len(line.folded.split(None, _LONGEST_TITLE)) > _LONGEST_TITLE or not self.starts_afresh(
            index, in_prose=in_prose
        ):
            return False
        if ends_sentence(line.folded):
            return False
        if line.is_upper and len(line.folded) > 3:
            return self._next_begins_sentence(index + 1)
        after = index + 1 < len(self._lines) and not self._lines[index + 1].is_blank
        is_title = above_all and after and self.find(index + 1, in_prose=False) is not None
        return (self.stands_alone(index) or is_title) and looks_like_title(strip_decoration(line.folded))


def _neighbours(lines: Sequence[Line]) -> tuple[list[int | None], list[int | None]]:
    """For each line, the last one before and the first one from it on that is not blank."""
    before: list[int | None] = []
    last: int | None = None
    for number, line in enumerate(lines):
        before.append(last)
        last = last if line.is_blank else number
    after: list[int | None] = [None] * len(lines)
    following: int | None = None
    for number in range(len(lines) - 1, -1, -1):
        following = following if lines[number].is_blank else number
        after[number] = following
    return before, after
