"""Source text in, text that cannot steer a terminal out."""

from __future__ import annotations

import re
import unicodedata

# Left-to-right marks and the like can make a line read as something else.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{''.join(sorted(_BIDI))}]")


def printable(text: str) -> str:
    """Show a text on one line, with control characters made visible.

    Examples
    --------
    >>> printable("a\\x1b[31mred\\nline")
    'a\\\\x1b[31mred line'
    """
    return "".join(_show(character) for character in " ".join(text.split()))


def visible(text: str) -> str:
    """Make control characters visible and keep line breaks and tabs, for a page rather than a terminal.

    Examples
    --------
    >>> visible("a\\x00b\\nc")
    'a\\\\x00b\\nc'
    """
    return _UNSEEN.sub(lambda found: _show(found[0]), text)


def shorten(text: str, width: int) -> str:
    """Cut a text at a word before ``width`` characters, with … where something was cut.

    Examples
    --------
    >>> shorten("one two three", 9)
    'one two…'
    """
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"


def _show(character: str) -> str:
    if character in _BIDI or unicodedata.category(character) in ("Cc", "Cs"):
        return character.encode("unicode_escape", "backslashreplace").decode("ascii")
    return character
