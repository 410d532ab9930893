"""Bytes of a saved web page in, its text in reading order and what was odd about it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.errors import SourceError
from ocindex.reading.document import Content, HeadingMark
from ocindex.reading.elements import HIDDEN, find_dropped, walk_tree
from ocindex.reading.markup import decode_markup, parse_markup
from ocindex.reading.pagetext import PageText

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FEWEST_LOST_WORDS = 40


def read_page(raw: bytes) -> Content:
    """Read a page's body without scripts, hidden elements, navigation and footers.

    Parameters
    ----------
    raw : bytes
        The saved page.

    Returns
    -------
    Content
        Blocks stand on lines of their own with an empty line between, a table's rows on one line each;
        ``headings`` are those that the page marks as such.

    Raises
    ------
    SourceError
        ``no_text`` if nothing can be read, ``damaged_page`` if it is nested too deep.
    MissingExtraError
        If ``ocindex[html]`` is not installed.
    """
    decoded = decode_markup(raw)
    text, headings, lost = write_tree(parse_markup(decoded.text))
    if not text:
        raise SourceError(
            "no_text",
            "found a web page without text; expected its body, which a script may fill in; save the page as a browser "
            "shows it.",
        )
    notes = list(decoded.notes)
    if lost >= _FEWEST_LOST_WORDS:
        message = f"found {lost} words in hidden elements; expected them shown; left out: check the page."
        notes.append(("hidden_text", "info", None, message))
    return Content(text, decoded.encoding, tuple(notes), headings=headings)


def write_tree(root: HtmlElement) -> tuple[str, tuple[HeadingMark, ...], int]:
    """Write a tree as text: the text, its headings, and how many words were in hidden elements."""
    dropped, lost = find_dropped(root)
    page = PageText()
    heading: HtmlElement | None = None
    for event, element in walk_tree(root, dropped):
        tag = element.tag
        if event == "start":
            if tag in _HEADINGS and heading is None:
                heading = element
                page.open_heading(_HEADINGS[tag])
            elif tag in _BLOCKS:
                page.end_block(blank=tag != "tr")
            elif tag == "br":
                page.break_line()
            page.add(element.text, keep_lines=tag == "pre")
            continue
        if element is heading:
            heading = None
            page.close_heading()
        elif tag in _BLOCKS and dropped.get(element) != HIDDEN:
            page.end_block(blank=tag != "tr")
        elif tag in ("td", "th"):
            page.end_cell()
        page.add(element.tail)
    text, headings = page.finish()
    return text, headings, lost
