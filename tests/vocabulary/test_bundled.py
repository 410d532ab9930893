"""Bundled data: the folder that answers, and which code list is refused."""

import pytest

from ocindex.errors import VocabularyError
from ocindex.vocabulary import bundled
from ocindex.vocabulary.bundled import bundled_folder, read_code_list


@pytest.fixture
def write_list(tmp_path, monkeypatch):
    monkeypatch.setattr(bundled, "bundled_folder", lambda name: tmp_path / name)
    folder = tmp_path / "schema" / "vocabulary"
    folder.mkdir(parents=True)
    read_code_list.cache_clear()
    yield lambda text: folder.joinpath("gangs.csv").write_text(text, encoding="utf-8")
    read_code_list.cache_clear()


@pytest.mark.parametrize("name", ["dist", "schema"])
def test_both_folders_are_found_from_any_working_folder(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = bundled_folder(name)
    assert folder.is_absolute()
    assert folder.name == name


@pytest.mark.parametrize(
    "path", sorted(bundled_folder("schema").joinpath("vocabulary").glob("*.csv")), ids=lambda p: p.stem
)
def test_every_bundled_code_list_reads(path):
    rows = read_code_list(path.stem, ())
    assert rows
    assert not any(cell != cell.strip() for row in rows for cell in row.values())


def test_empty_cell_is_an_empty_string(write_list):
    write_list("term,note\nclan,\n")
    assert read_code_list("gangs", ("term",)) == ({"term": "clan", "note": ""},)


def test_cell_with_a_comma_and_a_line_break_stays_whole(write_list):
    write_list('term,note\nclan,"kin, or\nfamily"\n')
    assert read_code_list("gangs", ("term",))[0]["note"] == "kin, or\nfamily"


def test_missing_list_is_named(write_list):
    with pytest.raises(VocabularyError, match=r"gangs\.csv: found no such file"):
        read_code_list("gangs", ("term",))


def test_missing_column_is_named(write_list):
    write_list("term\nclan\n")
    with pytest.raises(VocabularyError, match=r"gangs\.csv, line 1: found no column 'note'"):
        read_code_list("gangs", ("term", "note"))


def test_list_without_a_header_is_refused(write_list):
    write_list("")
    with pytest.raises(VocabularyError, match="found no column 'term'"):
        read_code_list("gangs", ("term",))


@pytest.mark.parametrize("row", ["clan", "clan,kin,more"])
def test_row_of_another_length_is_named_by_its_line(write_list, row):
    write_list(f"term,note\nmob,\n{row}\n")
    with pytest.raises(VocabularyError, match=r"gangs\.csv, line 3: found a row of another length"):
        read_code_list("gangs", ("term",))
