"""Labelled documents and what was attributed in, figures of how well they agree out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocindex.analysis.findings import Finding
from ocindex.analysis.gold import GoldDocument, GoldSentence, fold_space
from ocindex.vocabulary.indicators import NONE

BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold sentence and the finding on it; either is null where the other stands alone."""

    document: str
    gold: GoldSentence | None
    finding: Finding | None

    @property
    def found(self) -> str | None:
        """Label that was found; null where the sentence's boundaries were not."""
        return self.finding.indicator if self.finding else None

    @property
    def is_right(self) -> bool:
        """Whether the label is the primary one or one that is also accepted."""
        return self.gold is not None and self.found in {self.gold.primary, *self.gold.accepted}


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of the calibration table: rows with a probability in (low, high]."""

    low: float
    high: float
    rows: int
    mean_probability: float
    right: float


@dataclass(frozen=True, slots=True)
class FlowFigures:
    """How well the flows (sentence, role, place) agree with the labelled ones; null where nothing was counted.

    ``misses`` gives per sentence, ordered, the pairs of role and place that were missed and that are wrong.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    labelled: int
    said: int
    right: int
    misses: tuple[tuple[Judged, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures from 0 to 1; one is null where nothing could be counted.

    ``accuracy`` and ``accepted`` are shares of the gold sentences that have an
    indicator; a sentence whose boundaries were not found counts as missed.
    """

    boundaries: float | None
    accuracy: float | None
    accepted: float | None
    macro_f1: float | None
    none_recall: float | None
    none_precision: float | None
    secondary_f1: float | None
    calibration_error: float | None
    precision: float | None
    recall: float | None
    counts: dict[str, int]
    by_indicator: dict[str, dict[str, float]]
    calibration: tuple[Bin, ...]
    misses: tuple[Judged, ...]
    flows: FlowFigures


def match_sentences(gold: GoldDocument, findings: Sequence[Finding]) -> list[Judged]:
    """Bring gold sentences and findings together by their words, in order.

    Returns
    -------
    list of Judged
        One per gold sentence, then one per finding that is no gold sentence.
    """
    waiting: dict[str, list[Finding]] = {}
    for finding in findings:
        waiting.setdefault(fold_space(finding.sentence.text), []).append(finding)
    judged = []
    for sentence in gold.sentences:
        same = waiting.get(sentence.text)
        judged.append(Judged(gold.name, sentence, same.pop(0) if same else None))
    return judged + [Judged(gold.name, None, finding) for rest in waiting.values() for finding in rest]


def evaluate(judged: Iterable[Judged]) -> Evaluation:
    """Count how well the findings agree with the gold labels.

    Parameters
    ----------
    judged : iterable of Judged
        Of all documents together: figures are pooled over sentences.

    Returns
    -------
    Evaluation
        macro-F1 over indicators with at least one gold sentence; calibration in
        10 equal-width bins over primary rows.
    """
    listed = list(judged)
    gold = [item for item in listed if item.gold is not None]
    topical = [item for item in gold if _primary(item) != NONE]
    nothing = [item for item in gold if _primary(item) == NONE]
    rows = [item for item in listed if item.found not in (None, NONE)]
    said_none = [item for item in gold if item.found == NONE]
    right = [item for item in topical if item.is_right]
    by_indicator = _by_indicator(listed)
    scores = [figures["f1"] for figures in by_indicator.values() if figures["gold"]]
    calibration = _calibrate(rows)
    hits, claimed, expected = _secondary_counts(gold)
    return Evaluation(
        boundaries=_share(sum(item.finding is not None for item in gold), len(gold)),
        accuracy=_share(sum(item.found == _primary(item) for item in topical), len(topical)),
        accepted=_share(len(right), len(topical)),
        macro_f1=_share(sum(scores), len(scores)),
        none_recall=_share(sum(item.found == NONE for item in nothing), len(nothing)),
        none_precision=_share(sum(_primary(item) == NONE for item in said_none), len(said_none)),
        secondary_f1=_share(2 * hits, claimed + expected),
        calibration_error=_share(sum(b.rows * abs(b.mean_probability - b.right) for b in calibration), len(rows)),
        precision=_share(sum(item.is_right for item in rows), len(rows)),
        recall=_share(sum(item.is_right for item in topical), len(topical)),
        counts={
            "sentences": len(gold),
            "boundaries_found": sum(item.finding is not None for item in gold),
            "with_indicator": len(topical),
            "accepted": len(right),
            "none": len(nothing),
            "none_found": sum(item.found == NONE for item in nothing),
            "none_said": len(said_none),
            "rows": len(rows),
            "not_gold": sum(item.gold is None and item.found != NONE for item in listed),
            "secondary": expected,
            "secondary_said": claimed,
            "secondary_right": hits,
        },
        by_indicator=by_indicator,
        calibration=calibration,
        misses=tuple(item for item in listed if not item.is_right and not _is_rightly_none(item)),
        flows=_judge_flows(listed),
    )


def _judge_flows(listed: list[Judged]) -> FlowFigures:
    """Compare flows in the documents in which they are labelled, sentence by sentence."""
    documents = {item.document for item in listed if item.gold is not None and item.gold.flows is not None}
    labelled = said = right = 0
    misses = []
    for item in listed:
        if item.document not in documents:
            continue
        gold = (item.gold.flows if item.gold else None) or frozenset()
        found = frozenset((flow.role, flow.place) for flow in item.finding.flows) if item.finding else frozenset()
        labelled, said, right = labelled + len(gold), said + len(found), right + len(gold & found)
        if gold != found:
            misses.append((item, tuple(sorted(gold - found)), tuple(sorted(found - gold))))
    return FlowFigures(
        _share(right, said),
        _share(right, labelled),
        _share(2 * right, labelled + said),
        labelled,
        said,
        right,
        tuple(misses),
    )


def _primary(item: Judged) -> str | None:
    return item.gold.primary if item.gold else None


def _is_rightly_none(item: Judged) -> bool:
    return item.gold is None and item.found == NONE


def _by_indicator(judged: list[Judged]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 per indicator; an accepted label counts as the primary one."""
    gold: Counter[str] = Counter()
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for item in judged:
        label, found = _primary(item), item.found
        if item.is_right and label is not None:
            found = label
        if label not in (None, NONE):
            gold[str(label)] += 1
        if found not in (None, NONE):
            said[str(found)] += 1
            right[str(found)] += found == label
    return {
        code: {
            "gold": gold[code],
            "said": said[code],
            "precision": right[code] / said[code] if said[code] else 0.0,
            "recall": right[code] / gold[code] if gold[code] else 0.0,
            "f1": 2 * right[code] / (gold[code] + said[code]),
        }
        for code in sorted(set(gold) | set(said))
    }


def _secondary_counts(gold: list[Judged]) -> tuple[int, int, int]:
    """Count pairs of sentence and secondary indicator: right, said, in the gold."""
    hits = claimed = expected = 0
    for item in gold:
        labels = item.gold.secondary if item.gold else frozenset()
        said = {secondary.indicator for secondary in item.finding.secondary} if item.finding else set()
        hits += len(said & labels)
        claimed += len(said)
        expected += len(labels)
    return hits, claimed, expected


def _calibrate(rows: list[Judged]) -> tuple[Bin, ...]:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for item in rows:
        assert item.finding is not None
        probability = item.finding.probability
        bins[min(int(probability * BINS), BINS - 1)].append((probability, item.is_right))
    return tuple(
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(cells),
            sum(probability for probability, _ in cells) / len(cells),
            sum(right for _, right in cells) / len(cells),
        )
        for number, cells in enumerate(bins)
        if cells
    )


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None
