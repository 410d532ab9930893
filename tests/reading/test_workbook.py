"""The workbook reader: scores come from the right cell, and what is wrong is an issue with its cell."""

from __future__ import annotations

import datetime
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from ocindex.errors import MissingExtraError, SourceError
from ocindex.reading.archive import Limits
from ocindex.reading.headers import measure_of
from ocindex.reading.workbook import read_workbook
from ocindex.vocabulary.countries import countries
from ocindex.vocabulary.indicators import all_codes, composites, indicators_of

pytest.importorskip("python_calamine", reason="ocindex[workbook] is not installed")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl makes the workbooks of these tests")

SHARED = Path(__file__).parents[2].parent / "shared"
OLDER = SHARED / "workbooks" / "global_oc_index_2023.xlsx"
NEWER = SHARED / "workbooks" / "global_oc_index_2025.xlsx"
HOSTILE = SHARED / "hostile"
needs_workbooks = pytest.mark.skipif(not NEWER.is_file(), reason="the real workbooks are not beside the project")
needs_hostile = pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile samples are not beside the project")

LABELS = [item.label for item in all_codes()]
HEADER = ["Continent", "Region", "Country", *LABELS]
PERU = ["Americas", "South America", "Peru", *[5.0] * len(LABELS)]
KENYA = ["Africa", "East Africa", "Kenya", *[6.5] * len(LABELS)]


def write(path: Path, sheets: dict[str, list[list[object]]], *, hidden: str | None = None) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                cell.value = value
                if isinstance(value, str) and value.startswith("="):
                    cell.data_type = "s"
        if name == hidden:
            sheet.sheet_state = "hidden"
    if hidden is None or len(sheets) == 1:
        book.create_sheet("2025_Global_OC_Index")["B1"] = "GLOBAL ORGANIZED CRIME INDEX - 2025"
    book.save(path)
    return path


def read_rows(tmp_path, *rows, sheet="2025_dataset", **options):
    return read(write(tmp_path / "book.xlsx", {sheet: list(rows)}), **options)


def read(path, **options):
    scores, issues = read_workbook(path, "workbooks/test", **options)
    assert all(issue.document_id == "workbooks/test" for issue in issues)
    assert all(score.source == "workbook" for score in scores)
    found = {(score.iso3, score.edition, score.measure): score.value for score in scores}
    assert len(found) == len(scores)
    return found, [issue for issue in issues if issue.code != "fewer_countries"]


def changed(row, **cells):
    return [cells.get(label.replace(" ", "_").lower(), value) for label, value in zip(HEADER, row, strict=True)]


def brief(issues):
    return [(issue.code, issue.locator) for issue in issues]


def test_scores_are_read_from_their_columns(tmp_path):
    scores, issues = read_rows(tmp_path, HEADER, changed(PERU, heroin_trade=2.5, criminality=6.35))
    assert issues == []
    assert len(scores) == len(LABELS)
    assert scores["PER", 2025, "heroin_trade"] == 2.5
    assert scores["PER", 2025, "criminality"] == 6.35


def test_columns_in_any_order_below_titles_and_beside_blanks(tmp_path):
    rows = [
        [],
        [None, "The Index, 2025"],
        [],
        [None, *reversed(HEADER)],
        [None, *reversed(changed(PERU, prevention=3.5))],
    ]
    scores, issues = read_rows(tmp_path, *rows)
    assert issues == []
    assert scores["PER", 2025, "prevention"] == 3.5
    assert scores["PER", 2025, "law_enforcement"] == 5.0


