"""Forward–backward over passages side by side gives what adding up all their paths gives."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from ocindex.analysis.chain import Emissions, Reading, read_batch, weigh_steps
from ocindex.analysis.graph import ASIDE, MOST_TOPICS, OUTSIDE, START, STEPS, TOPIC, section_graph, step_type
from ocindex.analysis.layout import Batch, make_batches
from ocindex.analysis.passages import Passage

VISITED = np.array([0.3, -0.2])


def passages_of(*shapes: tuple[int, int]) -> tuple[Passage, ...]:
    """Passages of so many sentences and topics, their rows one after another."""
    found, first = [], 0
    for sentences, topics in shapes:
        found.append(Passage("people", np.arange(first, first + sentences), np.arange(topics), 0))
        first += sentences
    return tuple(found)


def score(passages: tuple[Passage, ...], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Log scores of the topics, of none and of outside for each sentence, and of the steps into it by style."""
    random = np.random.default_rng(seed)
    count = sum(len(passage.rows) for passage in passages)
    return random.normal(size=(count, MOST_TOPICS + 2)), random.normal(size=(count, 2, len(STEPS)))


def emit(batch: Batch, scores: np.ndarray) -> Emissions:
    past = batch.rows[:-1] == batch.past
    rows = np.where(past, 0, batch.rows[:-1])
    cells = batch.layout.cell_passage
    topics = np.exp(scores[rows[:, cells], batch.columns])
    topics[:, batch.layout.passage_cell] = 0
    topics[past[:, cells]] = 1
    none, outside = (np.where(past, 1, np.exp(scores[rows, column])) for column in (-2, -1))
    return Emissions(topics, none, outside, np.zeros(past.shape))


def walk(passage: Passage, scores: np.ndarray, steps: np.ndarray, style: int) -> dict[tuple[int, ...], float]:
    """Weigh every path of labels through a passage."""
    topics = len(passage.topics)
    labels = [*((TOPIC, topic) for topic in range(1, topics + 1)), (ASIDE, 0), (OUTSIDE, 0)]
    found = {}
    for path in product(range(topics + 2), repeat=len(passage.rows)):
        state, total = START, 0.0
        for row, label in zip(passage.rows, path, strict=True):
            mode, topic = labels[label]
            topic = topic or state[1]
            after = (mode, topic, state[2] | 1 << (topic - 1) if topic else 0)
            column = label if mode == TOPIC else label - topics - 2
            total += scores[row, column] + steps[row, style, step_type(state, after)]
            state = after
        found[path] = np.exp(total + VISITED[style] * state[2].bit_count())
    return found


def read_all(passages: tuple[Passage, ...], seed: int = 0) -> list[tuple[Batch, Reading]]:
    scores, steps = score(passages, seed)
    batches = make_batches(passages, len(scores))
    return [
        (batch, read_batch(batch, emit(batch, scores), weigh_steps(steps), VISITED, count=True)) for batch in batches
    ]


@pytest.mark.parametrize("style", [0, 1])
def test_labels_and_totals_are_those_of_all_paths(style):
    passages = passages_of((4, 3), (1, 1), (3, 2), (4, 1))
    scores, steps = score(passages)
    ((batch, reading),) = read_all(passages)
    for place, passage in enumerate(batch.passages):
        paths = walk(passage, scores, steps, style)
        total = sum(paths.values())
        assert reading.log_total[style, place] == pytest.approx(np.log(total))
        first, topics = batch.layout.passage_cell[place] + 1, len(passage.topics)
        for step in range(len(passage.rows)):
            expected = np.zeros(topics + 2)
            for path, weight in paths.items():
                expected[path[step]] += weight / total
            assert reading.topics[step, style, first : first + topics] == pytest.approx(expected[:topics])
            assert reading.none[step, style, place] == pytest.approx(expected[topics])
            assert reading.outside[step, style, place] == pytest.approx(expected[topics + 1])


def test_a_passage_is_read_alike_alone_and_beside_others():
    together = passages_of((30, 4), (20, 6), (18, 1), (5, 2))
    scores, steps = score(together)
    beside = {}
    for batch, reading in read_all(together):
        beside |= {p.rows[0]: reading.log_total[:, place] for place, p in enumerate(batch.passages)}
    for passage in together:
        (alone,) = make_batches((passage,), len(scores))
        reading = read_batch(alone, emit(alone, scores), weigh_steps(steps), VISITED)
        # To the last bit: no passage waits for a longer one, and none is added to another.
        assert (beside[passage.rows[0]] == reading.log_total[:, 0]).all()


def test_one_step_is_expected_into_each_sentence():
    for batch, reading in read_all(passages_of((9, 3), (12, 2), (2, 5))):
        for place, passage in enumerate(batch.passages):
            assert reading.steps[: len(passage.rows), :, place].sum(-1) == pytest.approx(1)
            assert reading.steps[0, :, place, STEPS.index("stay")] == pytest.approx(0)


def test_the_slope_of_the_total_is_the_expected_count():
    passages = passages_of((5, 3))
    scores, steps = score(passages)
    (batch,) = make_batches(passages, len(scores))
    counts = read_batch(batch, emit(batch, scores), weigh_steps(steps), VISITED, count=True).steps
    for kind in ("start_1", "stay", "resume", "return", "leave_aside", "swap"):
        number, near = STEPS.index(kind), 1e-5
        totals = []
        for change in (-near, near):
            moved = steps.copy()
            moved[:, :, number] += change
            totals.append(read_batch(batch, emit(batch, scores), weigh_steps(moved), VISITED).log_total[:, 0])
        slope = (totals[1] - totals[0]) / (2 * near)
        assert counts[:, :, 0, number].sum(0) == pytest.approx(slope, abs=1e-6)


def test_extreme_scores_neither_overflow_nor_vanish():
    passages = passages_of((60, 4), (3, 2))
    scores, steps = score(passages)
    for batch in make_batches(passages, len(scores)):
        reading = read_batch(batch, emit(batch, scores), weigh_steps(12 * steps), VISITED)
        assert np.isfinite(reading.log_total).all()


def test_long_passages_are_not_read_beside_many_short_ones():
    batches = make_batches(passages_of((400, 2), *[(1, 2)] * 200), 600)
    assert sum(batch.rows.size for batch in batches) < 2 * 600 + 400


@pytest.mark.parametrize("topics", range(1, MOST_TOPICS + 1))
def test_every_place_is_reached_and_left(topics):
    graph = section_graph(topics)
    assert len(graph.topic) == 1 + topics * 2 ** (topics - 1)
    for steps in (graph.into, graph.out_of):
        assert (np.unique(steps.own) == np.arange(len(graph.topic))).all()
