"""The roles that two documents give to places in one market in, where these pull apart out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ocindex.analysis.claims.record import Claim
from ocindex.analysis.claims.roles import DESTINATION, ORIGIN, TRANSIT
from ocindex.analysis.conflicts.record import MEDIUM, TENSION, WEAK, Conflict, Sourced, Verdict
from ocindex.analysis.conflicts.times import say_times
from ocindex.vocabulary.countries import countries


def compare_roles(first: Sequence[Sourced], second: Sequence[Sourced]) -> list[Conflict]:
    """Compare all the roles that two documents state for one market.

    A document is taken by everything it says: one that calls a country a
    transit point and elsewhere a destination does not conflict with either.

    Parameters
    ----------
    first, second : sequence of Sourced
        Claims of kind ``role`` of one subject, each from one document.

    Returns
    -------
    list of Conflict
        At most one per question: the country's own role, domestic against
        foreign origin, and the partners of each role.
    """
    found = [
        _own_role(first, second),
        _own_role(second, first),
        _source_at_home(first, second),
        _source_at_home(second, first),
        *(_partners(first, second, role) for role in (ORIGIN, DESTINATION)),
    ]
    return [conflict for conflict in found if conflict is not None]


def _own_role(first: Sequence[Sourced], second: Sequence[Sourced]) -> Conflict | None:
    """Transit in one document, final destination in the other."""
    transit = _pick(first, TRANSIT, ("country",))
    final = _pick(second, DESTINATION, ("country", "final"))
    if transit is None or final is None or transit.claim.place != final.claim.place:
        return None
    if _pick(first, DESTINATION, ("country", "final", "entry")) or _pick(second, TRANSIT, ("country",)):
        return None
    place = transit.claim.place
    return _conflict(transit, final, MEDIUM, f"Role: {place} is a place of transit against the place where it ends.")


def _source_at_home(first: Sequence[Sourced], second: Sequence[Sourced]) -> Conflict | None:
    """Goods from the country's own forces against goods from abroad."""
    home = _pick(first, ORIGIN, ("domestic",))
    abroad = _pick(second, ORIGIN, ("partner",))
    if home is None or abroad is None or _pick(second, ORIGIN, ("domestic",)):
        return None
    return _conflict(home, abroad, MEDIUM, "Origin: stolen or bought at home against brought in from abroad.")


def _partners(first: Sequence[Sourced], second: Sequence[Sourced], role: str) -> Conflict | None:
    """Other countries for the same role: no overlap pulls apart, some overlap only a little."""
    one = _all(first, role, ("partner",))
    other = _all(second, role, ("partner",))
    left = [item for item in one if not any(_may_be_one(item.claim, each.claim) for each in other)]
    right = [item for item in other if not any(_may_be_one(item.claim, each.claim) for each in one)]
    if not left or not right:
        return None
    said = f"{role.capitalize()}: {_list(one)} against {_list(other)}; the lists need not exclude one another."
    overlap = len(left) < len(one) or len(right) < len(other)
    return _conflict(left[0], right[0], WEAK if overlap else MEDIUM, said)


def _may_be_one(first: Claim, second: Claim) -> bool:
    """Whether two places may be the same, or one lie in the other: the Gulf may be Qatar, Europe is not Colombia."""
    if first.place == second.place:
        return True
    regions = [claim.place for claim in (first, second) if claim.place_iso3 is None]
    if not regions:
        return False
    continents = {country.continent for country in countries()}
    if len(regions) == 2:
        return not continents.issuperset(regions)
    known = {country.iso3: (country.continent, country.region) for country in countries()}
    iso3 = first.place_iso3 or second.place_iso3 or ""
    names = {name for pair in known.values() for name in pair}
    return iso3 not in known or regions[0] not in names or regions[0] in known[iso3]


def _conflict(first: Sourced, second: Sourced, strength: str, said: str) -> Conflict:
    return Conflict(first, second, Verdict(TENSION, strength, f"{said} {say_times(first.claim, second.claim)}"))


def _pick(claims: Iterable[Sourced], role: str, aspects: tuple[str, ...]) -> Sourced | None:
    return next(iter(_all(claims, role, aspects)), None)


def _all(claims: Iterable[Sourced], role: str, aspects: tuple[str, ...]) -> list[Sourced]:
    return [item for item in claims if _is(item.claim, role, aspects)]


def _is(claim: Claim, role: str, aspects: tuple[str, ...]) -> bool:
    return claim.unit == role and claim.aspect in aspects and "past" not in claim.marks


def _list(claims: Iterable[Sourced]) -> str:
    return ", ".join(dict.fromkeys(str(item.claim.place) for item in claims))
