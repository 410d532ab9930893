"""A profile's text in, its headings and the prose of each section out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ocindex.analysis.blocks import FURNITURE, HEADING, PROSE, Block, Line, split_lines, trim
from ocindex.analysis.headings import Found, HeadingFinder
from ocindex.reading.document import Document, Issue
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.indicators import indicators_of
from ocindex.vocabulary.punctuation import ends_sentence
from ocindex.vocabulary.sections import section_names

_PAGE_NUMBER = re.compile(r"(page )?\d{1,3}( ?(of|/) ?\d{1,3})?|- ?\d{1,3} ?-", re.IGNORECASE)
_RULE = re.compile(r"[-=_*~·•—–\s]{3,}")
# A line that stands alone this often is a running header or footer.
_OFTEN = 3
_LONGEST_HEADER = 80
_WIDEST_WRAP = 130
_WRAPPED = 0.2


def split_sections(document: Document) -> tuple[list[Block], list[Issue]]:
    """Find the headings of a profile and the paragraphs under each.

    Paragraphs and sentences that a page break cut in two (with an empty line, a page
    number, a running header) come out whole. A heading that no alias of ``sections.csv``
    matches closes the section before it, and the text below stands in no section.

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
    return sorted(reader.blocks, key=lambda block: block.start), reader.issues + _judge_sections(
        document, reader.opened, reader.seen
    )


class _ProfileReader:
    """Walks over the lines once, opening and closing blocks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text or ""
        self.blocks: list[Block] = [Block(*span, FURNITURE) for span in document.furniture]
        self.lines = _cut_furniture(split_lines(self.text), document.furniture)
        self.headings = HeadingFinder(self.text, self.lines, {mark.start: mark.level for mark in document.headings})
        self.issues: list[Issue] = []
        # Sections of all headings, and those with text below: section, line, whether it is the section's own heading.
        self.opened: list[str | None] = []
        self.seen: list[tuple[str | None, int, bool]] = []
        self.section: str | None = None
        self.level: int | None = None
        self.unknown: Issue | None = None
        self._waiting: tuple[str | None, int, bool] | None = None
        self._running = _find_running(self.lines)
        self._unwrapped = document.form == "html" or _is_unwrapped(self.lines)
        self._first: int | None = None
        self._last = 0
        self._holes: list[tuple[int, int]] = []
        self._aside: list[tuple[int, int]] = []

    def read(self) -> None:
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            if line.is_blank:
                self._end_paragraph_unless_cut(index)
                index += 1
                continue
            heading = self.headings.find(index, in_prose=self._in_prose)
            if heading is not None:
                self._open_section(heading, index)
                index += heading.count
                continue
            index += self._read_text_line(index)
        self._close_prose()

    @property
    def _in_prose(self) -> bool:
        return self._first is not None

    def _read_text_line(self, index: int) -> int:
        line = self.lines[index]
        if self._is_aside(index):
            self._set_aside(line)
        elif (found := self.headings.find_inline(index, in_prose=self._in_prose)) is not None:
            self._open_section(found, index)
            last = index + found.count - 1
            self._add_prose(*trim(self.text, found.end, self.lines[last].end), index)
            return found.count
        elif (found := self._unknown_heading(index)) is not None:
            self._open_unknown(found, line, index)
        else:
            self._add_prose(*trim(self.text, line.start, line.end), index)
        return 1

    def _unknown_heading(self, index: int) -> Found | None:
        above_all = self._first is None and not self.opened
        return self.headings.find_unknown(index, in_prose=self._in_prose, above_all=above_all)

    def _is_aside(self, index: int) -> bool:
        """Whether a line is a page number, a running header or a rule."""
        line = self.lines[index]
        if _RULE.fullmatch(line.folded):
            return True
        if not self.headings.stands_alone(index):
            return False
        return bool(_PAGE_NUMBER.fullmatch(line.folded)) or _without_figures(line) in self._running

    def _set_aside(self, line: Line) -> None:
        """A page's own line ends a paragraph, unless a sentence goes on below it."""
        span = trim(self.text, line.start, line.end)
        if self._first is not None and not ends_sentence(self.text[max(self._first, self._last - 200) : self._last]):
            self._aside.append(span)
        else:
            self._close_prose()
            self.blocks.append(Block(*span, FURNITURE))

    def _open_section(self, heading: Found, index: int) -> None:
        self._close_prose()
        start, end = trim(self.text, heading.start, heading.end)
        self.blocks.append(Block(start, end, HEADING, heading.section))
        self.section, self.unknown = heading.section, None
        if heading.is_section or heading.level is not None:
            self.level = heading.level
        self.opened.append(heading.section)
        self._waiting = (heading.section, index + 1, heading.is_section)
        if not heading.exact:
            found = " ".join(self.text[start:end].split())
            self.issues.append(
                self._issue(
                    "heading_misspelt",
                    index,
                    f"found heading {found!r}; expected {heading.alias!r}; read as that section.",
                )
            )

    def _open_unknown(self, heading: Found, line: Line, index: int) -> None:
        self._close_prose()
        self.blocks.append(Block(*trim(self.text, line.start, line.end), HEADING))
        # A page's lesser heading stands within the section whose heading is above it.
        if heading.level is not None and self.level is not None and heading.level > self.level:
            return
        if line.is_upper or self.opened:
            self.section, self.level = None, None
            self.unknown = self._issue(
                "heading_unknown",
                index,
                f"found heading {line.folded!r}; expected one of schema/vocabulary/sections.csv; the text below it "
                "stands in no section: add the spelling there or correct the file.",
            )

    def _add_prose(self, start: int, end: int, index: int) -> None:
        if start == end:
            return
        if self._unwrapped and self._first is not None and not self.lines[index].folded[:1].islower():
            self._close_prose()
        if self._first is None:
            self._first = start
        self._holes += self._aside
        self._aside = []
        self._last = end
        if self._waiting is not None:
            self.seen.append(self._waiting)
            self._waiting = None
        if self.unknown is not None:
            self.issues.append(self.unknown)
            self.unknown = None

    def _end_paragraph_unless_cut(self, index: int) -> None:
        if self._first is None:
            return
        so_far = self.text[max(self._first, self._last - 200) : self._last]
        if ends_sentence(so_far) or self._heading_follows(index):
            self._close_prose()

    def _heading_follows(self, index: int) -> bool:
        following = self.headings.next_line(index)
        return following is None or self.headings.find(following, in_prose=self._in_prose) is not None

    def _close_prose(self) -> None:
        if self._first is not None:
            self.blocks.append(Block(self._first, self._last, PROSE, self.section, tuple(self._holes)))
        self.blocks += [Block(*span, FURNITURE) for span in self._aside]
        self._first, self._holes, self._aside = None, [], []

    def _issue(self, code: str, index: int, message: str) -> Issue:
        source = self.document.source
        return Issue(code, "warning", message, source.document_id, f"line {index + 1}", source.iso3, source.edition)


