"""An article's text in, its titles, furniture and prose out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ocindex.analysis.blocks import (
    FURNITURE,
    HEADING,
    PROSE,
    Block,
    Line,
    looks_like_title,
    split_lines,
)
from ocindex.reading.document import Document
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.furniture import TAIL, furniture_scope, is_byline
from ocindex.vocabulary.punctuation import ends_clause, ends_sentence

_BULLET = re.compile(r"[-•*–—·▪●‣◦]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[ivxIVX]{1,4})[.)] \S.{0,90}")
_INNER_END = re.compile(r"[a-z)][.!?][\"')]* +[\"'(]?[A-Z]")
_LETTERED = re.compile(r"[^\W\d_][\w'.-]*")
# Small words of a title in Title Case.
_SMALL = frozenset(
    "a about above across after against along amid among an and around as at before behind below between beyond but "
    "by de del di do down du e el for from in into is it its la las le les los near nor of off on onto or out over "
    "par per since so than the through to toward towards under until up upon v van via von vs with within without y "
    "yet".split()
)
_LONGEST_HEADING = 25
_WIDEST_WRAP = 130
# What a line may fall short of the wrap width before its end counts as meant.
_SLACK = 12
# A reader's comment: "user_77: …", "@user …", "Jane D.: …", "Jane, 2 days ago: …", "Jane says:", "Jane wrote: …".
_COMMENT = re.compile(
    r"@\w[\w.-]+\b.*|(?=\S*[\d_])[A-Za-z][\w.-]{2,30}(?: \([^()]{1,40}\))? ?: \S.*"
    r"|[^.:!?]{2,40} \([^()]{0,20}\bago\) ?:? .*|[^.:!?]{2,40} \(\d[^()]{0,30}\) ?: .*"
    r"|[^.:!?]{2,40} (?:says|said|wrote|writes|commented|replied) ?:"
    r"|[A-Z][\w'-]*(?: [A-Z][\w'.-]*){0,2} (?:wrote|writes|commented|comments|replied) ?: \S.*"
    r"|[A-Z][\w'-]*(?: [A-Z][\w'.-]*){0,2} (?:says|said) ?: (?![\"'])\S.*"
    r"|[^.!?]{0,40}\b\d+ (?:hour|day|week|month|year)s? ago(?: ?: \S.*)?"
    r"|[A-Z][\w'-]+ (?:[A-Z]\.|[A-Z]\w*\d\w*) ?: \S.*"
)
# "Jane: …", "Jane Doe, Leeds: …": a comment only in a run of several at the end, by different names.
_NAMED = re.compile(r"(?P<name>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,2}(?:, [A-Z][\w.' -]{1,30})?) ?: \S.*")
_LABELS = frozenset(
    "abstract aftermath analysis answer background box case conclusion context example examples fact facts figures "
    "finding findings history impact introduction issue key key_facts lesson methodology note outlook overview "
    "question result results statistics step summary trend trends why what how who".split()
)


def split_article(document: Document) -> list[Block]:
    """Find titles, headings, furniture and prose of an article.

    Hard-wrapped lines are joined to paragraphs, otherwise each line is one. A
    paragraph without a sentence's end is a title or heading unless it runs on
    into the next one; what matches ``furniture.csv`` is furniture, and after
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
    spans = _join_cut_chunks(text, _split_chunks(text))
    chunks = [fold_text(_BULLET.sub("", text[start:end], count=1)) for start, end in spans]
    titles = {fold_text(document.source.title).casefold()} if document.source.title else set()
    kinds: list[str] = []
    comments_from = _find_comments(chunks)
    in_tail = has_prose = False
    for number, chunk in enumerate(chunks):
        scope = furniture_scope(chunk)
        in_tail = in_tail or (has_prose and (scope == TAIL or number >= comments_from))
        if in_tail or scope is not None:
            kinds.append(FURNITURE)
        elif chunk.casefold() in titles or _is_heading(chunk, is_first=not has_prose):
            kinds.append(HEADING)
            titles.add(chunk.casefold())
        else:
            kinds.append(PROSE)
            has_prose = True
    kinds = _mark_standfirst(chunks, kinds)
    return [block for span, kind in zip(spans, kinds, strict=True) for block in _part_bullet(text, Block(*span, kind))]


def _part_bullet(text: str, block: Block) -> list[Block]:
    """Part the mark of a list from its item: no sentence begins with it."""
    mark = _BULLET.match(text, block.start, block.end)
    if mark is None or block.kind != PROSE:
        return [block]
    return [Block(block.start, block.start + len(mark[0].rstrip()), FURNITURE), replace(block, start=mark.end())]


