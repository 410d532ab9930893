"""Pages of a profile in, the scores set among circles and bars out, and the pages without them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocindex.reading.document import Source
from ocindex.reading.pdf.columns import split_columns
from ocindex.reading.pdf.lines import Line, cut_line, make_lines
from ocindex.reading.pdf.words import Page
from ocindex.reading.scoreboard import Scoreboard, read_scoreboard

# Two scores and their labels may stand in a page's prose; a score page has thirty.
_FEWEST = 3
_SCORE = re.compile(r"\d{1,2}\.\d\d?(?!\d*%)")
_ANY_SCORE = re.compile(r"(?<!\S)\d{1,2}\.\d")
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
    if len(_ANY_SCORE.findall(" ".join(page.words.texts))) < _FEWEST:
        return False
    scores = [number for number, text in enumerate(page.words.texts) if _SCORE.match(text)]
    boxes, middles, heights = page.words.boxes, page.words.middles, page.words.heights
    lonely = 0
    for number in scores:
        beside = np.abs(middles - middles[number]) < heights[number] / 2
        near = _CELL_GAP * heights[number]
        left, right = boxes[number, 0] - boxes[beside, 2], boxes[beside, 0] - boxes[number, 2]
        followed, led = ((gaps > -near / 4) & (gaps < near) for gaps in (right, left))
        lonely += not (followed.any() and led.any())
    return lonely >= _FEWEST


def _read_best(page: Page, source: Source) -> list[Line] | None:
    columns = split_columns([page.words])[0]
    readings = (
        _make(page),
        [line for own in columns for line in make_lines(page.words, page.number, own)[0]],
        _make_cells(page),
    )
    counts = [len(read_scoreboard([line.text for line in lines], source).scores) for lines in readings]
    best = max(counts)
    return readings[counts.index(best)] if best >= _FEWEST else None


def _make(page: Page) -> list[Line]:
    return make_lines(page.words, page.number)[0]


def _make_cells(page: Page) -> list[Line]:
    """Cut rows at wide blanks and read what stands below each other together: a number, then its label."""
    cells: list[list[Line]] = []
    for line in _make(page):
        for piece in _cut(line, page):
            above = next((cell for cell in reversed(cells) if _continues(cell[-1], piece)), None)
            if above is None:
                cells.append([piece])
            else:
                above.append(piece)
    return [piece for cell in cells for piece in cell]


def _cut(line: Line, page: Page) -> list[Line]:
    return cut_line(line, page.words, _CELL_GAP)


def _continues(above: Line, below: Line) -> bool:
    """Whether a piece stands right below another, centre below centre."""
    near = 0 < above.middle - below.middle < _CELL_LEADING * max(above.height, below.height)
    centre = (below.x0 + below.x1) / 2
    return near and (above.x0 <= centre <= above.x1 or below.x0 <= (above.x0 + above.x1) / 2 <= below.x1)


def _without(page: Page, lines: Sequence[Line], board: Scoreboard) -> Page:
    """Leave a page without its score lines; without prose among the rest nothing of it is left."""
    rest = [line for number, line in enumerate(lines) if number not in board.lines]
    prose = sum(len(line.ends) for line in rest if len(line.ends) >= _PROSE_WORDS)
    if prose < _LEAST_PROSE:
        dropped, rest = [line.text for line in rest], []
    else:
        dropped = []
    keep = np.zeros(len(page.words), dtype=bool)
    for line in rest:
        keep[line.own] = True
    return replace(page, words=page.words.take(keep), left_out=(*page.left_out, *dropped))
