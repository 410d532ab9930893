"""Attributed sentences in, the same with the places that something is moved from, through and to out."""

from __future__ import annotations

from collections.abc import Iterable

from ocindex.analysis.alignment import locate
from ocindex.analysis.findings import Finding, Flow
from ocindex.analysis.roles import find_roles
from ocindex.reading.document import Document
from ocindex.vocabulary.indicators import NONE, code_of

_MARKETS = "criminal_markets"


def trace_flows(findings: Iterable[Finding], document: Document) -> list[Finding]:
    """Add to each finding the flows that its sentence states.

    Parameters
    ----------
    findings : iterable of Finding
        Of one document.
    document : Document
        With text.

    Returns
    -------
    list of Finding
        A sentence filed under no market, first or second, has no flow: what moves is not known.
    """
    return [finding._replace(flows=tuple(_flows(finding, document))) for finding in findings]


def _flows(finding: Finding, document: Document) -> Iterable[Flow]:
    indicator = _market_of(finding)
    if indicator is None:
        return
    sentence = finding.sentence
    quote = (document.text or "")[sentence.start : sentence.end]
    for found in find_roles(sentence.text, document.source.iso3, indicator):
        start, end = locate(sentence.text, quote, found.mention.start, found.mention.end)
        place = found.mention.place
        yield Flow(indicator, found.role, place.name, place.iso3, sentence.start + start, sentence.start + end)


def _market_of(finding: Finding) -> str | None:
    """Give the market that a sentence speaks of: its primary indicator, else the likeliest secondary one."""
    others = sorted(finding.secondary, key=lambda item: (-item.probability, item.indicator))
    labels = [finding.indicator, *(item.indicator for item in others)]
    return next((label for label in labels if label != NONE and code_of(label).component == _MARKETS), None)