def test_cell_names_count_blank_rows_and_columns(tmp_path):
    rows = [[], [], [None, "Country", "Prevention"], [None, "Peru", 11]]
    _, issues = read_rows(tmp_path, *rows)
    assert ("score_off_scale", "2025_dataset!C4") in brief(issues)


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Criminality avg.", "criminality"),
        ("Criminality avg,", "criminality"),
        ("CRIMINALITY", "criminality"),
        ("Criminal actors", "criminal_actors"),
        ("Criminal markets avg ", "criminal_markets"),
        ("Extortion and\nprotection racketeering", "extortion_and_protection_racketeering"),
        ("State\u2011embedded actors", "state_embedded_actors"),
        ("Anti-money\u00a0laundering", "anti_money_laundering"),
        ("Victim & witness support", "victim_and_witness_support"),
        ("NON-RENEWABLE RESOURCE CRIMES", "non_renewable_resource_crimes"),
        (" Country", "country"),
        ("Criminal", None),
        ("Crime", None),
        ("Human traffiking", None),
    ],
)
def test_headings_match_exact_aliases_only(heading, measure):
    assert measure_of(heading) == measure


def test_every_label_is_a_heading():
    assert [measure_of(item.label) for item in all_codes()] == [item.code for item in all_codes()]
    assert all(measure_of(f"{item.label} avg,") == item.code for item in composites())


def test_missing_column_is_named_and_nothing_shifts(tmp_path):
    place = HEADER.index("Fauna crimes")
    rows = [row[:place] + row[place + 1 :] for row in (HEADER, changed(PERU, flora_crimes=1.0, fauna_crimes=9.0))]
    scores, (issue,) = read_rows(tmp_path, *rows)
    assert (issue.code, issue.indicator, issue.locator) == ("missing_column", "fauna_crimes", "2025_dataset")
    assert "'Fauna crimes'" in issue.message
    assert ("PER", 2025, "fauna_crimes") not in scores
    assert scores["PER", 2025, "flora_crimes"] == 1.0
    assert scores["PER", 2025, "heroin_trade"] == 5.0


def test_unknown_column_is_reported_with_its_cell(tmp_path):
    scores, (issue,) = read_rows(tmp_path, [*HEADER, "<b>Notes</b>"], [*PERU, "x"])
    assert (issue.code, issue.severity, issue.locator) == ("unknown_column", "info", "2025_dataset!AN1")
    assert len(scores) == len(LABELS)


def test_two_headings_that_mean_the_same(tmp_path):
    rows = [[*HEADER, "Criminality avg,"], [*PERU, 5.0], [*KENYA, 6.51]]
    scores, issues = read_rows(tmp_path, *rows)
    assert brief(issues) == [("double_column", "2025_dataset!D1,AN1"), ("conflicting_scores", "2025_dataset!D3,AN3")]
    assert scores["PER", 2025, "criminality"] == 5.0
    assert scores["KEN", 2025, "criminality"] is None


def test_indicator_of_a_later_edition_is_left_out(tmp_path):
    scores, issues = read_rows(tmp_path, HEADER, PERU, sheet="2021_dataset")
    assert len(scores) == 30
    assert {issue.code for issue in issues} == {"not_in_edition"}
    assert ("PER", 2021, "financial_crimes") not in scores


@pytest.mark.parametrize(
    ("cell", "code", "shown"),
    [
        ("n/a", "score_not_a_number", "'n/a'"),
        ("high", "score_not_a_number", "'high'"),
        ("7,5", "score_not_a_number", "'7,5'"),
        (datetime.date(2025, 6, 5), "score_not_a_number", "the date 2025-06-05"),
        (datetime.time(6, 5), "score_not_a_number", "the time 06:05:00"),
        (True, "score_not_a_number", "TRUE"),
        ("#REF!", "formula_error", "#REF!"),
        (11, "score_off_scale", "11"),
        (0, "score_off_scale", "0"),
        (-5, "score_off_scale", "-5"),
        (4.37, "score_off_grid", "4.37"),
        ("4.37", "score_off_grid", "4.37"),
        (None, "blank_score", "blank"),
        ("\u00a0 ", "blank_score", "blank"),
        ("x" * 10_000, "score_not_a_number", "…"),
    ],
)
def test_bad_cell_is_null_and_an_issue(tmp_path, cell, code, shown):
    scores, (issue,) = read_rows(tmp_path, HEADER, changed(PERU, heroin_trade=cell), KENYA)
    assert scores["PER", 2025, "heroin_trade"] is None
    assert scores["PER", 2025, "cocaine_trade"] == 5.0
    assert scores["KEN", 2025, "heroin_trade"] == 6.5
    assert (issue.code, issue.locator) == (code, "2025_dataset!O2")
    assert (issue.iso3, issue.edition, issue.indicator) == ("PER", 2025, "heroin_trade")
    assert shown in issue.message
    assert "O2" not in issue.message
    assert len(issue.message) < 250


