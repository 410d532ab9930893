"""Language: English is told by its function words, and only where there is enough to tell by."""

import pytest

from ocindex.reading.language import is_english

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
