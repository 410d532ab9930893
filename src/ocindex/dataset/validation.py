"""Frames in, a Dataset out, or every check that they fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ocindex.dataset.dataset import Dataset
from ocindex.errors import InvalidDataError

if TYPE_CHECKING:
    import pandas as pd
    from pandera.api.pandas.container import DataFrameSchema


def validate(frames: Mapping[str, pd.DataFrame], *, version: str) -> Dataset:
    """Check every table against its model, and the tables against each other.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        One frame per table of `table_models`.
    version : str
        Version of the dataset, such as ``0.1.0``.

    Returns
    -------
    Dataset

    Raises
    ------
    InvalidDataError
        Naming every failure: table, rule and row.
    """
    failures = find_failures(frames)
    if failures:
        raise InvalidDataError(failures)
    return Dataset(dict(frames), version=version)


def find_failures(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """List what is wrong with the tables, one line per failure; empty where all is well."""
    from ocindex.dataset.models import table_models
    from ocindex.dataset.rules import RULES

    models = table_models()
    failures = [f"{name}: found no such table" for name in models if name not in frames]
    failures += [f"{name}: found a table that the schema does not have" for name in frames if name not in models]
    if failures:
        return failures
    for name, model in models.items():
        failures += _check_table(model, frames[name])
    # Rules lean on columns and types: on a broken table they would crash, not judge.
    return failures or [failure for rule in RULES for failure in rule(frames)]


def _check_table(model: DataFrameSchema, frame: pd.DataFrame) -> list[str]:
    import pandera.errors

    failures = []
    for column, field in model.columns.items():
        # pandera 0.35 takes an object column for text, and Int16 for int16.
        if column in frame and not _same_type(field.dtype, frame[column].dtype):
            failures.append(f"{model.name}.{column}: found type {frame[column].dtype}; expected {field.dtype}")
    if failures:
        return failures
    try:
        # A repeated index crashes pandera's report of duplicate keys.
        model.validate(frame.reset_index(drop=True), lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        # A rule on rows comes back once per cell of the row.
        of_rows = (cases["schema_context"] == "DataFrameSchema") & cases["index"].notna()
        cases = cases[~(of_rows & cases.duplicated(["schema_context", "check", "index"]))]
        return [_describe(model, frame, case) for case in cases.to_dict("records")]
    return []


def _describe(model: DataFrameSchema, frame: pd.DataFrame, case: dict[str, object]) -> str:
    place = f"{model.name}.{case['column']}" if case["schema_context"] == "Column" else str(model.name)
    row = case["index"]
    at = ""
    if isinstance(row, int) and row < len(frame):
        key = [column for column in model.metadata["key"] if column in frame]
        at = f", row {' '.join(str(frame.iloc[row][column]) for column in key)}"
    if at and case["schema_context"] != "Column":
        return f"{place}: found a row that breaks the rule {case['check']}{at}"
    return f"{place}: found {case['failure_case']!r}; rule {case['check']}{at}"


def _same_type(expected: object, found: object) -> bool:
    return _is_text(found) if _is_text(expected) else str(expected) == str(found)


def _is_text(dtype: object) -> bool:
    import pandas as pd

    if isinstance(dtype, pd.StringDtype):
        return dtype.na_value is not pd.NA
    return "string" in str(dtype) and "pandera" in type(dtype).__module__
