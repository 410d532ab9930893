"""Which sentences tell of foreigners who act."""

import pytest

from ocindex.analysis.bystanders import drop_bystanders
from ocindex.analysis.cues import match_cues
from ocindex.analysis.strangers import find_strangers


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Nigerian sellers are prominent in its retail.", True),
        ("Chinese-owned trawlers meet canoes at sea.", True),
        ("The loads belong to Serbian, Albanian and Italian wholesalers.", True),
        ("Chinese firms have logged the north.", True),
        ("Chinese tourists were robbed by dealers.", False),
        ("Bangladeshi workers are held by brokers.", False),
        ("It is sold on the Chinese market by dealers.", False),
        ("They are Chinese. Dealers pay more.", False),
        ("Dealers pay more.", False),
        ("Traffickers were sentenced by a Spanish criminal court.", False),
        ("Italian anti-mafia prosecutors sent a list.", False),
        ("Russian armed forces hold the pass.", False),
        ("The Chinese capital is far, and dealers know it.", False),
        ("They settle quarrels and punish offenders.", False),
        ("The dealers are Chinese", False),
    ],
)
def test_someone_who_acts_has_to_follow_the_name(text: str, acts: bool) -> None:
    assert find_strangers([text], match_cues([text])).tolist() == [acts]


def test_gangs_of_the_own_people_are_no_strangers() -> None:
    texts = ["Colombian gangs control the trade.", "Mexican gangs control the trade."]
    hits = drop_bystanders(match_cues(texts), texts, "COL")
    assert find_strangers(texts, hits).tolist() == [False, True]


def test_each_sentence_is_told_apart() -> None:
    texts = ["Nothing here.", "Chinese buyers pay cash.", "Chinese students study."]
    assert find_strangers(texts, match_cues(texts)).tolist() == [False, True, False]
    assert find_strangers([], match_cues([])).tolist() == []
