"""Furniture: what a site adds to an article, and prose that only looks like it."""

import re

import pytest

from ocindex.errors import VocabularyError
from ocindex.vocabulary import furniture
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.furniture import furniture_scope


@pytest.mark.parametrize(
    "block",
    ["You May Also Like", "+ There are no comments", "Add yours", "Related articles", "Comments (2)", "Leave a reply",
     "3 comments", "Loading comments...",
     "Leave a Reply.", "0 comments. Be the first to comment!", "About the author",
     "Trending now", "YOU MAY\u00a0ALSO LIKE"],
)  # fmt: skip
def test_sign_of_comments_or_related_posts_closes_the_page(block):
    assert furniture_scope(block) == "tail"


@pytest.mark.parametrize(
    "block",
    ["We use cookies to improve your experience on this site. Accept all | Manage preferences", "By Jane Doe",
     "By Staff Writer | 14 March 2024 | 6 min read", "Share on Facebook   Share on X   WhatsApp   Email", "Share",
     "Read more: Ten quiet beaches to visit in Lamu this summer", "Photo: a ferry landing (file picture)",
     "Source: AFP", "Photo by Jane Doe", "Photo credits: AFP", "Published on 3 March 2024", "Last updated 12:30",
     "Advertisement", "Sponsored content", "Sign up for our newsletter", "Subscribe to our channel", "Back to top",
     "Tags: arms, Peru",
     "© 2024 Coast Dispatch. All rights reserved.", "Copyright 2024 Coast Dispatch", "Contact us at desk@example.org",
     "Home | News | World", "Privacy Policy | Terms of use", "Did you find this article helpful? Yes / No",
     "By Ixchel M.",
     "Written by A. Marlow, content editor.", "Reporting by the Zahle office; editing by K.H.", "Author: Staff Writer.",
     "No part of this item may be reproduced.", "Some names have been changed.", "Copyright SPA.",
     "If you have information, write to us securely.", "About the author: R. is a freelance writer.",
     "The writer teaches sociology at a campus in Hetauda. Views are personal.", "Opinions are his own.",
     "Got a question for our desk? Send it via Signal.", "Corrections? Mail the harbour desk", "Write to us",
     "Suggested citation: Policy Hub (2025), Brief No. 41.", "This page was last edited on 3 March 2025.",
     "Tell us in the comments below!", "For immediate release", "Printed on recycled paper.",
     "Translated from the Russian. The conversation has been shortened.",
     "When reprinting, a hyperlink to the site is required."],
)  # fmt: skip
def test_furniture_line_stands_for_itself(block):
    assert furniture_scope(block) == "line"


@pytest.mark.parametrize(
    "block",
    ["Sources say that guns are sold.", "Images of the raid spread.", "Home owners are extorted by the gang.",
     "Search teams found 40 bodies.", "Contact between the gangs is rare.", "Careers in crime begin early.",
     "Share prices fell after the raid.", "Published reports name two generals.", "Sponsored killings rose last year.",
     "Promoted officers take bribes.", "Recruits sign up for cash jobs abroad.", "Copyright piracy is widespread.",
     "Updated laws exist on paper.", "Get the guns out, they say.", "Comments by the minister caused anger.",
     "By 2020 the gang ruled the port.", "By seven the hall is empty and the sweepers come in.",
     "Reported by Reuters in May, the raid killed two.", "Reporting from the border shows that gangs rule.",
     "No part of this region is safe.", "If you know something, you stay silent.", "A report by UNODC says so.",
     "The views expressed by villagers differ.", "Is this the end of the Sinaloa cartel?",
     "Is this information reliable?", "Hotline: police received 4 reports of trafficking.",
     "Contact: the traffickers met buyers in Lima.", "All names have been changed on the passports that they sold.",
     "Reporting by victims is rare.", "Produced by Mexican cartels in jungle laboratories",
     "Writers: the cartel killed three of them last year", "By: sea, land and air, cocaine leaves Peru for Europe",
     "An investigation by prosecutors found 14 officers on its payroll",
     "A collaboration of cartels and police moves cocaine through the port",
     "Your choice is to pay or die: all shops know it",
     "He said the views expressed are those of the cartel and he will kill anyone who disagrees.",
     "Many gang members are supported by their readers", "The printed edition of the passport was forged",
     "Posted on the border, soldiers take bribes.", "The author was kidnapped by cartel gunmen in 2019.",
     "The author lives under police protection since the mafia threatened him.",
     "The columnist was shot dead after he wrote that the governor protected traffickers.",
     "Corrections officers smuggle phones for the gangs. Who stops them? Nobody at the ministry does.",
     "Speak to us or lose your shop, the letter read.", "Talk to the editors and you die, the caller said.",
     "This page was last updated in 2019, before the cartel took over the port.",
     "The interview was shortened because cartel gunmen came close to the house.",
     "When reprinting, counterfeiters use genuine paper stolen from the mint.",
     "Views are divided on who runs the port.", "Write to the minister and nothing happens.", ""],
)  # fmt: skip
def test_prose_with_such_a_word_at_its_head_is_no_furniture(block):
    assert furniture_scope(block) is None


def test_long_paragraph_is_no_furniture():
    assert furniture_scope("Disclaimer " + "x" * 100) == "line"
    assert furniture_scope("We use cookies " + "x" * 400) is None


def test_every_pattern_compiles_and_refuses_a_plain_sentence():
    for row in read_code_list("furniture", ("pattern", "scope", "note")):
        assert not re.fullmatch(row["pattern"], "The gang sells firearms in Lima and Callao.", re.IGNORECASE)


@pytest.mark.parametrize(
    ("pattern", "scope", "named"), [("a(", "line", r"found 'a\('"), ("a", "page", "found scope 'page'")]
)
def test_broken_row_is_refused_by_number(monkeypatch, pattern, scope, named):
    rows = ({"pattern": "ok", "scope": "tail", "note": ""}, {"pattern": pattern, "scope": scope, "note": ""})
    monkeypatch.setattr(furniture, "read_code_list", lambda *_: rows)
    with pytest.raises(VocabularyError, match=rf"furniture\.csv, row 3: {named}"):
        furniture._patterns.__wrapped__()