def test_number_as_text_is_read_with_a_note(tmp_path):
    scores, (issue,) = read_rows(tmp_path, HEADER, changed(PERU, law_enforcement=" 6.5 "))
    assert scores["PER", 2025, "law_enforcement"] == 6.5
    assert (issue.code, issue.severity, issue.locator) == ("score_as_text", "info", "2025_dataset!AG2")


@pytest.mark.parametrize("stored", [6.3499999999999996, 6.3499999, 6.350000000000001])
def test_round_off_of_an_average_is_taken_away(tmp_path, stored):
    scores, issues = read_rows(tmp_path, HEADER, changed(PERU, criminality=stored))
    assert issues == []
    assert scores["PER", 2025, "criminality"] == 6.35


@pytest.mark.parametrize("stored", [6.345, 6.3501, 10.01, 0.99])
def test_average_off_its_steps_is_an_issue(tmp_path, stored):
    scores, issues = read_rows(tmp_path, HEADER, changed(PERU, criminality=stored))
    assert scores["PER", 2025, "criminality"] is None
    assert len(issues) == 1


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Congo, Dem. Rep.", "COD"),
        ("Congo, Dem, Rep,", "COD"),
        ("Congo, Rep.", "COG"),
        ("St. Lucia", "LCA"),
        ("St, Lucia", "LCA"),
        ("eSwatini", "SWZ"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Korea, DPR", "PRK"),
        ("Namibia ", "NAM"),
    ],
)
def test_spellings_of_the_index_are_known(tmp_path, name, iso3):
    scores, _ = read_rows(tmp_path, ["Country", "Prevention"], [name, 5])
    assert scores == {(iso3, 2025, "prevention"): 5.0}


@pytest.mark.parametrize(
    ("name", "code"), [("Wakanda", "unknown_country"), ("Congo", "ambiguous_country"), (None, "blank_country")]
)
def test_country_is_never_guessed(tmp_path, name, code):
    scores, issues = read_rows(tmp_path, HEADER, PERU, changed(KENYA, country=name, continent=None, region=None))
    assert {key[0] for key in scores} == {"PER"}
    (issue,) = issues
    assert issue.code == code
    assert issue.locator == ("2025_dataset!D3" if name is None else "2025_dataset!C3")
    assert issue.iso3 is None


def test_country_twice_with_other_scores_is_null_where_they_differ(tmp_path):
    scores, issues = read_rows(tmp_path, HEADER, PERU, KENYA, changed(PERU, prevention=7.0))
    assert brief(issues) == [("double_country", "2025_dataset!C2,C4"), ("conflicting_scores", "2025_dataset!AL2,AL4")]
    assert scores["PER", 2025, "prevention"] is None
    assert scores["PER", 2025, "law_enforcement"] == 5.0
    assert "5.0 and 7.0" in issues[1].message


def test_country_three_times_does_not_let_the_last_row_win(tmp_path):
    rows = [PERU, changed(PERU, prevention=7.0), changed(PERU, prevention=8.0)]
    scores, _ = read_rows(tmp_path, HEADER, *rows)
    assert scores["PER", 2025, "prevention"] is None


def test_region_that_differs_is_a_warning(tmp_path):
    rows = [HEADER, changed(PERU, region="@SUM(1)"), changed(KENYA, continent="Asia")]
    scores, issues = read_rows(tmp_path, *rows)
    assert brief(issues) == [("region_differs", "2025_dataset!B2"), ("continent_differs", "2025_dataset!A3")]
    assert {issue.severity for issue in issues} == {"warning"}
    assert len(scores) == 2 * len(LABELS)


