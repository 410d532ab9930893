"""The models in, Table Schemas and a data dictionary out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandera.api.pandas.components import Column
    from pandera.api.pandas.container import DataFrameSchema


def table_schema(model: DataFrameSchema) -> dict[str, object]:
    """Render one model as a Table Schema (Data Package v2).

    Parameters
    ----------
    model : pandera.DataFrameSchema

    Returns
    -------
    dict
        ``fields`` with type, description, categories and constraints, then
        ``primaryKey`` and ``foreignKeys``. Units stand under ``ocindex:unit``, a
        namespaced property: the standard has none.
    """
    schema: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": model.name,
        "title": model.title,
        "fields": [_field(name, column) for name, column in model.columns.items()],
        "missingValues": [""],
        "primaryKey": model.metadata["key"],
    }
    keys = model.metadata["foreign_keys"]
    if keys:
        schema["foreignKeys"] = [
            {"fields": key["columns"], "reference": {"resource": key["table"], "fields": key["references"]}}
            for key in keys
        ]
    return schema


def field_type(column: Column) -> str:
    """Give the Table Schema type of a column."""
    dtype = str(column.dtype).lower()
    if "string" in dtype:
        return "string"
    return "boolean" if "bool" in dtype else "number" if "float" in dtype else "integer"


def render_schemas() -> dict[str, str]:
    """Render every file that follows from the models.

    Returns
    -------
    dict of str to str
        Path below ``schema/`` to the file's text: ``tables/NAME.json`` and
        ``README.md``, the data dictionary.
    """
    from ocindex.dataset.models import table_models

    models = table_models()
    files = {
        f"tables/{name}.json": json.dumps(table_schema(model), indent=2, ensure_ascii=False) + "\n"
        for name, model in models.items()
    }
    files["README.md"] = _dictionary(models)
    return files


def write_schemas(folder: Path) -> list[Path]:
    """Write the rendered files below a folder; returns those that changed."""
    changed = []
    for name, text in render_schemas().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def _field(name: str, column: Column) -> dict[str, object]:
    field: dict[str, object] = {"name": name, "type": field_type(column), "description": column.description}
    constraints: dict[str, object] = {} if column.nullable else {"required": True}
    for check in column.checks:
        statistics = check.statistics or {}
        if check.name == "isin":
            field["categories"] = list(statistics["allowed_values"])
        elif check.name == "str_matches":
            constraints["pattern"] = str(statistics["pattern"]).removeprefix("^").removesuffix(r"\Z")
        elif check.name == "greater_than_or_equal_to":
            constraints["minimum"] = statistics["min_value"]
        elif check.name == "less_than_or_equal_to":
            constraints["maximum"] = statistics["max_value"]
    if constraints:
        field["constraints"] = constraints
    for name_, value in (column.metadata or {}).items():
        field[f"ocindex:{name_}"] = value
    return field


def _dictionary(models: dict[str, DataFrameSchema]) -> str:
    lines = [
        "# Data dictionary",
        "",
        "Rendered by `ocindex schema` from the models in `src/ocindex/dataset/models/`; do not edit.",
        "The code lists in `vocabulary/` are kept by hand.",
        "",
        "| table | one row per | key |",
        "|---|---|---|",
    ]
    for name, model in models.items():
        lines.append(f"| [`{name}`](#{name}) | {_cell(model.title)} | {', '.join(model.metadata['key'])} |")
    for name, model in models.items():
        lines += ["", f"## {name}", "", str(model.title), ""]
        for key in model.metadata["foreign_keys"]:
            (column,), (reference,) = key["columns"], key["references"]
            lines.append(f"- `{column}` → `{key['table']}.{reference}`")
        if model.metadata["foreign_keys"]:
            lines.append("")
        lines += ["| column | type | null | unit and range | meaning |", "|---|---|---|---|---|"]
        for column_name, column in model.columns.items():
            lines.append(
                f"| `{column_name}` | {field_type(column)} | {'yes' if column.nullable else 'no'} | "
                f"{_cell(_range(column))} | {_cell(column.description)} |"
            )
    return "\n".join(lines) + "\n"


def _range(column: Column) -> str:
    parts = []
    field = _field("", column)
    unit = field.get("ocindex:unit")
    if unit:
        parts.append(str(unit))
    constraints = field.get("constraints", {})
    assert isinstance(constraints, dict)
    if "minimum" in constraints or "maximum" in constraints:
        parts.append(f"{constraints.get('minimum', '')}…{constraints.get('maximum', '')}")
    categories = field.get("categories")
    if isinstance(categories, list):
        listed = ", ".join(f"`{value}`" for value in categories)
        parts.append(listed if len(categories) <= 6 else f"one of {len(categories)} codes")
    if "pattern" in constraints:
        parts.append(f"`{constraints['pattern']}`")
    return "; ".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
