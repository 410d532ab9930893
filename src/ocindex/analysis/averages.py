"""Scores of indicators in, averages, ranks and what does not fit out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ocindex.reading.document import Issue
from ocindex.reading.scores import Score
from ocindex.vocabulary.countries import Country, countries
from ocindex.vocabulary.indicators import composites, indicators_of

Key = tuple[str, int, str]
_TOLERANCE = 0.005
# 6.345 and its like are not exact in binary; published averages are rounded at 0.01.
_ROUND_OFF = 1e-9
_GROUPS: Mapping[str, Callable[[Country, int], str]] = {
    "world": lambda _country, _edition: "world",
    "continent": lambda country, _edition: country.continent,
    "region": lambda country, edition: country.region_in(edition),
}


@dataclass(frozen=True, slots=True)
class Rank:
    """Competition rank: 1 is the highest score."""

    rank: int
    of: int
    tied: bool


def merge_scores(scores: Iterable[Score]) -> tuple[dict[Key, Score], list[Issue]]:
    """Bring the scores of all sources together; a disagreement is null and an issue.

    Returns
    -------
    dict of (iso3, edition, measure) to Score
        In sorted order.
    list of Issue
        One per disagreement, one per pair of sources that agree throughout.
    """
    merged: dict[Key, Score] = {}
    issues: list[Issue] = []
    agreeing: dict[tuple[str, str], int] = {}
    differing: set[tuple[str, str]] = set()
    disputed: set[Key] = set()
    for score in scores:
        key = (score.iso3, score.edition, score.measure)
        earlier = merged.get(key)
        if key in disputed:
            # A third source must not decide what two others disagree on.
            continue
        if earlier is None or (earlier.value is None and earlier.document_id == score.document_id):
            merged[key] = score
            continue
        pair = (earlier.document_id, score.document_id)
        if score.value is None or earlier.value == score.value:
            agreeing[pair] = agreeing.get(pair, 0) + (score.value is not None)
        elif earlier.value is None:
            merged[key] = score
        else:
            differing.add(pair)
            disputed.add(key)
            merged[key] = Score(*key, None, earlier.source, earlier.document_id)
            issues.append(
                Issue(
                    "scores_differ",
                    "error",
                    f"found {earlier.value} in {earlier.document_id} and {score.value} in {score.document_id}; "
                    "expected one score; left without a score.",
                    score.document_id, None, *key,
                )
            )  # fmt: skip
    for (first, second), count in sorted(agreeing.items()):
        if (first, second) not in differing and count:
            message = f"found {count} scores that are also in {first}; expected them equal; all of them are."
            issues.append(Issue("scores_agree", "info", message, second))
    return dict(sorted(merged.items())), issues


def recompute(values: Mapping[str, float], edition: int) -> dict[str, float]:
    """Recompute the averages of one country from the indicators of one edition's list.

    Parameters
    ----------
    values : mapping of str to float
        Scores by indicator.
    edition : int
        Edition whose list of indicators is averaged.

    Returns
    -------
    dict of str to float
        Unrounded; a composite that lacks an indicator is left out.

    Notes
    -----
    The Index averages its markets and its actor types, and criminality is the
    mean of those two; resilience is the mean of its indicators.
    """
    averages = {}
    for component in ("criminal_markets", "criminal_actors", "resilience"):
        codes = [item.code for item in indicators_of(edition) if item.component == component]
        if all(code in values for code in codes):
            averages[component] = sum(values[code] for code in codes) / len(codes)
    if "criminal_markets" in averages and "criminal_actors" in averages:
        averages["criminality"] = (averages["criminal_markets"] + averages["criminal_actors"]) / 2
    return averages


def differs_from_parts(published: float, recomputed: float) -> bool:
    """Whether a published average is off its parts by more than its rounding allows."""
    return abs(published - recomputed) > _TOLERANCE + _ROUND_OFF


def check_averages(scores: Mapping[Key, Score], averages: Mapping[tuple[str, int], Mapping[str, float]]) -> list[Issue]:
    """Report published averages that their parts do not give."""
    issues = []
    for (iso3, edition, measure), score in scores.items():
        recomputed = averages.get((iso3, edition), {}).get(measure)
        if score.value is not None and recomputed is not None and differs_from_parts(score.value, recomputed):
            message = (
                f"found the published average {score.value}; expected {recomputed:.4f} from its indicators, within "
                f"{_TOLERANCE}; both are kept."
            )
            issues.append(Issue("average_differs", "warning", message, score.document_id, None, iso3, edition, measure))
    return issues


def rank_countries(scores: Mapping[Key, Score]) -> dict[tuple[str, Key], Rank]:
    """Rank countries by each composite in the world, their continent and their region.

    Returns
    -------
    dict of (group, (iso3, edition, composite)) to Rank
        Only for groups in which every country of the Index has a score.
    """
    ranks: dict[tuple[str, Key], Rank] = {}
    for edition in sorted({edition for _, edition, _ in scores}):
        for group, name_of in _GROUPS.items():
            members: dict[str, list[str]] = {}
            for country in countries():
                members.setdefault(name_of(country, edition), []).append(country.iso3)
            for codes in members.values():
                for composite in composites():
                    values = [scores.get((iso3, edition, composite.code)) for iso3 in codes]
                    numbers = [score.value for score in values if score is not None and score.value is not None]
                    if len(numbers) < len(codes):
                        continue
                    for iso3, value in zip(codes, numbers, strict=True):
                        higher = sum(other > value for other in numbers)
                        ranks[group, (iso3, edition, composite.code)] = Rank(
                            higher + 1, len(numbers), numbers.count(value) > 1
                        )
    return ranks
