"""Web pages: what a browser shows comes out in order, what it hides or frames the page with does not."""

import codecs

import pytest

from ocindex.errors import SourceError
from ocindex.reading.articlepage import read_article_page
from ocindex.reading.document import Source
from ocindex.reading.page import read_page
from ocindex.reading.reader import read_document

PROSE = "Gangs sell firearms in the port, and they are seldom caught by the police of the town. " * 3


def text(markup, **options):
    return read_page(markup.encode(), **options).text


def page(body, head=""):
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def refusal(raw):
    with pytest.raises(SourceError) as caught:
        read_page(raw)
    return caught.value.code


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Gangs  in\n Per&uacute;&nbsp;thrive &amp; &#8220;rule&#8221;.</p>", "Gangs in Perú\u00a0thrive & “rule”."),
        ("<p>Gangs<b>ter</b>s <i>thrive</i>.</p>", "Gangsters thrive."),
        ("<div><div><div>One.</div></div>Two.</div>Three.", "One.\n\nTwo.\n\nThree."),
        ("One.<br>Two.<br><br>Three.", "One.\nTwo.\n\nThree."),
        ("<p>One.<p>Two.</div><p>Three", "One.\n\nTwo.\n\nThree"),
        ("<ul><li>One.<li>Two.</ul>", "One.\n\nTwo."),
        ("<table><tr><td>Human trafficking<td>7.50<tr><td>Smuggling<td>4.50</table>",
         "Human trafficking\t7.50\nSmuggling\t4.50"),
        ("<pre>One.\nTwo.</pre>", "One.\nTwo."),
        ("<p>One.<script>var a='<p>x</p>'</script><style>p{}</style><noscript>No.</noscript> Two.</p>", "One. Two."),
        ("<p>One. <span style='display: none'>Secret.</span>Two. <span hidden>Secret.</span>Three.</p>",
         "One. Two. Three."),
        ("<p>One.<sup><a href='#n1'>1</a></sup> Two.</p>", "One. Two."),
        ("31<sup>st</sup> of 193 countries <b>3</b>", "31st of 193 countries 3"),
        ("<h2><div>Economic and</div> <br>financial environment</h2><p>Banks.</p>",
         "Economic and financial environment\n\nBanks."),
        ("<h3><button>Drugs</button></h3><p>Coca.</p>", "Drugs\n\nCoca."),
        ("<!-- <p>No.</p> --><p>Yes.</p>", "Yes."),
    ],
)  # fmt: skip
def test_page_is_read_as_it_is_shown(body, expected):
    assert text(page(body)) == expected


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a href=/>Home</a></nav>",
        "<footer>© 2023</footer>",
        "<aside>More.</aside>",
        "<div role=navigation>Home</div>",
        "<div class='site-footer'>Imprint</div>",
        "<div id=cookie-banner>We use cookies.</div>",
        "<a class='skip-link'>Skip</a>",
        "<button>Menu</button>",
        "<dialog open>Sign up.</dialog>",
    ],
)
def test_what_frames_a_page_is_no_part_of_its_text(furniture):
    assert text(page(f"{furniture}<p>{PROSE}</p>")) == PROSE.strip()
    assert text(page(f"<p>{PROSE}</p>{furniture}")) == PROSE.strip()


@pytest.mark.parametrize("wrapper", ["<div class='has-sidebar'>", "<nav>", "<div style='visibility:hidden'>", "<form>"])
def test_element_that_holds_the_whole_page_is_no_furniture(wrapper):
    assert text(page(f"{wrapper}<p>{PROSE}</p>")) == PROSE.strip()


def test_headings_of_the_page_are_marked_where_they_stand():
    content = read_page(page("<h1>Peru</h1><p>One.</p><h2>People</h2><p>Two.</p>").encode())
    assert [(content.text[mark.start : mark.end], mark.level) for mark in content.headings] == [
        ("Peru", 1),
        ("People", 2),
    ]


def test_many_hidden_words_are_said():
    hidden = f"<div hidden>{PROSE}</div>"
    content = read_page(page(f"<p>{PROSE * 3}</p>{hidden}").encode())
    assert [note[0] for note in content.notes] == ["hidden_text"]


BODY = "<p>Asunción and Ñeembucú.</p>"


