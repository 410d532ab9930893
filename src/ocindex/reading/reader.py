"""A Source in, a Document or Scores out, whatever form its file has."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from ocindex.errors import SourceError
from ocindex.reading.articlepage import read_article_page
from ocindex.reading.document import Content, Document, Issue, Source, line_number, line_starts
from ocindex.reading.forms import HTML, PDF, detect_form
from ocindex.reading.hashing import hash_file
from ocindex.reading.language import judge_language
from ocindex.reading.page import read_page
from ocindex.reading.scores import Score, read_scores
from ocindex.reading.surroundings import survey_profile
from ocindex.reading.text import decode_text

MAX_BYTES = 10_000_000
"""Largest document that is read, unless ``--max-bytes`` says otherwise; a country profile has about 10,000 bytes."""


def read_document(raw: Path, source: Source, *, max_bytes: int = MAX_BYTES) -> Document:
    """Read a profile or article.

    Parameters
    ----------
    raw : pathlib.Path
        Folder that the source's path starts from.
    source : Source
    max_bytes : int
        Larger files are refused.

    Returns
    -------
    Document
        A file that cannot be used comes back with null text, ``usable`` false
        and an issue that says why; the other files of a run are not affected.
    """
    path = raw / source.path
    size = path.stat().st_size
    if size > max_bytes:
        # Its bytes are hashed piece by piece and never in memory together.
        message = f"found {size} bytes; expected at most {max_bytes}; split the file or raise --max-bytes."
        issue = make_issue(source, "file_too_large", "error", None, message)
        return Document(source, hash_file(path), size, issues=(issue,), usable=False)
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        form = detect_form(source.path, data)
        content = _read_content(form, data, source)
        content = _keep_english(content)
    except SourceError as error:
        issue = make_issue(source, error.code, "error", None, str(error))
        return Document(source, sha256, len(data), issues=(issue,), usable=False)
    board = content.board
    return Document(
        source,
        sha256,
        len(data),
        content.text,
        content.encoding,
        page_starts=content.page_starts,
        issues=(*(make_issue(source, *note) for note in content.notes), *(board.issues if board else ())),
        places=content.places,
        board=board,
        furniture=content.furniture,
        headings=content.headings,
        form=form,
    )


def read_score_file(raw: Path, source: Source) -> tuple[Document, list[Score]]:
    """Read a tidy score file; its document has no text, its issues are those of the rows."""
    data = (raw / source.path).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        scores, issues = read_scores(data, source.document_id)
    except SourceError as error:
        issue = make_issue(source, error.code, "error", None, str(error))
        return Document(source, sha256, len(data), issues=(issue,), usable=False), []
    return Document(source, sha256, len(data), issues=tuple(issues)), scores


def read_workbook_file(raw: Path, source: Source) -> tuple[Document, list[Score]]:
    """Read the Index's workbook; its document has no text.

    Raises
    ------
    MissingExtraError
        If ``ocindex[workbook]`` is not installed.
    """
    from ocindex.reading.workbook import read_workbook

    path = raw / source.path
    sha256, size = hash_file(path), path.stat().st_size
    try:
        scores, issues = read_workbook(path, source.document_id, edition=source.edition, title=source.title)
    except SourceError as error:
        issue = make_issue(source, error.code, "error", None, str(error))
        return Document(source, sha256, size, issues=(issue,), usable=False), []
    return Document(source, sha256, size, issues=tuple(issues)), scores


def make_issue(source: Source, code: str, severity: str, locator: str | None, message: str) -> Issue:
    """Make an issue of a document with the country and edition of its source."""
    return Issue(code, severity, message, source.document_id, locator, source.iso3, source.edition)


def _read_content(form: str, data: bytes, source: Source) -> Content:
    if form == PDF:
        from ocindex.reading.pdf.reader import read_pdf

        return read_pdf(data, source)
    if form == HTML:
        content = read_article_page(data) if source.kind == "article" else read_page(data)
    else:
        decoded = decode_text(data)
        content = Content(decoded.text, decoded.encoding, decoded.notes)
    if source.kind == "profile":
        content = _survey(content, source, is_page=form == HTML)
    return content


def _survey(content: Content, source: Source, *, is_page: bool) -> Content:
    """Tell a profile's prose from the scores and the page around it."""
    board, furniture = survey_profile(content.text, source, is_page=is_page, headings=content.headings)
    return replace(content, board=board, furniture=tuple(furniture))


def _keep_english(content: Content) -> Content:
    """Refuse a text in another language; set aside the paragraphs of one that is partly so."""
    language = judge_language(content.text, content.furniture)
    if not language.is_english:
        suspected = f"it may be {language.suspected}; " if language.suspected else ""
        raise SourceError(
            "not_english",
            f"found a text that is not English; {suspected}expected English; left out: add a translation.",
        )
    if not language.foreign:
        return content
    line = line_number(line_starts(content.text), language.foreign[0][0])
    message = (
        f"found {len(language.foreign)} paragraphs that are not English (maybe {language.suspected}); expected "
        "English; they stand as furniture and are no evidence."
    )
    return replace(
        content,
        notes=(*content.notes, ("partly_not_english", "warning", f"line {line}", message)),
        furniture=tuple(sorted({*content.furniture, *language.foreign})),
    )