def _cut_furniture(lines: list[Line], furniture: tuple[tuple[int, int], ...]) -> list[Line]:
    """Blank lines that are furniture; where it begins within a line (a heading's score) keep what stands before."""
    cut: list[Line] = []
    number = 0
    for line in lines:
        while number < len(furniture) and furniture[number][1] <= line.start:
            number += 1
        if number < len(furniture) and furniture[number][0] < line.end:
            end = max(line.start, furniture[number][0])
            raw = line.raw[: end - line.start]
            cut.append(Line(line.start, end, raw, fold_text(raw)))
        else:
            cut.append(line)
    return cut


def _find_running(lines: list[Line]) -> frozenset[str]:
    """Find short lines that stand alone again and again, their figures left out."""
    alone: Counter[str] = Counter()
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if line.is_blank or len(line.folded) > _LONGEST_HEADER or ends_sentence(line.folded):
            continue
        if (before is None or before.is_blank) and (after is None or after.is_blank):
            alone[_without_figures(line)] += 1
    return frozenset(text for text, count in alone.items() if count >= _OFTEN and any(c.isalpha() for c in text))


def _without_figures(line: Line) -> str:
    return re.sub(r"\d+", "#", line.folded)


def _is_unwrapped(lines: list[Line]) -> bool:
    """Whether each line is a paragraph: some are too wide for a wrapped text, and few go on in small letters."""
    pairs = [(a, b) for a, b in pairwise(lines) if not a.is_blank and not b.is_blank]
    if not pairs or max(len(a.folded) for a, _ in pairs) <= _WIDEST_WRAP:
        return False
    running = sum(b.folded[0].islower() and not ends_sentence(a.folded) for a, b in pairs)
    return running < _WRAPPED * len(pairs)


def _judge_sections(
    document: Document, opened: list[str | None], seen: list[tuple[str | None, int, bool]]
) -> list[Issue]:
    """Report sections that are missing or there twice."""
    source = document.source
    named = {section for section in opened if section}
    expected = {item.section for item in indicators_of(source.edition or 0)}
    issues = []

    def report(code: str, severity: str, message: str, line: int | None = None) -> None:
        locator = f"line {line}" if line else None
        issues.append(Issue(code, severity, message, source.document_id, locator, source.iso3, source.edition))

    if not named:
        report("no_headings", "warning", "found no heading; expected the sections of a profile; content alone decides.")
        return issues
    for section in section_names():
        lines = [line for name, line, is_own in seen if name == section and is_own]
        if len(lines) > 1:
            report(
                "section_twice",
                "warning",
                f"found the heading of {section} {len(lines)} times; expected once; all of them were kept.",
                lines[1],
            )
        if section not in named and section in expected:
            report(
                "section_missing", "warning", f"found no section {section}; expected one; its indicators are silent."
            )
    return issues
