"""A profile's text in, its headings and the prose of each section out."""

from __future__ import annotations

import re

from ocindex.analysis.blocks import (
    FURNITURE,
    HEADING,
    PROSE,
    Block,
    Line,
    ends_sentence,
    looks_like_title,
    split_lines,
    trim,
)
from ocindex.reading.document import Document, Issue
from ocindex.vocabulary.indicators import indicators_of
from ocindex.vocabulary.sections import Heading, find_heading, inline_pattern, section_names

_PAGE_NUMBER = re.compile(r"(page )?\d{1,3}( ?(of|/) ?\d{1,3})?|- ?\d{1,3} ?-", re.IGNORECASE)


def split_sections(document: Document) -> tuple[list[Block], list[Issue]]:
    """Find the headings of a profile and the paragraphs under each.

    Paragraphs and sentences that a page break cut in two with an empty line
    come out whole. A heading that no alias of ``sections.csv`` matches closes
    the section before it, and the text below stands in no section.

    Parameters
    ----------
    document : Document
        A profile with text.

    Returns
    -------
    list of Block
        Headings, furniture and prose, in order of position, not overlapping.
    list of Issue
        Headings that are misspelt, unknown, missing or there twice.
    """
    reader = _ProfileReader(document)
    reader.read()
    return reader.blocks, reader.issues + _judge_sections(document, reader.seen)


