"""An article's text in, its titles, furniture and prose out."""

from __future__ import annotations

import re

from ocindex.analysis.blocks import (
    FURNITURE,
    HEADING,
    PROSE,
    Block,
    ends_clause,
    ends_sentence,
    looks_like_title,
    split_lines,
)
from ocindex.reading.document import Document
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.furniture import TAIL, furniture_scope

_NUMBERED = re.compile(r"(?:\d{1,2}|[ivxIVX]{1,4})[.)] \S.{0,90}")
_INNER_END = re.compile(r"[a-z)][.!?][\"')]* +[\"'(]?[A-Z]")


def split_article(document: Document) -> list[Block]:
    """Find titles, headings, furniture and prose of an article.

    A paragraph without a sentence's end is a title or heading unless it runs
    on into the next one; what matches ``furniture.csv`` is furniture, and after
    the first sign of comments or related posts everything is.

    Parameters
    ----------
    document : Document
        An article with text.

    Returns
    -------
    list of Block
        In order of position, not overlapping, none in a section.
    """
    text = document.text or ""
    chunks = _join_cut_chunks(text, _split_chunks(text))
    titles = {fold_text(document.source.title).casefold()} if document.source.title else set()
    blocks: list[Block] = []
    in_tail = prose_seen = False
    for start, end in chunks:
        chunk = text[start:end]
        scope = furniture_scope(chunk)
        in_tail = in_tail or (scope == TAIL and prose_seen)
        if in_tail or scope is not None:
            kind = FURNITURE
        elif fold_text(chunk).casefold() in titles or _is_heading(chunk):
            kind = HEADING
            titles.add(fold_text(chunk).casefold())
        else:
            kind, prose_seen = PROSE, True
        blocks.append(Block(start, end, kind))
    return blocks


def _split_chunks(text: str) -> list[tuple[int, int]]:
    """Cut at blank lines; a furniture line inside a chunk stands for itself."""
    chunks: list[tuple[int, int]] = []
    open_start: int | None = None
    open_end = 0
    for line in split_lines(text):
        start = line.start + len(line.raw) - len(line.raw.lstrip())
        end = line.start + len(line.raw.rstrip())
        alone = bool(line.folded) and furniture_scope(line.raw) is not None and open_start is None
        if open_start is not None and (line.is_blank or alone):
            chunks.append((open_start, open_end))
            open_start = None
        if alone and start < end:
            chunks.append((start, end))
        elif not line.is_blank and start < end:
            open_start = start if open_start is None else open_start
            open_end = end
    if open_start is not None:
        chunks.append((open_start, open_end))
    return chunks


def _join_cut_chunks(text: str, chunks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a sentence that a page break cut in two with an empty line."""
    joined: list[tuple[int, int]] = []
    for start, end in chunks:
        if joined and _runs_on(text[slice(*joined[-1])], text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _runs_on(before: str, after: str) -> bool:
    if ends_clause(before) or furniture_scope(before) or furniture_scope(after):
        return False
    if fold_text(after)[:1].islower():
        return True
    return (
        _INNER_END.search(fold_text(before)) is not None
        and "\n" in before.strip()
        and not looks_like_title(fold_text(after))
    )


def _is_heading(chunk: str) -> bool:
    folded = fold_text(chunk)
    if _NUMBERED.fullmatch(folded) and not ends_sentence(folded):
        return True
    if _INNER_END.search(folded):
        return False
    # A lone short question, or a label such as "Key facts:", introduces and says nothing.
    is_lead = len(folded.split()) <= 8 and folded.endswith(("?", ":"))
    return is_lead or not ends_clause(folded)
