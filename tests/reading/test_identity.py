"""What a document says of itself: shown by `add`, taken only where it is one thing."""

import pytest

from ocindex.reading.document import Source
from ocindex.reading.identity import identify
from ocindex.reading.reader import read_document

PROSE = "Gangs sell firearms in the port and the police look on. " * 4


def identity(tmp_path, content, name="x.txt"):
    (tmp_path / name).write_text(content, encoding="utf-8")
    return identify(read_document(tmp_path, Source(name, "x", "profile")), tmp_path / name)


@pytest.mark.parametrize(
    ("title", "countries", "editions"),
    [
        ("Peru", ("PER",), ()),
        ("Criminality in Peru", ("PER",), ()),
        ("Criminality in Peru - The Organized Crime Index 2023", ("PER",), (2023,)),
        ("Global Organized Crime Index 2021\n\nPERU\n\nCountry profile", ("PER",), (2021,)),
        ("Criminality in the Gambia", ("GMB",), ()),
        ("Organized crime in South Africa | 2025", ("ZAF",), (2025,)),
        ("Congo", ("COD", "COG"), ()),
        ("Peru\nChile", ("CHL", "PER"), ()),
        ("Wakanda 2022", (), ()),
        ("And so on", (), ()),
    ],
)
def test_title_names_country_and_edition(tmp_path, title, countries, editions):
    found = identity(tmp_path, f"{title}\n\nPEOPLE\n{PROSE}")
    assert (found.countries, found.editions) == (countries, editions)


def test_prose_names_nothing(tmp_path):
    found = identity(tmp_path, f"PEOPLE\nIn Peru and Chile, in 2021 and 2023. {PROSE}")
    assert (found.countries, found.editions, found.titles) == ((), (), ())


def test_page_gives_title_date_and_address(tmp_path):
    page = (
        "<title>Criminality in Peru</title><link rel=canonical href='https://example.org/2023/country/peru'>"
        "<meta property='article:published_time' content='2023-09-26T10:00'>"
        f"<body><h1>Peru</h1><h2>People</h2><p>{PROSE}</p>"
    )
    found = identity(tmp_path, page, "x.html")
    assert (found.countries, found.editions) == (("PER",), (2023,))
    assert (found.titles[0], found.published) == ("Criminality in Peru", "2023-09-26")
    assert found.url == "https://example.org/2023/country/peru"


def test_document_that_cannot_be_read_says_nothing(tmp_path):
    assert identity(tmp_path, " ").countries == ()
