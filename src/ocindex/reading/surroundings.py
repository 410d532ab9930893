"""A profile's text in, the scores beside its prose and the stretches that are no prose out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocindex.reading.document import HeadingMark, Source, line_end_pattern
from ocindex.reading.scoreboard import Scoreboard, read_scoreboard
from ocindex.reading.scoreline import LABEL as LABEL_TOKEN
from ocindex.reading.scoreline import label_end, read_tokens
from ocindex.vocabulary.boilerplate import DEFINITION, LINE, TAIL, boilerplate_scope, is_general
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.furniture import furniture_scope
from ocindex.vocabulary.punctuation import ends_sentence
from ocindex.vocabulary.sections import find_heading

BLANK, SCORE, HEADING, LABEL, FREE = "blank", "score", "heading", "label", "free"
_FEWEST_SCORES = 3
_LONGEST_SCRAP = 12
_LONGEST_LINE = 400
# From this share of lines that go on in small letters on, the lines are wrapped.
_WRAPPED = 0.3
_WIDEST_WRAP = 130
_EXPLAINED = 0.5


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    raw: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Free lines that belong together; ``below`` says what stands above: a label, a score, a heading, or other text."""

    start: int
    end: int
    text: str
    below: str
    is_marked: bool


def survey_profile(
    text: str, source: Source, *, is_page: bool, headings: Sequence[HeadingMark] = ()
) -> tuple[Scoreboard, list[tuple[int, int]]]:
    """Find the scores of a profile, and on a web page what else is no prose.

    Parameters
    ----------
    text : str
        Text of the profile.
    source : Source
        Its country and edition say whose scores they are.
    is_page : bool
        Whether the text is known to come from a web page; otherwise three scores tell.
    headings : sequence of HeadingMark
        Headings that the page marks; they are left to those who read headings.

    Returns
    -------
    Scoreboard
    list of (int, int)
        Half-open stretches in order: score lines, definitions, navigation, footers.
    """
    lines = _split(text)
    board = read_scoreboard([line.raw for line in lines], source)
    lines = [_classify(line, number in board.lines) for number, line in enumerate(lines)]
    furniture = [span for line in lines if line.kind == SCORE for span in [_score_span(line)] if span[0] < span[1]]
    furniture += [_figures(line) for number, line in enumerate(lines) if number in board.lines and line.kind == HEADING]
    if is_page or len(board.scores) >= _FEWEST_SCORES:
        furniture += _judge_page(lines, frozenset(mark.start for mark in headings))
    return board, sorted(span for span in furniture if span[0] < span[1])


def _split(text: str) -> list[_Line]:
    lines, start = [], 0
    for match in line_end_pattern().finditer(text):
        lines.append(_Line(start, match.start(), text[start : match.start()], FREE))
        start = match.end()
    lines.append(_Line(start, len(text), text[start:], FREE))
    return lines


def _classify(line: _Line, is_score: bool) -> _Line:
    kind = FREE
    if len(line.raw) <= _LONGEST_LINE:
        name = line.raw[: label_end(line.raw)] if is_score else line.raw
        heading = find_heading(name) if len(line.raw) <= 80 else None
        if not fold_text(line.raw):
            kind = BLANK
        elif heading is not None and heading.exact:
            kind = HEADING
        elif is_score:
            kind = SCORE
        elif _is_label(line.raw):
            kind = LABEL
    return _Line(line.start, line.end, line.raw, kind)


def _is_label(raw: str) -> bool:
    tokens = read_tokens(raw)
    return tokens is not None and [token.kind for token in tokens] == [LABEL_TOKEN]


def _score_span(line: _Line) -> tuple[int, int]:
    blanks = len(line.raw) - len(line.raw.lstrip())
    return line.start + blanks, line.start + len(line.raw.rstrip())


def _figures(line: _Line) -> tuple[int, int]:
    """Give the stretch of a heading's line on which its score stands; empty where it stands elsewhere."""
    digit = re.search(r"\d", line.raw)
    if digit is None:
        return line.end, line.end
    return line.start + digit.start(), line.start + len(line.raw.rstrip())


