"""Pieces of a page's text in, lines with positions of the headings out."""

from __future__ import annotations

import re

from ocindex.reading.document import HeadingMark

_SPACE = re.compile(r"[ \t\r\n\f]+")


class PageText:
    """Collects text as a browser would show it: white space folded, blocks on lines of their own."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._level: int | None = None
        self._marks: list[tuple[int, int]] = []

    def add(self, text: str | None, *, keep_lines: bool = False) -> None:
        """Add text to the line; ``keep_lines`` keeps the line ends that it has."""
        if not text:
            return
        if keep_lines:
            first, *others = text.splitlines() or [""]
            self.add(first)
            for line in others:
                self.break_line()
                self.add(line)
            return
        self._line.append(text)

    def break_line(self) -> None:
        """End the line; the second break in a row leaves an empty line. A heading stays on its line."""
        if self._level is not None:
            self._line.append(" ")
        elif not self._flush():
            self._leave_blank()

    def end_block(self, *, blank: bool = True) -> None:
        """End the line where a block begins or ends."""
        if self._level is not None:
            self._line.append(" ")
            return
        self._flush()
        if blank:
            self._leave_blank()

    def end_cell(self) -> None:
        """Set cells of a table row apart."""
        self._line.append(" \u0009 ")

    def open_heading(self, level: int) -> None:
        """Begin a heading: all up to its end stands on one line."""
        self.end_block()
        self._level = level

    def close_heading(self) -> None:
        """End the heading and note where it stands."""
        level, self._level = self._level, None
        if level is not None and self._flush():
            self._marks.append((len(self._lines) - 1, level))
        self._leave_blank()

    def finish(self) -> tuple[str, tuple[HeadingMark, ...]]:
        """Give the text, and where its headings stand."""
        self.end_block()
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        starts, position = [], 0
        for line in self._lines:
            starts.append(position)
            position += len(line) + 1
        marks = (HeadingMark(starts[n], starts[n] + len(self._lines[n]), level) for n, level in self._marks)
        return "\n".join(self._lines), tuple(marks)

    def _flush(self) -> bool:
        """Close the line; whether anything can be seen on it."""
        cells = [_SPACE.sub(" ", cell).strip(" ") for cell in "".join(self._line).split(" \u0009 ")]
        self._line.clear()
        while cells and not cells[-1].strip():
            cells.pop()
        line = "\t".join(cells).strip(" \t")
        if line.strip():
            self._lines.append(line)
            return True
        return False

    def _leave_blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")
