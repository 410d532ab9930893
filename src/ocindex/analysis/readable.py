"""A verbatim quote in, the same words made readable out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ocindex.reading.document import line_end_pattern
from ocindex.vocabulary.folding import CONTROLS, INVISIBLE, drop_invisible, make_replacer

# A hyphen before a line break: a compound (high-\nlevel) or a broken word (traf-\nficking).
_LINE_HYPHEN = re.compile(
    r"(?<!\w)(\w++)([-\u2010\u2011\u00ad\u0002])[^\S\n\r]*(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x1c-\x1e\x85])+\s*(\w+)"
)
# At a line's end a soft hyphen tells that the word was broken there.
_drop_all_but_hyphens = make_replacer({point: None for point in INVISIBLE if point != 0x00AD})
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u2010": "-", "\u2011": "-"}
)
_resolve_ligatures = make_replacer(_LIGATURES)
_CHANGED = re.compile(f"[{re.escape(''.join(map(chr, (*INVISIBLE, *_LIGATURES))))}]")


def make_readable(quote: str, is_word: Callable[[str], bool] | None = None) -> str:
    """Make a quote readable without changing a word of it.

    Line wraps become blanks; ``high-\\nlevel`` becomes ``high-level``; an
    end-of-line word break is healed where the joined word is known.
    Ligatures, soft hyphens and invisible characters are resolved.

    Parameters
    ----------
    quote : str
        Verbatim text of one sentence.
    is_word : callable, optional
        Tells whether a lower-case word stands elsewhere in the document; only
        then does a hyphen at a line's end vanish. Without it every one is kept.

    Returns
    -------
    str
        One line, in Unicode normalisation form C.

    Examples
    --------
    >>> make_readable("tested in several high-\\nlevel \\ncases")
    'tested in several high-level cases'
    """
    if quote.isprintable() and "  " not in quote and (quote.isascii() or _is_composed(quote)):
        return quote.strip()
    # Composed first: a mark of its own behind a letter would end the word.
    seen = unicodedata.normalize("NFC", _drop_all_but_hyphens(quote))
    seen = _resolve_ligatures(seen)
    joined = _LINE_HYPHEN.sub(lambda match: _join(match, is_word), seen)
    plain = unfold(joined)
    # A line end that is no white space to str.split (none is known) would survive: split on both.
    one_line = " ".join(line_end_pattern().sub(" ", plain).split())
    return unicodedata.normalize("NFC", one_line)


def unfold(text: str) -> str:
    """Resolve ligatures and drop soft hyphens, invisible and control characters, character by character."""
    return CONTROLS.sub("", _resolve_ligatures(drop_invisible(text)))


def _is_composed(text: str) -> bool:
    """Whether a printable text has nothing that would be composed, resolved or dropped."""
    return _CHANGED.search(text) is None and unicodedata.is_normalized("NFC", text)


def _join(match: re.Match[str], is_word: Callable[[str], bool] | None) -> str:
    before, hyphen, after = match.groups()
    if hyphen == "\u00ad":
        return before + after
    whole = (before + after).lower()
    if is_word is not None and before.islower() and after.islower() and is_word(whole):
        return before + after
    return f"{before}-{after}"
