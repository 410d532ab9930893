"""What readers reach on secondary relations: the figures of the README, from their own labellings."""

import csv
from itertools import combinations
from pathlib import Path

from ocindex.analysis.gold import read_gold
from ocindex.cli.evaluation import bundled_texts

GOLD = Path(__file__).parents[1] / "gold"
READERS = ("first", "second", "third")
Pairs = set[tuple[str, int, str]]


def labelled() -> Pairs:
    paths = [GOLD / "peru_2021.csv", *sorted((GOLD / "profiles").glob("*.json"))]
    return {
        (path.stem, number, code)
        for path in paths
        for document in read_gold(path, bundled_texts())
        for number, sentence in enumerate(document.sentences, 1)
        for code in sentence.secondary
    }


def readings() -> dict[str, Pairs]:
    with (GOLD / "secondary_readings.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {
        reader: {
            (row["document"], int(row["sentence"]), row["indicator"]) for row in rows if int(row[reader] or 0) >= 50
        }
        for reader in READERS
    }


def f1(one: Pairs, other: Pairs) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def test_readers_agree_with_each_other_as_the_readme_says() -> None:
    given = readings()
    found = [round(f1(given[one], given[other]), 2) for one, other in combinations(READERS, 2)]
    assert (min(found), max(found)) == (0.80, 0.85)


def test_readers_reach_what_the_readme_says() -> None:
    gold = labelled()
    found = [round(f1(pairs, gold), 2) for pairs in readings().values()]
    assert len(gold) == 58
    assert (min(found), max(found)) == (0.64, 0.70)
