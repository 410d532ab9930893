"""Furniture of printed pages: the text of a line or block in, where on a page it would be furniture out."""

from __future__ import annotations

import re
from functools import cache

from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.folding import fold_text

EDGE = "edge"
CLOSING = "closing"
# A longer block is prose, whatever words it begins with.
_LONGEST = 900


def page_furniture_scope(block: str) -> str | None:
    """Say where on a page a block of text is furniture by its words.

    Parameters
    ----------
    block : str
        A line or paragraph; it must match a pattern of ``page_furniture.csv`` as a whole.

    Returns
    -------
    {"edge", "closing"} or None
        ``edge``: at the head or foot of a page; ``closing``: as the last block of a column.

    Examples
    --------
    >>> page_furniture_scope("Page 3 of 8"), page_furniture_scope("The ports are controlled by gangs.")
    ('edge', None)
    """
    text = fold_text(block)
    if not text or len(text) > _LONGEST:
        return None
    return next((scope for scope, pattern in _patterns() if pattern.fullmatch(text)), None)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    compiled = []
    for number, row in enumerate(read_code_list("page_furniture", ("pattern", "scope", "note")), start=2):
        if row["scope"] not in (EDGE, CLOSING):
            raise VocabularyError(
                f"page_furniture.csv, row {number}: found scope {row['scope']!r}; expected edge or closing; correct it."
            )
        try:
            compiled.append((row["scope"], re.compile(row["pattern"], re.IGNORECASE)))
        except re.error as error:
            raise VocabularyError(
                f"page_furniture.csv, row {number}: found {row['pattern']!r} ({error}); expected a regular expression; "
                "correct it."
            ) from error
    return tuple(compiled)
