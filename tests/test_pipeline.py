"""Documents that are analysed together: in their order, and alike alone and in company."""

from __future__ import annotations

from ocindex.pipeline import MOST_CHARACTERS, MOST_DOCUMENTS, analyse, analyse_all, assemble, batch_documents
from ocindex.reading.document import Document, Source

DRUGS = "DRUGS\nHeroin is sold in small wraps along the coast. The trade is run by three families.\n"
PEOPLE = "PEOPLE\nGirls are sold to brothels in the port. Police officers take a cut.\n"


def document(number: int, text: str | None, kind: str = "profile") -> Document:
    source = Source(f"{number}.txt", str(number), kind, "KEN", 2021 if kind == "profile" else None)
    return Document(source, "0" * 64, len(text or ""), text, "utf-8")


def test_documents_come_out_in_their_order_and_as_if_alone():
    texts = [DRUGS, None, PEOPLE, "", DRUGS + PEOPLE]
    documents = [document(n, text, ("profile", "article")[n % 3 == 2]) for n, text in enumerate(texts * 9)]
    assert list(analyse_all(documents)) == [analyse(item) for item in documents]


def test_no_more_documents_are_held_than_are_attributed_together():
    taken = 0

    def read():
        nonlocal taken
        for number in range(3 * MOST_DOCUMENTS):
            taken += 1
            yield document(number, DRUGS)

    for given, _ in enumerate(analyse_all(read())):
        assert taken - given <= MOST_DOCUMENTS


def test_a_long_document_closes_a_batch():
    long = "a" * MOST_CHARACTERS
    sizes = [
        len(batch) for batch in batch_documents(document(n, text) for n, text in enumerate(["a", long, long, "a"]))
    ]
    assert sizes == [2, 1, 1]


def test_a_progress_bar_is_given_each_source_in_order(tmp_path):
    rows = ["path,kind,iso3,edition,title,redistribute"]
    for iso3 in ("KEN", "PER", "ITA"):
        (tmp_path / f"{iso3}.txt").write_text(DRUGS, encoding="utf-8")
        rows.append(f"{iso3}.txt,profile,{iso3},2021,{iso3},true")
    (tmp_path / "sources.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    seen = []

    def watch(sources):
        for source in sources:
            yield source
            seen.append(source.iso3)

    dataset = assemble(tmp_path, progress=watch)
    assert seen == ["KEN", "PER", "ITA"]
    assert set(dataset.documents["iso3"]) == set(seen)
