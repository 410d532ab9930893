"""Two ranks or two reaches in, what is wrong between them out."""

from __future__ import annotations

from ocindex.analysis.claims.scopes import LEVELS, LIMITED, WIDESPREAD
from ocindex.analysis.claims.topics import is_of_actors
from ocindex.analysis.conflicts.record import CONTRADICTION, MEDIUM, STRONG, TENSION, WEAK, Sourced, Verdict, lower
from ocindex.analysis.conflicts.times import is_half_dated, say_times

_NARROW, _WIDE = ("local",), ("national", "international", "global")


def compare_ranks(first: Sourced, second: Sourced) -> Verdict | None:
    """Compare two ranks of the same thing among the same: largest against second-largest."""
    one, other = first.claim, second.claim
    if one.value is None or other.value is None or one.value == other.value:
        return None
    if one.subject != other.subject or one.aspect != other.aspect:
        return None
    named = {str(unit) for unit in (one.unit, other.unit) if unit != "rank"}
    if len(named) > 1:
        return None
    doubts = is_half_dated(one, other) + (one.unit != other.unit)
    strength = lower(STRONG, doubts)
    if strength is None:
        return None
    group = f" {named.pop().removeprefix('rank ')}" if named else ""
    reason = (
        f"Rank: {one.place} is number {one.value:g} against number {other.value:g}{group} "
        f"({one.subject.replace('_', ' ')}, {one.aspect}). {say_times(one, other)}"
    )
    return Verdict(CONTRADICTION, strength, reason)


def compare_scopes(first: Sourced, second: Sourced) -> Verdict | None:
    """Compare how far two sentences say that actors reach, or how common a market is."""
    one, other = first.claim, second.claim
    if one.aspect != other.aspect:
        return None
    if one.aspect == "reach":
        return _compare_reach(first, second)
    return _compare_extent(first, second) if one.aspect == "extent" and one.subject == other.subject else None


def _compare_extent(first: Sourced, second: Sourced) -> Verdict | None:
    one, other = first.claim, second.claim
    if LIMITED not in (one.unit, other.unit) or one.unit == other.unit:
        return None
    reason = f"Extent: {one.subject.replace('_', ' ')} {one.unit} against {other.unit}. {say_times(one, other)}"
    # One document that says both speaks of two parts of a thing, or of two things.
    if first.document_id == second.document_id or WIDESPREAD not in (one.unit, other.unit):
        return Verdict(TENSION, MEDIUM, reason)
    return Verdict(CONTRADICTION, STRONG, reason)


def _compare_reach(first: Sourced, second: Sourced) -> Verdict | None:
    """Operating locally against a global presence; within one document other groups are likely to be meant."""
    one, other = first.claim, second.claim
    if not (is_of_actors(one.subject) and is_of_actors(other.subject)):
        return None
    narrow, wide = sorted((one, other), key=lambda claim: LEVELS.index(str(claim.unit)))
    if narrow.unit not in _NARROW or wide.unit not in _WIDE:
        return None
    if "general" not in narrow.marks:
        # One local group does not contradict another that reaches far.
        return None
    reason = f"Reach: {one.unit} against {other.unit}. {say_times(one, other)}"
    if first.document_id == second.document_id:
        return Verdict(TENSION, WEAK, reason)
    if wide.unit == "global":
        return Verdict(CONTRADICTION, STRONG, reason)
    return Verdict(CONTRADICTION if "acts" in wide.marks else TENSION, MEDIUM, reason)
