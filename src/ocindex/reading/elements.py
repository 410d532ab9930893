"""A page's tree in, the elements that are no part of what it says out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

HIDDEN, FURNITURE = "hidden", "furniture"
_NEVER_SHOWN = frozenset(
    "script style noscript template head svg math canvas iframe object embed audio video select datalist textarea "
    "input meter progress map area".split()
)
_FURNITURE_TAGS = frozenset("nav footer aside dialog button menu".split())
_ROLES = frozenset("navigation contentinfo banner search complementary dialog alertdialog menu menubar".split())
# Words of an element's class or id that say what it is for.
_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs footer sidebar cookie cookies newsletter share sharing social "
    "subscribe comments modal popup skip offcanvas pagination pager widget toolbar".split()
)
_HIDDEN_NAMES = frozenset("hidden sr-only visually-hidden visuallyhidden screen-reader-text d-none is-hidden".split())
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# A page whose outermost element is called "has-sidebar", or is hidden until its script runs, must not vanish.
_LARGEST_FURNITURE = 0.3
_LARGEST_HIDDEN = 0.6


def find_dropped(root: HtmlElement) -> tuple[dict[HtmlElement, str | None], int]:
    """Find scripts, hidden elements, navigation, footers and the like.

    Parameters
    ----------
    root : lxml.html.HtmlElement

    Returns
    -------
    dict of HtmlElement to str or None
        ``hidden``, ``furniture``, or null for what no page shows. Elements named or hidden like
        furniture are kept where they hold a good part of the page's words.
    int
        Words in hidden elements.
    """
    dropped: dict[HtmlElement, str | None] = {}
    sizes: list[tuple[HtmlElement, str, int]] = []
    words = 0
    for event, element in walk_tree(root, dropped):
        if event == "end":
            continue
        if element.tag in _NEVER_SHOWN or _is_reference(element):
            dropped[element] = None
    open_ones: list[tuple[HtmlElement, str, int]] = []
    for event, element in walk_tree(root, dropped):
        if event == "start":
            reason = _suspect(element)
            if reason is not None:
                open_ones.append((element, reason, words))
            words += len((element.text or "").split())
            continue
        if open_ones and open_ones[-1][0] is element:
            suspect, reason, before = open_ones.pop()
            sizes.append((suspect, reason, words - before))
        words += len((element.tail or "").split())
    lost = 0
    for element, reason, size in sizes:
        if size <= words * (_LARGEST_HIDDEN if reason == HIDDEN else _LARGEST_FURNITURE):
            dropped[element] = reason
            lost += size if reason == HIDDEN else 0
    return dropped, lost


def walk_tree(root: HtmlElement, dropped: dict[HtmlElement, str | None]) -> Iterator[tuple[str, HtmlElement]]:
    """Walk over the elements without their stack: start and end of each, of a dropped one the end alone."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element in dropped:
            walk.skip_subtree()
            continue
        yield event, element


def _suspect(element: HtmlElement) -> str | None:
    tag = element.tag
    if tag in ("html", "body", "main", "article"):
        return None
    names = (element.get("class") or "").lower()
    style = element.get("style") or ""
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(style) or not _HIDDEN_NAMES.isdisjoint(names.split()):
        return HIDDEN
    if tag in _FURNITURE_TAGS:
        # A heading may be a button that opens its section.
        parent = element.getparent()
        in_heading = tag == "button" and parent is not None and parent.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        return None if in_heading else FURNITURE
    named = re.split(r"[^a-z]+", f"{names} {(element.get('id') or '').lower()}")
    if (element.get("role") or "").lower() in _ROLES or not _NAMES.isdisjoint(named):
        return FURNITURE
    return None


def _is_reference(element: HtmlElement) -> bool:
    """Whether an element is the number of a footnote, which would stick to the sentence before it."""
    if element.tag != "sup":
        return False
    return any("#" in (link.get("href") or "") for link in element.iter("a"))
