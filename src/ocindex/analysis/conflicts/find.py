"""The claims of many documents in, the conflicts among those on one country out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from ocindex.analysis.claims.record import QUANTITY, RANK, ROLE, SCOPE, TREND, Claim
from ocindex.analysis.conflicts.quantities import compare_quantities
from ocindex.analysis.conflicts.ranks import compare_ranks, compare_scopes
from ocindex.analysis.conflicts.record import CONFLICT_KINDS, STRENGTHS, TENSION, Conflict, Sourced, Verdict, lower
from ocindex.analysis.conflicts.roles import compare_roles
from ocindex.analysis.conflicts.times import can_meet
from ocindex.analysis.conflicts.trends import compare_trends
from ocindex.reading.document import Source
from ocindex.vocabulary.statements import broader_subject

_COMPARE: dict[str, Callable[[Sourced, Sourced], Verdict | None]] = {
    RANK: compare_ranks,
    TREND: compare_trends,
    QUANTITY: compare_quantities,
    SCOPE: compare_scopes,
}


def find_conflicts(documents: Iterable[tuple[Source, Sequence[Claim]]]) -> list[Conflict]:
    """Find the pairs of claims that exclude each other or pull apart.

    Parameters
    ----------
    documents : iterable of (Source, sequence of Claim)
        Documents without a country are compared with nothing.

    Returns
    -------
    list of Conflict
        Within one document and between documents of one country; of several
        between the same two sentences only the strongest. Nothing is resolved:
        both claims stay as they are.
    """
    by_country: dict[str, list[Sourced]] = defaultdict(list)
    for source, claims in documents:
        if source.iso3 is not None:
            by_country[source.iso3] += [Sourced(claim, source) for claim in claims]
    conflicts: list[Conflict] = []
    for iso3 in sorted(by_country):
        found = (*_of_pairs(by_country[iso3]), *_of_roles(by_country[iso3]))
        conflicts += _keep_strongest(weighed for each in found if (weighed := _weigh_editions(each)) is not None)
    return conflicts


def _of_pairs(claims: Sequence[Sourced]) -> Iterable[Conflict]:
    """Compare only claims that can meet: of one kind and on kindred subjects."""
    groups: dict[tuple[object, ...], list[Sourced]] = defaultdict(list)
    for item in claims:
        groups[_group(item.claim)].append(item)
    trends = {
        (_sentence(item), item.claim.subject, item.claim.direction) for item in claims if item.claim.kind == TREND
    }
    for (kind, *_), group in groups.items():
        compare = _COMPARE.get(str(kind), _never)
        for first, second in combinations(group, 2):
            if not _may_conflict(first, second) or _agrees(first, second, trends) or _agrees(second, first, trends):
                continue
            verdict = compare(first, second)
            if verdict is not None:
                yield Conflict(first, second, verdict)


def _never(first: Sourced, second: Sourced) -> Verdict | None:  # noqa: ARG001 (one signature for all)
    """Events do not exclude one another; roles are compared document by document."""
    return None


def _group(claim: Claim) -> tuple[object, ...]:
    """Claims of different groups never conflict; comparing all with all would take hours over many documents."""
    if claim.kind == TREND:
        return TREND, broader_subject(claim.subject) or claim.subject
    if claim.kind == QUANTITY:
        return QUANTITY, claim.subject, claim.unit, claim.aspect
    if claim.kind == SCOPE and claim.aspect == "reach":
        return SCOPE, "reach"
    return claim.kind, claim.subject


def _of_roles(claims: Sequence[Sourced]) -> Iterable[Conflict]:
    """Compare the roles of each two documents, market by market; a document does not argue with itself."""
    by_market: dict[str, dict[str, list[Sourced]]] = defaultdict(lambda: defaultdict(list))
    for item in claims:
        if item.claim.kind == ROLE:
            by_market[item.claim.subject][item.document_id].append(item)
    for market in sorted(by_market):
        for first, second in combinations(sorted(by_market[market]), 2):
            yield from compare_roles(by_market[market][first], by_market[market][second])


def _agrees(first: Sourced, second: Sourced, trends: set[tuple[tuple[str, int], str, str | None]]) -> bool:
    """Whether the first sentence also says what the second does: "violence fell, but homicides rose"."""
    claim = second.claim
    return claim.kind == TREND and (_sentence(first), claim.subject, claim.direction) in trends


def _sentence(item: Sourced) -> tuple[str, int]:
    return item.document_id, item.claim.finding.sentence.start


def _may_conflict(first: Sourced, second: Sourced) -> bool:
    """Same place and possibly the same time; not one sentence, which says itself how its parts go together."""
    one, other = first.claim, second.claim
    if _sentence(first) == _sentence(second):
        return False
    same_place = one.place == other.place or "region" in one.marks | other.marks
    return same_place and can_meet(one, other)


def _weigh_editions(conflict: Conflict) -> Conflict | None:
    """Lower what two editions of a profile say by a step: they speak of different years."""
    editions = [
        side.source.edition if side.source.kind == "profile" else None for side in (conflict.first, conflict.second)
    ]
    if None in editions or editions[0] == editions[1]:
        return conflict
    strength = lower(conflict.verdict.strength, 1)
    if strength is None:
        return None
    reason = f"{conflict.verdict.reason} The profiles are of the editions {editions[0]} and {editions[1]}."
    return replace(conflict, verdict=Verdict(TENSION, strength, reason))


def _keep_strongest(conflicts: Iterable[Conflict]) -> list[Conflict]:
    kept: dict[tuple[tuple[str, int], ...], Conflict] = {}
    for conflict in conflicts:
        sides = tuple(sorted(_sentence(item) for item in (conflict.first, conflict.second)))
        if sides not in kept or _weight(conflict) < _weight(kept[sides]):
            kept[sides] = conflict
    return [kept[sides] for sides in sorted(kept)]


def _weight(conflict: Conflict) -> tuple[int, int]:
    return CONFLICT_KINDS.index(conflict.verdict.kind), STRENGTHS.index(conflict.verdict.strength)
