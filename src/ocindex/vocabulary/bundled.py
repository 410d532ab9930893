"""Where the package's own data lies: a name in, a folder or its rows out."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from ocindex.errors import VocabularyError

_PACKAGE = Path(__file__).resolve().parents[1]
# In a checkout (and an editable install of one) the data stands beside src/;
# in an installed wheel it was copied into the package.
_CHECKOUT = _PACKAGE.parents[1]


def bundled_folder(name: str) -> Path:
    """Find a folder of data that belongs to the package.

    This is the one place that knows where data lies, so an editable install
    reads the repository's folders and never a stale copy.

    Parameters
    ----------
    name : {"dist", "schema"}
        The published dataset, or the vocabulary and rendered schemas.

    Returns
    -------
    pathlib.Path

    Examples
    --------
    >>> bundled_folder("schema").joinpath("vocabulary", "editions.csv").is_file()
    True
    """
    in_checkout = (_CHECKOUT / "pyproject.toml").is_file() and _PACKAGE.parent.name == "src"
    return (_CHECKOUT if in_checkout else _PACKAGE / "_data") / name


@cache
def read_code_list(name: str, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Read one hand-kept code list of ``schema/vocabulary/``.

    Parameters
    ----------
    name : str
        File name without ending, such as ``indicators``.
    columns : tuple of str
        Columns that the caller relies on.

    Returns
    -------
    tuple of dict
        One dictionary per row; an empty cell is an empty string.

    Raises
    ------
    VocabularyError
        If the file or one of the columns is missing, or a row has too many cells.
    """
    path = bundled_folder("schema") / "vocabulary" / f"{name}.csv"
    if not path.is_file():
        raise VocabularyError(f"{path}: found no such file; expected a code list; reinstall ocindex.")
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [column for column in columns if column not in (reader.fieldnames or [])]
        if missing:
            raise VocabularyError(
                f"{path.name}, line 1: found no column {missing[0]!r}; expected "
                f"{', '.join(columns)}; restore the header."
            )
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise VocabularyError(
                    f"{path.name}, line {reader.line_num}: found a row of another length than the "
                    "header; expected one cell per column; quote cells that contain a comma."
                )
            rows.append(row)
    return tuple(rows)
