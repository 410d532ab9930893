"""A published folder in, every check that it fails out."""

from __future__ import annotations

import json
from pathlib import Path

from ocindex.dataset.descriptor import DESCRIPTOR, content_hash
from ocindex.dataset.load import open_dataset, read_descriptor
from ocindex.dataset.validation import find_failures
from ocindex.errors import DatasetError


def check_published(folder: Path) -> list[str]:
    """Check schemas, keys, hashes, every quote, and that CSV says what Parquet says.

    Parameters
    ----------
    folder : pathlib.Path
        Published dataset.

    Returns
    -------
    list of str
        One line per failure; empty where all is well.

    Raises
    ------
    DatasetError
        If there is no dataset to check.
    """
    read_descriptor(folder)
    failures = []
    frames = {}
    for kind in ("parquet", "csv"):
        dataset = open_dataset(folder, format=kind)
        for name in dataset.tables:
            try:
                frames[kind, name] = dataset.table(name)
            except (DatasetError, OSError, ValueError) as error:
                failures.append(str(error))
    if failures:
        return failures
    failures = find_failures({name: frame for (kind, name), frame in frames.items() if kind == "parquet"})
    for (kind, name), frame in frames.items():
        if kind == "csv" and not frame.equals(frames.get(("parquet", name))):
            failures.append(f"csv/{name}.csv: does not say what parquet/{name}.parquet says")
    described = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8")).get("ocindex:contentHash")
    if described != f"sha256:{content_hash(folder)}":
        failures.append(f"{DESCRIPTOR}: found content hash {described}; expected sha256:{content_hash(folder)}")
    return failures
