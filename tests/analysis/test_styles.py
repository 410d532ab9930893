"""Two styles of writing: each reads every sentence whole, and the text decides between them."""

from __future__ import annotations

import numpy as np
import pytest

from ocindex.analysis.attribution import bundled_models
from ocindex.analysis.cues import match_cues
from ocindex.analysis.layout import make_batches
from ocindex.analysis.passages import describe_sentences, sections_of
from ocindex.analysis.scoring import score_sentences
from ocindex.analysis.sentences import Sentence
from ocindex.analysis.styles import mix_styles, read_styles

HEROIN, COCAINE = "Heroin is sold in small wraps.", "Cocaine leaves the port in containers."


def read(*texts: str):
    sentences = [Sentence(100 * n, 100 * n + len(text), text, "drugs", 0) for n, text in enumerate(texts)]
    features = describe_sentences(sentences, match_cues(texts), 2021)
    weights = bundled_models().profile.weights
    scores = score_sentences(features, weights)
    return read_styles(make_batches(sections_of(features), len(texts)), scores, weights)


def test_labels_of_a_sentence_sum_to_one_under_either_style_and_mixed():
    reading = read(HEROIN, COCAINE, "The trade is old.")
    assert reading.labels.sum(-1) == pytest.approx(np.ones((2, 3)))
    assert mix_styles(reading).sum(-1) == pytest.approx(np.ones(3))


def test_a_text_that_goes_back_and_forth_speaks_for_the_free_style():
    ordered = read(HEROIN, HEROIN, HEROIN, COCAINE, COCAINE, COCAINE)
    mixed = read(HEROIN, COCAINE, HEROIN, COCAINE, HEROIN, COCAINE)

    def odds(reading):
        return float(reading.log_total[1, 0] - reading.log_total[0, 0])

    assert odds(mixed) > odds(ordered)


def test_the_styles_are_weighed_by_how_well_they_fit():
    reading = read(HEROIN, COCAINE)
    low, high = np.minimum(*reading.labels), np.maximum(*reading.labels)
    mixed = mix_styles(reading)
    assert (mixed >= low - 1e-12).all()
    assert (mixed <= high + 1e-12).all()
