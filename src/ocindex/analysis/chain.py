"""A passage and weights in, the probability of every label for every sentence out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocindex.analysis.graph import ASIDE, OUTSIDE, TOPIC, Floats, Graph, free_graph, section_graph
from ocindex.analysis.passages import Passage
from ocindex.analysis.weights import Weights

_NEVER = -1e30


@dataclass(frozen=True, slots=True)
class Marginals:
    """Probabilities of labels: T × (K + O + 1), the last column being none; rows sum to 1."""

    labels: tuple[str, ...]
    probability: Floats


def graph_of(passage: Passage) -> Graph:
    """Give the chain that a passage is read with."""
    return free_graph(len(passage.topics)) if passage.section is None else section_graph(len(passage.topics))


def read_passage(passage: Passage, weights: Weights) -> Marginals:
    """Run forward–backward over a passage.

    Parameters
    ----------
    passage : Passage
    weights : Weights

    Returns
    -------
    Marginals

    Notes
    -----
    A hidden Markov model with log-linear scores, decoded by the forward–backward
    algorithm (Rabiner 1989); an aside (none) keeps the topic, so that the next
    sentence can resume it.
    """
    from ocindex.vocabulary.indicators import NONE

    graph = graph_of(passage)
    emissions, shares = emit(passage, graph, weights)
    forward, backward, _ = forward_backward(passage, graph, weights, emissions)
    total = forward + backward
    posterior = np.exp(total - total.max(1, keepdims=True))
    posterior /= posterior.sum(1, keepdims=True)
    columns = [posterior[:, (graph.kind == TOPIC) & (graph.topic == n + 1)].sum(1) for n in range(len(passage.topics))]
    outside = posterior[:, graph.kind == OUTSIDE].sum(1)
    aside = posterior[:, graph.kind == ASIDE].sum(1)
    probability = np.concatenate([np.stack(columns, 1), outside[:, None] * shares, aside[:, None]], axis=1)
    labels = (*(item.code for item in passage.topics), *(item.code for item in passage.others), NONE)
    return Marginals(labels, probability)


def emit(passage: Passage, graph: Graph, weights: Weights) -> tuple[Floats, Floats]:
    """Score every state for every sentence by the cues in it.

    Returns
    -------
    array, T × S
        Log scores.
    array, T × O
        Shares of the other indicators, should the sentence be about one of them.
    """
    inside = passage.inside @ weights.inside
    emissions = np.empty((len(passage.sentences), len(graph.kind)))
    topics = graph.kind == TOPIC
    emissions[:, topics] = inside[:, graph.topic[topics] - 1]
    emissions[:, graph.kind == ASIDE] = (passage.aside @ weights.aside)[:, None]
    outside = passage.outside @ weights.outside
    if not outside.shape[1]:
        return emissions, outside
    peak = outside.max(1, keepdims=True)
    raised = np.exp(outside - peak)
    total = raised.sum(1, keepdims=True)
    emissions[:, graph.kind == OUTSIDE] = peak + np.log(total / outside.shape[1])
    return emissions, raised / total


def forward_backward(
    passage: Passage, graph: Graph, weights: Weights, emissions: Floats
) -> tuple[Floats, Floats, list[Floats]]:
    """Sum over all paths: log scores up to and from every state, and the steps' scores."""
    plain = np.where(graph.allowed, graph.step @ weights.step, _NEVER)
    opening, paragraph = graph.opening @ weights.step, graph.paragraph @ weights.step
    steps = [
        plain + back * opening + new * paragraph
        for back, new in zip(passage.opens_back, passage.new_paragraph, strict=True)
    ]
    forward, backward = np.empty_like(emissions), np.empty_like(emissions)
    forward[0] = np.where(graph.begins, graph.first @ weights.step, _NEVER) + emissions[0]
    for number in range(1, len(emissions)):
        forward[number] = log_sum(forward[number - 1][:, None] + steps[number], 0) + emissions[number]
    backward[-1] = graph.last @ weights.step
    for number in range(len(emissions) - 2, -1, -1):
        backward[number] = log_sum(steps[number + 1] + emissions[number + 1] + backward[number + 1], 1)
    return forward, backward, steps


def log_sum(scores: Floats, axis: int) -> Floats:
    """Add in logarithms along an axis."""
    peak = scores.max(axis, keepdims=True)
    result: Floats = np.log(np.exp(scores - peak).sum(axis)) + peak.squeeze(axis)
    return result