@pytest.mark.parametrize("edition", [2021, 2023, 2025])
@pytest.mark.parametrize("region", ["Caribbean ", "CARIBBEAN"])
def test_region_is_compared_after_folding(tmp_path, edition, region):
    region = "Caribbean & Central" if edition == 2023 else region
    rows = [["Country", "Region", "Prevention"], ["Jamaica", region, 5]]
    _, issues = read_rows(tmp_path, *rows, sheet=f"{edition}_dataset")
    assert {issue.code for issue in issues} == {"missing_column"}


def test_text_below_the_table_is_reported(tmp_path):
    _, issues = read_rows(tmp_path, HEADER, PERU, [], ["Source: the Index"])
    assert brief(issues) == [("text_outside_table", "2025_dataset!A4")]


def test_blank_rows_between_countries_do_not_matter(tmp_path):
    scores, issues = read_rows(tmp_path, HEADER, PERU, [], [], KENYA, [" "])
    assert issues == []
    assert {key[0] for key in scores} == {"PER", "KEN"}


def test_fewer_countries_than_the_edition_has_are_said(tmp_path):
    path = write(tmp_path / "book.xlsx", {"2025_dataset": [HEADER, PERU]})
    (issue,) = read_workbook(path, "x")[1]
    assert (issue.code, issue.severity, issue.locator) == ("fewer_countries", "info", "2025_dataset")


def test_hidden_and_empty_sheets_are_issues(tmp_path):
    sheets = {"2025_dataset": [HEADER, PERU], "2023_dataset": [HEADER, PERU], "2021_dataset": []}
    scores, issues = read(write(tmp_path / "book.xlsx", sheets, hidden="2023_dataset"))
    assert brief(issues) == [("hidden_sheet", "2023_dataset"), ("empty_sheet", "2021_dataset")]
    assert {key[1] for key in scores} == {2025}


def test_headings_without_countries_and_rows_without_headings_are_issues(tmp_path):
    sheets = {
        "2025_dataset": [HEADER],
        "2023_dataset": [PERU],
        "2019_dataset": [HEADER, PERU],
        "Scores": [HEADER, PERU],
    }
    scores, issues = read(write(tmp_path / "book.xlsx", sheets))
    assert scores == {}
    assert sorted(brief(issues)) == [
        ("empty_sheet", "2025_dataset"),
        ("no_header", "2023_dataset"),
        ("unknown_edition", "2019_dataset"),
        ("unknown_sheet", "Scores"),
    ]


def test_two_sheets_of_one_edition_must_agree(tmp_path):
    sheets = {"2025_dataset": [HEADER, PERU], "2025 dataset": [HEADER, changed(PERU, prevention=7)]}
    scores, issues = read(write(tmp_path / "book.xlsx", sheets))
    assert [issue.code for issue in issues] == ["double_sheet", "conflicting_scores"]
    assert issues[1].locator == "2025_dataset, 2025 dataset"
    assert scores["PER", 2025, "prevention"] is None
    assert scores["PER", 2025, "criminality"] == 5.0


OLD_HEADER = ["Country Code", "Country", "Prevention"]


