"""Pages of a profile in, the scores set among circles and bars out, and the pages without them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ocindex.reading.document import Source
from ocindex.reading.pdf.columns import split_columns
from ocindex.reading.pdf.lines import Line, join_words, make_lines
from ocindex.reading.pdf.words import Page, Word
from ocindex.reading.scoreboard import Scoreboard, read_scoreboard

# Two scores and their labels may stand in a page's prose; a score page has thirty.
_FEWEST = 3
_SCORE = re.compile(r"\d{1,2}\.\d\d?(?!\d*%)")
_PROSE_WORDS = 6
_LEAST_PROSE = 60
# Blanks wider than this share of the height part what circles and bars stand between.
_CELL_GAP = 1.2
_CELL_LEADING = 2.2


@dataclass(frozen=True, slots=True)
class ScorePages:
    """The pages without their scores, and the scores."""

    pages: tuple[Page, ...]
    board: Scoreboard | None = None


def take_scores(pages: Sequence[Page], source: Source) -> ScorePages:
    """Take scores, changes and ranks out of the pages of a profile.

    A page is read in three ways: by rows over its whole width, by columns, and by cells,
    that is by what stands below each other between wide blanks; the way that gives the
    most scores counts. A page of scores without prose is left out as a whole.

    Parameters
    ----------
    pages : sequence of Page
    source : Source
        A profile; its country and edition say whose scores they are.

    Returns
    -------
    ScorePages
    """
    left: list[Page] = []
    texts: list[str] = []
    locators: list[str] = []
    for page in pages:
        lines = _read_best(page, source) if _may_have_scores(page) else None
        if lines is None:
            left.append(page)
            continue
        board = read_scoreboard([line.text for line in lines], source)
        texts += [*(line.text for line in lines), ""]
        locators += [f"page {page.number}"] * (len(lines) + 1)
        left.append(_without(page, lines, board))
    if not texts:
        return ScorePages(tuple(pages))
    return ScorePages(tuple(left), read_scoreboard(texts, source, locators=locators))


def _may_have_scores(page: Page) -> bool:
    """Whether scores stand at an end of what wide blanks part: a score in prose seldom does."""
    if sum(_SCORE.match(word[0]) is not None for word in page.words) < _FEWEST:
        return False
    pieces = (piece for line in _make(page.words, page) for piece in _cut(line))
    ends = ((piece.words[0][0], piece.words[-1][0]) for piece in pieces)
    return sum(any(map(_SCORE.match, words)) for words in ends) >= _FEWEST


def _read_best(page: Page, source: Source) -> list[Line] | None:
    readings = (
        _make(page.words, page),
        [line for words in split_columns([page.words])[0] for line in _make(words, page)],
        _make_cells(page),
    )
    counts = [len(read_scoreboard([line.text for line in lines], source).scores) for lines in readings]
    best = max(counts)
    return readings[counts.index(best)] if best >= _FEWEST else None


def _make(words: Sequence[Word], page: Page) -> list[Line]:
    return make_lines(words, page.number)[0]


def _make_cells(page: Page) -> list[Line]:
    """Cut rows at wide blanks and read what stands below each other together: a number, then its label."""
    cells: list[list[Line]] = []
    for line in _make(page.words, page):
        for piece in _cut(line):
            above = next((cell for cell in reversed(cells) if _continues(cell[-1], piece)), None)
            if above is None:
                cells.append([piece])
            else:
                above.append(piece)
    return [piece for cell in cells for piece in cell]


def _cut(line: Line) -> list[Line]:
    gaps = enumerate(pairwise(line.words), start=1)
    wide = [place for place, (before, after) in gaps if after.x0 - before.x1 > _CELL_GAP * line.height]
    cuts, ends = [0, *wide], [*wide, len(line.words)]
    return [
        join_words(line.words[start:end], (False, *line.blanks[start + 1 : end]), line.page)
        for start, end in zip(cuts, ends, strict=True)
    ]


def _continues(above: Line, below: Line) -> bool:
    """Whether a piece stands right below another, centre below centre."""
    near = 0 < above.middle - below.middle < _CELL_LEADING * max(above.height, below.height)
    centre = (below.x0 + below.x1) / 2
    return near and (above.x0 <= centre <= above.x1 or below.x0 <= (above.x0 + above.x1) / 2 <= below.x1)


def _without(page: Page, lines: Sequence[Line], board: Scoreboard) -> Page:
    """Leave a page without its score lines; without prose among the rest nothing of it is left."""
    rest = [line for number, line in enumerate(lines) if number not in board.lines]
    prose = sum(len(line.words) for line in rest if len(line.words) >= _PROSE_WORDS)
    if prose < _LEAST_PROSE:
        rest = []
    kept = {word for line in rest for word in line.words}
    dropped = [line.text for number, line in enumerate(lines) if number not in board.lines and line not in rest]
    words = tuple(word for word in page.words if word in kept)
    return replace(page, words=words, left_out=(*page.left_out, *dropped))
