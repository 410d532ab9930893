"""A page in, the same page with its drop caps at the head of their first line out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ocindex.reading.pdf.drawing import Floats
from ocindex.reading.pdf.words import Page, Words
from ocindex.vocabulary.dictionary import is_known_word

# A letter this many times as high as the page's text reaches over two of its lines.
_HIGH = 1.7
_NEAR = 0.6


def lower_initials(page: Page) -> Page:
    """Set letters that reach over several lines to the height of the first of them.

    Where it stands, such a letter is nearest to the second or third line, and would
    begin that one.

    Parameters
    ----------
    page : Page

    Returns
    -------
    Page
        The same words; the first of a paragraph is joined to its initial by its place.
    """
    words = page.words
    if not len(words):
        return page
    heights = words.heights
    high = np.flatnonzero(heights >= _HIGH * np.sort(heights)[len(words) // 2]).tolist()
    initials = [number for number in high if len(words.texts[number]) == 1 and words.texts[number].isupper()]
    boxes = words.boxes.copy()
    for number in initials:
        _lower(words, boxes, number)
    return replace(page, words=Words(words.texts, boxes, words.fonts)) if initials else page


def _lower(words: Words, boxes: Floats, number: int) -> None:
    left, low, right, high = words.boxes[number]
    middles, starts = words.middles, words.boxes[:, 0]
    beside = (starts > (left + right) / 2) & (starts - right < _NEAR * (high - low))
    beside &= (middles > low) & (middles < high) & (words.heights < (high - low) / 1.5)
    lines = np.flatnonzero(beside)
    if lines.size == 0 or np.ptp(middles[lines]) < words.heights[lines[0]] / 2:
        # Beside one line it is a larger letter of a title.
        return
    top = lines[np.abs(middles[lines] - middles[lines].max()) < words.heights[lines[0]] / 2]
    follower = int(top[np.argmin(starts[top])])
    initial, rest = words.texts[number], words.texts[follower]
    alone = initial in "AIO" and is_known_word(rest) and not is_known_word(initial + rest)
    joined = rest[0].islower() and not alone
    end = starts[follower] if joined else min(right, starts[follower] - 0.25 * words.heights[follower])
    boxes[number] = (left, words.boxes[follower, 1], end, words.boxes[follower, 3])
