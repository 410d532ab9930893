"""Averages: recomputed from their parts, merged over sources, and ranked within whole groups."""

from pathlib import Path

import pytest

from ocindex.analysis.averages import Rank, check_averages, differs_from_parts, merge_scores, rank_countries, recompute
from ocindex.reading.document import Source
from ocindex.reading.reader import read_score_file
from ocindex.reading.scores import Score
from ocindex.vocabulary.countries import countries
from ocindex.vocabulary.indicators import composites, indicators_of

ROOT = Path(__file__).parents[2]
KEY = ("PER", 2021, "prevention")


def score(value, document="a", key=KEY):
    return Score(*key, value=value, source="scores", document_id=document)


def merge(*scores):
    merged, issues = merge_scores(scores)
    return {key: item.value for key, item in merged.items()}, [(issue.code, issue.document_id) for issue in issues]


def even_scores(edition=2021, **components):
    return {item.code: components[item.component] for item in indicators_of(edition) if item.component in components}


def rank(values, edition=2021, composite="resilience"):
    scores = {
        (iso3, edition, composite): score(value, key=(iso3, edition, composite)) for iso3, value in values.items()
    }
    return rank_countries(scores)


def everyone(value=5.0, **other):
    return {country.iso3: value for country in countries()} | other


@pytest.mark.parametrize("edition", [2021, 2023, 2025])
def test_averages_of_peru_are_the_published_ones(edition):
    _, scores = read_score_file(ROOT / "raw", Source("scores/PER.csv", "scores/PER", "scores"))
    values = {score.measure: score.value for score in scores if score.edition == edition}
    averages = recompute(values, edition)
    assert set(averages) == {item.code for item in composites()}
    assert not [name for name, average in averages.items() if differs_from_parts(values[name], average)]


def test_criminality_is_the_mean_of_its_two_halves_not_of_all_indicators():
    averages = recompute(even_scores(criminal_markets=4.0, criminal_actors=8.0), 2021)
    assert averages == {"criminal_markets": 4.0, "criminal_actors": 8.0, "criminality": 6.0}


def test_average_is_not_rounded():
    values = even_scores(resilience=4.0) | {"prevention": 4.5}
    assert recompute(values, 2021)["resilience"] == pytest.approx(4 + 0.5 / 12)


def test_average_that_lacks_an_indicator_is_left_out():
    values = even_scores(criminal_markets=4.0, criminal_actors=8.0, resilience=5.0)
    del values["heroin_trade"]
    assert set(recompute(values, 2021)) == {"criminal_actors", "resilience"}
    assert recompute({}, 2021) == {}


def test_list_of_the_edition_decides_what_is_averaged():
    values = even_scores(2023, criminal_markets=4.0) | {"financial_crimes": 10.0}
    assert recompute(values, 2021) == {"criminal_markets": 4.0}
    assert recompute(values, 2023) == {"criminal_markets": pytest.approx(4.4)}
    assert recompute(even_scores(2021, criminal_markets=4.0), 2023) == {}


@pytest.mark.parametrize(
    ("published", "recomputed", "differs"),
    [(6.35, 6.345, False), (6.34, 6.345, False), (6.35, 6.3449, True), (6.35, 6.35, False), (6.35, 6.36, True)],
)
def test_published_average_may_be_off_by_its_rounding_alone(published, recomputed, differs):
    assert differs_from_parts(published, recomputed) is differs


def test_average_that_its_parts_do_not_give_is_a_warning():
    key = ("PER", 2021, "resilience")
    (issue,) = check_averages({key: score(4.7, key=key)}, {("PER", 2021): {"resilience": 4.5833}})
    assert (issue.code, issue.severity, issue.iso3, issue.edition, issue.indicator) == (
        "average_differs",
        "warning",
        *key,
    )
    assert "4.7" in issue.message
    assert "4.5833" in issue.message


@pytest.mark.parametrize(
    ("value", "averages"), [(4.58, {"resilience": 4.5833}), (None, {"resilience": 4.0}), (4.7, {})]
)
def test_average_that_fits_or_cannot_be_checked_is_no_issue(value, averages):
    key = ("PER", 2021, "resilience")
    assert check_averages({key: score(value, key=key)}, {("PER", 2021): averages}) == []


