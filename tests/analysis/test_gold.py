"""Labelled text: each of its forms is read, and what is none of them is refused."""

import json
from pathlib import Path

import pytest

from ocindex.analysis.gold import GoldSentence, fold_space, read_gold, render_profile
from ocindex.errors import SourceError
from ocindex.reading.document import Document, Source
from ocindex.reading.reader import read_document
from ocindex.vocabulary.bundled import bundled_folder

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
SENTENCE = {"text": "Guns are  sold.", "primary": "arms_trafficking", "secondary": ["criminal_networks"]}


def write(folder, name, content):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def known(text, document_id="raw/x"):
    return Document(
        Source(f"{document_id}.txt", document_id, "profile", "PER", 2021), "0" * 64, len(text), text, "utf-8"
    )


def refusal(path):
    with pytest.raises(SourceError) as caught:
        read_gold(path)
    assert str(path) in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "iso3", "edition", "count"),
    [
        ("guatemala_2021", "GTM", 2021, 55),
        ("kenya_2021", "KEN", 2021, 60),
        ("south_africa_2023", "ZAF", 2023, 76),
        ("thailand_2025", "THA", 2025, 75),
    ],
)
def test_made_up_profile_is_read_whole(name, iso3, edition, count):
    (labelled,) = read_gold(GOLD / "profiles" / f"{name}.json")
    source = labelled.document.source
    assert (labelled.name, source.kind, source.iso3, source.edition) == (name, "profile", iso3, edition)
    assert len(labelled.sentences) == count
    assert all(sentence.text in fold_space(labelled.document.text) for sentence in labelled.sentences)


@pytest.mark.parametrize(("name", "count"), [("kenya_coast_routes", 15), ("thailand_mekong_margins", 17)])
def test_made_up_article_is_read_with_its_page(name, count):
    (labelled,) = read_gold(GOLD / "articles" / f"{name}.json")
    assert (labelled.document.source.kind, labelled.document.source.edition) == ("article", None)
    assert labelled.document.text == (GOLD / "articles" / f"{name}.txt").read_text(encoding="utf-8")
    assert len(labelled.sentences) == count


def test_peru_is_found_in_its_document():
    peru = read_document(ROOT / "raw", Source("profiles/PER_2021.txt", "profiles/PER_2021", "profile", "PER", 2021))
    (labelled,) = read_gold(GOLD / "peru_2021.csv", [known("Other."), peru])
    assert (labelled.document is peru, len(labelled.sentences)) == (True, 51)
    assert labelled.sentences[3].secondary == {"foreign_actors", "state_embedded_actors"}


def test_nothing_of_the_made_up_text_is_published():
    published = [path.read_text(encoding="utf-8") for path in bundled_folder("dist").rglob("*.csv")]
    assert published
    for path in (*GOLD.joinpath("profiles").glob("*.json"), *GOLD.joinpath("articles").glob("*.json")):
        (labelled,) = read_gold(path)
        plain = [sentence.text for sentence in labelled.sentences if '"' not in sentence.text]
        assert not any(text in table for text in plain for table in published)


def test_profile_is_rendered_as_headings_and_paragraphs():
    assert render_profile([("PEOPLE", ["One. Two.", "Three."]), ("TRADE", ["Four."])]) == (
        "PEOPLE\nOne. Two.\n\nThree.\n\nTRADE\nFour.\n"
    )


def test_sentence_is_read_with_its_labels(tmp_path):
    sections = [{"heading": "TRADE", "paragraphs": [[SENTENCE | {"also_accepted": ["none"]}]]}]
    (labelled,) = read_gold(write(tmp_path, "x.json", {"iso3": "PER", "edition": 2021, "sections": sections}))
    assert labelled.sentences == (
        GoldSentence("Guns are sold.", "arms_trafficking", frozenset({"none"}), frozenset({"criminal_networks"})),
    )


def test_table_without_its_document_is_read_as_one_paragraph_per_section(tmp_path):
    table = "section,sentence,primary\nPEOPLE,One.,none\nPEOPLE,Two.,none\nTRADE,Three.,arms_trafficking\n"
    (labelled,) = read_gold(write(tmp_path, "kenya_2023.csv", table))
    assert labelled.document.text == "PEOPLE\nOne. Two.\n\nTRADE\nThree.\n"
    assert (labelled.document.source.kind, labelled.document.source.edition) == ("profile", 2023)


def test_table_of_several_articles_is_read_file_by_file(tmp_path):
    table = "file,sentence,primary,also_accepted,secondary\na.txt,One.,none,,\nb.txt,Two.,none,,drugs_x\n"
    path = write(tmp_path, "seeds.csv", table.replace("drugs_x", "heroin_trade; cocaine_trade"))
    labelled = read_gold(path, [known("Two.", "raw/b")])
    assert [(part.name, part.document.document_id) for part in labelled] == [("a.txt", "a.txt"), ("b.txt", "raw/b")]
    assert labelled[1].sentences[0].secondary == {"heroin_trade", "cocaine_trade"}


def test_sentence_that_wraps_at_a_hyphen_is_found_in_its_document(tmp_path):
    document = known("In high-\nlevel\ncases.")
    (labelled,) = read_gold(write(tmp_path, "x.csv", "sentence,primary\nIn high-level cases.,none\n"), [document])
    assert labelled.document is document


def test_table_that_a_spreadsheet_saved_is_read(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("sentence,primary\nOne.,none\n", encoding="utf-8-sig")
    assert read_gold(path)[0].sentences[0].text == "One."


def test_missing_file_is_named(tmp_path):
    assert refusal(tmp_path / "none.json") == "missing_file"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.json", "{"),
        ("x.json", "[1]"),
        ("x.json", {}),
        ("x.json", {"iso3": "PER", "edition": 2021, "sections": [{"heading": "TRADE"}]}),
        ("x.json", {"iso3": "PER", "edition": 2022, "sections": []}),
        ("x.json", {"edition": 2021, "sections": []}),
        (
            "x.json",
            {
                "iso3": "PER",
                "edition": 2021,
                "sections": [{"heading": "TRADE", "paragraphs": [[SENTENCE | {"primary": "guns"}]]}],
            },
        ),
        ("x.csv", "sentence\nOne.\n"),
        ("x.csv", "sentence,primary\nOne.,guns\n"),
        ("x.csv", "sentence,primary,secondary\nOne.,none,guns\n"),
        ("x.csv", "primary\nnone\n"),
    ],
)
def test_file_that_is_no_labelled_text_is_refused(tmp_path, name, content):
    assert refusal(write(tmp_path, name, content)) == "not_gold"
