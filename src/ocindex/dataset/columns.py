"""What a column may hold in, a pandera column that refuses everything else out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pandera.pandas as pa

if TYPE_CHECKING:
    from pandera.api.pandas.components import Column

TEXT = pd.StringDtype(na_value=np.nan)


def text(
    description: str,
    *,
    nullable: bool = False,
    pattern: str | None = None,
    categories: Sequence[str] | None = None,
    unit: str | None = None,
) -> Column:
    """Describe a text column; it never holds an empty string."""
    checks = [pa.Check.str_length(min_value=1, error="is empty text; absent is null")]
    if pattern is not None:
        # In Python's `re`, `$` also matches before a line break at the end: "PER\n" would be a country.
        checks.append(pa.Check.str_matches(pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern))
    if categories is not None:
        checks.append(pa.Check.isin(list(categories)))
    return pa.Column(TEXT, checks, nullable=nullable, description=description, metadata=_metadata(unit))


def integer(
    description: str,
    *,
    bits: int = 32,
    nullable: bool = False,
    minimum: int | None = None,
    maximum: int | None = None,
    unit: str | None = None,
) -> Column:
    """Describe a column of whole numbers of 16, 32 or 64 bits."""
    dtype = f"Int{bits}" if nullable else f"int{bits}"
    return pa.Column(
        dtype, _bounds(minimum, maximum), nullable=nullable, description=description, metadata=_metadata(unit)
    )


def number(
    description: str,
    *,
    nullable: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    unit: str | None = None,
    half_steps: bool = False,
    tolerance: float = 0.0,
) -> Column:
    """Describe a column of 64-bit floats; null is NaN in pandas and null in every file.

    ``tolerance`` is what a comparison of two versions takes for equal.
    """
    checks = _bounds(minimum, maximum)
    if half_steps:
        checks.append(pa.Check(_is_half_step, name="half_steps", error="is not a multiple of 0.5"))
    metadata = {**_metadata(unit), "tolerance": tolerance} if tolerance else _metadata(unit)
    return pa.Column("float64", checks, nullable=nullable, description=description, metadata=metadata)


def boolean(description: str, *, nullable: bool = False) -> Column:
    """Describe a column of true and false."""
    return pa.Column("boolean" if nullable else "bool", nullable=nullable, description=description, metadata={})


def probability(description: str, *, nullable: bool = False) -> Column:
    """Describe a column of probabilities from 0 to 1."""
    return number(description, nullable=nullable, minimum=0, maximum=1, unit="probability")


def _is_half_step(values: pd.Series) -> pd.Series:
    return (values * 2) % 1 == 0


def _bounds(minimum: float | None, maximum: float | None) -> list[pa.Check]:
    checks = []
    if minimum is not None:
        checks.append(pa.Check.ge(minimum))
    if maximum is not None:
        checks.append(pa.Check.le(maximum))
    return checks


def _metadata(unit: str | None) -> dict[str, str]:
    return {"unit": unit} if unit else {}
