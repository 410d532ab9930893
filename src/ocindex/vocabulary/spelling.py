"""How a term may be spelt: a term in, its folded British and American spellings out."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product

from ocindex.vocabulary.folding import CONTROLS

BLANK = " "
OTHER = "\u00ff"
"""Stands for each letter or digit that folds to neither a-z nor 0-9."""

APOSTROPHES = frozenset("'‘’‛′´`ʼʻ＇")
_STROKED = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t"}
_POSSESSIVE = re.compile(r"(?<=\w)'s(?!\w)")

# What stands before -ise in words that have this one spelling: promise, exercise, raise.
_ONE_SPELLING = re.compile(
    "adv|advert|anal|appr|appra|bru|ca|chast|circumc|compr|comprom|conc|cru|dem|desp|dev|disgu|enterpr|"
    "exc|exerc|expert|franch|improv|inc|liqu|ma|merchand|no|otherw|overs|parad|po|porpo|pr|pra|pract|prec|"
    "prem|prist|prom|ra|ret|rev|se|superv|surm|surpr|telev|torto|treat|turquo|unders"
)
_ISE = re.compile(r"^([a-z]{2,})i[sz](?=(?:e|ed|es|er|ers|ing|ings|able|at[a-z]*)\*?$|\*$)")

# Where a rule applies, and the two ways to write it. A spelling that no one uses does no harm.
_RULES = tuple(
    (re.compile(where), ways)
    for where, *ways in (
        (r"(anal|paral|catal)y[sz](?=(?:e|ed|er|ers|ing)$|\*$)", r"\1ys", r"\1yz"),
        (
            r"(arm|behavi|cand|clam|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|rig|rum|sav|savi|splend|"
            r"tum|val|vap|vig)ou?r(?!at|if|ous)",
            r"\1our",
            r"\1or",
        ),
        (r"(cent|theat|fib|met|lit|calib|spect|sab|meag)(?:re|er)(?=s?$)", r"\1re", r"\1er"),
        (r"(cent)(?:re|ere)d$", r"\1red", r"\1ered"),
        (r"(def|off|pret)en[cs]e", r"\1ence", r"\1ense"),
        (r"licen[cs]", "licenc", "licens"),
        (r"practi[cs](?=ed?$|es$|ing$)", "practic", "practis"),
        (r"^program(?:me)?(?=s?$)", "programme", "program"),
        (
            r"(cancel|channel|counsel|dial|duel|enrol|equal|fuel|label|level|marshal|marvel|model|panel|quarrel|rival|"
            r"shovel|signal|total|travel|tunnel|jewel)l?(?=(?:ed|ing|ings|ers?|ors?)\*?$)",
            r"\1l",
            r"\1",
        ),
        (r"jewell?e?ry", "jewellery", "jewelry"),
        (r"(enrol|fulfil|instal)l?ment", r"\1ment", r"\1lment"),
        (r"(skil|wil)l?ful", r"\1ful", r"\1lful"),
        (r"^gr[ae]y", "grey", "gray"),
        (r"^chequebook", "chequebook", "checkbook"),
        (r"^ton(?:ne)?(?=s?$)", "tonne", "ton"),
        (r"^tyre(?=s?$)", "tyre", "tire"),
        (r"^(p|orthop|encyclop)a?e(?=doph|dop|dia)", r"\1ae", r"\1e"),
        (r"^(a?n)a?esth", r"\1aesth", r"\1esth"),
        (r"^ha?em(?=orr|oph|ato)", "haem", "hem"),
        (r"^archa?eo", "archaeo", "archeo"),
        (r"^fo?et(?=us|al)", "foet", "fet"),
        (r"^diarrho?ea", "diarrhoea", "diarrhea"),
        (r"^man(?:oeuvre|euver)", "manoeuvre", "maneuver"),
        (r"^alumini?um", "aluminium", "aluminum"),
        (r"sul(?:ph|f)(?=ur|at|id)", "sulph", "sulf"),
        (r"^pl(?:ough|ow)(?=(?:ed|ing|s)?$)", "plough", "plow"),
        (r"^mou?ld(?=(?:s|y|ing)?$)", "mould", "mold"),
        (r"^s[ck]eptic", "sceptic", "skeptic"),
        (r"^a(?:ero|ir)plane", "aeroplane", "airplane"),
        (r"^gaol", "gaol", "jail"),
        (r"^art[ei]fact", "artefact", "artifact"),
        (r"(judg|acknowledg)e?ment", r"\1ement", r"\1ment"),
        (r"^age?ing$", "ageing", "aging"),
        (r"^whiske?y", "whisky", "whiskey"),
        (r"^(dial|catal|anal)og(?:ue)?(?=s?$)", r"\1ogue", r"\1og"),
        (r"^dis[ck](?=s?$)", "disc", "disk"),
        # A hyphen folds to a blank, so a compound is one word or two.
        (r"^co(?=oper|ordin|opt)", "co", "co "),
        (r"^(cyber|narco(?!tic)|anti|counter(?!feit|part)|non|multi|micro|bio)(?=[a-z]{4})", r"\1", r"\1 "),
    )
)
_ANY_RULE = re.compile("|".join(where.pattern for where, _ in _RULES))
_JOINED = re.compile(
    r"\b(co(?= oper| ordin| opt)|(?:cyber|narco|anti|counter|non|multi|micro|bio)(?= [a-z]{4})|per(?= cent\b)) "
)


@cache
def fold_character(character: str) -> str:
    """Fold one character for matching.

    Parameters
    ----------
    character : str
        One code point.

    Returns
    -------
    str
        One of a-z, 0-9, ``'``, a blank (all punctuation), ``OTHER`` (letters
        without a base letter), or nothing for marks and invisible characters.

    Examples
    --------
    >>> [fold_character(c) for c in "Çñø\u2019\u2014\u00adЖ"]
    ['c', 'n', 'o', "'", ' ', '', 'ÿ']
    """
    if character in APOSTROPHES:
        return "'"
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or character == "\ufffd":
        return ""
    if CONTROLS.match(character):
        return ""
    parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    plain = "".join(_STROKED.get(part, part) for part in "".join(parts).lower())
    if len(plain) == 1 and plain.isascii() and plain.isalnum():
        return plain
    return OTHER if character.isalnum() else BLANK


def fold_words(text: str) -> str:
    """Fold a text to its words: lower case, base letters, single blanks.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        A possessive ``'s`` is left out; every other mark is a blank.

    Examples
    --------
    >>> fold_words("The gang\u2019s VICUÑA-wool")
    'the gang vicuna wool'
    """
    folded = "".join(fold_character(character) for character in text)
    return " ".join(_POSSESSIVE.sub("", folded).replace("'", " ").split())


def spell_phrase(phrase: str) -> tuple[str, ...]:
    """Give every spelling of some words that stand side by side.

    Parameters
    ----------
    phrase : str
        Words as ``fold_words`` gives them, each with or without ``*`` at its end.

    Returns
    -------
    tuple of str
        Sorted; the given spelling is among them.

    Examples
    --------
    >>> spell_phrase("forced labor")
    ('forced labor', 'forced labour')
    >>> spell_phrase("organis*")
    ('organis*', 'organiz*')
    """
    found: set[str] = set()
    # "anti money laundering" is also written "antimoney laundering".
    for joined in {phrase, _JOINED.sub(r"\1", phrase)}:
        found.update(BLANK.join(words) for words in product(*(spell_word(word) for word in joined.split())))
        if "cheque" in joined and BLANK in joined:
            # Alone, "check" is another word.
            found.add(joined.replace("cheque", "check"))
    return tuple(sorted(found))


@cache
def spell_word(word: str) -> tuple[str, ...]:
    """Give every spelling of one word, or of a word's beginning with ``*``.

    Examples
    --------
    >>> spell_word("licensing"), spell_word("cooperat*")
    (('licencing', 'licensing'), ('co operat*', 'cooperat*'))
    """
    found = {word}
    match = _ISE.match(word)
    if match and not _ONE_SPELLING.fullmatch(match[1]):
        found = {_ISE.sub(rf"\1{ending}", word) for ending in ("is", "iz")}
    for where, ways in _RULES if _ANY_RULE.search(word) else ():
        if where.search(word):
            found |= {where.sub(way, spelling) for spelling in tuple(found) for way in ways}
    return tuple(sorted(found))
