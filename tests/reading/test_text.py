"""Decoding: no character lost or guessed in silence, and what is no text refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.errors import SourceError
from ocindex.reading.text import decode_text

SPANISH = "Asunción and Ñeembucú: “coca” paths.\nMore of Perú’s coast."
ENGLISH = "Gangs sell firearms in the port.\nThey are seldom caught."


def codes(decoded):
    return [code for code, *_ in decoded.notes]


def refusal(raw):
    with pytest.raises(SourceError) as caught:
        decode_text(raw)
    assert all(word in str(caught.value) for word in ("found", "expected"))
    return caught.value.code


def test_utf8_is_read_without_a_note():
    decoded = decode_text(SPANISH.encode())
    assert (decoded.text, decoded.encoding, decoded.notes) == (SPANISH, "utf-8", ())


def test_utf8_mark_is_no_part_of_the_text():
    decoded = decode_text(codecs.BOM_UTF8 + SPANISH.encode())
    assert (decoded.text, decoded.encoding, decoded.notes) == (SPANISH, "utf-8", ())


@pytest.mark.parametrize("text", [SPANISH, ENGLISH])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_wide_encoding_is_read_with_and_without_its_mark_and_said(text, mark, encoding):
    decoded = decode_text(mark + text.encode(encoding))
    assert (decoded.text, decoded.encoding, codes(decoded)) == (text, encoding, ["encoding_assumed"])
    assert encoding in decoded.notes[0][3]


def test_windows_1252_keeps_accents_and_quotes_and_is_said():
    decoded = decode_text(SPANISH.encode("cp1252"))
    assert (decoded.text, decoded.encoding, codes(decoded)) == (SPANISH, "windows-1252", ["encoding_assumed"])


def test_byte_without_a_meaning_in_windows_1252_stands_as_a_replacement():
    decoded = decode_text(b"Asunci\xf3n\n\x81 gangs")
    assert decoded.text == "Asunción\n\ufffd gangs"
    assert decoded.notes[1][:3] == ("undecodable_bytes", "warning", "line 2")


def test_stray_bytes_do_not_turn_utf8_into_another_encoding():
    decoded = decode_text(SPANISH.encode() + b"\n\xff\xc3( Fauna")
    assert decoded.encoding == "utf-8"
    assert decoded.text == SPANISH + "\n\ufffd\ufffd( Fauna"
    assert decoded.notes == (
        ("undecodable_bytes", "warning", "line 3",
         "found 2 bytes that are not utf-8; expected utf-8; each stands as U+FFFD."),
    )  # fmt: skip


def test_replacement_character_of_the_author_is_no_stray_byte():
    assert decode_text("a \ufffd b".encode()).notes == ()


def test_half_a_character_at_the_end_is_said():
    decoded = decode_text(codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le") + b"x")
    assert decoded.text == ENGLISH + "\ufffd"
    assert codes(decoded) == ["encoding_assumed", "undecodable_bytes"]


def test_nul_stands_as_a_replacement_at_its_place():
    decoded = decode_text(ENGLISH.encode() + b"\nAmmu\x00nition is \x00sold by the gang, and no one asks where from.")
    assert decoded.text[len(ENGLISH) :].startswith("\nAmmu\ufffdnition is \ufffdsold")
    assert decoded.notes == (
        ("nul_characters", "warning", "line 3", "found 2 NUL characters; expected text; each stands as U+FFFD."),
    )


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\x0c"])
def test_line_ends_stay_as_they_are(end):
    assert decode_text(f"One.{end}Two.{end}".encode()).text == f"One.{end}Two.{end}"


@pytest.mark.parametrize(
    "raw",
    [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\0\0\0", "\u00a0\u2003\n".encode(),
     codecs.BOM_UTF16_LE + " \n".encode("utf-16-le")],
)  # fmt: skip
def test_empty_or_blank_file_is_refused(raw):
    assert refusal(raw) == "empty_file"


@pytest.mark.parametrize("raw", [bytes(range(32)) * 4, b"gang\x00\x01\x02" * 9, ENGLISH.encode("utf-32-le")])
def test_binary_file_is_refused(raw):
    assert refusal(raw) == "binary_file"


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\nx",
        b"PK\x03\x04x",
        b"\xd0\xcf\x11\xe0x",
        b"{\\rtf1 x}",
        b"\x89PNG\r\n",
        b"\xff\xd8\xffx",
        b"\x1f\x8bx",
    ],
)
def test_other_kind_of_file_under_a_text_name_is_refused(raw):
    assert refusal(raw) == "not_what_name_says"


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body>Gangs.</body></html>",
        "\n <HTML lang='en'>",
        "<!-- saved -->\n<!-- twice -->\n<html>",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
        "<head><title>x</title></head>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_web_page_under_a_text_name_is_refused(page, encoding):
    assert refusal(page.encode(encoding)) == "not_what_name_says"


def test_text_that_speaks_of_a_page_is_text():
    assert decode_text(b"<script>alert(1)</script> appeared on their site.").notes == ()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_utf8_text_comes_back_whole_or_is_refused_with_a_code(text):
    try:
        decoded = decode_text(text.encode())
    except SourceError as error:
        refused = error.code
    else:
        refused = None
        assert decoded.text == text.removeprefix("\ufeff")
    assert refused in (None, "not_what_name_says", "empty_file")


@given(st.binary())
def test_any_bytes_give_text_without_nul_or_a_refusal(raw):
    try:
        decoded = decode_text(raw)
    except SourceError:
        return
    assert decoded.text.strip()
    assert "\0" not in decoded.text
    decoded.text.encode()