def old_book(path, *rows, title=None, cover=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Full_dataset"
    for row in ([title], OLD_HEADER, *rows):
        sheet.append(row)
    if cover:
        book.create_sheet("About")["A1"] = cover
    book.save(path)
    return path


def codes(issues):
    return [issue.code for issue in issues if issue.code not in ("missing_column", "unknown_sheet")]


def test_older_layout_takes_the_edition_from_the_caller(tmp_path):
    scores, issues = read(old_book(tmp_path / "b.xlsx", ["PER", "Peru", 5]), edition=2021)
    assert scores == {("PER", 2021, "prevention"): 5.0}
    assert codes(issues) == []


@pytest.mark.parametrize(
    "options", [{"title": "Global Organized Crime Index 2021"}, {"cover": "GLOBAL ORGANIZED CRIME INDEX - 2021"}]
)
def test_older_layout_takes_the_edition_from_a_title(tmp_path, options):
    scores, issues = read(old_book(tmp_path / "b.xlsx", ["PER", "Peru", 5], **options))
    assert scores == {("PER", 2021, "prevention"): 5.0}
    assert codes(issues) == ["edition_from_title"]


@pytest.mark.parametrize("title", [None, "Scores of 2021 and 2023", "Scores of 1999"])
def test_older_layout_without_one_edition_is_an_issue(tmp_path, title):
    scores, issues = read(old_book(tmp_path / "b.xlsx", ["PER", "Peru", 5], title=title))
    assert scores == {}
    assert codes(issues) == ["edition_unknown"]


def test_older_layout_whose_title_contradicts_the_caller_is_said(tmp_path):
    _, issues = read(old_book(tmp_path / "b.xlsx", ["PER", "Peru", 5], title="Index 2023"), edition=2021)
    assert codes(issues) == ["edition_differs"]


@pytest.mark.parametrize(
    ("code", "name", "iso3", "expected"),
    [
        ("NAM", "Namibia", "NAM", []),
        ("nam", None, "NAM", []),
        ("COD", "Congo", "COD", []),
        ("NA", "Namibia", "NAM", ["unknown_country_code"]),
        ("RWA", "Wakanda", "RWA", ["unknown_country_name"]),
        ("RWA", "Kenya", None, ["country_mismatch"]),
        ("Kenya", None, None, ["unknown_country"]),
        ("XXX", "Wakanda", None, ["unknown_country"]),
    ],
)
def test_country_code_and_name_must_agree(tmp_path, code, name, iso3, expected):
    scores, issues = read(old_book(tmp_path / "b.xlsx", [code, name, 5], ["PER", "Peru", 6]), edition=2021)
    assert codes(issues) == expected
    assert {key[0] for key in scores} == {"PER", *([iso3] if iso3 else [])}


def refusal(path: Path, **options) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_workbook(path, "x", **options)
    assert "\n" not in str(caught.value)
    assert "expected" in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("content", "code", "found"),
    [
        (b"", "empty_file", "an empty file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_what_name_says", "old Office file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9000 + "EncryptedPackage".encode("utf-16-le"),
            "encrypted_file",
            "encrypted",
        ),
        (b"<!DOCTYPE html><html><table></table></html>", "not_what_name_says", "web page"),
        (b"\xef\xbb\xbfCountry,Prevention\nPeru,5\n", "not_what_name_says", "plain text"),
        (b"%PDF-1.7\n", "not_what_name_says", "PDF"),
        (b"\x00\x01\x02", "not_what_name_says", "binary"),
    ],
)
def test_other_files_under_the_name_are_refused(tmp_path, content, code, found):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    error = refusal(path)
    assert error.code == code
    assert found in str(error)


def test_missing_file_and_folder_are_refused(tmp_path):
    assert refusal(tmp_path / "none.xlsx").code == "unreadable_file"
    assert refusal(tmp_path).code == "unreadable_file"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated_zip_is_refused(tmp_path, share):
    path = write(tmp_path / "book.xlsx", {"2025_dataset": [HEADER, PERU]})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refusal(path).code == "truncated_file"


def test_altered_bytes_are_refused(tmp_path):
    path = write(tmp_path / "book.xlsx", {"2025_dataset": [HEADER, PERU]})
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(path.read_bytes())
    place = member.header_offset + 30 + len(member.filename) + member.compress_size // 2
    data[place] ^= 0xFF
    path.write_bytes(data)
    assert refusal(path).code == "truncated_file"


def test_workbook_without_sheets_of_scores_is_refused(tmp_path):
    error = refusal(write(tmp_path / "book.xlsx", {"Sheet1": [["a"]]}))
    assert error.code == "no_dataset_sheet"
    assert "'Sheet1'" in str(error)


