"""A profile page's own words about itself: a paragraph in, what kind of boilerplate it is out."""

from __future__ import annotations

import re
from functools import cache

from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.folding import fold_text

DEFINITION, LINE, TAIL = "definition", "line", "tail"
_SCOPES = (DEFINITION, LINE, TAIL)
# Longer paragraphs are prose, whatever words they begin with.
_LONGEST = 700
# Verbs that a sentence has and the noun phrase of a definition lacks.
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|remains?|continues?|can|cannot|may|might|will|would|could|should|does|do|did)\b"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|whether)\b|[;.]")
# A name in the middle of a sentence; a definition speaks of no country, person or place.
_NAME = re.compile(r"(?<=[^\W\d_,;:'’)] )[^\W\d_a-zß-ÿ][a-zß-ÿ]|(?<=[,;] )[^\W\d_a-zß-ÿ][a-zß-ÿ]")


def boilerplate_scope(paragraph: str) -> str | None:
    """Say whether a paragraph of a profile's page is boilerplate.

    Parameters
    ----------
    paragraph : str
        It must match a pattern of ``boilerplate.csv`` as a whole.

    Returns
    -------
    {"definition", "line", "tail"} or None
        ``definition``: explains an indicator, if it stands below its label; ``line``: this
        paragraph alone; ``tail``: this line and what follows up to a section's heading.

    Examples
    --------
    >>> boilerplate_scope("Funded by the ministry."), boilerplate_scope("Gangs rule the port.")
    ('line', None)
    """
    text = fold_text(paragraph)
    if not text or len(text) > _LONGEST:
        return None
    scopes = (scope for scope, pattern in _patterns() if pattern.fullmatch(text))
    return next((scope for scope in scopes if scope != DEFINITION or not _has_verb(text)), None)


def is_general(paragraph: str) -> bool:
    """Say whether a paragraph reads like a definition: a noun phrase without names, figures or a verb.

    Examples
    --------
    >>> is_general("Groups of criminals who hold a territory."), is_general("Criminals hold parts of Lima.")
    (True, False)
    """
    text = fold_text(paragraph)
    if not text or len(text.split()) > 60 or any(character.isdigit() for character in text):
        return False
    return _NAME.search(text) is None and not _has_verb(text)


def _has_verb(text: str) -> bool:
    """Whether the first clause says something, as a sentence does."""
    return _VERB.search(_RELATIVE.split(text, maxsplit=1)[0]) is not None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    compiled = []
    for number, row in enumerate(read_code_list("boilerplate", ("pattern", "scope", "note")), start=2):
        try:
            pattern = re.compile(row["pattern"], re.IGNORECASE)
        except re.error as error:
            raise VocabularyError(
                f"boilerplate.csv, row {number}: found {row['pattern']!r} ({error}); expected a regular expression; "
                "correct it."
            ) from error
        if row["scope"] not in _SCOPES:
            raise VocabularyError(
                f"boilerplate.csv, row {number}: found scope {row['scope']!r}; expected one of {', '.join(_SCOPES)}."
            )
        compiled.append((row["scope"], pattern))
    return tuple(compiled)
