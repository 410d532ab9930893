"""Words of labelled sentences: what they say of other sentences, and that no document is its own witness."""

import numpy as np
import pytest

from ocindex.analysis.wordcounts import SEEN_FEATURES, WordCounts, count_words, load_counts, render_counts, stems_of
from ocindex.errors import VocabularyError
from ocindex.vocabulary.indicators import indicators_of, newest_edition

CODES = [item.code for item in indicators_of(newest_edition())]
COCAINE, ARMS, NONE = CODES.index("cocaine_trade"), CODES.index("arms_trafficking"), -1
TEXTS = ["Tablets are pressed here.", "Tablets cross the river.", "Rifles cross the border.", "It rained in June."]
LABELS = np.array([COCAINE, COCAINE, ARMS, NONE])


def counted() -> WordCounts:
    return count_words([(TEXTS, LABELS)])


def test_words_speak_for_the_label_that_they_stand_under() -> None:
    words = counted()
    share = words.weigh(words.find(["More tablets arrived."]))[0, :, SEEN_FEATURES.index("share")]
    assert int(share.argmax()) == COCAINE
    assert share.sum() == pytest.approx(1)


def test_words_that_were_never_counted_say_nothing() -> None:
    words = counted()
    assert not words.weigh(words.find(["Xylophones!", ""]))[:, :, SEEN_FEATURES.index("odds")].any()


def test_counts_without_a_document_are_those_of_the_others() -> None:
    words = count_words([(TEXTS, LABELS), (["Rifles and tablets."], np.array([ARMS]))])
    without = words.without([(words.find(TEXTS), LABELS)])
    only = count_words([(["Rifles and tablets."], np.array([ARMS]))])
    for stem, row in words.rows.items():
        expected = only.counts[only.rows[stem]] if stem in only.rows else np.zeros(len(CODES) + 1)
        assert without.counts[row].tolist() == expected.tolist()


def test_a_stem_counts_once_in_a_sentence_whatever_its_ending() -> None:
    assert stems_of("Traders traded 3 tablets.") == stems_of("The trader trades a tablet.")
    words = count_words([(["Tablets, tablets, tablet."], np.array([ARMS]))])
    assert words.counts.sum() == 1


def test_file_reads_back_to_the_same_bytes(tmp_path) -> None:
    path = tmp_path / "words.csv"
    path.write_text(render_counts(counted()), encoding="utf-8")
    assert render_counts(load_counts(path)) == path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("stem,label,sentences\n")


@pytest.mark.parametrize(
    "row", ["tablet,cocain_trade,2", "tablet,cocaine_trade,two", "tablet,cocaine_trade,0", "tablet"]
)
def test_file_with_a_wrong_row_is_refused(tmp_path, row: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(f"stem,label,sentences\n{row}\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="line 2"):
        load_counts(path)


def test_another_header_is_refused(tmp_path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("tablet,cocaine_trade,2\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="expected stem,label,sentences"):
        load_counts(path)


def test_missing_file_is_refused(tmp_path) -> None:
    with pytest.raises(VocabularyError, match="reinstall"):
        load_counts(tmp_path / "words.csv")
