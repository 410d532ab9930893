"""What changed between two releases in, an entry of the dataset's CHANGELOG.md out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from ocindex.compare.releases.changes import Changes
from ocindex.compare.releases.words import CAME, CUT, SAME, Piece, differing_words
from ocindex.report.changeline import Line, describe_group, describe_line
from ocindex.report.changes import leading_lines
from ocindex.report.excerpts import cut_to_difference
from ocindex.report.printable import printable, shorten

if TYPE_CHECKING:
    from ocindex.dataset.dataset import Dataset

SHOWN = 5
TITLE = """# Changelog of the dataset

What changed from release to release, written by `ocindex release`. Breaking changes raise the first number of the
version, revisions and new coverage the second, cosmetic changes the third. In brackets stands the cause: the source
changed, the scores changed, or our method did. ~~Struck~~ words went, **bold** words came.
"""
_ENTRY = re.compile(r"^## (?=\d)", re.MULTILINE)
# An underscore inside a word marks nothing, and codes are full of them.
_SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
# GitHub makes a link of these without being asked.
_LINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=[Ww]{3})\.|(?<=\w)@(?=\w)")
_BREAK = {":": "\\:", ".": "\\.", "@": "\\@"}
_LONGEST = 300
_AROUND = 60
_HEADINGS = {"breaking": "Breaking", "revision": "Revised", "coverage": "New coverage", "cosmetic": "Cosmetic"}


def describe_release(changes: Changes, *, version: str, bump: str, date: str | None = None) -> str:
    """Write the entry of a release that replaces another one.

    Parameters
    ----------
    changes : Changes
        From the release before to this one.
    version : str
        Version of this release.
    bump : str
        ``major``, ``minor`` or ``patch``.
    date : str, optional
        Day of the release; left out without it: the same changes give the same text.

    Returns
    -------
    str
        Markdown in which source text is escaped: the five changes that matter most, then
        counts by effect and table.
    """
    totals = ", ".join(f"{count} {effect}" for effect, count in changes.totals().items() if count)
    following = sum(item.following for item in changes.summary)
    after = f" after {_escape(changes.old.version)}" if changes.old.version else ""
    said = f"{bump.capitalize()} release{after}: {totals or 'nothing that leads'}"
    if following:
        said += f"; lines that merely follow from these: {following}"
    parts = [_heading(version, date), f"{said}.", *_content(changes.new.content), "### What matters most"]
    parts.append("\n".join(f"{number}. {text}" for number, text in enumerate(_most(changes), 1)))
    for effect, texts in _counts(changes).items():
        parts += [f"### {_HEADINGS[effect]}", "\n".join(f"- {text}" for text in texts)]
    return "\n\n".join(part for part in parts if part) + "\n"


def describe_first(dataset: Dataset, content: str, *, version: str, date: str | None = None) -> str:
    """Write the entry of a first release: what it holds."""
    rows = "\n".join(f"- {name}: {len(frame)} rows" for name, frame in dataset)
    return "\n\n".join([_heading(version, date), "First release.", *_content(content), rows]) + "\n"


def add_entry(changelog: str | None, entry: str) -> str:
    """Put an entry above the entries of a changelog; a text of one's own above them stays there."""
    if not changelog or not changelog.strip():
        return f"{TITLE}\n{entry}"
    found = _ENTRY.search(changelog)
    if found is None:
        return f"{changelog.rstrip()}\n\n{entry}"
    return f"{changelog[: found.start()]}{entry}\n{changelog[found.start() :]}"


def recorded_content(changelog: str, version: str) -> str | None:
    """Give the content hash that the changelog has for a version; None where it has none."""
    for entry in _ENTRY.split(changelog)[1:]:
        if entry.split(maxsplit=1)[0] == version:
            found = re.search(r"^Content: `(sha256:[0-9a-f]{64})`\.$", entry, re.MULTILINE)
            return found[1] if found else None
    return None


def _heading(version: str, date: str | None) -> str:
    return f"## {version} ({date})" if date else f"## {version}"


def _content(content: str) -> list[str]:
    return [f"Content: `{content}`."] if re.fullmatch(r"sha256:[0-9a-f]{64}", content) else []


def _most(changes: Changes) -> list[str]:
    groups, alone = leading_lines(changes.lines)
    texts = [f"{_escape(describe_group(group))}{_because(group)}" for group in groups.slice(0, SHOWN).to_pylist()]
    texts += [_describe(line) for line in alone.slice(0, SHOWN).to_pylist()]
    return texts[:SHOWN]


def _describe(line: Line) -> str:
    words = describe_line(line)
    text = _escape(shorten(words.headline, _LONGEST))
    if words.place != line["table"]:
        text += f", {_escape(words.place)}"
    text += _because(line)
    if words.old is None and words.new is None:
        return text
    old, new = cut_to_difference(words.old, words.new, longest=_LONGEST)
    if old is None or new is None:
        pieces = [Piece(CAME, new or "") if old is None else Piece(CUT, old)]
    else:
        pieces = differing_words(old, new)
    return f"{text}: “{_mark(pieces)}”"


def _mark(pieces: list[Piece]) -> str:
    texts = []
    for number, piece in enumerate(pieces):
        blank = " " if number and piece.text[:1].isspace() else ""
        text = printable(piece.text)
        if piece.kind == SAME:
            is_last = number == len(pieces) - 1
            texts.append(blank + _escape(_shorten_same(text, is_first=number == 0, is_last=is_last)))
        elif text:
            mark = "~~" if piece.kind == CUT else "**"
            texts.append(f"{blank}{mark}{_escape(text)}{mark}")
    return "".join(texts)


def _shorten_same(text: str, *, is_first: bool, is_last: bool) -> str:
    """Keep of a stretch that both texts have what stands next to the words that differ."""
    if len(text) <= 2 * _AROUND:
        return text
    before = "" if is_first else text[:_AROUND].rsplit(" ", 1)[0] + " "
    after = "" if is_last else " " + text[-_AROUND:].split(" ", 1)[-1]
    return f"{before}…{after}"


def _because(line: Line) -> str:
    return f" ({line['cause']})" if line.get("cause") else ""


def _counts(changes: Changes) -> dict[str, list[str]]:
    """Count what leads, by effect, then table and cause."""
    counts: dict[str, dict[tuple[str, str | None], list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in changes.summary:
        if item.changes:
            what = item.kind if item.column is None else f"{item.column} {item.kind}"
            counts[item.effect][item.table, item.cause].append(f"{item.changes} {_escape(what)}")
    return {
        effect: [
            f"{_escape(table)}: {', '.join(whats)}" + (f" ({cause})" if cause else "")
            for (table, cause), whats in sorted(tables.items(), key=lambda pair: (pair[0][0], pair[0][1] or ""))
        ]
        for effect, tables in counts.items()
    }


def _escape(text: str | None) -> str:
    """Make Markdown show a text as it stands, on one line, with no link, tag or mark of its own."""
    escaped = _SPECIAL.sub(r"\\\1", printable(text or ""))
    return _LINK.sub(lambda found: _BREAK[found[0]], escaped)
