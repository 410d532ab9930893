"""A tidy score file in, checked scores and issues out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from ocindex.errors import SourceError, UnknownNameError
from ocindex.reading.document import Issue
from ocindex.reading.text import decode_text
from ocindex.vocabulary.countries import find_countries
from ocindex.vocabulary.indicators import Indicator, find_code, known_edition

COLUMNS = ("iso3", "edition", "measure", "score")
_NUMBER = re.compile(r"\d{1,3}(\.\d+)?")
# Half a unit in the last place of a single-precision number up to 16.
_ROUND_OFF = 5e-7
_NEAR_SCALE = (0.5, 10.5)


class Score(NamedTuple):
    """One score of one country: ``value`` from 1 to 10, null where it could not be used."""

    # No frozen dataclass: a workbook has 20,000 of them, made in 5 ms this way and in 15 that way.
    iso3: str
    edition: int
    measure: str
    value: float | None
    source: str
    document_id: str


def read_scores(raw: bytes, document_id: str) -> tuple[list[Score], list[Issue]]:
    r"""Read a CSV of the columns iso3, edition, measure, score.

    Parameters
    ----------
    raw : bytes
        The file; any encoding that `decode_text` reads.
    document_id : str
        Document that issues and scores are attributed to.

    Returns
    -------
    list of Score
        One per country, edition and measure; a score that cannot be used is null.
    list of Issue
        What was wrong, with its line.

    Raises
    ------
    SourceError
        If the file is no such table.

    Examples
    --------
    >>> scores, issues = read_scores(b"iso3,edition,measure,score\nPER,2021,prevention,3.0\n", "scores/x")
    >>> scores[0].value, issues
    (3.0, [])
    """
    found: dict[tuple[str, int, str], Score] = {}
    issues: list[Issue] = []
    for line, row in _read_rows(raw):
        cells = {name: (row[name] or "").strip() for name in COLUMNS}
        issue = Reporter(document_id, f"line {line}", issues)
        if None in row:
            # An unquoted decimal comma: 7,5 would be read as 7.
            issue("too_many_cells", "found more cells than columns; expected one per column; row left out: quote it.")
            continue
        key = _read_key(cells, issue)
        if key is None:
            continue
        value = check_score(cells["score"], find_code(key[2]), issue)
        score = Score(*key, value=value, source="scores", document_id=document_id)
        found[key] = merge_double(found.get(key), score, issue)
    return list(found.values()), issues


class Reporter:
    """Collects issues of one place in a file (a line, a cell): calling it appends one.

    ``iso3``, ``edition`` and ``indicator`` go into each issue as far as they are known by then.
    """

    def __init__(self, document_id: str, locator: str, issues: list[Issue]) -> None:
        self._document_id, self._locator, self._issues = document_id, locator, issues
        self.iso3: str | None = None
        self.edition: int | None = None
        self.indicator: str | None = None

    def __call__(self, code: str, message: str, severity: str = "error") -> None:
        self._issues.append(
            Issue(
                code=code,
                severity=severity,
                message=message,
                document_id=self._document_id,
                locator=self._locator,
                iso3=self.iso3,
                edition=self.edition,
                indicator=self.indicator,
            )
        )


def check_score(text: str, measure: Indicator, issue: Reporter) -> float | None:
    """Read one score: 1 to 10, in steps of 0.5 for an indicator, of 0.01 for an average."""
    if not text:
        issue("blank_score", "found a blank score; expected a number from 1 to 10; left without a score.", "warning")
        return None
    if not _NUMBER.fullmatch(text):
        shown = text if len(text) <= 60 else text[:60] + "…"
        issue("score_not_a_number", f"found score {shown!r}; expected a number such as 6.5; left without a score.")
        return None
    return check_number(float(text), measure, issue, found=text)


def check_number(value: float, measure: Indicator, issue: Reporter, *, found: str) -> float | None:
    """Check a number against scale and steps; ``found`` is how it stands in the file."""
    score = snap_score(value, composite=measure.is_composite)
    if score is not None:
        return score
    if not 1 <= value <= 10:
        issue("score_off_scale", f"found score {found}; expected 1 to 10; left without a score.")
        return None
    step = 0.01 if measure.is_composite else 0.5
    issue("score_off_grid", f"found score {found}; expected steps of {step}; left without a score.")
    return None


def snap_score(value: float, *, composite: bool) -> float | None:
    """Give the score that a number stands for, or null where it is off the scale or between two steps.

    Parameters
    ----------
    value : float
    composite : bool
        Whether steps are of 0.01 (a published average) or of 0.5 (an indicator).

    Returns
    -------
    float or None
        1 to 10. Binary round-off is taken away: 6.35 stored as 6.3499999 (in single precision) is 6.35.

    Examples
    --------
    >>> snap_score(6.3499999, composite=True), snap_score(4.37, composite=False), snap_score(11.0, composite=False)
    (6.35, None, None)
    """
    if not _NEAR_SCALE[0] < value < _NEAR_SCALE[1]:
        return None
    score = round(value, 2) if composite else round(value * 2) / 2
    return score if abs(value - score) <= _ROUND_OFF and 1 <= score <= 10 else None


def _read_rows(raw: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(decode_text(raw).text, newline=""))
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise SourceError(
                "missing_column",
                f"found no column {missing[0]!r}; expected {', '.join(COLUMNS)}; correct the header.",
            )
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        message = f"found {error} in line {reader.line_num + 1}; expected comma-separated values; correct the line."
        raise SourceError("not_a_table", message) from error


def _read_key(cells: dict[str, str], issue: Reporter) -> tuple[str, int, str] | None:
    countries = find_countries(cells["iso3"])
    if len(countries) != 1:
        found = "an ambiguous" if countries else "an unknown"
        issue("unknown_country", f"found {found} country {cells['iso3']!r}; expected an iso3 code; row left out.")
        return None
    issue.iso3 = countries[0].iso3
    try:
        edition = known_edition(int(cells["edition"])).edition
    except (ValueError, UnknownNameError):
        issue("unknown_edition", f"found edition {cells['edition']!r}; expected an edition of the Index; row left out.")
        return None
    issue.edition = edition
    try:
        measure = find_code(cells["measure"])
    except UnknownNameError:
        issue("unknown_measure", f"found measure {cells['measure']!r}; expected an indicator code; row left out.")
        return None
    if measure.since > edition:
        issue(
            "not_in_edition",
            f"found {measure.code} in {edition}; expected it since {measure.since}; row left out.",
        )
        return None
    issue.indicator = measure.code
    return countries[0].iso3, edition, measure.code


def merge_double(earlier: Score | None, score: Score, issue: Reporter) -> Score:
    """Bring two scores of one key in one file together; where they differ the score is null."""
    if earlier is None:
        return score
    if earlier.value == score.value:
        issue("double_score", f"found the score {score.value} twice; expected one row; one used.", "info")
        return earlier
    issue(
        "conflicting_scores",
        f"found {earlier.value} and {score.value}; expected one score; left without a score.",
    )
    return Score(score.iso3, score.edition, score.measure, None, score.source, score.document_id)
