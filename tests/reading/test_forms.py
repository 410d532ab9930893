"""Forms: the ending of a file and its first bytes must agree."""

import pytest

from ocindex.errors import SourceError
from ocindex.reading.forms import detect_form, is_web_page, name_content

PAGE = b"<!DOCTYPE html><html><head><title>Peru</title></head><body>Gangs.</body></html>"


def refusal(name: str, data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        detect_form(name, data)
    return caught.value


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("PER.txt", b"Gangs.", "text"),
        ("PER.MD", b"# Gangs", "text"),
        ("=cmd.txt", b"Gangs.", "text"),
        ("PER.pdf", b"%PDF-1.4\n", "pdf"),
        ("PER.PDF", b"\r\n%PDF-1.4\n", "pdf"),
        ("a.b/name with <b>.htm", PAGE, "html"),
        ("PER.html", b"<p>A page without a head.</p>", "html"),
        ("PER.html", b"\xef\xbb\xbf" + PAGE, "html"),
        ("PER.html", b"\xff\xfe" + PAGE.decode().encode("utf-16-le"), "html"),
    ],
)
def test_form_is_told_by_ending_and_first_bytes(name, data, form):
    assert detect_form(name, data) == form


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("PER.pdf", PAGE, "found a web page; expected a PDF"),
        ("PER.pdf", b"\xef\xbb\xbf\n" + PAGE, "found a web page; expected a PDF"),
        ("PER.pdf", b"PK\x03\x04rest", "found a zip archive"),
        ("PER.pdf", b"Only words, %PDF-1.4 among them.", "found no PDF"),
        ("PER.pdf", b"\x00\x01\x02", "found no PDF"),
        ("PER.html", b"%PDF-1.7\n", "found a PDF; expected a web page"),
        ("PER.txt", b"%PDF-1.7\n", "found a PDF; expected plain text"),
        ("PER.txt", PAGE, "found a web page; expected plain text"),
        ("PER.txt", b"\x89PNG\r\n\x1a\n", "found an image"),
    ],
)
def test_file_that_is_not_what_its_name_says_is_named(name, data, found):
    error = refusal(name, data)
    assert (error.code, str(error).startswith(found)) == ("not_what_name_says", True)


@pytest.mark.parametrize("name", ["PER.pdf", "PER.html", "PER.txt"])
@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b"\x00\x00"])
def test_file_of_blanks_is_empty_in_every_form(name, data):
    assert refusal(name, data).code == "empty_file"


@pytest.mark.parametrize("name", ["PER", "PER.docx", "PER.pdf.exe"])
def test_other_endings_are_not_read(name):
    assert refusal(name, b"Gangs.").code == "unsupported_form"


def test_page_that_speaks_of_pdf_is_a_page():
    assert name_content(b"<html><!--\n%PDF-1.4 --><body>") == "a web page"


def test_prose_is_no_web_page():
    assert not is_web_page("The <html> tag opens a page.")
