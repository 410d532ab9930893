"""Validation: only what passes every check becomes a dataset, and every failure is said at once."""

from __future__ import annotations

import pandas as pd
import pytest

from ocindex.dataset.validation import find_failures, validate
from ocindex.errors import InvalidDataError

Frames = dict[str, "pd.DataFrame"]


def test_whole_tables_become_a_dataset(frames: Frames) -> None:
    dataset = validate(frames, version="1.2.3")
    assert dataset.version == "1.2.3"
    assert dataset.tables == tuple(frames)


def test_a_missing_table_is_named(frames: Frames) -> None:
    del frames["spans"]
    assert find_failures(frames) == ["spans: found no such table"]


def test_a_table_too_many_is_named(frames: Frames) -> None:
    frames["notes"] = pd.DataFrame()
    assert find_failures(frames) == ["notes: found a table that the schema does not have"]


def test_every_failure_of_every_table_is_said_at_once(frames: Frames) -> None:
    frames["indicators"].loc[3, "score"] = 11.0
    frames["countries"].loc[0, "m49"] = "x"
    frames["editions"] = frames["editions"].drop(columns="note")
    with pytest.raises(InvalidDataError) as refusal:
        validate(frames, version="0.1.0")
    tables = [failure.split(":")[0] for failure in refusal.value.failures]
    assert tables == ["indicators.score", "editions", "countries.m49"]
    assert str(refusal.value).startswith(
        "3 checks failed:\n  indicators.score: found 11.0; rule less_than_or_equal_to(10), row PER 2021 "
    )


def test_many_failures_are_cut_short_in_words_but_not_in_the_list(frames: Frames) -> None:
    frames["countries"]["m49"] = "x"
    with pytest.raises(InvalidDataError, match="and 173 more") as refusal:
        validate(frames, version="0.1.0")
    assert len(refusal.value.failures) == 193


def test_a_repeated_index_does_not_hide_a_double_key(frames: Frames) -> None:
    frames["editions"] = pd.concat([frames["editions"], frames["editions"].head(1)])
    failures = find_failures(frames)
    assert failures
    assert all("multiple_fields_uniqueness" in failure for failure in failures)


def test_frames_are_not_altered(frames: Frames) -> None:
    before = {name: frame.copy() for name, frame in frames.items()}
    find_failures(frames)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[name])
