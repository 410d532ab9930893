"""A published folder in, a Dataset or one table out."""

from __future__ import annotations

import hashlib
import json
import weakref
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from ocindex.dataset.arrow import to_pandas
from ocindex.dataset.compatibility import arrow_kinds, refuse_misfit
from ocindex.dataset.dataset import Dataset
from ocindex.dataset.releases import DESCRIPTOR, open_release
from ocindex.errors import DatasetError, UnknownNameError
from ocindex.vocabulary.bundled import bundled_folder

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("parquet", "csv")


class _Resource(TypedDict):
    name: str
    path: str
    hash: str


def open_dataset(
    path: str | Path | None = None,
    *,
    format: str = "parquet",  # noqa: A002
    version: str | None = None,
    releases: str | Path | None = None,
) -> Dataset:
    """Open a published dataset; each table is read, and its hash checked, at first use.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        Folder with ``datapackage.json``; the bundled dataset without it.
    format : {"parquet", "csv"}
        Files to read. CSV cells are unguarded by the rule of the README.
    version : str, optional
        Version that is wanted, such as ``1.2.0``: of the folder of releases where one is
        named, else the dataset must have it.
    releases : str or pathlib.Path, optional
        Folder that holds one folder or ``.zip`` per version.

    Returns
    -------
    Dataset
        Its ``version`` is what the descriptor says.

    Raises
    ------
    DatasetError
        If the folder holds no dataset, or another version than asked for, or a file is
        not the one described. A table that this code cannot read is refused when it
        is first used.
    UnknownNameError
        If there is no such version.

    Examples
    --------
    >>> dataset = open_dataset()
    >>> list(dataset.editions["edition"])
    [2021, 2023, 2025]
    """
    if format not in FORMATS:
        raise UnknownNameError(f"found format {format!r}; expected one of {', '.join(FORMATS)}.")
    with ExitStack() as stack:
        folder = _find_folder(stack, path, version, releases)
        said, resources = read_descriptor(folder)
        unpacked = stack.pop_all()
    suffix = "-csv" if format == "csv" else ""
    tables = {
        name.removesuffix("-csv"): partial(_read_table, folder, resource, said)
        for name, resource in resources.items()
        if name.endswith("-csv") == bool(suffix)
    }
    parquet = {name: folder / resource["path"] for name, resource in resources.items() if not name.endswith("-csv")}
    dataset = Dataset(tables, version=said, path=folder, parquet=parquet if format == "parquet" else None)
    # What was unpacked stays for as long as a table can still be asked for.
    weakref.finalize(dataset, unpacked.close)
    return dataset


def load_table(
    table: str = "indicators",
    *,
    iso3: str | Iterable[str] | None = None,
    edition: int | Iterable[int] | None = None,
    wide: bool = False,
    dist: str | Path | None = None,
    version: str | None = None,
    releases: str | Path | None = None,
) -> pd.DataFrame:
    """Load one table as a typed frame.

    Parameters
    ----------
    table : str
        Such as ``indicators``, ``composites`` or ``evidence``.
    iso3 : str or iterable of str, optional
        Keep these countries only.
    edition : int or iterable of int, optional
        Keep these editions only.
    wide : bool
        Only for ``indicators``: one row per iso3 and edition, a column of scores
        per indicator in the Index's order, then the four averages.
    dist : str or pathlib.Path, optional
        Folder of another dataset than the bundled one.
    version : str, optional
        Version that is wanted, such as ``1.2.0``: of the folder of releases where one is
        named, else the dataset must have it.
    releases : str or pathlib.Path, optional
        Folder that holds one folder or ``.zip`` per version.

    Returns
    -------
    pandas.DataFrame
        Columns as in ``schema/README.md``.

    Raises
    ------
    UnknownNameError
        If there is no such table, country, edition or version, or the table has no such column.
    DatasetError
        If the dataset is broken, another version, or has columns that this code cannot read.

    Examples
    --------
    >>> load_table("indicators", iso3="PER", wide=True)[["iso3", "edition", "cocaine_trade"]].values.tolist()
    [['PER', 2021, 9.0], ['PER', 2023, 9.0], ['PER', 2025, 9.0]]
    """
    with ExitStack() as stack:
        folder = _find_folder(stack, dist, version, releases)
        said, resources = read_descriptor(folder)
        if table not in resources or table.endswith("-csv"):
            known = ", ".join(name for name in resources if not name.endswith("-csv"))
            raise UnknownNameError(f"found no table {table!r}; expected one of {known}.")
        if wide and table != "indicators":
            raise UnknownNameError(f"found wide=True for {table!r}; expected it for 'indicators' only.")
        frame = _select(_read_table(folder, resources[table], said), table, iso3=iso3, edition=edition)
        if not wide:
            return frame
        from ocindex.dataset.wide import widen

        averages = _read_table(folder, resources["composites"], said)
        return widen(frame, _select(averages, "composites", iso3=iso3, edition=edition))


