"""A dataset and its files in, the Data Package descriptor out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.dataset.schema import table_schema

if TYPE_CHECKING:
    from ocindex.dataset.dataset import Dataset

DESCRIPTOR = "datapackage.json"
RIGHTS = (
    "The tables' arrangement, codes and labels are offered under CC BY 4.0. Source texts and scores belong to their "
    "publishers and are quoted with their source; see the table documents, columns publisher and rights, before "
    "passing them on."
)


def describe(dataset: Dataset, folder: Path) -> dict[str, object]:
    """Build the descriptor of a dataset whose files lie in a folder.

    Parameters
    ----------
    dataset : Dataset
    folder : pathlib.Path
        Holds ``parquet/NAME.parquet`` and ``csv/NAME.csv`` of every table.

    Returns
    -------
    dict
        Data Package v2: per table the resources ``NAME`` and ``NAME-csv``, with
        hash and bytes of each file and foreign keys within one format.
    """
    from ocindex.dataset.models import table_models

    resources = []
    for suffix, kind, mediatype in (("", "parquet", "application/vnd.apache.parquet"), ("-csv", "csv", "text/csv")):
        for name, model in table_models().items():
            path = f"{kind}/{name}.{kind}"
            resource: dict[str, object] = {
                "name": f"{name}{suffix}",
                "title": model.title,
                "path": path,
                "format": kind,
                "mediatype": mediatype,
                "encoding": "utf-8",
                "bytes": (folder / path).stat().st_size,
                "hash": f"sha256:{_hash(folder / path)}",
                "rows": len(dataset.table(name)),
                "schema": _suffixed(table_schema(model), suffix),
            }
            if kind == "csv":
                resource["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "header": True}
            if kind == "parquet":
                del resource["encoding"]
            resources.append(resource)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ocindex",
        "title": "Global Organized Crime Index: scores, text and evidence",
        "description": (
            "One row per indicator with score, text and evidence; each piece of evidence is a sentence with its exact "
            "position in its source. CSV: a string cell that begins with ' and then one of = + - @ tab, CR, LF or "
            "their full-width forms has one ' put in front of it; take it away when reading."
        ),
        "version": dataset.version,
        "ocindex:contentHash": f"sha256:{content_hash(folder)}",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": RIGHTS}],
        "sources": _sources(dataset),
        "resources": resources,
    }


def content_hash(folder: Path) -> str:
    """Hash what a dataset says, whatever program wrote its Parquet.

    Returns
    -------
    str
        SHA-256 in hex over the lines ``sha256  csv/name.csv``, sorted by name.
    """
    lines = [f"{_hash(path)}  csv/{path.name}\n" for path in sorted((folder / "csv").glob("*.csv"))]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def write_descriptor(dataset: Dataset, folder: Path) -> None:
    """Write ``datapackage.json`` beside the files that it describes."""
    text = json.dumps(describe(dataset, folder), indent=2, ensure_ascii=False) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")


def _sources(dataset: Dataset) -> list[dict[str, str]]:
    sources = []
    for row in dataset.table("documents").itertuples():
        source = {"title": row.title if isinstance(row.title, str) else row.document_id}
        if isinstance(row.url, str):
            source["path"] = row.url
        if isinstance(row.rights, str):
            source["ocindex:rights"] = row.rights
        source["ocindex:document_id"] = row.document_id
        source["ocindex:publisher"] = row.publisher if isinstance(row.publisher, str) else "unknown"
        sources.append(source)
    return sources


def _suffixed(schema: dict[str, object], suffix: str) -> dict[str, object]:
    keys = schema.get("foreignKeys")
    if not suffix or not isinstance(keys, list):
        return schema
    pointed = [
        {"fields": key["fields"], "reference": key["reference"] | {"resource": key["reference"]["resource"] + suffix}}
        for key in keys
    ]
    return schema | {"foreignKeys": pointed}


def _hash(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
