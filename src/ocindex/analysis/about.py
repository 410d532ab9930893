"""A sentence and the country of its document in, whether it speaks of that country out."""

from __future__ import annotations

import re

from ocindex.vocabulary.places import Mention, find_places

COUNTRY, ELSEWHERE, UNCLEAR = "country", "elsewhere", "unclear"
_THE_COUNTRY = re.compile(r"\b(?:[Tt]h(?:e|is) country|[Ll]ocal|[Dd]omestic|[Nn]ationwide|[Aa]t home)\b")
_SET_IN = re.compile(
    r"\b(?:in|across|inside|within|throughout)\s+(?:neighbou?ring\s+|nearby\s+)?(?:the\s+)?(?:\w+ern\s+)?$",
    re.IGNORECASE,
)
# The place of buyers, sellers and goods is not the place of the sentence: "for collectors in Japan".
_OF_OTHERS = re.compile(
    r"\b(?:for|to|from|by|with|of|into|than|via|through|and|or)\s+(?:[\w'’-]+\s+){0,3}(?:in|across|inside|within)\s+"
    r"(?:the\s+)?(?:\w+ern\s+)?$",
    re.IGNORECASE,
)
# Whose doing sets a sentence at home with them: "Dutch detectives complain"; "Chinese traders" act anywhere.
AUTHORITIES = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:authorit(?:y|ies)|police|detectives?|prosecutors?|courts?|judges?|customs|officials?"
    r"|government|investigators?|parliament|lawmakers|ministers?|ministry|regulators?|magistrates?|coast ?guard"
    r"|law enforcement|border guards?|tribunals?|congress|senate|cabinet)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r",|['’]s?\s|\s+(?:has|have|is|was|had|will|also|itself|[a-z]+s|[a-z]+ed)\s")


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
        ``elsewhere`` where the sentence is set in another country alone.

    Examples
    --------
    >>> judge_about("In neighbouring Uganda, a court jailed two officers.", "KEN")
    'elsewhere'
    >>> judge_about("The frontier with Somalia remains open.", "KEN")
    'unclear'
    >>> judge_about("Frogs are caught for collectors in Japan.", "COL")
    'unclear'
    """
    mentions = find_places(text)
    if iso3 is None:
        return UNCLEAR
    at_home = _THE_COUNTRY.search(text) is not None
    if any(mention.place.iso3 == iso3 for mention in mentions) or (not mentions and at_home):
        return COUNTRY
    if not at_home and any(_is_setting(text, mention) for mention in mentions):
        return ELSEWHERE
    return UNCLEAR


def _is_setting(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    opens = len(before.split()) <= 5 and not before.rstrip().endswith(",")
    if _SET_IN.search(before):
        # A region of the world may hold the document's country; only at the opening does it set the scene.
        return (opens or mention.place.iso3 is not None) and not _OF_OTHERS.search(before)
    if mention.place.iso3 is None or not opens or before.strip().lower() not in ("", "the", "meanwhile", "only"):
        return False
    if AUTHORITIES.match(after):
        return True
    # The country itself as the subject: "Malta has been slow", not "Albanian buyers".
    return mention.place.kind != "demonym" and _SUBJECT.match(after) is not None
