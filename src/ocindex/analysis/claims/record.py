"""The record of one claim, and the sentence that it is read from."""

from __future__ import annotations

from dataclasses import dataclass, field

from ocindex.analysis.findings import Finding
from ocindex.vocabulary.indicators import NONE, all_codes
from ocindex.vocabulary.places import Mention

RANK, TREND, QUANTITY, EVENT, SCOPE, ROLE = KINDS = ("rank", "trend", "quantity", "event", "scope", "role")
UP, DOWN = "up", "down"
ORGANIZED_CRIME = "organized_crime"


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement of one sentence.

    ``subject`` is an indicator or a slug; ``value`` is null where no single
    number is stated; ``period`` is ISO 8601; ``place`` a name of ``places.csv``
    or null. What the comparison of claims needs beyond that is not published:
    ``aspect`` (the thing ranked, counted or done), ``low`` and ``high`` (what a
    range allows) and ``marks`` (``past``, ``progress``, ``general``, ``region``…).
    """

    finding: Finding
    kind: str
    subject: str
    value: float | None = None
    unit: str | None = None
    direction: str | None = None
    period: str | None = None
    place: str | None = None
    place_iso3: str | None = None
    hedged: bool = False
    attributed_to: str | None = None
    aspect: str = ""
    low: float | None = None
    high: float | None = None
    marks: frozenset[str] = field(default=frozenset())
    position: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as the readers of claims see it.

    ``country`` and ``iso3`` are what the sentence is about by default;
    ``mentions`` are the places that it names.
    """

    finding: Finding
    text: str
    country: str | None
    iso3: str | None
    mentions: tuple[Mention, ...] = ()

    @property
    def indicator(self) -> str | None:
        """The primary indicator, null for none."""
        return None if self.finding.indicator == NONE else self.finding.indicator

    @property
    def actor(self) -> str:
        """The actor type that the sentence is about, or organized crime at large."""
        listed = [self.finding.indicator, *(item.indicator for item in self.finding.secondary)]
        actors = [code for code in listed if is_actor(code)]
        return actors[0] if actors else ORGANIZED_CRIME


def is_actor(code: str) -> bool:
    """Whether an indicator is a type of criminal actor."""
    return is_of(code, "criminal_actors")


def is_of(code: str | None, component: str) -> bool:
    """Whether a subject is an indicator of a component."""
    return any(item.code == code and item.component == component for item in all_codes())
