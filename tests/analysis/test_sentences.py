"""Sentences: whole, single, and exactly where they stand, in clean texts and in hostile ones."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocindex.analysis.blocks import Block
from ocindex.analysis.gold import fold_space, read_gold
from ocindex.analysis.sections import split_sections
from ocindex.analysis.sentences import split_sentences, split_spans
from ocindex.reading.document import Document, Source
from ocindex.reading.reader import read_document

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
HOSTILE = ROOT.parent / "shared" / "hostile"
WITH_SAMPLES = pytest.mark.skipif(not HOSTILE.is_dir(), reason="hostile samples lie beside the repository, not in it")


def split(text):
    return [text[start:end] for start, end in split_spans(text, lambda word: False)]


def profile(text, edition=2021):
    return Document(Source("PER.txt", "PER", "profile", "PER", edition), "0" * 64, len(text), text, "utf-8")


def sentences_of(document):
    return split_sentences(document.text, split_sections(document)[0])


def texts_of(document):
    return [sentence.text for sentence in sentences_of(document)]


@pytest.fixture(scope="module")
def peru():
    return read_document(ROOT / "raw", Source("profiles/PER_2021.txt", "profiles/PER_2021", "profile", "PER", 2021))


@pytest.fixture(scope="module")
def labelled_peru():
    with GOLD.joinpath("peru_2021.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_bundled_profile_has_the_51_labelled_sentences(peru, labelled_peru):
    assert len(labelled_peru) == 51
    assert texts_of(peru) == [row["sentence"] for row in labelled_peru]


def test_bundled_profile_has_each_sentence_in_its_section(peru, labelled_peru):
    found = [sentence.section for sentence in sentences_of(peru)]
    assert found == [row["section"].lower().replace(" ", "_") for row in labelled_peru]


def test_no_sentence_of_the_bundled_profile_is_cut_or_glued(peru):
    for sentence in sentences_of(peru):
        assert sentence.text[0].isupper()
        assert sentence.text.endswith(".")
        assert "\n" not in sentence.text


def test_bundled_profile_falls_into_none_of_its_known_traps(peru):
    texts = texts_of(peru)
    assert not any("flourish. Its" in text for text in texts)
    assert not any(text.endswith("Pto.") for text in texts)
    assert any("high-level" in text for text in texts)
    assert any("law-enforcement" in text for text in texts)


@pytest.mark.parametrize("path", sorted(GOLD.joinpath("profiles").glob("*.json")), ids=lambda path: path.stem)
def test_made_up_profile_has_its_labelled_sentences_in_order(path):
    (labelled,) = read_gold(path)
    assert [fold_space(text) for text in texts_of(labelled.document)] == [s.text for s in labelled.sentences]


def test_programme_named_by_initials_is_not_cut():
    sentence = "School programmes such as D.A.R.E. Thailand reach every province."
    assert split(f"Pupils attend. {sentence} It helps.") == ["Pupils attend.", sentence, "It helps."]


def test_sentence_knows_its_place_its_section_and_its_paragraph():
    text = "PEOPLE\nGangs rule. They\nthrive.\n\nThey stay.\n\nTRADE\nArms come in.\n"
    found = [(s.section, s.paragraph, text[s.start : s.end], s.text) for s in sentences_of(profile(text))]
    assert found == [
        ("people", 0, "Gangs rule.", "Gangs rule."),
        ("people", 0, "They\nthrive.", "They thrive."),
        ("people", 1, "They stay.", "They stay."),
        ("trade", 2, "Arms come in.", "Arms come in."),
    ]


def test_headings_and_furniture_are_no_sentences():
    blocks = [Block(0, 5, "heading"), Block(6, 11, "furniture"), Block(12, 23, "prose")]
    assert [s.text for s in split_sentences("Guns. Share. Gangs rule.", blocks)] == ["Gangs rule"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Cocaine leaves from Pto. Maldonado by river.",
        "He met Gen. Ruiz and Lt. Col. Paz in Sto. Domingo.",
        "It ranks No. 5 in the world.",
        "Goods from the U.S. reach Lima.",
        "The U.S. Drug Enforcement Administration helps.",
        "They flee to the U.S., where few are caught.",
        "J. Doe and M. A. Roe were caught.",
        "Losses of U.S. $3.5 million were claimed.",
        "Some goods, e.g. Swiss watches, i.e. copies, sell.",
        "Dr. Paz vs. Mr. Ruiz was the case.",
        "Art. 5 of the law is ignored.",
        "They pay 2.5 per cent in St. Petersburg.",
        "The site guns.example sells them.",
    ],
)
def test_abbreviation_does_not_end_a_sentence(sentence):
    assert split(f"Gangs rule. {sentence} They thrive.") == ["Gangs rule.", sentence, "They thrive."]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Gangs landscape and flourish.", "Its ports are open."],
        ["They live in the U.S.", "The police know."],
        ["They live in the U.S.", "In 2019 a few were caught."],
        ["Is it so?", "Yes!", "It is."],
        ["“They pay.”", "Police deny it."],
        ["They asked why.", "“No one knew.”", "It ended."],
        ["It was (as ever) quiet.", "(Nobody knew.)", "They left."],
        ["They sell drugs, arms, etc.", "The rest is unknown."],
        ["It began in 2019.", "In 2020 it ended."],
        ["He was paid by Petrobras.", "Óscar denied it."],
        ["They fled to Peru.", "A few stayed."],
    ],
)
def test_sentences_are_not_glued(sentences):
    assert split(" ".join(sentences)) == sentences
    assert split("\n".join(sentences)) == sentences


def test_next_word_that_is_common_in_the_document_ends_a_sentence_after_initials():
    text = "Smugglers reach the U.S. Smugglers pay. Most smugglers return."
    assert [s.text for s in split_sentences(text, [Block(0, len(text), "prose")])][:2] == [
        "Smugglers reach the U.S.",
        "Smugglers pay.",
    ]


def test_piece_without_a_letter_belongs_to_its_neighbour():
    assert split("They fled. … 12. They came back.")[0].startswith("They fled.")
    assert all(any(c.isalpha() for c in piece) for piece in split("They fled. 12. ” They came back."))


def test_text_without_a_full_stop_is_one_sentence():
    assert split("  no end in sight\n") == ["no end in sight"]
    assert split(" \n ") == []


@settings(deadline=None)
@given(st.text())
def test_spans_cover_any_prose_but_for_white_space(text):
    position = 0
    for start, end in split_spans(text, lambda word: True):
        assert position <= start < end
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()


# Hostile samples: what each must give, against base_profile.json.

REFUSED = {"empty": "empty_file", "spanish_profile": "not_english"}
EQUAL = [
    "base_profile", "utf16le_bom", "cp1252", "crlf", "typography", "headings_colon", "headings_inline",
    "headings_misspelt",
]  # fmt: skip
ENCODINGS = {"utf16le_bom": "utf-16-le", "cp1252": "windows-1252"}


def hostile(name):
    return read_document(HOSTILE, Source(f"{name}.txt", name, "profile", "PRY", 2021))


def base_texts():
    labels = json.loads(HOSTILE.joinpath("base_profile.json").read_text(encoding="utf-8"))
    return [sentence["text"] for sentence in labels["sentences"]]


def base_sections():
    return [sentence.section for sentence in sentences_of(hostile("base_profile"))]


def codes(name):
    document = hostile(name)
    return {issue.code for issue in (*document.issues, *split_sections(document)[1])}


@WITH_SAMPLES
def test_every_hostile_text_is_tried():
    tried = {*REFUSED, *EQUAL, "invalid_utf8", "nul_bytes", "section_missing", "section_twice", "injection"}
    assert {path.stem for path in HOSTILE.glob("*.txt")} == tried


@WITH_SAMPLES
@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_hostile_text_that_cannot_be_used_is_refused(name, code):
    document = hostile(name)
    assert (document.text, [issue.code for issue in document.issues]) == (None, [code])


@WITH_SAMPLES
@pytest.mark.parametrize("name", EQUAL)
def test_variant_gives_the_sentences_of_the_clean_profile(name):
    assert texts_of(hostile(name)) == base_texts()


@WITH_SAMPLES
@pytest.mark.parametrize("name", [name for name in EQUAL if name != "headings_misspelt"])
def test_variant_gives_the_sections_of_the_clean_profile_without_a_warning(name):
    assert [sentence.section for sentence in sentences_of(hostile(name))] == base_sections()
    assert codes(name) == ({"encoding_assumed"} if name in ENCODINGS else set())


@WITH_SAMPLES
@pytest.mark.parametrize("name", [*EQUAL, "invalid_utf8", "nul_bytes", "section_missing", "section_twice", "injection"])
def test_positions_in_a_hostile_text_slice_it_in_order(name):
    document, position = hostile(name), 0
    for sentence in sentences_of(document):
        assert sentence.start >= position
        quote = document.text[sentence.start : sentence.end]
        assert quote == quote.strip()
        assert quote.split()[0].strip("\u200b\u00ad")[:1] == sentence.text[:1]
        position = sentence.end


@WITH_SAMPLES
@pytest.mark.parametrize(("name", "encoding"), ENCODINGS.items())
def test_encoding_that_was_assumed_is_said(name, encoding):
    document = hostile(name)
    assert document.encoding == encoding
    assert encoding in document.issues[0].message
    assert not any("\x80" <= character <= "\x9f" for character in document.text)


@WITH_SAMPLES
def test_carriage_returns_are_counted_as_in_the_file():
    assert hostile("crlf").text.encode() == HOSTILE.joinpath("crlf.txt").read_bytes()


@WITH_SAMPLES
def test_misspelt_headings_never_give_text_to_the_section_before():
    found = [sentence.section for sentence in sentences_of(hostile("headings_misspelt"))]
    expected = [None if section == "civil_society_and_social_protection" else section for section in base_sections()]
    assert found == expected
    assert codes("headings_misspelt") == {"heading_misspelt", "heading_unknown", "section_missing"}


@WITH_SAMPLES
def test_stray_bytes_spoil_one_sentence_and_no_accent():
    found, expected = texts_of(hostile("invalid_utf8")), base_texts()
    spoilt = [number for number, text in enumerate(found) if text != expected[number]]
    assert [found[number] for number in spoilt] == ["\ufffd\ufffd(" + expected[spoilt[0]]]
    assert codes("invalid_utf8") == {"undecodable_bytes"}


@WITH_SAMPLES
def test_nul_characters_hide_no_heading():
    document = hostile("nul_bytes")
    assert "\0" not in document.text
    assert [text.replace("\ufffd", "") for text in texts_of(document)] == base_texts()
    assert [sentence.section for sentence in sentences_of(document)] == base_sections()
    assert codes("nul_bytes") == {"nul_characters"}


@WITH_SAMPLES
def test_missing_section_leaves_the_others_as_they_are():
    kept = [text for text, section in zip(base_texts(), base_sections(), strict=True) if section != "drugs"]
    assert texts_of(hostile("section_missing")) == kept
    assert codes("section_missing") == {"section_missing"}


@WITH_SAMPLES
def test_section_that_stands_twice_gives_both_texts():
    found = sentences_of(hostile("section_twice"))
    added = "Arms trafficking has fallen since the new registry was opened."
    assert [s.text for s in found if s.text != added] == base_texts()
    assert [s.section for s in found if s.text == added] == ["trade"]
    assert codes("section_twice") == {"section_twice"}


@WITH_SAMPLES
def test_formulas_and_markup_are_sentences_like_others():
    found = texts_of(hostile("injection"))
    added = [text for text in found if text not in base_texts()]
    assert [text for text in found if text in base_texts()] == base_texts()
    assert [text.split()[0] for text in added] == [
        '=HYPERLINK("http://x","y")', "+cmd|'", "@SUM", "-2+3", "<script>alert(1)</script>", "<img", "Tab-led",
        "[cocaine",
    ]  # fmt: skip
    assert codes("injection") == set()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They were left to die at 3 700 m. Haitians were flown in.", 2),
        ("It weighs 260 kg. Police seized it.", 2),
        ("It lies 5 km north. It is cold.", 2),
        ("He met J. M. Ruiz in Lima.", 1),
    ],
)
def test_unit_after_a_number_ends_a_sentence(text, count):
    assert len(split_sentences(text, [Block(0, len(text), "prose")])) == count
