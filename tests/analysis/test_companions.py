"""What words say of further indicators: counted, weighed, written and read."""

from pathlib import Path

import numpy as np
import pytest

from ocindex.analysis.companions import CompanionCounts, count_companions, load_companions, render_companions
from ocindex.analysis.labels import label_columns
from ocindex.analysis.words import read_words
from ocindex.errors import VocabularyError

COLUMNS = label_columns()
TEXTS = [
    "Police officers sell confiscated rifles.",
    "Officers of the army rent out rifles.",
    "Officers let rifles pass.",
    "Officers lend rifles to robbers.",
    "Rifles come from abroad.",
    "Rifles are cheap.",
    "Rifles are hidden in rice.",
    "Coffee grows in the hills.",
]


def count(texts: list[str], filed: list[int]) -> CompanionCounts:
    labels = np.array([COLUMNS["arms_trafficking"]] * (len(texts) - 1) + [-1])
    officials = COLUMNS["state_embedded_actors"]
    return count_companions(read_words(texts).stems, labels, [(row, officials) for row in filed])


def test_words_of_filed_sentences_speak_for_the_further_indicator() -> None:
    filed, seen = (
        count(TEXTS, [0, 1, 2, 3])
        .to_companions()
        .weigh(read_words(["Officers were seen.", "Rifles!", "Coffee?"]).stems)
    )
    officials, arms = COLUMNS["state_embedded_actors"], COLUMNS["arms_trafficking"]
    assert filed[0, officials] > 0
    # Rifles stand in all of the sentences, whether filed or not.
    assert filed[1, officials] == 0
    assert seen[1, arms] > 0
    assert not filed[2].any()
    assert not seen[2].any()
    assert filed.shape == seen.shape == (3, len(COLUMNS) - 1)


def test_words_of_few_sentences_say_nothing() -> None:
    assert not np.any(count([*TEXTS[:2], TEXTS[-1]], [0, 1]).to_companions().weigh(read_words(TEXTS).stems))


def test_a_document_taken_out_was_never_counted() -> None:
    one, other = count(TEXTS, [0, 1, 2, 3]), count(TEXTS[::-1], [7])
    left = one + other - other
    assert all(np.array_equal(getattr(left, name), getattr(one, name)) for name in ("seen", "filed", "filings"))
    assert left.sentences == one.sentences == len(TEXTS)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "companions.csv"
    path.write_text(render_companions(count(TEXTS, [0, 1, 2, 3]).to_companions()), encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("stem,indicator,filed,seen\n")
    assert render_companions(load_companions(path)) == path.read_text(encoding="utf-8")


def test_a_stem_that_the_lexicon_lost_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "companions.csv"
    path.write_text("stem,indicator,filed,seen\nxylophon,arms_trafficking,1.0,1.0\n", encoding="utf-8")
    assert render_companions(load_companions(path)) == "stem,indicator,filed,seen\n"


@pytest.mark.parametrize("row", ["officer,arms,1.0,0.0", "officer,arms_trafficking,much,0.0", "officer,none,1.0,0.0"])
def test_a_broken_row_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "companions.csv"
    path.write_text(f"stem,indicator,filed,seen\n{row}\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"line 2: found .*; expected a stem, an indicator and two numbers"):
        load_companions(path)


@pytest.mark.parametrize("cell", ["nan", "inf"])
def test_a_number_that_is_none_is_refused(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "companions.csv"
    path.write_text(f"stem,indicator,filed,seen\nofficer,arms_trafficking,{cell},0.0\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="which is no finite number"):
        load_companions(path)


def test_a_row_of_another_width_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "companions.csv"
    path.write_text("stem,indicator,filed,seen\nofficer\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="line 2: found 1 cells"):
        load_companions(path)


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "companions.csv"
    path.write_text("indicator,stem,filed,seen\narms_trafficking,officer,1.0,0.0\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="expected stem,indicator,filed,seen"):
        load_companions(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"companions.csv: found no such file"):
        load_companions(tmp_path / "companions.csv")
