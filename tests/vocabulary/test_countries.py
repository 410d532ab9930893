"""Countries: the codes of the Index against ISO 3166, aliases, and the places that sentences name."""

from collections import Counter

import pycountry
import pytest

from ocindex.errors import UnknownNameError
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.countries import countries, country_of, find_countries, one_country

ISO3 = {country.iso3 for country in countries()}
PLACES = read_code_list("places", ("term", "place", "place_iso3", "kind", "note"))


def codes(name):
    return [country.iso3 for country in find_countries(name)]


def test_the_index_has_193_countries_each_once():
    assert len(countries()) == len(ISO3) == 193


def test_countries_come_sorted_by_iso3():
    assert [country.iso3 for country in countries()] == sorted(ISO3)


@pytest.mark.parametrize("country", countries(), ids=lambda country: country.iso3)
def test_codes_are_those_of_iso_3166(country):
    known = pycountry.countries.get(alpha_3=country.iso3)
    assert known is not None
    assert known.numeric == country.m49


def test_every_country_has_a_continent_and_a_region_in_each_edition():
    for country in countries():
        assert country.continent
        assert all(country.region_in(edition) for edition in (2021, 2023, 2025))


def test_a_region_lies_on_one_continent():
    pairs = {(country.region, country.continent) for country in countries()}
    assert len(pairs) == len({region for region, _ in pairs})


@pytest.mark.parametrize("country", countries(), ids=lambda country: country.iso3)
def test_name_and_code_lead_back_to_the_country_in_any_case(country):
    for name in (country.name, country.name.upper(), country.name.lower(), country.iso3, country.iso3.lower()):
        assert codes(name) == [country.iso3]


def test_every_alias_leads_to_its_known_country():
    for row in read_code_list("country_aliases", ("alias", "iso3", "note")):
        assert row["iso3"] in ISO3
        assert row["iso3"] in codes(row["alias"])


def test_no_alias_stands_twice():
    rows = read_code_list("country_aliases", ("alias", "iso3", "note"))
    assert max(Counter((row["alias"], row["iso3"]) for row in rows).values()) == 1


def test_iso_names_of_assessed_countries_never_lead_elsewhere():
    for known in pycountry.countries:
        for name in {known.name, getattr(known, "official_name", known.name)}:
            assert not codes(name) or known.alpha_3 in codes(name)


def test_iso_names_of_all_assessed_countries_are_known():
    known = [country for country in pycountry.countries if country.alpha_3 in ISO3]
    assert [country.name for country in known if country.alpha_3 not in codes(country.name)] == []


def test_namibia_is_no_missing_value():
    assert codes("Namibia") == codes("NAM") == ["NAM"]


def test_alpha_2_codes_are_no_names():
    assert codes("NA") == codes("PE") == []


def test_congo_names_two_countries():
    assert codes("Congo") == ["COD", "COG"]


@pytest.mark.parametrize("name", ["Wakanda", "Rwand", "Peruu", "Kosovo", "", " ", "England and Wales"])
def test_no_country_is_guessed(name):
    assert codes(name) == []


@pytest.mark.parametrize("name", ["Côte d’Ivoire", "Cote d'Ivoire", "  CÔTE\u00a0D'IVOIRE ", "Ivory Coast"])
def test_quotes_accents_and_blanks_do_not_matter(name):
    assert codes(name) == ["CIV"]


def test_one_country_is_given_by_name():
    assert one_country("peru").iso3 == "PER"


def test_ambiguous_name_lists_its_candidates():
    with pytest.raises(UnknownNameError, match=r"COD \(.*\) or COG \("):
        one_country("Congo")


def test_unknown_name_is_refused():
    with pytest.raises(UnknownNameError, match="found no country 'Wakanda'"):
        one_country("Wakanda")


@pytest.mark.parametrize("code", ["per", "Peru", "XXX", ""])
def test_only_an_exact_code_is_a_code(code):
    with pytest.raises(UnknownNameError, match="193 countries"):
        country_of(code)


def test_places_have_iso_codes_or_none():
    found = {row["place_iso3"] for row in PLACES} - {""}
    assert [code for code in sorted(found) if pycountry.countries.get(alpha_3=code) is None] == []


def test_places_have_known_kinds():
    assert {row["kind"] for row in PLACES} == {
        "country",
        "region",
        "feature",
        "city",
        "demonym",
        "region_demonym",
    }


def test_places_have_no_double_terms():
    counts = Counter(row["term"] for row in PLACES)
    assert [term for term, count in counts.items() if count > 1] == []


def test_terms_that_differ_in_case_alone_name_one_place():
    meant = {}
    for row in PLACES:
        meant.setdefault(row["term"].casefold(), set()).add(row["place"])
    assert {term: places for term, places in meant.items() if len(places) > 1} == {}


def test_a_place_has_one_code_and_a_code_one_place():
    pairs = {(row["place"], row["place_iso3"]) for row in PLACES}
    assert len(pairs) == len({place for place, _ in pairs})
    coded = [(place, code) for place, code in pairs if code]
    assert len(coded) == len({code for _, code in coded})


def test_every_country_of_the_index_is_a_place():
    assert {row["place_iso3"] for row in PLACES if row["kind"] == "country"} >= ISO3
