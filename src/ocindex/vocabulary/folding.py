"""Text as it is compared: any spelling in, one plain spelling out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping


def make_replacer(table: Mapping[int, int | str | None]) -> Callable[[str], str]:
    """Make a function that does what ``str.translate`` does, for tables of rare characters.

    The latter looks up each character of the text, which takes several times as long.

    Examples
    --------
    >>> make_replacer(str.maketrans("’", "'", "\u00ad"))("don’t co\u00adop")
    "don't coop"
    """
    meaning = {chr(point): "" if to is None else chr(to) if isinstance(to, int) else to for point, to in table.items()}
    rare = re.compile(f"[{re.escape(''.join(meaning))}]")
    return lambda text: rare.sub(lambda match: meaning[match[0]], text)


INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x200B,
        0x200C,
        0x200D,
        0x2060,
        0xFEFF,
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0x034F,
        0x180E,
        *range(0x2061, 0x2065),
        *range(0xFE00, 0xFE10),
    ]
)
"""What no reader sees: soft hyphen, zero-width characters, bidirectional controls."""
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""Control characters that neither end a line nor are white space."""
_make_quotes_plain = make_replacer(str.maketrans("‘’‚‛′´`“”„‟″«»‐‑‒–—−", "'''''''\"\"\"\"\"\"\"------"))
drop_invisible = make_replacer(INVISIBLE)
"""Leave out what no reader sees."""


def fold_text(text: str) -> str:
    """Bring a text to the form in which it is compared, never stored.

    Compatibility forms (ligatures, no-break and thin blanks) are resolved,
    invisible characters and bidirectional controls dropped, quotes and hyphens
    made plain, runs of white space made one blank.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Lengths and positions differ from the input's.

    Examples
    --------
    >>> fold_text("tra\\u00adf\\ufb01cking\\u00a0 of\\narms")
    'trafficking of arms'
    """
    plain = text if text.isascii() else _fold_unicode(text)
    if not plain.isprintable():
        plain = CONTROLS.sub("", plain)
    return " ".join(plain.split())


def fold_name(name: str) -> str:
    """Fold a name for exact comparison with reviewed aliases, in any case."""
    return fold_text(name).casefold()


def _fold_unicode(text: str) -> str:
    composed = unicodedata.normalize("NFKC", drop_invisible(text))
    # It stands for a NUL or a stray byte, which is no part of a word.
    return _make_quotes_plain(composed).replace("\ufffd", "")