def _split_chunks(text: str) -> list[tuple[int, int]]:
    """Cut at blank lines and at line ends that are meant; a furniture line stands for itself."""
    lines = split_lines(text)
    width = _wrap_width(lines)
    chunks: list[tuple[int, int]] = []
    before: Line | None = None
    for line in lines:
        if line.is_blank:
            before = None
            continue
        start = line.start + len(line.raw) - len(line.raw.lstrip())
        end = line.start + len(line.raw.rstrip())
        if before is not None and not _is_meant(before, line, width):
            chunks[-1] = (chunks[-1][0], end)
        elif start < end:
            chunks.append((start, end))
        before = line
    return chunks


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Give the width at which the lines were wrapped, or none where each line is a paragraph."""
    pairs = [(a, b) for a, b in pairwise(lines) if not a.is_blank and not b.is_blank and len(a.folded.split()) >= 5]
    # Only a wrap leaves most lines to go on in small letters.
    running = [a for a, b in pairs if not ends_sentence(a.folded) and len(a.folded) <= _WIDEST_WRAP]
    small = sum(b.folded[:1].islower() for _, b in pairs)
    if not running or small < 0.4 * len(pairs):
        return None
    return max(len(line.folded) for line in running)


def _is_meant(before: Line, line: Line, width: int | None) -> bool:
    """Whether the end of a line is a paragraph's end, not the margin's."""
    if _BULLET.match(line.raw.lstrip()):
        return True
    goes_on = line.folded[:1].islower() and not ends_sentence(before.folded)
    # Nor is the end of a line that is too long for a title and ends no sentence.
    goes_on = goes_on or (len(before.folded) > _WIDEST_WRAP and not ends_clause(before.folded))
    if goes_on and furniture_scope(before.folded) is None:
        return False
    if width is None:
        return True
    fits = len(before.folded) + 1 + len(line.folded.split()[0]) + _SLACK <= width
    return fits or (len(before.folded) > 2 * width and ends_sentence(before.folded))


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
    start, end = fold_text(after), fold_text(before)
    # A bare short line before a small letter is a label, not a cut sentence.
    if start[:1].islower():
        return _COMMENT.fullmatch(start) is None and len(end.split()) >= 4
    return _INNER_END.search(end) is not None and "\n" in before.strip() and not looks_like_title(start)


def _is_heading(chunk: str, *, is_first: bool) -> bool:
    if _NUMBERED.fullmatch(chunk) and not ends_sentence(chunk):
        return True
    if _is_title_case(chunk, is_first=is_first):
        return True
    if _INNER_END.search(chunk):
        return False
    words = len(chunk.split())
    # A lone short question, or a label such as "Key facts:", introduces and says nothing.
    if chunk.endswith("?"):
        return words <= 12
    if chunk.endswith(":"):
        return words <= 8
    return words <= _LONGEST_HEADING and not ends_clause(chunk)


def _is_title_case(chunk: str, *, is_first: bool) -> bool:
    """Whether all but the small words begin with a capital, as in no sentence of prose."""
    words = _LETTERED.findall(chunk)
    if len(words) < 3 or len(words) > 20 or (ends_sentence(chunk) and not is_first and len(words) < 5):
        return False
    large = [word for word in words if word.lower() not in _SMALL]
    # A few names in a row are no title: "Bukele met Petro in Lima."
    return len(large) >= 3 and all(word[0].isupper() for word in large)


def _mark_standfirst(chunks: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Count one sentence or two between a title and the byline among the titles."""
    marked = list(kinds)
    byline = next((n for n, chunk in enumerate(chunks) if kinds[n] == FURNITURE and is_byline(chunk)), len(kinds))
    above = [n for n in range(byline) if kinds[n] == PROSE]
    after = [n for n in range(byline, len(kinds)) if kinds[n] == PROSE]
    if not above or HEADING not in kinds[: above[0]] or len(after) <= len(above) or len(above) > 2:
        return marked
    if all(len(chunks[n]) <= 300 and len(_INNER_END.findall(chunks[n])) <= 1 for n in above):
        for n in above:
            marked[n] = HEADING
    return marked


def _find_comments(chunks: Sequence[str]) -> int:
    """Give the number of the first chunk from which on most are shaped like comments."""
    said = [n for n, chunk in enumerate(chunks) if furniture_scope(chunk) is None]
    shaped = [n for n in said if _COMMENT.fullmatch(chunks[n])]
    named = {n: match["name"] for n in said if (match := _NAMED.fullmatch(chunks[n])) and _is_name(match["name"])}
    # Speakers of an interview come back; readers who comment seldom do.
    if len(set(named.values())) < len(named):
        named = {}
    known, by_name, either = set(shaped), sorted(named), sorted({*shaped, *named})
    for first in either:
        rest, sure, likely, both = (_count_from(first, group) for group in (said, shaped, by_name, either))
        if 2 * sure >= rest and first in known:
            return first
        if likely >= 2 and both == rest:
            return first
    return len(chunks)


def _count_from(first: int, numbers: Sequence[int]) -> int:
    """Count the numbers of an ascending list from ``first`` on."""
    return len(numbers) - bisect_left(numbers, first)


def _is_name(name: str) -> bool:
    return not {word.casefold().strip(",.") for word in name.split()} & _LABELS
