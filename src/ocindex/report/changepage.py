"""Every difference between two releases in, one self-contained page to search them out."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ocindex.compare.releases.changes import Changes
from ocindex.compare.releases.effects import EFFECTS
from ocindex.report.changeline import Line, describe_line

if TYPE_CHECKING:
    from jinja2 import Template

BUDGET = 50_000
_LONG = 2_000


def render_page(changes: Changes, *, budget: int = BUDGET) -> str:
    """Write the page of a comparison: summary, counts, and a searchable list, what matters most first.

    Parameters
    ----------
    changes : Changes
    budget : int
        Lines that the page holds; those that matter least are left to the JSON, and the
        page says how many. Texts are cut at 2,000 characters.

    Returns
    -------
    str
        HTML that loads nothing from the network. Source text stands in it as data: the
        page's program writes it with ``textContent``, never as markup. Only the lines in
        view are laid out, and their words compared then.
    """
    shown = changes.lines.slice(0, budget)
    lines = [_compact(line) for batch in shown.to_batches(10_000) for line in batch.to_pylist()]
    totals = changes.totals()
    return _template().render(
        old=changes.old,
        new=changes.new,
        is_same=changes.is_same,
        bump=changes.bump,
        totals=[(effect, totals[effect]) for effect in EFFECTS],
        following=sum(item.following for item in changes.summary),
        counts=changes.summary,
        held=len(lines),
        whole=len(changes.lines),
        data=_script_safe(lines),
    )


def _compact(line: Line) -> list[object]:
    """Give a line as the page's program takes it: effect, cause, follows, headline, place, old, new."""
    words = describe_line(line)
    effect = EFFECTS.index(str(line["effect"]))
    return [effect, line["cause"], line["follows"], words.headline, words.place, _cut(words.old), _cut(words.new)]


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= _LONG else text[: _LONG - 1] + "…"


def _script_safe(lines: list[list[object]]) -> str:
    """Write JSON that cannot end the script element it stands in, nor open a comment there."""
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _template() -> Template:
    from jinja2 import Environment

    text = files("ocindex.report").joinpath("templates/changes.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True).from_string(
        text
    )
