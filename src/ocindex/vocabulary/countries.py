"""The countries of the Index: a name in, its ISO 3166-1 alpha-3 code out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ocindex.errors import UnknownNameError
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.folding import fold_name


@dataclass(frozen=True, slots=True)
class Country:
    """One assessed country; ``region`` is that of the newest edition."""

    iso3: str
    m49: str
    name: str
    continent: str
    region: str
    region_2021: str
    region_2023: str

    def region_in(self, edition: int) -> str:
        """Give the region that an edition counts the country to."""
        return {2021: self.region_2021, 2023: self.region_2023}.get(edition, self.region)


@cache
def countries() -> tuple[Country, ...]:
    """List the countries of the Index, ordered by iso3."""
    columns = ("iso3", "m49", "name", "continent", "region", "region_2021", "region_2023")
    rows = read_code_list("countries", columns)
    return tuple(sorted((Country(*(row[column] for column in columns)) for row in rows), key=lambda c: c.iso3))


@cache
def country_of(iso3: str) -> Country:
    """Give the country with exactly this code.

    Raises
    ------
    UnknownNameError
        If the Index does not assess such a country.
    """
    found = _by_iso3().get(iso3)
    if found is None:
        raise UnknownNameError(
            f"found country {iso3!r}; expected the ISO 3166-1 alpha-3 code of one of the "
            f"{len(countries())} countries of the Index, such as PER."
        )
    return found


def find_countries(name: str) -> tuple[Country, ...]:
    """Find countries by iso3 or an exact reviewed alias, in any case.

    Parameters
    ----------
    name : str
        Such as ``PER``, ``peru`` or ``Congo``.

    Returns
    -------
    tuple of Country
        Empty where nothing matches; several where a name is ambiguous.

    Examples
    --------
    >>> [country.iso3 for country in find_countries("Congo")]
    ['COD', 'COG']
    >>> find_countries("Wakanda")
    ()
    """
    return tuple(country_of(iso3) for iso3 in _by_alias().get(fold_name(name), ()))


def one_country(name: str) -> Country:
    """Find exactly one country by iso3 or alias.

    Raises
    ------
    UnknownNameError
        If nothing matches or the name is ambiguous; the message lists the candidates.
    """
    found = find_countries(name)
    if len(found) == 1:
        return found[0]
    if found:
        listed = " or ".join(f"{country.iso3} ({country.name})" for country in found)
        raise UnknownNameError(f"found {name!r}, which names several countries; give one of {listed}.")
    raise UnknownNameError(f"found no country {name!r}; expected an iso3 code or a country's name such as PER or Peru.")


@cache
def _by_iso3() -> dict[str, Country]:
    return {country.iso3: country for country in countries()}


@cache
def _by_alias() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for row in read_code_list("country_aliases", ("alias", "iso3", "note")):
        found.setdefault(fold_name(row["alias"]), set()).add(row["iso3"])
    for country in countries():
        for name in (country.iso3, country.name):
            found.setdefault(fold_name(name), set()).add(country.iso3)
    return {alias: tuple(sorted(codes)) for alias, codes in found.items()}
