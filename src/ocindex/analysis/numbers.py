"""Fitted numbers by name in, their file out; and back again."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ocindex.errors import VocabularyError


def read_numbers(path: Path, names: Sequence[str]) -> dict[str, float]:
    """Read a CSV of the columns name and weight.

    Raises
    ------
    VocabularyError
        If the file is missing, lacks one of the names or holds one that is unknown.
    """
    if not path.is_file():
        raise VocabularyError(f"{path}: found no such file; expected fitted weights; reinstall ocindex.")
    with path.open(encoding="utf-8", newline="") as handle:
        found = {row["name"]: float(row["weight"]) for row in csv.DictReader(handle)}
    odd = sorted(set(found) ^ set(names))
    if odd:
        raise VocabularyError(
            f"{path}: found weights that differ in {odd[0]!r}; expected {len(names)} names; fit again."
        )
    return found


def read_rows(path: Path, header: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Read the rows of a fitted file below its header, each with the number of its line.

    Raises
    ------
    VocabularyError
        If the file is missing or has another header, or a row is not as wide.
    """
    if not path.is_file():
        raise VocabularyError(f"{path}: found no such file; expected fitted numbers; reinstall ocindex.")
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle)
        if next(rows, None) != list(header):
            raise VocabularyError(f"{path}: found another header; expected {','.join(header)}; fit again.")
        for number, row in enumerate(rows, 2):
            if len(row) != len(header):
                raise VocabularyError(
                    f"{path}, line {number}: found {len(row)} cells; expected {','.join(header)}; fit again."
                )
            yield number, row


def read_number(cell: str) -> float:
    """Read a finite number.

    Raises
    ------
    ValueError
        If the cell is no number, or nan or infinity.

    Examples
    --------
    >>> read_number("0.5")
    0.5
    """
    number = float(cell)
    if not math.isfinite(number):
        raise ValueError(f"{cell!r}, which is no finite number")
    return number


def render_numbers(names: Sequence[str], values: Iterable[float]) -> str:
    """Write numbers as CSV, rounded to 4 decimals.

    Examples
    --------
    >>> render_numbers(["stay"], [-0.00001])
    'name,weight\\nstay,0.0000\\n'
    """
    # Adding 0 turns -0.0 into 0.0, so that a file reads back to the same bytes.
    rows = [f"{name},{round(float(value), 4) + 0.0:.4f}" for name, value in zip(names, values, strict=True)]
    return "\n".join(["name,weight", *rows]) + "\n"
