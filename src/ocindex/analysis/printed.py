"""Changes and ranks that profiles print in, those that the scores do not bear out as issues out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ocindex.analysis.averages import Key, Rank
from ocindex.reading.document import Document, Issue
from ocindex.reading.scores import Score
from ocindex.vocabulary.indicators import editions

# Both scores and their difference are printed with two decimals.
_TOLERANCE = 0.0051


def check_printed(
    documents: Iterable[Document], scores: Mapping[Key, Score], ranks: Mapping[tuple[str, Key], Rank]
) -> list[Issue]:
    """Check what profiles print beside their scores against the scores themselves.

    Parameters
    ----------
    documents : iterable of Document
        Profiles; those without a scoreboard are passed over.
    scores : mapping of (iso3, edition, measure) to Score
        Of all sources together.
    ranks : mapping of (group, (iso3, edition, composite)) to Rank
        As far as every country of a group has a score.

    Returns
    -------
    list of Issue
        ``change_differs`` and ``rank_differs``; nothing is altered.
    """
    issues = []
    for document in documents:
        if document.board is not None and document.source.iso3 and document.source.edition:
            issues += _check_changes(document, document.source.iso3, document.source.edition, scores)
            issues += _check_ranks(document, document.source.iso3, document.source.edition, ranks)
    return issues


def _check_changes(document: Document, iso3: str, edition: int, scores: Mapping[Key, Score]) -> list[Issue]:
    assert document.board is not None
    earlier = max((item.edition for item in editions() if item.edition < edition), default=None)
    issues: list[Issue] = []
    for measure, change in document.board.changes.items():
        now, before = scores.get((iso3, edition, measure)), scores.get((iso3, earlier or 0, measure))
        if now is None or before is None or now.value is None or before.value is None:
            continue
        difference = now.value - before.value
        if abs(difference - change) > _TOLERANCE:
            message = (
                f"found a printed change of {change:+.2f}; expected {difference:+.2f} from {before.value} in {earlier} "
                f"to {now.value}; the scores are kept: check the edition."
            )
            issues.append(
                Issue("change_differs", "warning", message, document.document_id, None, iso3, edition, measure)
            )
    return issues


def _check_ranks(document: Document, iso3: str, edition: int, ranks: Mapping[tuple[str, Key], Rank]) -> list[Issue]:
    assert document.board is not None
    issues: list[Issue] = []
    for printed in document.board.ranks:
        known = ranks.get(("world", (iso3, edition, printed.measure)))
        if printed.group is not None or known is None or (known.rank, known.of) == (printed.rank, printed.of):
            continue
        message = (
            f"found the printed rank {printed.rank} of {printed.of}; expected {known.rank} of {known.of} from the "
            "scores; the computed one is kept."
        )
        issues.append(
            Issue(
                "rank_differs",
                "warning",
                message,
                document.document_id,
                printed.locator,
                iso3,
                edition,
                printed.measure,
            )
        )
    return issues
