"""sources.csv: what is read from it, and every wrong row that it refuses."""

import hashlib

import pytest

from ocindex.errors import ManifestError
from ocindex.reading.manifest import COLUMNS, hash_file, read_manifest, unlisted_files

HEADER = "path,kind,iso3,edition"
GOOD = "profiles/PER_2021.txt,profile,PER,2021"


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.joinpath("profiles").mkdir(parents=True)
    folder.joinpath("profiles", "PER_2021.txt").write_text("PEOPLE\nGangs.\n")
    tmp_path.joinpath("outside.txt").write_text("secret")
    return folder


def write(raw, *rows, header=HEADER, encoding="utf-8"):
    raw.joinpath("sources.csv").write_bytes(("\n".join((header, *rows)) + "\n").encode(encoding))
    return raw


def refusal(raw):
    with pytest.raises(ManifestError) as caught:
        read_manifest(raw)
    message = str(caught.value)
    assert all(word in message for word in ("sources.csv", "found", "expected"))
    return message


def test_four_columns_are_enough_for_a_profile(raw):
    (source,) = read_manifest(write(raw, GOOD))
    assert (source.path, source.document_id) == ("profiles/PER_2021.txt", "profiles/PER_2021")
    assert (source.kind, source.iso3, source.edition, source.tier) == ("profile", "PER", 2021, "assessment")
    assert (source.title, source.reliability, source.sha256, source.redistribute) == (None, None, None, True)


def test_two_columns_are_enough_for_an_article(raw):
    (source,) = read_manifest(write(raw, "profiles/PER_2021.txt,article", header="path,kind"))
    assert (source.kind, source.iso3, source.edition, source.tier) == ("article", None, None, "article")


def test_every_column_is_read(raw):
    sha256 = hash_file(raw / "profiles/PER_2021.txt")
    row = f'{GOOD},"A, title",GI,2021-09-28,https://x.org/a,©,false,B,giatoc,en,{sha256.upper()}'
    (source,) = read_manifest(write(raw, row, header=",".join(COLUMNS)))
    assert (source.title, source.publisher, source.published, source.url) == (
        "A, title",
        "GI",
        "2021-09-28",
        "https://x.org/a",
    )
    assert (source.rights, source.redistribute, source.reliability) == ("©", False, "B")
    assert (source.origin, source.language, source.sha256) == ("giatoc", "en", sha256.upper())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_file_that_a_spreadsheet_saved_is_read(raw, encoding):
    (source,) = read_manifest(write(raw, GOOD + ",Perú", header=HEADER + ",title", encoding=encoding))
    assert (source.path, source.title) == ("profiles/PER_2021.txt", "Perú")


def test_blanks_around_cells_and_empty_rows_do_not_matter(raw):
    write(raw, "", ",,,", " profiles/PER_2021.txt , profile , PER , 2021 ", header="path, kind , iso3,edition")
    assert [source.iso3 for source in read_manifest(raw)] == ["PER"]


def test_sources_keep_the_order_of_the_file(raw):
    for name in ("b.txt", "a.txt"):
        raw.joinpath(name).write_text("x")
    write(raw, "b.txt,article,,", GOOD, "a.txt,article,,")
    assert [source.document_id for source in read_manifest(raw)] == ["b", "profiles/PER_2021", "a"]


def test_header_alone_lists_no_source(raw):
    assert read_manifest(write(raw)) == []


def test_hash_is_that_of_the_bytes(raw):
    assert hash_file(raw / "profiles/PER_2021.txt") == hashlib.sha256(b"PEOPLE\nGangs.\n").hexdigest()


def test_missing_file_says_how_to_begin(tmp_path):
    assert "ocindex add" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"%PDF-1.7"])
