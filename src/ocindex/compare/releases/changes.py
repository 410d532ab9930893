"""Every difference between two releases: lines in order of what matters most, counts, and the version that follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ocindex.compare.releases.effects import BREAKING, BUMPS, EFFECTS, REVISION
from ocindex.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from ocindex.compare.releases.order import Ordered
    from ocindex.compare.releases.remainder import Remainder

TOLERATED = "tolerated"
COLUMNS = (
    "table", "kind", "key", "column", "old", "new", "effect", "size", "cause", "follows", "iso3", "edition",
    "indicator", "document_id",
)  # fmt: skip
SEVERITIES = ("breaking", "revision", "any")


@dataclass(frozen=True, slots=True)
class Origin:
    """What was compared: the place as it was named, its version and its content hash (empty for a single file)."""

    place: str
    version: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many changes there are of one kind in one table; those that merely follow from others are told apart."""

    table: str
    kind: str
    column: str | None
    effect: str
    cause: str | None
    changes: int
    following: int


# Without slots, so that a property can be kept once it was computed.
@dataclass(frozen=True)
class Changes:
    """What differs between two releases.

    Of two single tables the comparison finds what differs, ``difference``; what each change means, how
    large it is and what matters most is computed when ``lines``, ``summary``, or what
    rests on them, is first asked for, without the files.

    Parameters
    ----------
    old, new : Origin
    found : pyarrow.Table, optional
        ``lines``: one line per difference, what matters most first: ``table``, ``kind``, ``key`` (JSON
        object of texts; null where the structure changed), ``column`` (null for a whole row),
        ``old`` and ``new`` (a cell's text, a row's JSON object; null is null), ``effect``
        (``breaking``, ``revision``, ``coverage``, ``cosmetic``), ``size`` (0 to 1), ``cause``
        (``source``, ``score``, ``method``; null where nothing tells), ``follows`` (null, or
        what the line merely follows from), ``iso3``, ``edition``, ``indicator``, ``document_id``.
    counts : tuple of Count
        ``summary``: counts by table, kind, column, effect and cause, the gravest effect first.
    difference : Remainder, optional
        Of two single tables the bare difference, in their own types: ``cells``, ``added``, ``removed``;
        None for datasets and for files equal byte for byte. With it, ``found`` and ``counts`` are left out.
    """

    old: Origin
    new: Origin
    found: pa.Table | None = None
    counts: tuple[Count, ...] = ()
    difference: Remainder | None = None

    @cached_property
    def _ordered(self) -> Ordered | None:
        return None if self.difference is None else self.difference.order()

    @property
    def summary(self) -> tuple[Count, ...]:
        """Counts by table, kind, column, effect and cause, the gravest effect first."""
        return self.counts if self._ordered is None else self._ordered.summary

    @property
    def lines(self) -> pa.Table:
        """Every line; an empty table where the files are equal byte for byte."""
        if self._ordered is not None:
            return self._ordered.lines
        return _no_lines() if self.found is None else self.found

    @property
    def rows(self) -> pa.Table:
        """Lines on rows that came, went, or stand under another key: added, removed, edited, relabelled, moved."""
        import pyarrow.compute as pc

        return self.lines.filter(pc.and_(pc.is_valid(self.lines["key"]), pc.is_null(self.lines["column"])))

    @property
    def cells(self) -> pa.Table:
        """Lines on cells that changed by more than their column's tolerance."""
        import pyarrow.compute as pc

        is_cell = pc.and_(pc.is_valid(self.lines["key"]), pc.is_valid(self.lines["column"]))
        return self.lines.filter(pc.and_(is_cell, pc.not_equal(self.lines["kind"], TOLERATED)))

    @property
    def schema(self) -> pa.Table:
        """Lines on tables, columns, types, keys, codes and the order of rows and columns."""
        import pyarrow.compute as pc

        return self.lines.filter(pc.is_null(self.lines["key"]))

    @property
    def is_same(self) -> bool:
        """Whether nothing differs by more than the columns' tolerances."""
        return all(item.kind == TOLERATED for item in self.summary)

    @property
    def bump(self) -> str | None:
        """Part of the version that goes up: ``major``, ``minor`` or ``patch``; None where nothing differs.

        A breaking change asks for major, a revision or new coverage for minor, anything
        else, also what a tolerance takes for equal, for patch.
        """
        found = {item.effect for item in self.summary}
        return next((BUMPS[effect] for effect in EFFECTS if effect in found), None)

    def totals(self) -> dict[str, int]:
        """Count the changes of each effect, without those that merely follow from others."""
        return {effect: sum(item.changes for item in self.summary if item.effect == effect) for effect in EFFECTS}

    def fails(self, severity: str) -> bool:
        """Whether there is a change at least as grave as ``breaking``, ``revision`` or ``any``.

        Raises
        ------
        UnknownNameError
            If there is no such severity.
        """
        if severity not in SEVERITIES:
            raise UnknownNameError(f"found {severity!r}; expected one of {', '.join(SEVERITIES)}.")
        if severity == "any":
            return not self.is_same
        grave = (BREAKING,) if severity == "breaking" else (BREAKING, REVISION)
        return any(item.effect in grave for item in self.summary)

    def table(self) -> pd.DataFrame:
        """Give the change table, complete: applied to the old release it gives the new one.

        Returns
        -------
        pandas.DataFrame
            table, key, column, old, new, effect, size, cause, then kind, follows, iso3,
            edition, indicator, document_id; in the order of ``lines``.
        """
        first = ["table", "key", "column", "old", "new", "effect", "size", "cause"]
        rest = [name for name in self.lines.column_names if name not in first]
        return self.lines.select(first + rest).to_pandas(integer_object_nulls=False)


def _no_lines() -> pa.Table:
    import pyarrow as pa

    kinds = {"size": pa.float64(), "edition": pa.int32()}
    return pa.table({name: pa.array([], kinds.get(name, pa.string())) for name in COLUMNS})