def _judge_page(lines: Sequence[_Line], marks: frozenset[int]) -> list[tuple[int, int]]:
    """Judge the paragraphs of a page, whose lines are whole blocks unless they are wrapped."""
    paragraphs = list(_join_lines(lines, marks, wrapped=_are_wrapped(lines)))
    explained = _explains_indicators(lines, paragraphs)
    begins = next((line.start for line in lines if line.kind not in (BLANK, FREE)), 0)
    sections = [line.start for line in lines if line.kind == HEADING]
    furniture: list[tuple[int, int]] = []
    tail_from: int | None = None
    for paragraph in paragraphs:
        if tail_from is not None and any(tail_from < start < paragraph.start for start in sections):
            tail_from = None
        scope = boilerplate_scope(paragraph.text)
        if scope == TAIL and paragraph.start > begins:
            tail_from = paragraph.start
        is_definition = (scope == DEFINITION and paragraph.below != FREE) or (
            explained and paragraph.below in (SCORE, LABEL) and is_general(paragraph.text)
        )
        if (
            tail_from is not None
            or is_definition
            or scope in (LINE, TAIL)
            or _explains_itself(paragraph.text)
            or _is_scrap(paragraph)
        ):
            furniture.append((paragraph.start, paragraph.end))
    return furniture


def _join_lines(lines: Sequence[_Line], marks: frozenset[int], *, wrapped: bool) -> Iterator[_Paragraph]:
    """Join wrapped lines; ``below`` is what stands before the paragraph, blank lines left out."""
    above = FREE
    run: list[_Line] = []

    def close() -> Iterator[_Paragraph]:
        if run:
            start = run[0].start + len(run[0].raw) - len(run[0].raw.lstrip())
            end = run[-1].start + len(run[-1].raw.rstrip())
            yield _Paragraph(start, end, " ".join(line.raw for line in run), above, run[0].start in marks)
            run.clear()

    for line in lines:
        if line.kind == FREE and (wrapped or not run):
            run.append(line)
            if wrapped:
                continue
        had_run = bool(run)
        yield from close()
        if had_run:
            above = FREE
        if line.kind in (SCORE, LABEL, HEADING):
            above = line.kind
    yield from close()


def _are_wrapped(lines: Sequence[_Line]) -> bool:
    pairs = [(a, b) for a, b in pairwise(lines) if a.kind == b.kind == FREE and len(a.raw.split()) >= 5]
    # A long line that goes on in the next is a paragraph that a page break cut.
    narrow = [(a, b) for a, b in pairs if len(a.raw) <= _WIDEST_WRAP]
    running = sum(fold_text(b.raw)[:1].islower() and not ends_sentence(a.raw) for a, b in narrow)
    return bool(pairs) and running >= _WRAPPED * len(pairs)


def _explains_indicators(lines: Sequence[_Line], paragraphs: Sequence[_Paragraph]) -> bool:
    """Whether most labels of the page have a definition below them."""
    labels = [line for line in lines if line.kind in (SCORE, LABEL) and label_end(fold_text(line.raw)) is not None]
    below = [paragraph for paragraph in paragraphs if paragraph.below in (SCORE, LABEL)]
    general = sum(is_general(paragraph.text) for paragraph in below)
    return len(labels) >= _FEWEST_SCORES and general >= _EXPLAINED * len(labels)


def _explains_itself(text: str) -> bool:
    """Whether a paragraph is a label, a colon or dash, and the definition."""
    folded = fold_text(text)
    end = label_end(folded)
    match = re.match(r"\s*[:–—-]\s+(?=\S)", folded[end:]) if end else None
    if end is None or match is None:
        return False
    rest = folded[end + match.end() :]
    return boilerplate_scope(rest) == DEFINITION or (len(rest.split()) >= 4 and is_general(rest))


def _is_scrap(paragraph: _Paragraph) -> bool:
    """Whether a paragraph is a button, a link or a title rather than a sentence."""
    text = fold_text(paragraph.text)
    if furniture_scope(text) is not None:
        return True
    return not paragraph.is_marked and len(text.split()) <= _LONGEST_SCRAP and not ends_sentence(text)
