"""Two claims in, whether they can speak of the same time, and how that is said, out."""

from __future__ import annotations

from ocindex.analysis.claims.periods import years_of
from ocindex.analysis.claims.record import Claim


def can_meet(first: Claim, second: Claim) -> bool:
    """Whether two claims may speak of the same time; an undated one may speak of any.

    What is said of the past ("had been rising") does not meet what is said of now.
    """
    if ("past" in first.marks) != ("past" in second.marks):
        return False
    if first.period is None or second.period is None:
        return True
    (start, end), (other_start, other_end) = years_of(first.period), years_of(second.period)
    return start <= other_end and other_start <= end


def say_times(first: Claim, second: Claim) -> str:
    """Say how two claims are dated; an undated pair is said to be undated and left open."""
    if first.period is None and second.period is None:
        return "Both are undated, so they may speak of different times."
    if first.period is None or second.period is None:
        return f"One is dated {first.period or second.period}, the other undated."
    return f"They are dated {first.period} and {second.period}."


def is_half_dated(first: Claim, second: Claim) -> bool:
    """Whether just one of the two is dated."""
    return (first.period is None) != (second.period is None)