def read_descriptor(folder: Path) -> tuple[str, dict[str, _Resource]]:
    """Read version and resources of a published dataset.

    Raises
    ------
    DatasetError
        If there is no descriptor or it is not one of ocindex.
    """
    from ocindex.dataset.journal import recover

    recover(folder)
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise DatasetError(f"{folder}: found no {DESCRIPTOR}; expected a dataset's folder; run `ocindex build` first.")
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in descriptor["resources"]}
        for resource in resources.values():
            _ = Path(resource["path"]), resource["hash"]
        return str(descriptor["version"]), resources
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{path}: found a broken descriptor ({type(error).__name__}: {error}); expected version and resources; "
            "build the dataset again."
        ) from error


def read_checked(folder: Path, resource: _Resource) -> bytes:
    """Read one file of a dataset and compare its hash with the descriptor's."""
    path = folder / resource["path"]
    if not path.resolve().is_relative_to(folder.resolve()):
        raise DatasetError(f"{path}: found a path that leaves the dataset; expected a file inside; build it again.")
    if not path.is_file():
        raise DatasetError(f"{path}: found no such file; expected it from {DESCRIPTOR}; build the dataset again.")
    data = path.read_bytes()
    found = f"sha256:{hashlib.sha256(data).hexdigest()}"
    if found != resource["hash"]:
        raise DatasetError(
            f"{path}: found {found}; expected {resource['hash']}; the file was altered: build the dataset again."
        )
    return data


def _find_folder(stack: ExitStack, path: str | Path | None, version: str | None, releases: str | Path | None) -> Path:
    """Find the dataset that is meant; what is unpacked for it is removed when the stack closes."""
    if releases is None:
        folder = bundled_folder("dist") if path is None else Path(path)
    elif version is None or path is not None:
        raise UnknownNameError(
            "found releases= without version=, or with a folder; expected a version of the releases."
        )
    else:
        folder = stack.enter_context(open_release(version, releases))
    said = version and read_descriptor(folder)[0]
    if version is not None and said != version.removeprefix("v"):
        raise DatasetError(
            f"{folder}: found version {said}; expected {version.removeprefix('v')}; name the folder of releases that "
            "has it with releases=."
        )
    return folder


def _read_table(folder: Path, resource: _Resource, version: str) -> pd.DataFrame:
    data = read_checked(folder, resource)
    path = folder / resource["path"]
    table = resource["name"].removesuffix("-csv")
    if resource["path"].endswith(".csv"):
        from ocindex.dataset.arrow import arrow_schema
        from ocindex.dataset.csvfile import from_csv, read_header
        from ocindex.dataset.models import table_models

        if table not in table_models():
            raise DatasetError(
                f"{path}: found the table {table}, which this code does not know; expected one of "
                f"{', '.join(table_models())}; open the dataset with format='parquet'."
            )
        refuse_misfit(table, dict.fromkeys(read_header(data)), path=path, version=version)
        return to_pandas(from_csv(data, arrow_schema(table)))
    import pyarrow as pa
    import pyarrow.parquet as pq

    read = pq.ParquetFile(pa.BufferReader(data)).read()
    refuse_misfit(table, arrow_kinds(read.schema), path=path, version=version)
    return to_pandas(read)


def _select(
    frame: pd.DataFrame, table: str, *, iso3: str | Iterable[str] | None, edition: int | Iterable[int] | None
) -> pd.DataFrame:
    for column, wanted in (("iso3", iso3), ("edition", edition)):
        if wanted is None:
            continue
        if column not in frame:
            raise UnknownNameError(f"found {column}= for the table {table!r}, which has no such column; leave it out.")
        values = [wanted] if isinstance(wanted, str | int) else list(wanted)
        _refuse_unknown(column, values)
        frame = frame[frame[column].isin(values)]
    return frame.reset_index(drop=True)


def _refuse_unknown(column: str, values: Sequence[object]) -> None:
    from ocindex.vocabulary.countries import country_of
    from ocindex.vocabulary.indicators import known_edition

    for value in values:
        if column == "iso3":
            country_of(str(value))
        else:
            known_edition(int(str(value)))
