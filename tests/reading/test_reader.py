"""Reading: a source becomes a document, or a document without text and the reason why."""

import hashlib
from pathlib import Path

import pytest

from ocindex.reading.document import Source, line_number, line_starts
from ocindex.reading.manifest import hash_file, read_manifest
from ocindex.reading.reader import read_document, read_score_file

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
SEED_OF = {
    "articles/inside_the_peruvian_guns_gang": "000_62900e51b9f1ba6b.txt",
    "articles/peruvian_guns_gang_international_connections": "001_5001b6e365e2fcc4.txt",
    "articles/local_initiatives_against_the_guns_gang": "002_cd44295b6515129e.txt",
    "profiles/PER_2021": "003_5220424c1e9fe40f.txt",
}
SPANISH = "La trata de personas es un problema grave en el país, y muchas niñas son llevadas a la capital. " * 5


def read(folder, content, *, name="PER.txt", **options):
    folder.joinpath(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(folder, Source(name, "PER", "profile", "PER", 2021), **options)


def reason(document):
    assert (document.text, document.encoding, document.usable) == (None, None, False)
    (issue,) = document.issues
    assert (issue.severity, issue.document_id, issue.iso3, issue.edition) == ("error", "PER", "PER", 2021)
    return issue.code


def test_text_is_read_with_its_hash_and_size(tmp_path):
    document = read(tmp_path, "Gangs in Perú.\r\n")
    assert (document.text, document.encoding, document.size) == ("Gangs in Perú.\r\n", "utf-8", 17)
    assert document.sha256 == hashlib.sha256("Gangs in Perú.\r\n".encode()).hexdigest()
    assert (document.document_id, document.usable, document.issues) == ("PER", True, ())


def test_what_was_odd_is_an_issue_of_the_document(tmp_path):
    (issue,) = read(tmp_path, "Gangs in Perú.".encode("cp1252")).issues
    assert (issue.code, issue.document_id, issue.iso3, issue.edition) == ("encoding_assumed", "PER", "PER", 2021)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"%PDF-1.7 ...", "not_what_name_says"),
        (b"<!doctype html><p>Gangs.", "not_what_name_says"),
        (bytes(range(32)), "binary_file"),
        (SPANISH, "not_english"),
    ],
)
def test_file_that_cannot_be_used_says_why(tmp_path, content, code):
    document = read(tmp_path, content)
    assert reason(document) == code
    assert document.sha256 == hash_file(tmp_path / "PER.txt")


@pytest.mark.parametrize("name", ["PER.docx", "PER", "PER.txt.exe"])
def test_form_that_is_not_read_is_refused(tmp_path, name):
    assert reason(read(tmp_path, "Gangs.", name=name)) == "unsupported_form"


@pytest.mark.parametrize("name", ["PER.txt", "PER.TXT", "PER.md", "PER.text"])
def test_text_is_known_by_its_ending(tmp_path, name):
    assert read(tmp_path, "Gangs.", name=name).text == "Gangs."


def test_file_over_the_limit_is_refused(tmp_path):
    assert reason(read(tmp_path, "Gangs.", max_bytes=5)) == "file_too_large"


def test_file_at_the_limit_is_read(tmp_path):
    assert read(tmp_path, "Gangs.", max_bytes=6).usable


def test_score_file_has_scores_and_no_text(tmp_path):
    tmp_path.joinpath("s.csv").write_text("iso3,edition,measure,score\nPER,2021,prevention,3\nPER,2021,guns,4\n")
    document, scores = read_score_file(tmp_path, Source("s.csv", "s", "scores"))
    assert [score.value for score in scores] == [3.0]
    assert (document.text, document.usable, [issue.code for issue in document.issues]) == (
        None,
        True,
        ["unknown_measure"],
    )


def test_score_file_that_cannot_be_used_says_why(tmp_path):
    tmp_path.joinpath("s.csv").write_text("a,b\n1,2\n")
    document, scores = read_score_file(tmp_path, Source("s.csv", "s", "scores"))
    assert (scores, document.usable, [issue.code for issue in document.issues]) == ([], False, ["missing_column"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0c", "\x85"])
def test_every_line_end_counts_once(end):
    starts = line_starts(f"one{end}two{end}")
    assert len(starts) == 3
    assert [line_number(starts, position) for position in (0, 3, 3 + len(end))] == [1, 1, 2]


def test_bundled_sources_list_the_four_documents_and_the_scores():
    sources = read_manifest(ROOT / "raw")
    assert {source.document_id for source in sources} == {*SEED_OF, "scores/PER"}
    assert all(source.sha256 for source in sources)


def test_bundled_articles_have_no_known_publisher_and_one_origin():
    articles = [source for source in read_manifest(ROOT / "raw") if source.kind == "article"]
    assert {(source.publisher, source.reliability, source.edition) for source in articles} == {(None, "F", None)}
    assert len({source.origin for source in articles}) == 1


@pytest.mark.parametrize("document_id", SEED_OF)
def test_bundled_document_is_read_without_an_issue(document_id):
    source = next(source for source in read_manifest(ROOT / "raw") if source.document_id == document_id)
    document = read_document(ROOT / "raw", source)
    assert (document.encoding, document.issues) == ("utf-8", ())
    assert document.text.encode() == (ROOT / "raw" / source.path).read_bytes()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds lie beside the repository, not in it")
@pytest.mark.parametrize(("document_id", "seed"), SEED_OF.items())
def test_bundled_document_is_its_seed_byte_for_byte(document_id, seed):
    assert (ROOT / "raw" / f"{document_id}.txt").read_bytes() == (SEEDS / seed).read_bytes()


def test_bundled_scores_are_90_plus_12_without_an_issue():
    source = next(source for source in read_manifest(ROOT / "raw") if source.kind == "scores")
    document, scores = read_score_file(ROOT / "raw", source)
    assert (len(scores), document.issues) == (90 + 12, ())
