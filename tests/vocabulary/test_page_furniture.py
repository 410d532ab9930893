"""Page furniture: lines that belong to the page, told from lines that belong to the text."""

import pytest

from ocindex.errors import VocabularyError
from ocindex.vocabulary import page_furniture
from ocindex.vocabulary.page_furniture import page_furniture_scope


@pytest.mark.parametrize(
    "line",
    [
        "7",
        "Page 3 of 12",
        "– 4 –",
        "xii",
        "Global Organized Crime Index 2023",
        "GLOBAL ORGANIZED CRIME INDEX 2021 | PERU",
        "Peru — Global Organized Crime Index 2023 7",
        "ocindex.net",
        "https://ocindex.net/country/peru",
        "© 2021 Global Initiative Against Transnational Organized Crime. All rights reserved.",
        "Country profile",
    ],
)
def test_running_line_is_furniture_at_the_edge_of_a_page(line):
    assert page_furniture_scope(line) == "edge"


@pytest.mark.parametrize(
    "block",
    [
        "This research was made possible by the European Union's ENACT programme.",
        "The Global Organized Crime Index is funded by the United States Government and by the Government of Norway.",
        "Funded by the European Union.",
        "The views expressed here do not necessarily reflect those of the donors.",
    ],
)
def test_funding_line_is_furniture_as_a_closing_block(block):
    assert page_furniture_scope(block) == "closing"


@pytest.mark.parametrize(
    "line",
    [
        "Illegal logging is funded by cocaine.",
        "The police were supported by the army in two raids.",
        "Crime pays.",
        "Peru is a source country.",
        "In 2019 prices fell.",
    ],
)
def test_sentence_of_the_text_is_none(line):
    assert page_furniture_scope(line) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"pattern": "a(", "scope": "edge", "note": ""}, "row 2: found 'a\\('"),
        ({"pattern": "a", "scope": "middle", "note": ""}, "row 2: found scope 'middle'"),
    ],
)
def test_row_that_cannot_be_used_is_named(monkeypatch, row, said):
    monkeypatch.setattr(page_furniture, "read_code_list", lambda name, columns: (row,))
    page_furniture._patterns.cache_clear()
    with pytest.raises(VocabularyError, match=said):
        page_furniture_scope("anything")
    monkeypatch.undo()
    page_furniture._patterns.cache_clear()