@pytest.mark.parametrize(
    ("raw", "encoding", "notes"),
    [
        (f"<meta charset=utf-8>{BODY}".encode(), "utf-8", []),
        (codecs.BOM_UTF8 + f"<meta charset=latin1>{BODY}".encode(), "utf-8", []),
        (BODY.encode(), "utf-8", []),
        (f"<meta charset='iso-8859-1'>{BODY}".encode("latin-1"), "windows-1252", []),
        (f'<meta http-equiv=Content-Type content="text/html; charset=windows-1252">{BODY}'.encode("cp1252"),
         "windows-1252", []),
        (BODY.encode("cp1252"), "windows-1252", ["encoding_assumed"]),
        (f"<meta charset=nonsense>{BODY}".encode(), "utf-8", []),
        (f"<meta charset=latin1>{BODY}".encode(), "utf-8", ["encoding_differs"]),
        (f"<meta charset=utf-8>{BODY}".encode("cp1252"), "windows-1252", ["encoding_differs", "encoding_assumed"]),
        (codecs.BOM_UTF16_LE + BODY.encode("utf-16-le"), "utf-16-le", ["encoding_assumed"]),
        (f"<?xml version='1.0' encoding='utf-8'?><html><body>{BODY}".encode(), "utf-8", []),
    ],
)  # fmt: skip
def test_page_is_decoded_as_it_declares_unless_its_bytes_say_otherwise(raw, encoding, notes):
    content = read_page(raw)
    assert content.text == "Asunción and Ñeembucú."
    assert (content.encoding, [note[0] for note in content.notes]) == (encoding, notes)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"Gangs in the port.", "not_what_name_says"),
        (page("").encode(), "no_text"),
        (page("<div id=root></div><script>render()</script>").encode(), "no_text"),
        (b"<!-- nothing -->", "no_text"),
        (page("<div>" * 5000 + "Gangs.").encode(), "damaged_page"),
    ],
)
def test_page_that_cannot_be_read_says_why(raw, code):
    assert refusal(raw) == code


def test_nul_in_a_page_stands_as_a_replacement():
    content = read_page(b"<p>Co\x00caine and the arms.</p>")
    assert content.text == "Co\ufffdcaine and the arms."
    assert [note[0] for note in content.notes] == ["nul_characters"]


def test_pages_nested_as_deep_as_a_parser_goes_are_read():
    assert text(page("<div>" * 1000 + "Gangs.")) == "Gangs."


ARTICLE = page(
    "<nav><a>Home</a><a>World</a></nav><article><h1>Gangs of the port</h1><p class=byline>By Jane Doe</p>"
    f"<p>{PROSE}</p>"
    f"<h2>Routes</h2><p>The guns come<br>from the north&nbsp;coast. {PROSE}</p><p>{PROSE}</p></article>"
    "<section class=comments><p>user_1: I think that is great</p></section><footer>© The Daily</footer>"
)


def test_article_gives_its_main_text_with_headings():
    content = read_article_page(ARTICLE.encode())
    lines = [line for line in content.text.split("\n") if line]
    assert lines[0] == "Gangs of the port"
    assert "Routes" in lines
    assert [content.text[mark.start : mark.end] for mark in content.headings] == ["Gangs of the port", "Routes"]
    assert not any(word in content.text for word in ("Home", "user_1", "The Daily"))


def test_short_article_is_read_as_a_whole_and_that_is_said():
    content = read_article_page(page("<p>Gangs.</p>").encode())
    assert content.text == "Gangs."
    assert "no_main_text" in [note[0] for note in content.notes] or content.notes == ()


def test_deep_article_is_read_without_the_extractor():
    content = read_article_page(page("<div>" * 500 + f"<p>{PROSE}</p>").encode())
    assert content.text == PROSE.strip()
    assert [note[0] for note in content.notes] == ["no_main_text"]


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml"])
def test_page_is_known_by_its_ending(tmp_path, name):
    (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    document = read_document(tmp_path, Source(name, "a", "article"))
    assert (document.usable, document.form, document.encoding) == (True, "html", "utf-8")


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", b"PK\x03\x04x", b"Plain text about gangs.", b""])
def test_other_file_called_a_page_is_refused(tmp_path, data):
    (tmp_path / "a.html").write_bytes(data)
    document = read_document(tmp_path, Source("a.html", "a", "article"))
    assert not document.usable
    assert document.issues[0].code == ("not_what_name_says" if data else "empty_file")
