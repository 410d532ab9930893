"""PDFs of odd designs: what a reader sees is what is read, and what cannot be read is said."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ocindex.errors import SourceError
from ocindex.reading.document import Content, Source
from ocindex.reading.pdf import file as pdf_file
from ocindex.reading.pdf.reader import read_pdf
from ocindex.reading.reader import read_document
from ocindex.vocabulary.indicators import indicators_of
from printing import Layout, print_lines, print_profile

LINES = (
    "Paraguay is a source country for human trafficking, and girls from",
    "districts near the border are taken to the capital with promises",
    "of domestic work. Recruiters are often relatives of the girls, which",
    "is why few cases are ever reported to the police.",
)
TEXT = " ".join(LINES)
SOURCE = Source("PRY.pdf", "PRY", "profile", "PRY", 2021)


def draw(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def put(canvas: Canvas, lines: tuple[str, ...] = LINES, *, x: float = 60, y: float = 700, mode: int = 0) -> None:
    for number, line in enumerate(lines):
        text = canvas.beginText(x, y - 13 * number)
        text.setFont("Times-Roman", 10)
        text.setTextRenderMode(mode)
        text.textOut(line)
        canvas.drawText(text)


def read(data: bytes) -> Content:
    return read_pdf(data, SOURCE)


def codes(content: Content) -> list[str]:
    return [note[0] for note in content.notes]


def refusal(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(data)
    return caught.value


def outcome(data: bytes) -> set[str]:
    """Codes of what was said of a file, whether it was read or refused."""
    try:
        return set(codes(read(data)))
    except SourceError as error:
        return {error.code}


def test_lines_of_a_paragraph_become_one() -> None:
    content = read(draw(put))
    assert (content.text, content.page_starts, content.notes) == (TEXT, (0,), ())


def test_drop_cap_begins_the_first_of_its_lines() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 34)
        canvas.drawString(60, 678, "P")
        put(canvas, (LINES[0][1:], LINES[1]), x=82)
        put(canvas, LINES[2:], y=674)

    assert read(draw(page)).text == TEXT


def test_text_drawn_twice_for_bold_is_read_once() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas)
        put(canvas, x=60.4)

    assert read(draw(page)).text == TEXT


def test_invisible_text_beside_visible_is_not_read() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas)
        put(canvas, ("Words that nobody sees on the page.",) * 3, x=64, mode=3)

    assert read(draw(page)).text == TEXT


def test_invisible_text_alone_is_read_and_said() -> None:
    content = read(draw(lambda canvas: put(canvas, mode=3)))
    assert (content.text, codes(content)) == (TEXT, ["pdf_hidden_text"])


def test_letters_that_are_spaced_out_are_words() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(60, 740)
        text.setFont("Helvetica-Bold", 12)
        text.setCharSpace(4)
        text.textOut("CRIMINAL ACTORS")
        text.setCharSpace(0)
        canvas.drawText(text)
        put(canvas)

    assert read(draw(page)).text == f"CRIMINAL ACTORS\n\n{TEXT}"


@pytest.mark.parametrize("by", [" ", ""])
def test_blanks_that_are_only_gaps_part_words(by: str) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        for number, line in enumerate(LINES):
            x = 60.0
            for piece in line.split(by) if by else line:
                if piece != " ":
                    canvas.drawString(x, 700 - 13 * number, piece)
                x += stringWidth(piece + by, "Times-Roman", 10)

    assert read(draw(page)).text == TEXT


def test_marks_of_footnotes_are_left_out() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas)
        for number, line in enumerate(LINES):
            canvas.setFont("Times-Roman", 6)
            canvas.drawString(60 + stringWidth(line, "Times-Roman", 10), 704 - 13 * number, str(number + 11))

    assert read(draw(page)).text == TEXT


def test_text_set_sideways_or_outside_the_page_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas)
        put(canvas, ("Outside the page.",), x=700)
        canvas.rotate(90)
        canvas.drawString(300, -40, "CRIMINALITY AND RESILIENCE")

    content = read(draw(page))
    assert content.text == TEXT
    assert "'CRIMINALITY AND RESILIENCE'" in content.notes[0][3]


def test_boxes_start_from_the_corner_of_the_page_that_is_shown() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, x=160)
        canvas.setCropBox((100, 100, 560, 800))

    (left, low, right, high) = read(draw(page)).places[0].boxes[0]
    assert (left, right) == (60, pytest.approx(60 + stringWidth("Paraguay", "Times-Roman", 10), abs=0.1))
    assert low < 600 < high


def test_sentence_goes_on_over_a_page_and_its_start_is_the_first_word_there() -> None:
    data = draw(lambda canvas: put(canvas, LINES[:2], y=80), lambda canvas: put(canvas, LINES[2:]))
    content = read(data)
    assert content.text == TEXT
    assert content.text[content.page_starts[1] :].startswith("of domestic work")
    assert [place.page for place in content.places] == [1, 1, 2, 2]


def test_page_without_text_starts_where_the_next_one_does() -> None:
    content = read(draw(lambda canvas: canvas.rect(1, 1, 9, 9), put, lambda canvas: canvas.rect(1, 1, 9, 9)))
    assert content.page_starts == (0, 0, len(TEXT))


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("rings of traf-", "ficking in the", "rings of trafficking in the"),
        ("cases of high-", "level bribery in", "cases of high-level bribery in"),
        ("both small- ", "and large-scale mines", "both small- and large-scale mines"),
        ("in Guaraní-", "speaking parts of", "in Guaraní-speaking parts of"),
        ("the years 2015-", "2020 and on", "the years 2015-2020 and on"),
        ("which the zorblat-", "ing of the zorblating", "which the zorblating of the zorblating"),
        ("the soft\u00ad", "ware of the software", "the software of the software"),
    ],
)
def test_hyphen_at_a_line_end_is_kept_unless_the_word_is_known(before: str, after: str, joined: str) -> None:
    lines = (*LINES[:1], f"districts near the border and {before}", f"{after} capital and of the border towns.")
    content = read(draw(lambda canvas: put(canvas, lines)))
    assert joined in content.text
    assert not set("\u0002\ufffe\u00ad\r") & set(content.text)


def test_known_heading_in_the_body_font_stands_by_itself() -> None:
    lines = ("TRADE", *LINES, "DRUGS", *LINES)
    assert read(draw(lambda canvas: put(canvas, lines))).text == f"TRADE\n\n{TEXT}\n\nDRUGS\n\n{TEXT}"


def test_capitals_inside_a_sentence_are_no_heading() -> None:
    lines = (*LINES[:3], "TRADE", "is what few cases are ever reported for to the police.")
    assert "\n" not in read(draw(lambda canvas: put(canvas, lines))).text


def test_body_line_at_the_foot_of_one_page_is_no_furniture() -> None:
    content = read(draw(lambda canvas: put(canvas, y=80), lambda canvas: put(canvas, LINES[::-1], y=82)))
    assert content.text.count("Paraguay") == 2
    assert "pdf_furniture" not in codes(content)


def test_sentence_on_funding_in_the_body_stays() -> None:
    funded = "The project was funded by the United States and Germany."
    content = read(draw(lambda canvas: put(canvas, (*LINES, funded, *LINES))))
    assert funded in content.text


def cover(kind: str) -> list[tuple[float, float, str]]:
    items: list[tuple[float, float, str]] = [(60, 790, "PARAGUAY"), (60, 760, "6.70"), (110, 760, "Criminality score")]
    items += [(320, 760, "17th of 193 countries")]
    for place, (label, value) in enumerate(printed_scores().items()):
        if kind == "bars":
            column, row = divmod(place, 13)
            items += [(60 + 270 * column, 700 - 18 * row, label), (250 + 270 * column, 700 - 18 * row, value)]
        else:
            row, column = divmod(place, 5)
            centre, y = 90 + 105 * column, 690 - 75 * row
            words = label.split()
            half = (len(words) + 1) // 2
            stack = [value, " ".join(words[:half]), " ".join(words[half:])]
            items += [
                (centre - stringWidth(line, "Helvetica", 10) / 2, y - 12 * number, line)
                for number, line in enumerate(stack)
                if line
            ]
    return items


def printed_scores() -> dict[str, str]:
    return {
        item.label: f"{1 + place % 9}.{'50' if place % 2 else '00'}" for place, item in enumerate(indicators_of(2021))
    }


@pytest.mark.parametrize("kind", ["bars", "circles"])
def test_scores_of_a_first_page_are_read_and_are_no_text(kind: str) -> None:
    sections = [("PEOPLE", [TEXT]), ("TRADE", [TEXT, TEXT])]
    content = read(print_profile(sections, Layout(cover=cover(kind))))
    assert content.board is not None
    found = {score.measure: score.value for score in content.board.scores}
    expected = {item.code: float(printed_scores()[item.label]) for item in indicators_of(2021)}
    assert found == {**expected, "criminality": 6.7}
    assert {score.source for score in content.board.scores} == {"profile"}
    assert content.text.startswith("PEOPLE\n\nParaguay is")
    assert content.page_starts == (0, 0)


def test_numbers_in_prose_are_no_scores() -> None:
    lines = ("Some 4.50 kilos were seized in 2.50 days at 7.50", *LINES, "It rose by 3.25 or 6.75 a year, to 9.25")
    content = read(draw(lambda canvas: put(canvas, lines)))
    assert content.board is None
    assert "4.50 kilos" in content.text


def test_file_without_its_end_is_said_to_be_partial() -> None:
    content = read(draw(put).replace(b"%%EOF", b""))
    assert (content.text, codes(content)) == (TEXT, ["pdf_partial"])


def test_scan_among_pages_is_named() -> None:
    def scan(canvas: Canvas) -> None:
        canvas.drawInlineImage(pixel(), 60, 100, 400, 600)

    content = read(draw(put, scan))
    assert [(note[0], note[2]) for note in content.notes] == [("pdf_page_without_text", "page 2")]


def pixel() -> object:
    from PIL import Image

    return Image.new("RGB", (1, 1))


@pytest.mark.parametrize("cut", [0.2, 0.6, 0.9, 0.99])
def test_file_that_is_cut_off_is_refused_or_said_to_be_partial(cut: float) -> None:
    data = print_profile([("PEOPLE", [TEXT] * 40)])
    assert outcome(data[: int(len(data) * cut)]) & {"pdf_damaged", "no_text_layer", "pdf_partial"}


def test_password_is_never_asked_for() -> None:
    assert refusal(draw(put, encrypt=StandardEncryption("secret", "owner"))).code == "pdf_encrypted"


def test_file_that_opens_without_a_password_is_read() -> None:
    assert read(draw(put, encrypt=StandardEncryption("", "owner"))).text == TEXT


def test_nothing_but_a_drawing_has_no_text_layer() -> None:
    error = refusal(draw(lambda canvas: canvas.drawString(60, 60, "p. 7")))
    assert error.code == "no_text_layer"
    assert "OCR" in str(error)


def test_more_pages_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "MAX_PAGES", 2)
    assert refusal(draw(put, put, put)).code == "pdf_too_long"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"<!doctype html><p>Gangs.", "not_what_name_says"),
        ("a.pdf", b"Gangs rule the ports.", "not_what_name_says"),
        ("a.pdf", b"", "empty_file"),
        ("a.pdf", b"%PDF-1.7\nnothing else", "pdf_damaged"),
    ],
)
def test_file_that_is_no_pdf_becomes_an_issue(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    tmp_path.joinpath(name).write_bytes(data)
    document = read_document(tmp_path, Source(name, "a", "profile", "PRY", 2021))
    assert (document.usable, [issue.code for issue in document.issues]) == (False, [code])


def test_size_limit_holds_for_pdfs(tmp_path: Path) -> None:
    tmp_path.joinpath("a.pdf").write_bytes(draw(put))
    document = read_document(tmp_path, Source("a.pdf", "a", "profile", "PRY", 2021), max_bytes=100)
    assert [issue.code for issue in document.issues] == ["file_too_large"]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(18)))
def test_reading_order_never_depends_on_the_drawing_order(order: list[int]) -> None:
    lines = [(60.0, 700.0 - 13 * row, f"left line {row} of the text") for row in range(9)]
    lines += [(320.0, 706.0 - 13 * row, f"right line {row} of the text") for row in range(9)]
    assert read(print_lines([lines[place] for place in order])).text == " ".join(line for _, _, line in lines)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000))
def test_damage_never_crashes(noise: bytes, place: int) -> None:
    data = draw(put)
    damaged = data[:place] + noise + data[place + len(noise) :]
    assert outcome(damaged) <= {
        "pdf_damaged", "pdf_encrypted", "pdf_empty", "no_text_layer", "pdf_no_unicode",
        "pdf_partial", "pdf_furniture", "pdf_unmapped_characters", "pdf_hidden_text", "no_prose",
    }  # fmt: skip
