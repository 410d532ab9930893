"""Bytes of an article saved as a web page in, its main text out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocindex.errors import MissingExtraError
from ocindex.reading.document import Content
from ocindex.reading.markup import decode_markup, parse_markup
from ocindex.reading.page import read_page
from ocindex.reading.pagetext import PageText

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset("p list item quote table row graphic code body main".split())
# The extractor's own functions call themselves at each level.
_DEEPEST = 200


def read_article_page(raw: bytes) -> Content:
    """Read the main text of an article's page; trafilatura tells it from what stands around it.

    Parameters
    ----------
    raw : bytes
        The saved page.

    Returns
    -------
    Content
        Paragraphs with an empty line between. A page in which no main text is found (a short
        one) is read as a whole, without navigation and footers, and that is a note.

    Raises
    ------
    SourceError
        Like `read_page`.
    MissingExtraError
        If ``ocindex[html]`` is not installed.
    """
    decoded = decode_markup(raw)
    root = parse_markup(decoded.text)
    body = _find_main(decoded.text) if _depth(root) <= _DEEPEST else None
    page = PageText()
    if body is not None:
        _write(body, page)
    text, headings = page.finish()
    if text:
        return Content(text, decoded.encoding, decoded.notes, headings=headings)
    whole = read_page(raw)
    message = "found no main text; expected an article's; read the whole page: check it for navigation."
    return Content(
        whole.text, whole.encoding, (*whole.notes, ("no_main_text", "info", None, message)), headings=whole.headings
    )


def _find_main(text: str) -> _Element | None:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtraError(
            "found no trafilatura; expected it for articles as web pages; install it with "
            "`pip install 'ocindex[html]'`."
        ) from error
    found = bare_extraction(text, include_comments=False, include_tables=True, with_metadata=False)
    body: _Element | None = getattr(found, "body", None)
    return body


def _write(body: _Element, page: PageText) -> None:
    from lxml import etree

    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == "head":
                page.open_heading(int((element.get("rend") or "h2")[1:] or 2))
            elif tag in _BLOCKS:
                page.end_block(blank=tag != "row")
            elif tag == "lb":
                page.break_line()
            page.add(element.text)
            continue
        if tag == "head":
            page.close_heading()
        elif tag == "cell":
            page.end_cell()
        elif tag in _BLOCKS:
            page.end_block(blank=tag != "row")
        page.add(element.tail)


def _depth(root: _Element) -> int:
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
