"""The tables flows and evidence in, routes with two ends out: an edge list for any network library."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ocindex.errors import UnknownNameError
from ocindex.vocabulary.constructions import ROLES
from ocindex.vocabulary.places import place_of_country

if TYPE_CHECKING:
    import pandas as pd

    from ocindex.dataset.dataset import Dataset

STATED, IMPLIED = "stated", "implied"
TIERS = ("assessment", "article", "all")
COLUMNS = (
    "iso3", "edition", "tier", "indicator", "origin", "origin_iso3", "via", "destination", "destination_iso3",
    "pairing", "evidence_id", "document_id", "quote",
)  # fmt: skip


class Stop(NamedTuple):
    """A place with its role in one sentence, in the order of the sentence."""

    start: int
    role: str
    place: str
    iso3: str | None


class Route(NamedTuple):
    """Two ends, and the places between them in order."""

    origin: Stop
    via: tuple[str, ...]
    destination: Stop
    pairing: str


def flows(
    country: str | None = None,
    *,
    indicator: str | None = None,
    edition: int | None = None,
    tier: str = "assessment",
    dist: str | Path | None = None,
) -> pd.DataFrame:
    """List the routes of a country's profile, or of all without one.

    Parameters
    ----------
    country : str, optional
        Country that the documents are about: iso3 or an exact name.
    indicator : str, optional
        Code or label of a market.
    edition : int, optional
        Without it every edition; articles belong to none.
    tier : {"assessment", "article", "all"}
        Whose statements to use; the two are never blended into one route.
    dist : str or pathlib.Path, optional
        Folder of another dataset than the bundled one.

    Returns
    -------
    pandas.DataFrame
        As `find_routes` gives it.

    Raises
    ------
    UnknownNameError
        If there is no such country, indicator, edition or tier.
    """
    from ocindex.dataset.load import open_dataset
    from ocindex.vocabulary.countries import one_country
    from ocindex.vocabulary.indicators import find_code, known_edition

    if tier not in TIERS:
        raise UnknownNameError(f"found tier {tier!r}; expected one of {', '.join(TIERS)}.")
    wanted = {
        "iso3": None if country is None else one_country(country).iso3,
        "indicator": None if indicator is None else find_code(indicator).code,
        "edition": None if edition is None else known_edition(edition).edition,
        "tier": None if tier == "all" else tier,
    }
    return find_routes(open_dataset(dist), wanted)


def find_routes(dataset: Dataset, wanted: dict[str, str | int | None] | None = None) -> pd.DataFrame:
    """Pair the ends that each sentence states; one that it leaves open is the profiled country.

    Parameters
    ----------
    dataset : Dataset
    wanted : dict, optional
        Columns of the table ``flows`` and the value to keep; null keeps all.

    Returns
    -------
    pandas.DataFrame
        Ordered as evidence stands in its documents; columns iso3, edition, tier, indicator, origin, origin_iso3,
        via (places between, joined by "; "; null: none), destination, destination_iso3, pairing (``stated``: the
        sentence names both ends; ``implied``: one end is ``iso3``, because the profile of a country speaks of what
        reaches or leaves it), evidence_id, document_id, quote.
    """
    import pandas as pd

    rows = dataset.flows
    for column, value in (wanted or {}).items():
        if value is not None:
            rows = rows[(rows[column] == value).fillna(value=False)]
    evidence = dataset.evidence.set_index("evidence_id")
    ordered = rows.assign(rank=rows["role"].map(ROLES.index)).sort_values(["document_id", "start", "end", "rank"])
    found = []
    for evidence_id, part in ordered.groupby("evidence_id", sort=False):
        first = part.iloc[0]
        iso3 = first["iso3"] if isinstance(first["iso3"], str) else None
        stops = [
            Stop(int(row.start), row.role, row.place, row.place_iso3 if isinstance(row.place_iso3, str) else None)
            for row in part.itertuples()
        ]
        known = {name: first[name] for name in ("iso3", "edition", "tier", "indicator", "document_id")}
        quote = evidence.loc[evidence_id, "text"]
        found += [
            _row(route) | known | {"evidence_id": evidence_id, "quote": quote} for route in join_ends(stops, iso3)
        ]
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    return frame.astype({name: rows[name].dtype for name in ("iso3", "edition", "tier", "indicator", "document_id")})


def join_ends(stops: Sequence[Stop], iso3: str | None) -> list[Route]:
    """Join the places of one sentence to routes.

    Parameters
    ----------
    stops : sequence of Stop
        In the order of the sentence.
    iso3 : str or None
        Country of the document: the end that is left open.

    Returns
    -------
    list of Route
        None where no second end is known, and none from a place to itself.

    Examples
    --------
    >>> stops = [Stop(0, "origin", "Haiti", "HTI"), Stop(20, "origin", "Cuba", "CUB")]
    >>> [(route.origin.place, route.destination.place, route.pairing) for route in join_ends(stops, "PER")]
    [('Haiti', 'Peru', 'implied'), ('Cuba', 'Peru', 'implied')]
    """
    home = None if iso3 is None else place_of_country(iso3)
    open_end = [] if home is None else [Stop(-1, "", home.name, home.iso3)]
    routes: dict[tuple[str, str], Route] = {}
    for part in _legs(stops, None if home is None else home.name):
        origins = [stop for stop in part if stop.role == "origin"]
        destinations = [stop for stop in part if stop.role == "destination"]
        pairing = STATED if origins and destinations else IMPLIED
        if not origins and not destinations:
            continue
        for origin, destination in product(origins or open_end, destinations or open_end):
            if origin.place == destination.place:
                continue
            ends = (origin.place, destination.place)
            between = [stop.place for stop in part if stop.role == "transit" and stop.place not in ends]
            routes.setdefault(ends, Route(origin, tuple(dict.fromkeys(between)), destination, pairing))
    return list(routes.values())


def _legs(stops: Sequence[Stop], home: str | None) -> list[list[Stop]]:
    """Cut a sentence that tells of several movements: "from A to B and from C to D" are two legs.

    A leg that names no origin goes on from that of the leg before; what passes through the
    profiled country itself does so on every leg.
    """
    ours = [stop for stop in stops if stop.role == "transit" and stop.place == home]
    others = [stop for stop in stops if stop not in ours]
    first = next((stop.role for stop in others if stop.role != "transit"), None)
    legs: list[list[Stop]] = [[]]
    for number, stop in enumerate(others):
        if _opens_leg(stop, legs[-1], others[number + 1 :], last=first or ""):
            legs.append([])
        legs[-1].append(stop)
    for before, leg in pairwise(legs):
        if not any(stop.role == "origin" for stop in leg):
            leg[:0] = [stop for stop in before if stop.role == "origin"]
    return [ours + leg for leg in legs]


def _opens_leg(stop: Stop, leg: Sequence[Stop], rest: Sequence[Stop], *, last: str) -> bool:
    """Tell whether a place begins another movement; ``last`` is the end that the sentence names first."""
    roles = [known.role for known in leg]
    if last == "destination" and "origin" in {*roles, *(known.role for known in rest), stop.role}:
        # "to B from A and to D from C": a destination after an origin begins the next.
        return stop.role == "destination" and "origin" in roles and any(known.role == "origin" for known in rest)
    return stop.role != "destination" and "destination" in roles and any(known.role == "destination" for known in rest)


def _row(route: Route) -> dict[str, object]:
    return {
        "origin": route.origin.place,
        "origin_iso3": route.origin.iso3,
        "via": "; ".join(route.via) or None,
        "destination": route.destination.place,
        "destination_iso3": route.destination.iso3,
        "pairing": route.pairing,
    }
