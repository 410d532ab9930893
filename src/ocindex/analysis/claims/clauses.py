"""A sentence and a place in it in, the words that belong to it and whether they are asserted out."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r"[;:,()—]|\s–\s|\b(?:which|who|that|where|while|whereas|although|though|but|because|as|when)\b")
_RELATIVE = ("which", "who")
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id)|reports?|reported|estimates?|estimated|finds?|found|shows?|showed|suggests?|suggested|believed?"
    r"|claims?|claimed|warns?|warned|notes?|noted|fact|evidence|states?|stated|agree|so) that$"
)
# "Use is widespread and the market": the second half stands for itself.
_JOINED = re.compile(r"^.*\b(?:is|are|was|were|has|have|had)\b.*\band (?=\w+)")
_NO_CONTENT = re.compile(
    r"\s*(?:(?:it|they|these|those|this|which|that|who|and|has|have|had|is|are|was|were|been|being|be|also|then|now"
    r"|still|since|already|recently|once|nevertheless|however|meanwhile|again|both|not|\w+ly)\b[\s,]*)*"
)
# What is wanted, feared, planned or asked for is not said to be so.
_UNREAL = re.compile(
    r"\b(?:could|should|must|might|would|will|shall|cannot|can|may|ought|if|unless|whether"
    r"|(?:need|needs|needed|aim|aims|aimed|aiming|seek|seeks|sought|plan|plans|planned|hope|hopes|hoped|try|tries|tried"
    r"|trying|effort|efforts|attempt|attempts|attempted|intend|intends|intended|designed|meant|required|vowed|pledged"
    r"|promised|strategies|measures|steps|campaigns?|programmes?|programs?|initiatives?) (?:\w+ )?(?:to|at|for)"
    r"|in order to|so as to|prevent|prevents|preventing|avoid|avoiding|calls? for|called for|demand for a"
    r"|crucial|essential|necessary|fears? of|risk of|threat of|threatens?|far from|in danger of)\b"
)
_DEMAND = re.compile(
    r"\b(?:must|should|could|would|might|ought|needs? to|required to|prevent\w*|avoid\w*|in order to stop|to stop|if)\b"
)
_INFINITIVE = re.compile(
    r"\bto (?!(?:have|the|a|an|its|their|his|her|this|that|these|those|some|many|much|more|such|all)\b)[a-z]+"
    r"(?<!ed)(?<!ing)(?: [\w’'-]+){0,2} ?$|\bto (?:\w+ly )?$"
)
_REALISED = re.compile(
    r"\b(?:allow\w*|enabl\w*|help\w*|continu\w*|manag\w+|began|begun|start\w*|led|lead\w*|caus\w+|came|tends?)\b[^,;]{0,60}$"
)
_NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|without|hardly|nobody|rather than|instead of|n['’]t)\b|n['’]t\b")
_PAST = re.compile(
    r"\b(?:had been|once|used to|formerly|until recently|for a time|for a while|for a few \w+|briefly|initially"
    r"|at first|in the (?:19|20)\d0s)\b"
)


def clause_before(text: str, start: int) -> str:
    """Give the words of the clause that stand before a position.

    A clause without content of its own ("which had been") is read with the one
    before it.

    Examples
    --------
    >>> text = "The influx of migrants, which had been rising"
    >>> clause_before(text, text.index("rising"))
    'The influx of migrants'
    """
    cuts = list(_BOUNDARY.finditer(text, 0, start))
    edges = [(0, None), *((cut.end(), cut[0]) for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), start]
    for (first, mark), end in reversed(list(zip(edges, ends, strict=True))):
        words = text[first:end]
        filler = _NO_CONTENT.match(words)
        # "The unit that investigates fraud has doubled": the unit did, not the fraud.
        skipped = mark in _RELATIVE or (mark == "that" and not _SAYING.search(text[:first]))
        if not skipped and (filler is None or filler.end() < len(words.rstrip())):
            return _JOINED.sub("", words).strip()
    return ""


def clause_after(text: str, end: int) -> str:
    """Give the words of the clause that stand after a position."""
    cut = _BOUNDARY.search(text, end)
    return text[end : cut.start() if cut else len(text)].strip()


def is_asserted(text: str, start: int) -> bool:
    """Whether what stands at a position is said to be so, not wanted, feared or denied.

    Examples
    --------
    >>> text = "Governments must act to reduce violence."
    >>> is_asserted(text, text.index("reduce"))
    False
    """
    cuts = [match.end() for match in re.finditer(r"[;:,]", text[:start])]
    before = text[cuts[-1] if cuts else 0 : start]
    # The last words alone: a denial at the clause's head seldom reaches its end.
    near = " ".join(before.split()[-5:])
    if _NEGATION.search(near):
        return False
    if _REALISED.search(before):
        return True
    return _UNREAL.search(before) is None and _INFINITIVE.search(before) is None


def is_demanded(text: str, start: int) -> bool:
    """Whether the clause before a position asks for something or wants it stopped."""
    cuts = [match.end() for match in re.finditer(r"[;:,]", text[:start])]
    return _DEMAND.search(text[cuts[-1] if cuts else 0 : start]) is not None


def is_past(text: str, start: int, end: int) -> bool:
    """Whether a statement is said of a time that is over ("had been", "once", "for a time")."""
    return _PAST.search(clause_before(text, start)[-40:]) is not None or (
        _PAST.match(text[end:].strip()) is not None or _PAST.search(_own_words_before(text, start)) is not None
    )


def _own_words_before(text: str, start: int) -> str:
    return " ".join(text[:start].split()[-3:])
