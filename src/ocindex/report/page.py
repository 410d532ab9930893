"""Every difference between two releases in, one self-contained page for the browser out."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ocindex.compare.releases.changes import Changes, Origin
from ocindex.compare.releases.words import CAME, CUT, Piece, differing_words
from ocindex.report.pageline import PageLine, describe_for_page, pick_lines
from ocindex.report.printable import visible

BUDGET = 50_000
# Shown without JavaScript.
TOP = 25
# Beyond this a browser takes seconds to read the page, however few its lines are.
CHARACTERS = 24_000_000
_TEMPLATES = Path(__file__).with_name("templates")
_MEANINGS = {
    "breaking": "a table, column, code, country or edition is gone or has another type",
    "revision": "a score, a text, evidence or a probability is another",
    "coverage": "a country, edition, document or evidence is new",
    "cosmetic": "position, order, description",
}


class _Listed(NamedTuple):
    """What the page's list holds, and how much of all there is."""

    lines: list[PageLine]
    leading: int
    following: int


def render_page(changes: Changes, *, budget: int = BUDGET) -> str:
    """Render a comparison as one HTML file that loads nothing else.

    Parameters
    ----------
    changes : Changes
    budget : int
        Lines that the page holds at most, what matters most first; lines that merely
        follow from others come last. Fewer where they exceed 24 million characters. The
        page says how many it leaves out, and where all are.

    Returns
    -------
    str
        Same changes, same bytes. Source text is escaped; a content security policy
        allows the page's own script and style and nothing else.

    Examples
    --------
    >>> page = render_page(Changes(Origin("old"), Origin("new")))
    >>> "Nothing differs." in page, "http" in page.split("<body>")[1]
    (True, False)
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    script, style = (_read(name) for name in ("page.js", "page.css"))
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=_show,
    )
    listed = _list(changes, budget)
    return environment.get_template("page.html").render(
        old=_name(changes.old),
        new=_name(changes.new),
        changes=changes,
        totals=[(effect, count, _MEANINGS[effect]) for effect, count in changes.totals().items()],
        listed=listed,
        total=len(changes.lines),
        following=sum(item.following for item in changes.summary),
        top=[(line, _pieces(line)) for line in listed.lines[:TOP] if line.follows is None],
        filters=_filters(listed.lines),
        data=_payload(listed.lines),
        script=script,
        style=style,
        script_hash=_hash(script),
        style_hash=_hash(style),
    )


def _show(value: object) -> object:
    """Make control characters of plain text visible; what is markup already is the page's own."""
    return visible(value) if type(value) is str else value


def _list(changes: Changes, budget: int) -> _Listed:
    picked: list[tuple[int, PageLine]] = []
    characters = 0
    for number, line in pick_lines(changes.lines, budget):
        described = describe_for_page(line)
        characters += described.length
        if characters > CHARACTERS and picked:
            break
        picked.append((number, described))
    lines = [line for _, line in sorted(picked, key=lambda pair: pair[0])]
    leading = sum(line.follows is None for line in lines)
    return _Listed(lines, leading, len(lines) - leading)


def _pieces(line: PageLine) -> list[Piece]:
    """Mark the words of one line; for the few that stand in the page itself, the script marks the others."""
    if line.old is not None and line.new is not None:
        return differing_words(line.old, line.new)
    pieces = [Piece(CUT, line.old)] if line.old is not None else []
    return pieces + ([Piece(CAME, line.new)] if line.new is not None else [])


def _filters(lines: Sequence[PageLine]) -> dict[str, list[str]]:
    """List what the lines can be filtered by: tables, causes, countries that occur."""
    found = {
        "table": (line.table for line in lines),
        "cause": (line.cause for line in lines),
        "country": (line.iso3 for line in lines),
    }
    return {name: sorted({value for value in values if value is not None}) for name, values in found.items()}


def _payload(lines: Sequence[PageLine]) -> str:
    """Write the lines as JSON that may stand inside a script element."""
    codes = {name: _Codes() for name in ("effect", "table", "cause", "country", "follows", "headline")}
    rows = [
        [
            codes["effect"].of(line.effect), codes["table"].of(line.table), codes["cause"].of(line.cause),
            codes["country"].of(line.iso3), codes["follows"].of(line.follows), codes["headline"].of(line.headline),
            line.place, line.size, line.old, line.new, line.more,
        ]
        for line in lines
    ]  # fmt: skip
    text = _json({"names": {name: code.names for name, code in codes.items()}, "rows": rows})
    # A text that holds </script> or <!-- would end the element; the two separators once ended a line of script.
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


class _Codes:
    """Gives each distinct name a number, in order of appearance."""

    def __init__(self) -> None:
        self.names: list[str | None] = []
        self._numbers: dict[str | None, int] = {}

    def of(self, name: str | None) -> int:
        """Give a name's number."""
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _name(origin: Origin) -> str:
    version = f" ({origin.version})" if origin.version and origin.version != origin.place else ""
    return f"{origin.place}{version}"


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
