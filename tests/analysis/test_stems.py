"""Stems of sentences, and what they add up to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.analysis.stems import SentenceStems, StemOdds, distinct_stems, join_stems

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=30)


def stems_of(pairs: list[tuple[int, int]], size: int = 5) -> SentenceStems:
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return distinct_stems(columns[:, 0], columns[:, 1], size)


@given(PAIRS)
def test_pairs_are_in_order_and_met_once(pairs: list[tuple[int, int]]) -> None:
    stems = stems_of(pairs)
    assert list(zip(stems.sentence.tolist(), stems.row.tolist(), strict=True)) == sorted(set(pairs))


@given(PAIRS)
def test_sums_are_those_of_a_full_table(pairs: list[tuple[int, int]]) -> None:
    odds = np.where(np.arange(28).reshape(7, 4) % 3 == 0, 0, np.linspace(-1, 2, 28).reshape(7, 4))
    expected = np.zeros((5, 4))
    for sentence, row in sorted(set(pairs)):
        expected[sentence] += odds[row]
    assert StemOdds(odds).add_up(stems_of(pairs)) == pytest.approx(expected)
    assert np.array_equal(StemOdds(odds).dense(), odds)


def test_sentences_that_are_not_kept_leave_no_gap() -> None:
    first, second = stems_of([(0, 3), (1, 1), (2, 2)], 3), stems_of([(0, 5), (1, 6)], 2)
    joined = join_stems([first, second], [np.array([True, False, True]), np.array([False, True])])
    assert (joined.sentence.tolist(), joined.row.tolist(), joined.size) == ([0, 1, 2], [3, 2, 6], 3)
