"""Language: English is told by its function words, and only where there is enough to tell by."""

import pytest

from ocindex.reading.document import Source
from ocindex.reading.language import Language, is_english, judge_language
from ocindex.reading.reader import read_document

ENGLISH = "The gangs in the port sell firearms that are stolen from the army, and few of them have been caught. "


@pytest.mark.parametrize(
    "sentence",
    [
        "La trata de personas es un problema grave en el país y muchas niñas son llevadas a la capital. ",
        "Le trafic d’armes reste un problème majeur dans les régions du nord où l’État est peu présent. ",
        "Der Waffenhandel ist in den Grenzgebieten verbreitet, und die Polizei hat dort kaum Kräfte. ",
        "O tráfico de armas é um problema na fronteira, e a polícia não tem meios para o conter. ",
        "Торговля оружием остаётся серьёзной проблемой на границе, и полиция не может её остановить. ",
    ],
)
def test_other_language_is_not_english(sentence):
    assert not is_english(sentence * 5)


def test_english_is_english():
    assert is_english(ENGLISH * 5)


def test_english_with_many_foreign_names_is_english():
    assert is_english((ENGLISH + "Comando Vermelho, Primeiro Comando da Capital, Clan del Golfo. ") * 5)


def test_too_few_words_count_as_english():
    assert is_english("La trata de personas es un problema.")
    assert is_english("")


def test_numbers_are_no_words():
    assert is_english("12 345 678 " * 100)


SPANISH = "Los grupos criminales controlan los puertos y la policía no ha hecho nada para detener el tráfico. "


@pytest.mark.parametrize(
    ("text", "suspected"),
    [
        (SPANISH, "Spanish"),
        (
            "Les groupes contrôlent les ports et la police n’a rien fait pour arrêter le trafic dans la région.",
            "French",
        ),
        (
            "Os grupos controlam os portos e a polícia não fez nada para deter o tráfico de armas na região.",
            "Portuguese",
        ),
        ("Die Gruppen beherrschen den Hafen, und die Polizei hat nichts für die Region getan.", "German"),
        ("Преступные группы контролируют порты.", "a language in Cyrillic script"),
        ("犯罪集团控制港口。警方没有采取任何行动。", "a language in Chinese script"),
    ],
)
def test_other_language_is_named_even_in_a_short_text(text, suspected):
    assert judge_language(text) == Language(is_english=False, suspected=suspected)


def test_foreign_paragraph_of_an_english_text_is_found():
    text = f"{ENGLISH * 3}\n\n{SPANISH}\n\n{ENGLISH * 3}"
    language = judge_language(text)
    assert language.is_english
    assert [text[start:end] for start, end in language.foreign] == [SPANISH]


def test_text_that_is_mostly_foreign_is_not_english():
    assert not judge_language(f"{ENGLISH}\n\n{SPANISH * 3}").is_english


def test_names_are_no_words_of_another_language():
    names = "Gangs sell Colombian cocaine in Rio de Janeiro, La Paz, Los Angeles, El Alto and San Salvador."
    assert judge_language(names) == Language(is_english=True)


def test_furniture_is_not_judged():
    text = f"{SPANISH * 3}\n\n{ENGLISH}"
    assert judge_language(text, [(0, len(SPANISH) * 3)]).is_english


def test_foreign_paragraph_is_no_evidence_and_is_said(tmp_path):
    text = f"PEOPLE\n{ENGLISH * 3}\n\n{SPANISH}\n\nTRADE\n{ENGLISH * 3}\n"
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    document = read_document(tmp_path, Source("x.txt", "x", "profile", "PER", 2021))
    assert [(issue.code, issue.locator) for issue in document.issues] == [("partly_not_english", "line 4")]
    assert [text[start:end] for start, end in document.furniture] == [SPANISH]