class _ProfileReader:
    """Walks over the lines once, opening and closing blocks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text or ""
        self.lines = split_lines(self.text)
        self.blocks: list[Block] = []
        self.issues: list[Issue] = []
        self.seen: list[tuple[str | None, int]] = []
        self.section: str | None = None
        self.unknown: Issue | None = None
        self._first: int | None = None
        self._last = 0

    def read(self) -> None:
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            if line.is_blank:
                self._end_paragraph_unless_cut(index)
                index += 1
                continue
            heading, count = self._heading_at(index)
            if heading is not None:
                self._open_section(heading, line.start, self.lines[index + count - 1].end, index)
                index += count
                continue
            index += self._read_text_line(index)
        self._close_prose()

    def _read_text_line(self, index: int) -> int:
        line = self.lines[index]
        if _PAGE_NUMBER.fullmatch(line.folded) and self._stands_alone(index):
            self._close_prose()
            self.blocks.append(Block(line.start, line.end, FURNITURE))
        elif self._is_unknown_heading(index):
            self._open_unknown(line, index)
        elif (inline := self._inline_heading(index)) is not None:
            heading, split = inline
            self._open_section(heading, line.start, split, index)
            self._add_prose(*trim(self.text, split, line.end))
        else:
            self._add_prose(*trim(self.text, line.start, line.end))
        return 1

    def _heading_at(self, index: int) -> tuple[Heading | None, int]:
        """Three lines, then two, then one: ENVIRONMENT may end a longer heading."""
        for count in (3, 2, 1):
            lines = self.lines[index : index + count]
            if len(lines) < count or any(line.is_blank or len(line.folded) > 60 for line in lines):
                continue
            heading = find_heading(" ".join(line.folded for line in lines))
            if heading is None or (count > 1 and find_heading(lines[0].folded) is not None):
                continue
            if self._is_set_as_heading(lines, index, index + count, exact=heading.exact):
                return heading, count
        return None, 1

    def _is_set_as_heading(self, lines: list[Line], first: int, after: int, *, exact: bool) -> bool:
        if all(line.is_upper for line in lines):
            return exact or self._starts_afresh(first)
        begins_text = self._next_begins_sentence(after)
        return self._starts_afresh(first) and (begins_text or lines[-1].folded.endswith(":"))

    def _starts_afresh(self, index: int) -> bool:
        """Whether no sentence runs on from the line before."""
        for line in reversed(self.lines[:index]):
            if not line.is_blank:
                return self._first is None or ends_sentence(line.folded)
        return True

    def _next_begins_sentence(self, index: int) -> bool:
        for line in self.lines[index:]:
            if not line.is_blank:
                return not line.folded[0].islower()
        return True

    def _inline_heading(self, index: int) -> tuple[Heading, int] | None:
        line = self.lines[index]
        match = inline_pattern().match(line.raw)
        if match is None or not self._starts_afresh(index):
            return None
        rest = line.raw[match.end() :]
        heading = find_heading(match["heading"])
        if heading is None or rest.isupper() or rest[0].islower():
            return None
        return heading, line.start + match.end()

    def _is_unknown_heading(self, index: int) -> bool:
        line = self.lines[index]
        words = line.folded.split()
        if len(words) > 8 or not self._starts_afresh(index) or ends_sentence(line.folded):
            return False
        if line.is_upper and len(line.folded) > 3:
            return self._next_begins_sentence(index + 1)
        above_all = self._first is None and not self.seen and self._heading_at(index + 1)[0] is not None
        return (self._stands_alone(index) or above_all) and looks_like_title(line.folded)

    def _stands_alone(self, index: int) -> bool:
        before = index == 0 or self.lines[index - 1].is_blank
        after = index + 1 >= len(self.lines) or self.lines[index + 1].is_blank
        return before and after

    def _open_section(self, heading: Heading, start: int, end: int, index: int) -> None:
        self._close_prose()
        self.blocks.append(Block(*trim(self.text, start, end), HEADING, heading.section))
        self.section, self.unknown = heading.section, None
        self.seen.append((heading.section, index + 1))
        if not heading.exact:
            found = " ".join(self.text[start:end].split())
            self.issues.append(
                self._issue(
                    "heading_misspelt",
                    index,
                    f"found heading {found!r}; expected {heading.alias!r}; read as that.",
                )
            )

    def _open_unknown(self, line: Line, index: int) -> None:
        self._close_prose()
        self.blocks.append(Block(*trim(self.text, line.start, line.end), HEADING))
        if line.is_upper or self.seen:
            self.section = None
            self.unknown = self._issue(
                "heading_unknown",
                index,
                f"found heading {line.folded!r}; expected one of schema/vocabulary/sections.csv; the text below it "
                "stands in no section: add the spelling there or correct the file.",
            )

    def _add_prose(self, start: int, end: int) -> None:
        if start == end:
            return
        if self._first is None:
            self._first = start
        self._last = end
        if self.unknown is not None:
            self.issues.append(self.unknown)
            self.unknown = None

    def _end_paragraph_unless_cut(self, index: int) -> None:
        if self._first is None:
            return
        so_far = self.text[self._first : self._last]
        if ends_sentence(so_far) or self._heading_follows(index):
            self._close_prose()

    def _heading_follows(self, index: int) -> bool:
        following = next((i for i in range(index, len(self.lines)) if not self.lines[i].is_blank), None)
        return following is None or self._heading_at(following)[0] is not None

    def _close_prose(self) -> None:
        if self._first is not None:
            self.blocks.append(Block(self._first, self._last, PROSE, self.section))
        self._first = None

    def _issue(self, code: str, index: int, message: str) -> Issue:
        source = self.document.source
        return Issue(code, "warning", message, source.document_id, f"line {index + 1}", source.iso3, source.edition)


def _judge_sections(document: Document, seen: list[tuple[str | None, int]]) -> list[Issue]:
    """Report sections that are missing or there twice."""
    source = document.source
    named = [section for section, _ in seen if section]
    expected = {item.section for item in indicators_of(source.edition or 0)}
    issues = []

    def report(code: str, severity: str, message: str, line: int | None = None) -> None:
        locator = f"line {line}" if line else None
        issues.append(Issue(code, severity, message, source.document_id, locator, source.iso3, source.edition))

    if not named:
        report("no_headings", "warning", "found no heading; expected the sections of a profile; content alone decides.")
        return issues
    for section in section_names():
        lines = [line for name, line in seen if name == section]
        if len(lines) > 1:
            report(
                "section_twice",
                "warning",
                f"found the heading of {section} {len(lines)} times; expected once; all of them were kept.",
                lines[1],
            )
        if not lines and section in expected:
            report(
                "section_missing", "warning", f"found no section {section}; expected one; its indicators are silent."
            )
    return issues
