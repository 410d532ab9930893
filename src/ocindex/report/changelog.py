"""Every difference between two releases in, the entry of CHANGELOG.md out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ocindex.compare.releases.changes import Changes
from ocindex.compare.releases.effects import EFFECTS
from ocindex.compare.releases.words import CAME, CUT, differing_words
from ocindex.report.changeline import Line, describe_line
from ocindex.report.changes import say_group, split_groups
from ocindex.report.printable import printable, shorten

if TYPE_CHECKING:
    import pyarrow as pa

_TITLES = {
    "breaking": "Breaking: gone, retyped, or under another key",
    "revision": "Revisions: scores, texts and evidence that are others now",
    "coverage": "Coverage: what is new",
    "cosmetic": "Cosmetic: places, order, descriptions",
}
_CAUSES = {
    "source": "the source changed",
    "score": "the file of scores changed",
    "method": "same source, other code, cues or vocabulary",
}
_SHOWN = 20
_LONG = 200
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")


def changelog_entry(changes: Changes, version: str) -> str:
    """Write what a release changes: by effect, what matters most first, in words.

    Returns
    -------
    str
        Markdown that begins with a heading of the second level; source text is escaped,
        and there is no date: the same input gives the same bytes.
    """
    groups, alone = split_groups(changes.lines)
    parts = [f"## {version}", ""]
    for effect in EFFECTS:
        listed = [say_group(group) + _because(group) for group in groups.to_pylist() if group["effect"] == effect]
        lines = _of_effect(alone, effect)
        listed += [_say(line) for line in lines.slice(0, _SHOWN).to_pylist()]
        if listed:
            parts += [f"### {_TITLES[effect]}", "", *(f"- {said}" for said in listed)]
            if len(lines) > _SHOWN:
                parts.append(f"- and {len(lines) - _SHOWN} more: compare with `ocindex diff`")
            parts.append("")
    return "\n".join(parts)


def first_entry(version: str) -> str:
    """Write the entry of a first release, which has none before it to be compared with."""
    return f"## {version}\n\nFirst release.\n"


def extend_changelog(old: str, entry: str) -> str:
    """Put an entry on top of a changelog; without one a new changelog begins."""
    title = "# Changelog of the dataset\n\n"
    return (
        f"{title}{entry}\n{old.removeprefix(title)}"
        if old.startswith(title)
        else f"{title}{entry}\n{old}".rstrip() + "\n"
    )


def _of_effect(lines: pa.Table, effect: str) -> pa.Table:
    import pyarrow.compute as pc

    return lines.filter(pc.equal(lines["effect"], effect))


def _say(line: Line) -> str:
    words = describe_line(line)
    said = _escape(words.headline) + ("" if words.place == line["table"] else f" ({_escape(words.place)})")
    if words.old is not None and words.new is not None and words.old != words.new:
        pieces = [piece for piece in differing_words(words.old, words.new) if piece.kind in (CUT, CAME)]
        marked = [
            f"{'~~' if piece.kind == CUT else '**'}{_text(piece.text)}{'~~' if piece.kind == CUT else '**'}"
            for piece in pieces
            if piece.text.strip()
        ]
        said += f": {' '.join(marked)}"
    elif words.old is not None or words.new is not None:
        said += f": “{_text(words.old or words.new or '')}”"
    return said + _because(line)


def _because(line: Line) -> str:
    cause = line.get("cause")
    return "" if cause is None else f" — {_CAUSES[str(cause)]}"


def _text(text: str) -> str:
    return _escape(shorten(printable(text), _LONG))


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", printable(text))
