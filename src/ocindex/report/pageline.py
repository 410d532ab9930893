"""Lines of a comparison in, what a page shows of each out: words, place, excerpts, the other values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ocindex.report.changeline import Line, describe_line, row_values
from ocindex.report.excerpts import cut_to_difference
from ocindex.report.printable import visible

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 5_000
# Longer values are read as texts, with the words marked that differ.
_SHORT = 32
_LONGEST_VALUE = 240
_CELLS = ("changed", "filled", "dropped", "tolerated")

More = tuple[tuple[str, str | None, str | None], ...]


class PageLine(NamedTuple):
    """One line of the list; ``more`` are further values of a row: name, old, new."""

    effect: str
    table: str
    cause: str | None
    iso3: str | None
    follows: str | None
    headline: str
    place: str
    size: float
    old: str | None
    new: str | None
    more: More

    @property
    def length(self) -> int:
        """Code points that the line brings into the page."""
        values = [self.headline, self.place, self.old, self.new, *(part for value in self.more for part in value)]
        return sum(len(value) for value in values if value is not None)


def pick_lines(lines: pa.Table, budget: int) -> Iterator[tuple[int, Line]]:
    """Give at most ``budget`` lines with their numbers: what leads first, then what merely follows, each in order."""
    import pyarrow as pa
    import pyarrow.compute as pc

    leads = pc.is_null(lines["follows"])
    numbers = [pc.indices_nonzero(mask).to_pylist() for mask in (leads, pc.invert(leads))]
    chosen = [*numbers[0], *numbers[1]][: max(0, budget)]
    for start in range(0, len(chosen), _BATCH):
        part = chosen[start : start + _BATCH]
        yield from zip(part, lines.take(pa.array(part, pa.int64())).to_pylist(), strict=True)


def describe_for_page(line: Line) -> PageLine:
    """Say one line for the page, each value cut to what shows the difference."""
    is_cell = line["kind"] in _CELLS and line["column"] is not None
    old, new = _text(line["old"]), _text(line["new"])
    said = describe_line(line)
    headline, place = said.headline, said.place
    if is_cell and max(len(old or ""), len(new or "")) > _SHORT:
        # Two long values in a headline are unreadable.
        headline = headline if len(headline) < 2 * _SHORT else f"{line['column']} {_happened(old, new)}"
    else:
        old, new = said.old, said.new
    old, new = cut_to_difference(old, new)
    more = () if is_cell or line["key"] is None else _other_values(line)
    return PageLine(
        str(line["effect"]),
        visible(str(line["table"])),
        _text(line["cause"]),
        None if line["iso3"] is None else visible(str(line["iso3"])),
        _text(line["follows"]),
        visible(cut_to_difference(headline, None)[0] or ""),
        visible(place.removeprefix(f"{line['table']}: ")),
        round(float(str(line["size"])), 4),
        None if old is None else visible(old),
        None if new is None else visible(new),
        more,
    )


def _happened(old: str | None, new: str | None) -> str:
    if old is None:
        return "came"
    return "went" if new is None else "changed"


def _other_values(line: Line) -> More:
    """Give the values of a row that differ, or all where the row stands on one side only."""
    if line["column"] is not None:
        return ()
    old, new, key = row_values(line["old"]), row_values(line["new"]), row_values(line["key"])
    found = []
    for name in dict.fromkeys((*old, *new)):
        values = old.get(name), new.get(name)
        if values[0] == values[1] or name in key or name in ("text", "quote"):
            continue
        before, after = cut_to_difference(*values, longest=_LONGEST_VALUE)
        found.append(
            (
                visible(name),
                None if before is None else visible(before),
                None if after is None else visible(after),
            )
        )
    return tuple(found)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
