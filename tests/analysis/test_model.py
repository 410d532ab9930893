"""The fitted numbers of profiles: what their files hold, and what is refused."""

import shutil

import numpy as np
import pytest

from ocindex.analysis.companions import render_companions
from ocindex.analysis.model import bundled_model, load_model, render_model, render_pairs
from ocindex.errors import VocabularyError
from ocindex.vocabulary.bundled import bundled_folder
from ocindex.vocabulary.indicators import indicators_of, newest_edition


@pytest.fixture
def folder(tmp_path):
    for name in ("profile.csv", "secondary.csv", "companions.csv"):
        shutil.copy(bundled_folder("schema") / "attribution" / name, tmp_path)
    return tmp_path


def test_files_read_back_to_the_same_bytes(folder) -> None:
    model = load_model(folder / "profile.csv")
    assert render_model(model) == (folder / "profile.csv").read_text(encoding="utf-8")
    assert render_pairs(model) == (folder / "secondary.csv").read_text(encoding="utf-8")
    assert render_companions(model.secondary.companions) == (folder / "companions.csv").read_text(encoding="utf-8")


def test_pairs_are_those_of_two_different_indicators() -> None:
    pairs = bundled_model().secondary.pairs
    assert pairs.shape == (len(indicators_of(newest_edition())),) * 2
    assert not np.diagonal(pairs).any()
    assert np.abs(pairs).max() > 0.5


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda text: text.rsplit("\n", 2)[0] + "\n", "1 pairs without a weight"),
        (lambda text: text.replace("cocaine_trade", "cocain_trade"), "line 11: found"),
        (lambda text: text + "cocaine_trade,heroin_trade,much\n", "expected two indicators and a weight"),
        (lambda text: text + "cocaine_trade,heroin_trade,inf\n", "which is no finite number"),
        (lambda text: text + "cocaine_trade\n", "line 994: found 1 cells; expected primary,other,weight"),
    ],
)
def test_broken_pairs_are_refused(folder, change, named) -> None:
    path = folder / "secondary.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(VocabularyError, match=named):
        load_model(folder / "profile.csv")


def test_missing_pairs_are_refused(folder) -> None:
    (folder / "secondary.csv").unlink()
    with pytest.raises(VocabularyError, match="reinstall"):
        load_model(folder / "profile.csv")
