"""The records of a comparison: a claim with its source, a verdict on two, a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ocindex.analysis.claims.record import Claim, is_of
from ocindex.reading.document import Source

CONTRADICTION, TENSION = CONFLICT_KINDS = ("contradiction", "tension")
STRONG, MEDIUM, WEAK = STRENGTHS = ("strong", "medium", "weak")


class Sourced(NamedTuple):
    """A claim and the document that makes it."""

    claim: Claim
    source: Source

    @property
    def document_id(self) -> str:
        """Document that makes the claim."""
        return self.source.document_id


class Verdict(NamedTuple):
    """What is wrong between two claims, how strongly, and why in one sentence."""

    kind: str
    strength: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that exclude each other (contradiction) or pull apart (tension)."""

    first: Sourced
    second: Sourced
    verdict: Verdict

    @property
    def indicator(self) -> str | None:
        """The indicator that both are about, null if none."""
        for code in (self.first.claim.subject, self.second.claim.subject):
            if any(is_of(code, component) for component in ("criminal_markets", "criminal_actors", "resilience")):
                return code
        labels = {self.first.claim.finding.indicator, self.second.claim.finding.indicator}
        return labels.pop() if len(labels) == 1 and labels != {"none"} else None

    @property
    def same_document(self) -> bool:
        """Whether one document says both."""
        return self.first.document_id == self.second.document_id

    @property
    def same_origin(self) -> bool:
        """Whether both come from one source: the same document or documents of one origin."""
        origins = {self.first.source.origin, self.second.source.origin}
        return self.same_document or (len(origins) == 1 and None not in origins)


def lower(strength: str, steps: int) -> str | None:
    """Lower a strength; below weak nothing is left to report.

    Examples
    --------
    >>> lower("strong", 1), lower("weak", 1)
    ('medium', None)
    """
    place = STRENGTHS.index(strength) + steps
    return STRENGTHS[place] if place < len(STRENGTHS) else None
