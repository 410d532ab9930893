"""A sentence of an article in, whether it quotes somebody or speaks of the article itself out."""

from __future__ import annotations

import re

_META = re.compile(
    r"\b(?:[Ii]n this (?:article|report|piece|story|post|series|section|chapter|feature|essay|column)\b(?! of\b)"
    r"|[Ww]e (?:will |shall |now )?(?:delve|explore|examine|take a (?:closer )?look|discuss|shed light|unpack)"
    r"|[Tt]his (?:article|report|piece|story|post|series|feature|essay) (?:will |also )?"
    r"(?:looks?|examines?|explores?|delves?|takes? a|explains?|traces?|sheds?|considers?|describes?))\b"
)
_QUOTATION = re.compile(
    r"[\"“«].*[\"”»],? (?:says?|said|adds?|added|asks?|asked|recalls?|he|she|the|a)\b|[\"“«][^\"”»]*[\"”»]$"
)


def is_of_itself(text: str) -> bool:
    """Whether a sentence speaks of the article that it stands in.

    Examples
    --------
    >>> is_of_itself("In this article, we delve into the gang."), is_of_itself("The gang sells guns.")
    (True, False)
    >>> is_of_itself("In this section of the border, gangs smuggle migrants.")
    False
    """
    return _META.search(text) is not None


def is_quotation(text: str) -> bool:
    """Whether a sentence is what somebody says, in quotation marks.

    Examples
    --------
    >>> is_quotation('"They took everything," she said.'), is_quotation("She said nothing.")
    (True, False)
    """
    return _QUOTATION.match(text) is not None
