"""Evidence: each row says exactly where its sentence stands, and keeps its id when the sentence moves."""

from __future__ import annotations

from pathlib import Path

from ocindex.analysis.findings import Analysis, Finding, Secondary, Span
from ocindex.analysis.sentences import Sentence
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.evidence import evidence_rows
from ocindex.dataset.ids import hash_parts
from ocindex.pipeline import assemble
from ocindex.reading.document import Document, Source

ARMS, DRUGS = "arms_trafficking", "cocaine_trade"
TEXT = "TRADE\nArms are \nsmuggled. Coca is grown.\nArms are smuggled."


def analysis(
    text: str, *labelled: tuple[str, str, str], kind: str = "profile", pages: tuple[int, ...] = ()
) -> Analysis:
    """Analyse a text by hand: each sentence as quote, readable text and label, in reading order."""
    spans, position = [], 0
    for quote, readable, label in labelled:
        start = text.index(quote, position)
        position = start + len(quote)
        sentence = Sentence(start, position, readable, "trade", 0)
        also = (Secondary(DRUGS, 0.41239, ("arms",)),) if label == ARMS else ()
        item = Finding(sentence, label, 0.98765, "none", 0.01, ("smuggled",), also)
        spans.append(Span(start, position, "sentence", "trade", item))
    source = Source("p.txt", "p", kind, "PER", 2021)
    return Analysis(Document(source, "0" * 64, len(text), text, "utf-8", page_starts=pages), tuple(spans))


SENTENCES = (
    ("Arms are \nsmuggled.", "Arms are smuggled.", ARMS),
    ("Coca is grown.", "Coca is grown.", "none"),
    ("Arms are smuggled.", "Arms are smuggled.", ARMS),
)


def test_a_row_holds_the_exact_position_and_what_stands_around() -> None:
    row = evidence_rows(analysis(TEXT, *SENTENCES))[0]
    assert (row["start"], row["end"]) == (6, 25)
    assert row["quote"] == TEXT[6:25] == "Arms are \nsmuggled."
    assert row["text"] == "Arms are smuggled."
    assert row["prefix"] == "TRADE\n"
    assert row["suffix"] == " Coca is grown.\nArms are smuggle"
    assert (row["line"], row["page"]) == (2, None)
    assert (row["relation"], row["label_probability"], row["cues"]) == ("primary", 0.9877, "smuggled")


def test_a_sentence_about_nothing_yields_no_primary_row() -> None:
    rows = evidence_rows(analysis(TEXT, *SENTENCES))
    assert [(row["indicator"], row["relation"]) for row in rows] == [
        (ARMS, "primary"),
        (DRUGS, "secondary"),
        (ARMS, "primary"),
        (DRUGS, "secondary"),
    ]
    assert rows[1]["label_probability"] == 0.4124


def test_equal_sentences_are_numbered() -> None:
    rows = evidence_rows(analysis(TEXT, *SENTENCES))
    assert rows[0]["evidence_id"] == hash_parts("p", ARMS, "Arms are smuggled.", "1")
    assert rows[2]["evidence_id"] == hash_parts("p", ARMS, "Arms are smuggled.", "2")
    assert len({row["evidence_id"] for row in rows}) == len(rows)


def test_a_sentence_that_moves_keeps_its_ids() -> None:
    before = evidence_rows(analysis(TEXT, *SENTENCES))
    after = evidence_rows(analysis("A new line at the top.\n\n" + TEXT, *SENTENCES))
    assert [row["evidence_id"] for row in after] == [row["evidence_id"] for row in before]
    assert all(new["start"] != old["start"] for new, old in zip(after, before, strict=True))


def test_a_sentence_that_wraps_elsewhere_keeps_its_ids() -> None:
    before = evidence_rows(analysis("Arms are \nsmuggled.", ("Arms are \nsmuggled.", "Arms are smuggled.", ARMS)))
    after = evidence_rows(analysis("Arms \nare smuggled.", ("Arms \nare smuggled.", "Arms are smuggled.", ARMS)))
    assert [row["evidence_id"] for row in after] == [row["evidence_id"] for row in before]


def test_a_pdf_has_pages_instead_of_lines() -> None:
    rows = evidence_rows(analysis(TEXT, *SENTENCES, pages=(0, 26)))
    assert [(row["page"], row["line"]) for row in rows] == [(1, None), (1, None), (2, None), (2, None)]


def test_at_the_edges_of_a_text_prefix_and_suffix_are_null() -> None:
    row = evidence_rows(analysis("Arms are smuggled.", ("Arms are smuggled.", "Arms are smuggled.", ARMS)))[0]
    assert (row["prefix"], row["suffix"]) == (None, None)


def test_an_article_has_no_edition() -> None:
    row = evidence_rows(analysis(TEXT, *SENTENCES, kind="article"))[0]
    assert (row["edition"], row["tier"], row["iso3"]) == (None, "article", "PER")


def test_ids_of_the_bundled_profile_survive_a_line_put_in_front(raw: Path, assembled: Dataset) -> None:
    path = raw / "profiles" / "PER_2021.txt"
    path.write_bytes(b"\n\n\n" + path.read_bytes())
    sources = raw / "sources.csv"
    row = next(line for line in sources.read_text(encoding="utf-8").splitlines() if "PER_2021" in line)
    text = sources.read_text(encoding="utf-8").replace(row, row.rsplit(",", 1)[0] + ",")
    sources.write_text(text, encoding="utf-8")
    moved = assemble(raw).evidence
    assert moved["evidence_id"].tolist() == assembled.evidence["evidence_id"].tolist()
    profile = assembled.evidence["tier"] == "assessment"
    assert (moved.loc[profile, "start"] == assembled.evidence.loc[profile, "start"] + 3).all()


def test_every_cue_stands_in_the_sentence_that_it_decided(assembled: Dataset) -> None:
    with_cues = assembled.evidence.dropna(subset=["cues"])
    assert len(with_cues)
    for row in with_cues.itertuples():
        assert all(cue in row.text for cue in row.cues.split("; "))
