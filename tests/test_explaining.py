"""Why a sentence stands where it does."""

from __future__ import annotations

import json

import pytest

from ocindex.errors import UnknownNameError
from ocindex.explaining import explain
from ocindex.report.explanation import explanation_json


def test_every_piece_of_evidence_is_explained_as_it_was_published(assembled):
    rows = assembled.evidence.query("relation == 'primary'").groupby("document_id").head(3)
    for row in rows.itertuples():
        found = explain(assembled, row.evidence_id)
        assert found.finding.indicator == row.indicator
        assert round(found.finding.probability, 4) == row.label_probability
        assert found.start == row.start


def test_marginals_by_itself_and_with_neighbours_are_shares(assembled):
    row = assembled.evidence.query("tier == 'assessment'").iloc[5]
    found = explain(assembled, row["evidence_id"])
    for listed in (found.alone, found.together):
        assert listed
        assert 0 < sum(share for _, share in listed) <= 1 + 1e-9
    assert found.together[0][0] == found.finding.indicator


def test_the_cues_stand_in_the_sentence_and_name_their_indicator(assembled):
    row = assembled.evidence.query("indicator == 'arms_trafficking' and tier == 'assessment'").iloc[0]
    found = explain(assembled, row["evidence_id"])
    assert all(words in row["text"] for _, _, words in found.cues)
    assert "arms_trafficking" in {code for code, _, _ in found.cues}


def test_further_indicators_are_explained_by_words_of_the_sentence(assembled):
    rows = assembled.evidence.query("relation == 'secondary' and tier == 'assessment'")
    for row in rows.itertuples():
        found = explain(assembled, row.evidence_id)
        assert row.indicator in dict(found.also)
        assert all(word in row.text for _, words in found.also for word in words)
    officials = rows[rows["indicator"] == "state_embedded_actors"].iloc[0]
    assert dict(explain(assembled, officials["evidence_id"]).also)["state_embedded_actors"]


def test_a_sentence_that_is_no_evidence_is_explained_by_its_start(assembled):
    span = assembled.spans.query("kind == 'sentence'").iloc[0]
    found = explain(assembled, f"{span['document_id']}:{span['start']}")
    assert found.finding.indicator == span["indicator"]


@pytest.mark.parametrize("name", ["0" * 16, "profiles/PER_2021:999999", "nowhere:1", "scores/PER:0", "x"])
def test_an_unknown_sentence_is_refused(assembled, name):
    with pytest.raises(UnknownNameError, match="expected"):
        explain(assembled, name)


def test_an_explanation_is_plain_json(assembled):
    row = assembled.evidence.iloc[0]
    assert json.loads(json.dumps(explanation_json(explain(assembled, row["evidence_id"])), allow_nan=False))


def test_show_explains_on_the_command_line(ocindex, assembled):
    row = assembled.evidence.query("indicator == 'cocaine_trade' and tier == 'assessment'").iloc[0]
    answer = ocindex("show", "PER", "--explain", row["evidence_id"])
    assert answer.code == 0
    assert "runner-up" in answer.out


def test_show_tells_the_words_behind_a_further_indicator(ocindex, assembled):
    row = assembled.evidence.query("indicator == 'state_embedded_actors' and relation == 'secondary'").iloc[0]
    answer = ocindex("show", "PER", "--explain", row["evidence_id"])
    assert "also: state_embedded_actors" in answer.out
    assert "by the words" in answer.out
    assert "section: drugs" in answer.out
    assert ocindex("show", "PER", "--explain", "x").code == 2
