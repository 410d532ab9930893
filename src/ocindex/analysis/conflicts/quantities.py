"""Two quantities in, what is wrong between their figures out."""

from __future__ import annotations

import re

from ocindex.analysis.claims.record import Claim
from ocindex.analysis.conflicts.record import CONTRADICTION, MEDIUM, STRONG, TENSION, WEAK, Sourced, Verdict
from ocindex.analysis.conflicts.times import is_half_dated, say_times

# Two figures that lie closer than this round the same number.
_CLOSE = 0.1
_ALIKE = 0.5
_SPLIT = re.compile(
    r"\b(comes?|came|goes|go|went|is|are|was|were) "
    r"(from|to|controlled by|held by|produced in|grown in|destined for|sold in)\b"
)
_WORD = re.compile(r"[a-z]{4,}")
_SMALL = frozenset(
    "about around some nearly almost over more than less fewer most been were have with from that this their there "
    "which into also year years each every cent percent".split()
)


def compare_quantities(first: Sourced, second: Sourced) -> Verdict | None:
    """Compare two figures for what is said in nearly the same words.

    Different counts of one thing pull apart; two shares of one whole in
    different hands that add up to more than 100 % exclude each other.
    """
    one, other = first.claim, second.claim
    if one.subject != other.subject or one.unit != other.unit or one.aspect != other.aspect or not one.aspect:
        return None
    if one.low is None or other.low is None or one.high is None or other.high is None:
        return None
    words, other_words = _words(one), _words(other)
    shared = words & other_words
    alike = len(shared) / max(1, min(len(words), len(other_words)))
    shares = _compare_shares(one, other, words, other_words) if one.unit == "percent" else None
    if shares is not None:
        return shares
    apart = max(one.low, other.low) - min(one.high, other.high)
    if alike < _ALIKE or len(shared) < 2 or apart <= _CLOSE * max(one.high, other.high):
        return None
    reason = f"Quantity: {_say(one)} against {_say(other)} {_what(one)}. {say_times(one, other)}"
    hedged = one.hedged or other.hedged or is_half_dated(one, other)
    return Verdict(TENSION if hedged else CONTRADICTION, WEAK if hedged else MEDIUM, reason)


def _compare_shares(one: Claim, other: Claim, words: set[str], other_words: set[str]) -> Verdict | None:
    """Two shares of one whole: the same noun and verb, in other hands."""
    assert one.low is not None
    assert other.low is not None
    total = one.low + other.low
    verbs = _verbs(one) & _verbs(other)
    if total <= 100 or not verbs or one.finding.sentence == other.finding.sentence or words == other_words:
        return None
    reason = (
        f"Shares of {one.aspect}: {one.low:g} % and {other.low:g} % are over 100 % together. {say_times(one, other)}"
    )
    hedged = one.hedged or other.hedged
    return Verdict(TENSION if hedged else CONTRADICTION, MEDIUM if hedged else STRONG, reason)


def _words(claim: Claim) -> set[str]:
    """The words near a figure that say what it counts."""
    text = claim.finding.sentence.text
    near = text[max(0, claim.position - 40) : claim.position + 80].lower()
    return {word.rstrip("s") for word in _WORD.findall(near) if word not in _SMALL}


def _verbs(claim: Claim) -> set[str]:
    """How a share is split: what comes from, goes to or is made by someone."""
    after = claim.finding.sentence.text[claim.position : claim.position + 100].lower()
    return {match[2] for match in _SPLIT.finditer(after)}


def _what(claim: Claim) -> str:
    """The unit, and what is counted where the unit does not say it."""
    return str(claim.unit) if claim.aspect in ("money", claim.unit) else f"{claim.unit} ({claim.aspect})"


def _say(claim: Claim) -> str:
    if claim.low == claim.high or claim.high is None or claim.low is None:
        return f"{claim.low:,g}"
    return f"{claim.low:,g} to {claim.high:,g}"
