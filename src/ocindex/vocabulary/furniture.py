"""Site furniture: a block of an article in, how much of the page it closes out."""

from __future__ import annotations

import re
from functools import cache

from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.folding import fold_text

LINE = "line"
TAIL = "tail"
# Longer blocks are prose, whatever words they begin with.
_LONGEST = 400
_FEW_WORDS = 6
_PIECE_END = re.compile(r"(?<=[.!?]) ")


def furniture_scope(block: str) -> str | None:
    """Say whether a block of text is furniture of its page.

    Parameters
    ----------
    block : str
        A paragraph; it must match a pattern of ``furniture.csv`` as a whole.

    Returns
    -------
    {"line", "tail"} or None
        ``line``: this block alone; ``tail``: this block and all that follows.

    Examples
    --------
    >>> furniture_scope("You May Also Like"), furniture_scope("Police raided the port.")
    ('tail', None)
    """
    row = _match(block)
    return row[0] if row else None


def is_byline(block: str) -> bool:
    """Say whether a block of furniture names the author or the day.

    Examples
    --------
    >>> is_byline("By Jane Doe"), is_byline("Advertisement")
    (True, False)
    """
    row = _match(block)
    return row is not None and row[1].startswith("byline")


def _match(block: str) -> tuple[str, str] | None:
    text = fold_text(block)
    if not text or len(text) > _LONGEST:
        return None
    if (whole := _match_piece(text)) is not None:
        return whole
    # "0 comments. Be the first to comment!" is two pieces of furniture.
    pieces = [_match_piece(piece) for piece in _PIECE_END.split(text)]
    return pieces[0] if len(pieces) > 1 and None not in pieces else None


def _match_piece(text: str) -> tuple[str, str] | None:
    readings = [text]
    if len(text.split()) <= _FEW_WORDS:
        # "Leave a reply." is what it is without its full stop.
        readings.append(text.rstrip(" .!?…"))
    for scope, note, pattern in _patterns():
        if any(pattern.fullmatch(reading) for reading in readings):
            return scope, note
    return None


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    compiled = []
    for number, row in enumerate(read_code_list("furniture", ("pattern", "scope", "note")), start=2):
        if row["scope"] not in (LINE, TAIL):
            raise VocabularyError(
                f"furniture.csv, row {number}: found scope {row['scope']!r}; expected line or tail; correct it."
            )
        try:
            compiled.append((row["scope"], row["note"], re.compile(row["pattern"], re.IGNORECASE)))
        except re.error as error:
            raise VocabularyError(
                f"furniture.csv, row {number}: found {row['pattern']!r} ({error}); expected a regular expression; "
                "correct it."
            ) from error
    return tuple(compiled)
