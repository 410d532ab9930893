"""A sentence and the country of its document in, whether it speaks of that country out."""

from __future__ import annotations

import re

from ocindex.vocabulary.places import Mention, find_places

COUNTRY, ELSEWHERE, UNCLEAR = "country", "elsewhere", "unclear"
_THE_COUNTRY = re.compile(r"\b(?:[Tt]h(?:e|is) country|[Ll]ocal|[Dd]omestic|[Nn]ationwide|[Aa]t home)\b")
# A place that something comes from, goes to or borders on is not where the sentence is set.
_TOWARDS = re.compile(
    r"\b(?:from|to|into|onto|towards?|via|through|with|for|than|like|of|between|bordering|neighbou?ring"
    r"|(?:border|frontier|links?|ties) (?:with|to))\s+(?:\w+ly\s+)?(?:the\s+)?(?:\w+(?:ern|al)\s+)?$"
)
_SET_IN = re.compile(
    r"\b(?:in|across|inside|within|throughout|over)\s+(?:\w+ing\s+)?(?:the\s+)?(?:\w+ern\s+)?$", re.IGNORECASE
)


def judge_about(text: str, iso3: str | None) -> str:
    """Say whether a sentence of an article speaks of a country.

    Parameters
    ----------
    text : str
        Readable sentence.
    iso3 : str or None
        Country of the document.

    Returns
    -------
    {"country", "elsewhere", "unclear"}
        ``country`` where it, its people or one of its cities is named;
        ``elsewhere`` where the sentence is set in another place alone.

    Examples
    --------
    >>> judge_about("In neighbouring Uganda, a court jailed two officers.", "KEN")
    'elsewhere'
    >>> judge_about("The frontier with Somalia remains open.", "KEN")
    'unclear'
    """
    mentions = find_places(text)
    if iso3 is None:
        return UNCLEAR
    if any(mention.place.iso3 == iso3 for mention in mentions) or (not mentions and _THE_COUNTRY.search(text)):
        return COUNTRY
    if mentions and any(_is_setting(text, mention) for mention in mentions):
        return ELSEWHERE
    return UNCLEAR


def _is_setting(text: str, mention: Mention) -> bool:
    before = text[: mention.start]
    if _SET_IN.search(before):
        return True
    # The subject of the sentence: "Spanish authorities dismantled …".
    return len(before.split()) <= 2 and not _TOWARDS.search(before.lower()) and not before.rstrip().endswith(",")
