"""A published dataset in, what today's code misses in it out."""

from __future__ import annotations

import json
from pathlib import Path

from ocindex.dataset.descriptor import DESCRIPTOR
from ocindex.errors import DatasetError


def find_misfits(folder: Path) -> list[str]:
    """List the tables and columns that this version of the package reads and the dataset lacks.

    Columns beyond those do no harm; `ocindex.load` and ``.sql`` read any release, whatever
    schema wrote it.
    """
    from ocindex.dataset.models import table_models

    descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    described = {
        str(resource.get("name")): [field["name"] for field in (resource.get("schema") or {}).get("fields", [])]
        for resource in descriptor["resources"]
    }
    found = [f"table {name}" for name in table_models() if name not in described]
    for name, model in table_models().items():
        # A resource without a schema says nothing of its columns; reading it will.
        if described.get(name):
            found += [f"{name}.{column}" for column in model.columns if column not in described[name]]
    return found


def refuse_misfit(folder: Path) -> None:
    """Refuse a dataset that this version of the package cannot answer from.

    Raises
    ------
    DatasetError
        Naming the version of both, and what is missing.
    """
    import ocindex
    from ocindex.dataset.load import read_descriptor

    missing = find_misfits(folder)
    if missing:
        shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if missing[5:] else "")
        raise DatasetError(
            f"{folder}: found a dataset of version {read_descriptor(folder)[0]} without {shown}; expected the schema "
            f"that ocindex {ocindex.__version__} reads; install the ocindex that wrote it, build it again, or read it with "
            "ocindex.load and ocindex.open."
        )
