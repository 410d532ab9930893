"""What surrounds a profile's prose on its page: scores, definitions, navigation, footers; prose is never among it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocindex.reading.document import Source
from ocindex.reading.surroundings import survey_profile

PAGE = [
    "Skip to content", "Home", "Peru", "Download profile", "6.480.31", "Criminality score", "31st of 193 countries 3",
    "People", "Human trafficking", "7.500.50", "Human smuggling", "4.50-1.00", "Arms trafficking", "5.00 n/a",
]  # fmt: skip
PROSE = "Gangs from Lima take girls to the mines, and few of them are ever found."


def survey(lines, *, is_page=False):
    text = "\n".join(lines)
    board, spans = survey_profile(text, Source("x.txt", "x", "profile", "PER", 2023), is_page=is_page)
    return board, [text[start:end] for start, end in spans], text


def left(lines, **options):
    """What is left as headings and prose."""
    _, spans, _ = survey(lines, **options)
    return [line for line in lines if line and line not in " ".join(spans)]


def test_page_keeps_headings_and_prose_alone():
    assert left([*PAGE, PROSE]) == ["People", PROSE]


@pytest.mark.parametrize(
    "definition",
    [
        "Illicit activity involving coercion, deception or fraud for the purpose of exploitation.",
        "The import, export, sale and transfer of arms, their parts and ammunition across borders.",
        "Clearly defined groups that usually have a known name and identifiable membership.",
        "A state’s ability to investigate, gather intelligence and enforce adherence to its rules.",
        "Refers to the existence of strategies that are aimed to inhibit organized crime.",
        "The production, distribution and sale of cocaine. Consumption of the drug is considered too.",
        "An assessment of the value and harm of a specific crime type.",
    ],
)
def test_definition_below_a_score_is_furniture(definition):
    assert definition not in left([*PAGE, definition, PROSE])
    assert PROSE in left([*PAGE, definition, PROSE])


def test_definitions_that_no_list_knows_are_told_by_standing_below_every_label():
    lines = [
        "Human trafficking", "7.50", "Buying and selling of persons.", "Human smuggling", "4.50",
        "Carriage of migrants.", "Arms trafficking", "5.00", "Dealing in guns without a licence.", PROSE,
    ]  # fmt: skip
    assert left(lines) == [PROSE]


@pytest.mark.parametrize(
    "sentence",
    [
        "The illicit trade in arms is growing, and few of the guns are seized.",
        "Networks of recruiters lure girls from Cusco.",
        "Supported by officials, the gangs of the port have grown since 2019.",
        "The programme is funded by donors and offers shelter to victims.",
        "Search operations at sea are seldom carried out.",
        "Contact between gangs and officials is frequent.",
    ],
)
def test_prose_right_below_the_scores_stays_prose(sentence):
    assert left([*PAGE, sentence]) == ["People", sentence]


@pytest.mark.parametrize(
    "footer",
    [
        "© 2023 The publisher. All rights reserved.",
        "The Global Organized Crime Index is a tool that ranks countries.",
        "This website uses cookies to improve your visit.",
        "Funded by the European Union.",
        "Sign up to our newsletter to receive updates.",
        "View methodology",
    ],
)
def test_footer_is_furniture(footer):
    assert left([*PAGE, PROSE, footer]) == ["People", PROSE]


def test_what_follows_the_footers_first_line_is_furniture_up_to_the_next_heading():
    lines = [*PAGE, PROSE, "About the Index", "It was made by many hands in many places.", "Trade", PROSE + " Twice."]
    assert left(lines) == ["People", PROSE, "Trade", PROSE + " Twice."]


def test_wrapped_prose_of_a_pasted_page_is_kept_whole():
    wrapped = [
        "Gangs from Lima take girls from the highlands to the",
        "mines, and few of them are ever found. The police",
        "Chief says that more will be done.",
    ]
    assert left([*PAGE, *wrapped]) == ["People", *wrapped]


def test_text_without_scores_has_no_surroundings():
    lines = ["PEOPLE", PROSE, "Home", "© 2021. All rights reserved."]
    assert survey(lines)[1] == []


def test_score_on_a_headings_own_line_leaves_the_heading():
    _, spans, _ = survey(["Criminal actors 5.13 0.20", "Mafia-style groups 4.50", "Foreign actors 5.00", PROSE])
    assert spans == ["5.13 0.20", "Mafia-style groups 4.50", "Foreign actors 5.00"]


@given(st.lists(st.text(max_size=40) | st.sampled_from([*PAGE, PROSE, "", "About the Index"]), max_size=30))
def test_stretches_are_in_order_and_do_not_overlap(lines):
    text = "\n".join(lines)
    _, spans = survey_profile(text, Source("x.txt", "x", "profile", "PER", 2023), is_page=True)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        position = end