def test_file_that_is_no_table_is_refused(raw, content):
    raw.joinpath("sources.csv").write_bytes(content)
    refusal(raw)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (
            "profiles/PER_2021.txt,novel,PER,2021",
            "found kind 'novel'; expected one of profile, article, workbook, scores",
        ),
        ("profiles/PER_2021.txt,,PER,2021", "found kind ''"),
        ("profiles/PER_2021.txt,Profile,PER,2021", "found kind 'Profile'"),
        ("profiles/PER_2021.txt,profile,PER,2022", "found edition '2022'"),
        ("profiles/PER_2021.txt,profile,PER,MMXXI", "found edition 'MMXXI'"),
        ("profiles/PER_2021.txt,profile,PER,2021.0", "found edition '2021.0'"),
        ("profiles/PER_2021.txt,profile,XXX,2021", "found country 'XXX'"),
        ("profiles/PER_2021.txt,profile,PE,2021", "found country 'PE'"),
        ("profiles/PER_2021.txt,profile,Peru,2021", "found country 'Peru'"),
        ("profiles/PER_2021.txt,profile,,2021", "found a profile without iso3 or edition"),
        ("profiles/PER_2021.txt,profile,PER,", "found a profile without iso3 or edition"),
        ("profiles/PER_2023.txt,profile,PER,2021", "found no file 'profiles/PER_2023.txt'"),
        ("profiles,article,,", "found no file 'profiles'"),
        (",article,,", "found path ''"),
        ("../outside.txt,article,,", "found path '../outside.txt'"),
        ("profiles/../../outside.txt,article,,", "expected a path inside the raw folder"),
        ("/etc/hostname,article,,", "expected a path inside the raw folder"),
        ("profiles\\PER_2021.txt,article,,", "with forward slashes"),
        ("x" * 300 + ",article,,", "expected a file"),
    ],
)
def test_wrong_row_is_named_by_its_line(raw, row, named):
    message = refusal(write(raw, GOOD, row))
    assert message.startswith("sources.csv, line 3: ")
    assert named in message


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("reliability", "Z"),
        ("reliability", "a"),
        ("redistribute", "maybe"),
        ("redistribute", "False"),
        ("published", "28.9.2021"),
        ("published", "2021-13"),
        ("published", "2021-12-32"),
        ("sha256", "0" * 64),
        ("sha256", "none"),
    ],
)
def test_wrong_cell_is_named_with_its_column(raw, column, cell):
    message = refusal(write(raw, f"{GOOD},{cell}", header=f"{HEADER},{column}"))
    assert column in message
    assert cell in message


def test_wrong_hash_shows_both_hashes(raw):
    found = hash_file(raw / "profiles/PER_2021.txt")
    message = refusal(write(raw, f"{GOOD},{'0' * 64}", header=HEADER + ",sha256"))
    assert f"found sha256 {found} for 'PER_2021.txt'; expected {'0' * 64}" in message


def test_link_that_leaves_the_folder_is_refused(raw):
    raw.joinpath("link.txt").symlink_to(raw.parent / "outside.txt")
    assert "leads out of the raw folder" in refusal(write(raw, "link.txt,article,,"))


def test_folder_link_that_leaves_the_folder_is_refused(raw):
    raw.joinpath("up").symlink_to(raw.parent)
    assert "leads out of the raw folder" in refusal(write(raw, "up/outside.txt,article,,"))


def test_link_that_leads_to_itself_is_refused(raw):
    raw.joinpath("loop.txt").symlink_to("loop.txt")
    assert "'loop.txt'" in refusal(write(raw, "loop.txt,article,,"))


def test_link_inside_the_folder_is_followed(raw):
    raw.joinpath("link.txt").symlink_to("profiles/PER_2021.txt")
    assert read_manifest(write(raw, "link.txt,article,,"))[0].document_id == "link"


def test_raw_folder_may_itself_be_a_link(raw):
    write(raw, GOOD)
    raw.parent.joinpath("here").symlink_to(raw)
    assert len(read_manifest(raw.parent / "here")) == 1


@pytest.mark.parametrize("second", ["profiles/PER_2021.txt", "profiles/PER_2021.md", "./profiles/PER_2021.txt"])
def test_second_document_of_one_id_is_refused(raw, second):
    raw.joinpath("profiles/PER_2021.md").write_text("x")
    message = refusal(write(raw, GOOD, f"{second},article,,"))
    assert "line 3" in message
    assert "one document_id per document (profiles/PER_2021)" in message


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("path,kind,iso3,edition,colour", "found column 'colour'"),
        ("path,kind,kind,edition", "found column 'kind'"),
        ("path,kind,iso3,", "found column ''"),
        ("path;kind;iso3;edition", "found no column 'path'"),
        ("path,iso3", "found no column 'kind'"),
        ("Path,Kind", "found no column 'path'"),
        ('"path"x,kind', "expected comma-separated values"),
    ],
)
def test_wrong_header_is_refused(raw, header, named):
    message = refusal(write(raw, GOOD, header=header))
    assert message.startswith("sources.csv, line 1: ")
    assert named in message


def test_row_with_too_many_cells_is_refused(raw):
    assert "line 2: found more cells than columns" in refusal(write(raw, GOOD + ",2021"))


def test_quotation_mark_that_is_never_closed_is_refused(raw):
    assert "expected comma-separated values" in refusal(write(raw, 'profiles/PER_2021.txt,"article'))


def test_all_wrong_rows_are_named_at_once_and_by_their_own_lines(raw):
    rows = ("a.txt,novel,,", GOOD + ',"two\nlines"', "b.txt,article,,,", "profiles/PER_2021.txt,article,XXX,,")
    lines = refusal(write(raw, *rows, header=HEADER + ",title")).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [f"sources.csv, line {number}" for number in (2, 5, 6)]


def test_files_that_no_row_names_are_listed_in_order(raw):
    for name in ("b.txt", "a.txt", ".hidden", "profiles/KEN_2021.txt"):
        raw.joinpath(name).write_text("x")
    sources = read_manifest(write(raw, GOOD))
    assert unlisted_files(raw, sources) == ["a.txt", "b.txt", "profiles/KEN_2021.txt"]
