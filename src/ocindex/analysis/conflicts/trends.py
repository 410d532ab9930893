"""Two trends in, what is wrong between a rise and a fall out."""

from __future__ import annotations

from ocindex.analysis.claims.record import Claim
from ocindex.analysis.conflicts.record import CONTRADICTION, STRONG, TENSION, Sourced, Verdict, lower
from ocindex.analysis.conflicts.times import is_half_dated, say_times
from ocindex.vocabulary.statements import broader_subject

_WORDS = {"up": "rising", "down": "falling"}


def compare_trends(first: Sourced, second: Sourced) -> Verdict | None:
    """Compare two trends of one subject, or of a subject and a part of it.

    Rising against falling is a strong contradiction. It is a tension, and a
    step weaker for each, where the areas differ, where a change is only said
    to be under way, where one is dated and the other is not, and where both
    are parts of something wider.
    """
    one, other = first.claim, second.claim
    if {one.direction, other.direction} != {"up", "down"}:
        return None
    kinship = _kinship(one.subject, other.subject)
    if kinship is None:
        return None
    doubts = kinship + is_half_dated(one, other)
    doubts += ("region" in one.marks) != ("region" in other.marks)
    doubts += ("progress" in one.marks) or ("progress" in other.marks)
    strength = lower(STRONG, doubts)
    if strength is None:
        return None
    reason = f"Trend: {_name(one)} {_WORDS[str(one.direction)]} against {_name(other)} {_WORDS[str(other.direction)]}. "
    return Verdict(TENSION if doubts else CONTRADICTION, strength, reason + say_times(one, other))


def _name(claim: Claim) -> str:
    where = " in the region" if "region" in claim.marks else f" in {claim.place}" if claim.place else ""
    return f"{claim.subject.replace('_', ' ')}{where}"


def _kinship(one: str, other: str) -> int | None:
    """Give 0 for the same subject or a subject and its part, 1 for two parts of one; null for strangers."""
    if one == other or broader_subject(one) == other or broader_subject(other) == one:
        return 0
    return 1 if broader_subject(one) and broader_subject(one) == broader_subject(other) else None
