"""The records that analysis hands on: findings, spans and an analysed document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ocindex.analysis.blocks import FURNITURE, HEADING, Block, trim
from ocindex.analysis.sentences import Sentence
from ocindex.reading.document import Document, Issue

if TYPE_CHECKING:
    from ocindex.analysis.claims.record import Claim


@dataclass(frozen=True, slots=True)
class Secondary:
    """Another indicator that a sentence informs, with the cues that say so."""

    indicator: str
    probability: float
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """A place that a sentence gives a role in a movement: ``origin``, ``transit`` or ``destination``.

    ``start`` and ``end`` are the half-open positions of the words that name it, in
    code points of the document's text; ``place_iso3`` is null for a region of the world.
    """

    indicator: str
    role: str
    place: str
    place_iso3: str | None
    start: int
    end: int


class Finding(NamedTuple):
    """One sentence and what it is about; a tuple, as that is made in a quarter of the time.

    ``indicator`` and ``runner_up`` are codes or ``none``; probabilities run
    from 0 to 1; ``cues`` stand verbatim in the sentence's readable text;
    ``about`` is ``country``, ``elsewhere`` or ``unclear``.
    """

    sentence: Sentence
    indicator: str
    probability: float
    runner_up: str
    runner_up_probability: float
    cues: tuple[str, ...] = ()
    secondary: tuple[Secondary, ...] = ()
    about: str = "country"
    flows: tuple[Flow, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a document's text; a sentence carries its finding."""

    start: int
    end: int
    kind: str
    section: str | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with its spans, findings, claims and issues."""

    document: Document
    spans: tuple[Span, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
    claims: tuple[Claim, ...] = ()

    @property
    def findings(self) -> list[Finding]:
        """Findings in reading order."""
        return [span.finding for span in self.spans if span.finding is not None]


def cover_text(text: str, blocks: Sequence[Block], findings: Sequence[Finding]) -> list[Span]:
    """Lay spans over a text so that only white space is left between them.

    Parameters
    ----------
    text : str
        Text of the document.
    blocks : sequence of Block
        Headings and furniture; prose is taken from the sentences.
    findings : sequence of Finding
        One per sentence.

    Returns
    -------
    list of Span
        In order of position; what no block covers is furniture.
    """
    known = [
        Span(*trim(text, block.start, block.end), block.kind, block.section)
        for block in blocks
        if block.kind in (HEADING, FURNITURE)
    ]
    known += [
        Span(item.sentence.start, item.sentence.end, "sentence", item.sentence.section, item) for item in findings
    ]
    spans: list[Span] = []
    position = 0
    for span in sorted((span for span in known if span.start < span.end), key=lambda span: span.start):
        spans += _fill_gap(text, position, span.start)
        spans.append(span)
        position = span.end
    return spans + _fill_gap(text, position, len(text))


def _fill_gap(text: str, start: int, end: int) -> list[Span]:
    first, last = trim(text, start, end)
    return [Span(first, last, FURNITURE)] if first < last else []
