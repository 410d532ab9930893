"""A stretch of text in, whether it stops where a sentence or clause does out."""

from __future__ import annotations

import re

# A sentence may end in a mark inside quotes or brackets, or before a footnote number.
_CLAUSE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*(?:\[?\d{1,3}\]?)?$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:\[?\d{1,3}\]?)?$")
# Closing marks, a footnote number and blanks are fewer than this; a whole text need not be copied.
_WINDOW = 200


def ends_sentence(text: str) -> bool:
    """Whether a stretch of text stops where a sentence stops.

    Examples
    --------
    >>> ends_sentence("They were caught.”"), ends_sentence("They were")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text[-_WINDOW:].rstrip()))


def ends_clause(text: str) -> bool:
    """Whether a stretch of text stops at a sentence's end, a colon or a semicolon."""
    return bool(_CLAUSE_END.search(text[-_WINDOW:].rstrip()))