def test_scores_come_in_sorted_order():
    keys = [("PER", 2023, "prevention"), ("KEN", 2021, "resilience"), ("PER", 2021, "prevention")]
    assert list(merge_scores([score(3.0, key=key) for key in keys])[0]) == sorted(keys)


def test_sources_that_agree_are_said_once():
    other = ("PER", 2021, "law_enforcement")
    merged, issues = merge(score(3.0), score(4.0, key=other), score(3.0, "b"), score(4.0, "b", other))
    assert merged == {KEY: 3.0, other: 4.0}
    assert issues == [("scores_agree", "b")]


def test_sources_that_differ_give_no_score_and_an_issue():
    merged, issues = merge_scores([score(3.0), score(4.0, "b")])
    assert merged[KEY].value is None
    (issue,) = issues
    assert (issue.code, issue.severity, issue.document_id) == ("scores_differ", "error", "b")
    assert (issue.iso3, issue.edition, issue.indicator) == KEY
    assert "found 3.0 in a and 4.0 in b" in issue.message


def test_sources_that_differ_once_do_not_agree_throughout():
    other = ("PER", 2021, "law_enforcement")
    merged, issues = merge(score(3.0), score(4.0, key=other), score(3.0, "b"), score(5.0, "b", other))
    assert merged == {KEY: 3.0, other: None}
    assert issues == [("scores_differ", "b")]


@pytest.mark.parametrize("third", [3.0, 4.0, 5.0, None])
def test_third_source_does_not_settle_what_two_disagree_on(third):
    merged, issues = merge(score(3.0), score(4.0, "b"), score(third, "c"))
    assert merged == {KEY: None}
    assert issues == [("scores_differ", "b")]


@pytest.mark.parametrize("scores", [(None, 3.0), (3.0, None)])
def test_score_that_one_source_lacks_comes_from_the_other(scores):
    first, second = scores
    assert merge(score(first), score(second, "b")) == ({KEY: 3.0}, [])


def test_highest_score_ranks_first_and_ties_share_a_rank():
    ranks = rank(everyone(5.0, PER=9.0, KEN=9.0, FIN=7.0))
    key = ("PER", 2021, "resilience")
    assert ranks["world", key] == Rank(1, 193, tied=True)
    assert ranks["world", ("KEN", 2021, "resilience")] == Rank(1, 193, tied=True)
    assert ranks["world", ("FIN", 2021, "resilience")] == Rank(3, 193, tied=False)
    assert ranks["world", ("ITA", 2021, "resilience")] == Rank(4, 193, tied=True)


def test_country_is_ranked_in_its_continent_and_region_too():
    ranks = rank(everyone(5.0, PER=7.0, BRA=8.0, ITA=9.0))
    key = ("PER", 2021, "resilience")
    peru = next(country for country in countries() if country.iso3 == "PER")
    assert ranks["world", key].rank == 3
    for group, name in (("continent", peru.continent), ("region", peru.region_2021)):
        members = [c for c in countries() if name in (c.continent if group == "continent" else c.region_2021)]
        assert ranks[group, key] == Rank(2, len(members), tied=False)


def test_group_that_lacks_a_country_has_no_ranks():
    values = everyone(5.0)
    del values["PER"]
    assert_peru_unranked(rank(values))


def test_group_with_a_null_score_has_no_ranks():
    assert_peru_unranked(rank(everyone(5.0, PER=None)))


def assert_peru_unranked(ranks):
    groups = {(group, iso3) for group, (iso3, _, _) in ranks}
    assert not {group for group, iso3 in groups if iso3 in ("PER", "BRA")}
    assert ("world", "KEN") not in groups
    assert {("continent", "KEN"), ("region", "KEN")} <= groups


def test_region_is_that_of_its_edition():
    moved = next(country for country in countries() if country.region_2021 != country.region)
    stayed = {c.iso3: 5.0 for c in countries() if c.region == moved.region}
    key = (moved.iso3, 2025, "resilience")
    assert rank(stayed, 2025)["region", key].of == len(stayed)
    assert ("region", (moved.iso3, 2021, "resilience")) not in rank(stayed, 2021)


def test_no_scores_give_no_ranks():
    assert rank_countries({}) == {}
