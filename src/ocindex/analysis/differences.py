"""Findings of one text read from two files in, the sentences and labels that differ out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocindex.analysis.findings import Finding

MISSING, EXTRA, LABEL = "missing", "extra", "label"


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that one file lacks, or that has another primary indicator there.

    ``kind`` is ``missing``, ``extra`` or ``label``; ``expected`` and ``found`` are codes or ``none``,
    null where the sentence is absent.
    """

    document: str
    kind: str
    text: str
    expected: str | None
    found: str | None


def list_differences(document: str, expected: Sequence[Finding], found: Sequence[Finding]) -> list[Difference]:
    """List what differs between two sequences of findings, by the words of their sentences.

    Parameters
    ----------
    document : str
        Name of what was found.
    expected, found : sequence of Finding
        In reading order.

    Returns
    -------
    list of Difference
        In the order of ``expected``, then what is extra.
    """
    waiting: dict[str, list[Finding]] = {}
    for finding in found:
        waiting.setdefault(finding.sentence.text, []).append(finding)
    differences = []
    for finding in expected:
        text = finding.sentence.text
        same = waiting.get(text)
        other = same.pop(0) if same else None
        if other is None:
            differences.append(Difference(document, MISSING, text, finding.indicator, None))
        elif other.indicator != finding.indicator:
            differences.append(Difference(document, LABEL, text, finding.indicator, other.indicator))
    left = {id(finding) for rest in waiting.values() for finding in rest}
    extra = [finding for finding in found if id(finding) in left]
    return differences + [Difference(document, EXTRA, item.sentence.text, None, item.indicator) for item in extra]
