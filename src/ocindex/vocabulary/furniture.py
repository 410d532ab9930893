"""Site furniture: a line of an article in, how much of the page it closes out."""

from __future__ import annotations

import re
from functools import cache

from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.folding import fold_text

LINE = "line"
TAIL = "tail"


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
    text = fold_text(block)
    if len(text) > 400:
        return None
    for scope, pattern in _patterns():
        if pattern.fullmatch(text):
            return scope
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    compiled = []
    for number, row in enumerate(read_code_list("furniture", ("pattern", "scope", "note")), start=2):
        if row["scope"] not in (LINE, TAIL):
            raise VocabularyError(
                f"furniture.csv, row {number}: found scope {row['scope']!r}; expected line or tail; correct it."
            )
        try:
            compiled.append((row["scope"], re.compile(row["pattern"], re.IGNORECASE)))
        except re.error as error:
            raise VocabularyError(
                f"furniture.csv, row {number}: found {row['pattern']!r} ({error}); expected a regular expression; "
                "correct it."
            ) from error
    return tuple(compiled)