def repack(path: Path, changes: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | changes
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(packed.getvalue())
    return path


@pytest.fixture
def book(tmp_path):
    return write(tmp_path / "book.xlsx", {"2025_dataset": [HEADER, PERU]})


def sheet_xml(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_archives_of_other_kinds_are_refused(tmp_path):
    path = tmp_path / "book.xlsx"
    for name, found in (("word/document.xml", "docx"), ("xl/workbook.bin", "xlsb")):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "<x/>")
        error = refusal(path)
        assert error.code == "not_what_name_says"
        assert found in str(error)


def test_packed_zeros_are_refused_from_the_directory(book):
    error = refusal(repack(book, {"xl/media/image.png": bytes(300_000_000)}))
    assert error.code == "file_too_large"
    assert book.stat().st_size < 1_300_000


def test_large_file_is_refused_before_it_is_read(book):
    assert refusal(book, limits=Limits(packed=1000)).code == "file_too_large"


def test_directory_that_lies_about_sizes_is_refused(book):
    zeros = b" " * 3_000_000
    repack(book, {"xl/comments1.xml": b"<x/>" + zeros})
    small = b"<x/>"
    data = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as archive:
        member = archive.getinfo("xl/comments1.xml")
    for place in (member.header_offset + 14, data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/comments1.xml")) + 16):
        data[place : place + 4] = zlib.crc32(small).to_bytes(4, "little")
        data[place + 8 : place + 12] = len(small).to_bytes(4, "little")
    book.write_bytes(data)
    # Directory and checksum say four bytes: what is read is those four, and the parser sees no others.
    scores, issues = read(book)
    assert issues == []
    assert len(scores) == len(LABELS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_resolved(book, encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    text = head + '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
    error = refusal(repack(book, {"xl/sharedStrings.xml": text.encode(encoding)}))
    assert error.code == "xml_entities"


@pytest.mark.parametrize(
    "cell", [b'<c r="XFD1048576"><v>1</v></c>', b"<c\tr = 'XFD1048576'><v>1</v></c>", b'<c r="xfd1048576"><v>1</v></c>']
)
def test_cell_far_out_is_refused_before_parsing(book, cell):
    xml = sheet_xml(book).replace(b"</sheetData>", b'<row r="1048576">' + cell + b"</row></sheetData>")
    error = refusal(repack(book, {"xl/worksheets/sheet1.xml": xml}))
    assert error.code == "file_too_large"
    assert "1048576 rows" in str(error)


def test_far_but_narrow_sheet_is_read(tmp_path):
    scores, issues = read_rows(tmp_path, HEADER, PERU, *[[] for _ in range(3000)], KENYA)
    assert issues == []
    assert len(scores) == 2 * len(LABELS)


def test_shared_text_that_would_grow_is_refused(book):
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
    cells = b'<row r="9">' + b'<c t="s"><v>0</v></c>' * 500 + b"</row></sheetData>"
    xml = sheet_xml(book).replace(b"</sheetData>", cells)
    repack(book, {"xl/sharedStrings.xml": strings % (b"x" * 1000), "xl/worksheets/sheet1.xml": xml})
    assert refusal(book, limits=Limits(text=400_000)).code == "file_too_large"
    read(book, limits=Limits(text=600_000))


def test_sheet_of_broken_xml_is_an_issue_and_the_others_are_read(tmp_path):
    path = write(tmp_path / "book.xlsx", {"2025_dataset": [HEADER, PERU], "2023_dataset": [HEADER, PERU]})
    scores, issues = read(repack(path, {"xl/worksheets/sheet1.xml": b'<worksheet><sheetData><row r="1"><c r="A'}))
    assert {key[1] for key in scores} == {2023}
    assert [issue.locator for issue in issues] == ["2025_dataset"]


def test_missing_extra_is_named(book, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtraError, match=r"ocindex\[workbook\]"):
        read_workbook(book, "x")


def test_workbook_that_cannot_be_parsed_is_refused(book):
    assert refusal(repack(book, {"xl/workbook.xml": b"<workbook><sheets><she"})).code == "damaged_workbook"


def test_panic_of_the_parser_does_not_end_the_build(book, monkeypatch):
    class PanicException(BaseException):
        pass

    class Broken:
        @staticmethod
        def from_filelike(file):
            raise PanicException("index out of range")

    monkeypatch.setattr("python_calamine.CalamineWorkbook", Broken)
    assert refusal(book).code == "damaged_workbook"


def test_other_compressions_doubled_parts_and_passwords_are_refused(book):
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(book, "w", method) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        assert refusal(book).code == "truncated_file"
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("xl/workbook.xml", b"")
    assert refusal(book).code == "truncated_file"
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    data = bytearray(book.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    book.write_bytes(data)
    assert refusal(book).code == "encrypted_file"


def test_repeated_headings_are_reported(tmp_path):
    scores, issues = read_rows(tmp_path, HEADER, PERU, HEADER, KENYA)
    assert brief(issues) == [("repeated_header", "2025_dataset!C3")]
    assert len(scores) == 2 * len(LABELS)


@needs_workbooks
def test_newer_workbook_is_read_whole():
    scores, issues = read_workbook(NEWER, "workbooks/global_oc_index_2025")
    assert issues == []
    assert all(score.value is not None for score in scores)
    averages = {item.code for item in composites()}
    assert sum(score.measure not in averages for score in scores) == 193 * (26 + 32 + 32) == 17_370
    assert sum(score.measure in averages for score in scores) == 193 * 3 * 4 == 2_316
    assert {score.iso3 for score in scores} == {country.iso3 for country in countries()}
    for edition in (2021, 2023, 2025):
        names = {score.measure for score in scores if score.edition == edition}
        assert names == {item.code for item in indicators_of(edition)} | averages


@needs_workbooks
def test_both_workbooks_agree_on_2021_and_2023():
    newer, _ = read(NEWER)
    older, issues = read(OLDER)
    assert issues == []
    assert older == {key: value for key, value in newer.items() if key[1] != 2025}
    assert newer["PER", 2021, "criminality"] == 6.35


HOSTILE_ISSUES = {
    "xlsx_good": [],
    "xlsx_header_drift": [],
    "xlsx_missing_indicator": [("missing_column", "2025_dataset")],
    "xlsx_score_11": [("score_off_scale", "2025_dataset!P3")],
    "xlsx_score_text": [
        ("score_not_a_number", "2025_dataset!O5"),
        ("score_not_a_number", "2025_dataset!Q5"),
        ("score_as_text", "2025_dataset!AG5"),
        ("score_not_a_number", "2025_dataset!AL5"),
    ],
    "xlsx_unknown_country": [("unknown_country", "2025_dataset!C7")],
    "xlsx_injection": [("unknown_column", "2025_dataset!AN1"), ("unknown_country", "2025_dataset!C7")],
}


@needs_hostile
@pytest.mark.parametrize("name", sorted(HOSTILE_ISSUES))
def test_hostile_sample_does_what_its_manifest_says(name):
    good, _ = read(HOSTILE / "xlsx_good.xlsx")
    scores, issues = read(HOSTILE / f"{name}.xlsx")
    assert len(good) == 5 * (32 + 32 + 26) + 5 * 3 * 4
    assert brief(issues) == HOSTILE_ISSUES[name]
    other = {key: value for key, value in scores.items() if value is not None and good[key] != value}
    assert other == ({("THA", 2025, "law_enforcement"): 6.5} if name == "xlsx_score_text" else {})


@needs_hostile
def test_hostile_duplicate_country_is_a_conflict_of_both_rows():
    scores, issues = read(HOSTILE / "xlsx_duplicate_country.xlsx")
    assert brief(issues)[0] == ("double_country", "2025_dataset!C2,C7")
    assert {issue.code for issue in issues[1:]} == {"conflicting_scores"}
    assert scores["KEN", 2025, "human_trafficking"] is None
    assert scores["KEN", 2025, "illicit_trade_in_excisable_goods"] == 8.5
    assert scores["KEN", 2023, "human_trafficking"] == 3.0
