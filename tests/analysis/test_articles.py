"""Articles: titles, headings and site furniture are told from prose."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocindex.analysis.articles import split_article
from ocindex.analysis.gold import fold_space, read_gold
from ocindex.analysis.sentences import split_sentences
from ocindex.reading.document import Document, Source
from ocindex.reading.manifest import read_manifest
from ocindex.reading.reader import read_document

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
WILD = st.text() | st.lists(
    st.sampled_from(
        ["Guns in Lima", "1. Routes", "You May Also Like", "Share", "They kill. ", "\n", "\n\n", "\r", "\0", "(2)"]
    )
    | st.text(max_size=8),
    max_size=30,
).map("".join)


def article(text, title=None):
    return Document(Source("a.txt", "a", "article", title=title), "0" * 64, len(text), text, "utf-8")


def kinds(*paragraphs, title=None):
    text = "\n\n".join(paragraphs) + "\n"
    return [(block.kind, text[block.start : block.end]) for block in split_article(article(text, title))]


def bundled_articles():
    sources = [source for source in read_manifest(ROOT / "raw") if source.kind == "article"]
    return [read_document(ROOT / "raw", source) for source in sources]


def made_up_articles():
    return [read_gold(path)[0] for path in sorted(GOLD.joinpath("articles").glob("*.json"))]


@pytest.mark.parametrize(
    "labelled",
    [*read_gold(GOLD / "seed_articles.csv", bundled_articles()), *made_up_articles()],
    ids=lambda labelled: labelled.document.document_id.rpartition("/")[2],
)
def test_sentences_of_a_whole_article_are_the_labelled_ones(labelled):
    text = labelled.document.text
    sentences = split_sentences(text, split_article(labelled.document))
    assert [fold_space(sentence.text) for sentence in sentences] == [sentence.text for sentence in labelled.sentences]


def test_labelled_articles_are_the_bundled_ones():
    labelled = read_gold(GOLD / "seed_articles.csv", bundled_articles())
    assert [part.document.document_id for part in labelled] == [d.document_id for d in bundled_articles()]


@pytest.mark.parametrize("document", bundled_articles(), ids=lambda document: document.document_id)
def test_bundled_article_has_its_title_twice_and_its_furniture_at_the_end(document):
    blocks = split_article(document)
    pieces = [(block.kind, document.text[block.start : block.end]) for block in blocks]
    assert pieces[0] == pieces[1] == ("heading", document.source.title)
    assert pieces[-3:] == [
        ("furniture", "You May Also Like"),
        ("furniture", "+ There are no comments"),
        ("furniture", "Add yours"),
    ]
    assert {block.section for block in blocks} == {None}


def test_title_that_stands_twice_is_a_heading_twice():
    assert kinds("Guns in Lima", "Guns in Lima", "Guns are sold.") == [
        ("heading", "Guns in Lima"),
        ("heading", "Guns in Lima"),
        ("prose", "Guns are sold."),
    ]


def test_known_title_is_a_heading_even_with_a_full_stop():
    assert kinds("Guns are sold.", "GUNS ARE SOLD.", "They kill.", title="Guns are sold.") == [
        ("heading", "Guns are sold."),
        ("heading", "GUNS ARE SOLD."),
        ("prose", "They kill."),
    ]


@pytest.mark.parametrize(
    "heading",
    ["1. Routes by sea", "12) Routes", "IV. Routes", "The Rise of Guns", "Ivory down", "What next?", "Key facts:"],
)
def test_heading_is_no_prose(heading):
    assert kinds("Guns are sold.", heading, "They kill.")[1] == ("heading", heading)


@pytest.mark.parametrize(
    "paragraph", ["1. Guns are sold.", "2019 was bad.", "In 2019 the gang, once feared, fell.", "“They kill.”"]
)
def test_paragraph_with_a_full_stop_is_prose(paragraph):
    assert kinds("Guns in Lima", paragraph)[1] == ("prose", paragraph)


@pytest.mark.parametrize(
    "label", ["Case Study: In 2019 a raid found guns.", "Statistics: Homicides rose by 3.5 per cent."]
)
def test_label_stays_with_its_sentence(label):
    text = f"Guns are sold.\n\n{label} They kill.\n"
    sentences = split_sentences(text, split_article(article(text)))
    assert [sentence.text for sentence in sentences] == ["Guns are sold.", label, "They kill."]


def test_furniture_line_leaves_what_follows_alone():
    assert kinds("By Jane Doe", "Guns are sold.", "Read more: Ten beaches", "They kill.") == [
        ("furniture", "By Jane Doe"),
        ("prose", "Guns are sold."),
        ("furniture", "Read more: Ten beaches"),
        ("prose", "They kill."),
    ]


def test_everything_after_the_first_sign_of_comments_is_furniture():
    tail = ("Comments (2)", "Otieno K. says: My cousin sells bhang.", "Guns in Lima", "First!!!")
    assert [kind for kind, _ in kinds("Guns in Lima", "Guns are sold.", *tail)][2:] == ["furniture"] * 4


def test_sign_of_comments_above_the_text_closes_nothing():
    assert [kind for kind, _ in kinds("Comments (2)", "Guns are sold.")] == ["furniture", "prose"]


def test_sentence_that_a_page_cut_in_two_is_joined():
    text = "Rosewood is felled and floated across, and\n\nrangers were killed. They died.\n"
    (block,) = split_article(article(text))
    assert (block.kind, text[block.start : block.end]) == ("prose", text.strip())


def test_heading_does_not_run_on_into_the_next_paragraph():
    assert [kind for kind, _ in kinds("The Rise of Guns", "Guns are sold.")] == ["heading", "prose"]


@settings(deadline=None)
@given(WILD)
def test_blocks_are_in_order_and_do_not_overlap(text):
    position = 0
    for block in split_article(article(text)):
        assert position <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        position = block.end


def test_mark_of_a_list_is_no_part_of_its_items():
    text = "Key takeaways\n\n- The clan moves cocaine by air.\n• Officials have helped it.\n"
    document = article(text)
    blocks = split_article(document)
    assert [block.kind for block in blocks] == ["heading", "furniture", "prose", "furniture", "prose"]
    sentences = split_sentences(text, blocks)
    assert [s.text for s in sentences] == ["The clan moves cocaine by air.", "Officials have helped it."]


def test_long_line_that_ends_no_sentence_runs_on():
    first = (
        "Volunteers walk the lanes every evening, note what they see and hand it to the local station, where " * 2
        + "the"
    )
    text = f"{first}\nEconomic Community trains customs staff.\n"
    assert [block.kind for block in split_article(article(text))] == ["prose"]


@pytest.mark.parametrize(
    "comment", ["Fatmata B. wrote: well done to all.", "Bishnu T.: My own cousin went.", "Nadia, 3 days ago: What now?"]
)
def test_comment_of_one_reader_is_furniture(comment):
    text = f"The gang sells guns in Lima. Police look away.\n\nShare this post\n\n{comment}\n"
    assert split_article(article(text))[-1].kind == "furniture"
