"""Schemas: what lies in schema/ is what the models say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ocindex.dataset.models import table_models
from ocindex.dataset.schema import field_type, render_schemas, table_schema, write_schemas

KINDS = {"str": "string", "int": "integer", "Int": "integer", "float": "number", "bool": "boolean"}


@pytest.mark.parametrize("name", render_schemas())
def test_the_committed_file_equals_a_fresh_rendering(name: str, repository: Path) -> None:
    committed = (repository / "schema" / name).read_bytes().decode("utf-8")
    assert committed == render_schemas()[name], "run `ocindex schema` and commit schema/"


def test_no_schema_is_left_over_from_a_table_that_is_gone(repository: Path) -> None:
    assert {path.stem for path in (repository / "schema" / "tables").iterdir()} == set(table_models())


@pytest.mark.parametrize("name", table_models())
def test_a_field_says_type_null_range_and_categories(name: str) -> None:
    model = table_models()[name]
    fields = {field["name"]: field for field in table_schema(model)["fields"]}
    assert list(fields) == list(model.columns)
    for column, field in model.columns.items():
        rendered = fields[column]
        assert rendered["description"] == field.description
        assert rendered["type"] == field_type(field)
        assert rendered.get("constraints", {}).get("required", False) is not field.nullable
        for check in field.checks:
            if check.name == "isin":
                assert rendered["categories"] == list(check.statistics["allowed_values"])
            if check.name == "greater_than_or_equal_to":
                assert rendered["constraints"]["minimum"] == check.statistics["min_value"]
            if check.name == "less_than_or_equal_to":
                assert rendered["constraints"]["maximum"] == check.statistics["max_value"]


def test_the_schema_of_spans_is_this() -> None:
    schema = table_schema(table_models()["spans"])
    assert schema["primaryKey"] == ["document_id", "start"]
    assert schema["foreignKeys"] == [
        {"fields": ["document_id"], "reference": {"resource": "documents", "fields": ["document_id"]}}
    ]
    assert schema["missingValues"] == [""]
    start = schema["fields"][1]
    assert start == {
        "name": "start",
        "type": "integer",
        "description": "First code point in documents.text, from 0.",
        "constraints": {"required": True, "minimum": 0},
        "ocindex:unit": "code points",
    }


def test_the_dictionary_names_every_column_of_every_table() -> None:
    text = render_schemas()["README.md"]
    for name, model in table_models().items():
        part = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")] == list(model.columns)


def test_a_second_writing_changes_nothing(tmp_path: Path) -> None:
    assert {path.relative_to(tmp_path).as_posix() for path in write_schemas(tmp_path)} == set(render_schemas())
    assert write_schemas(tmp_path) == []
    (tmp_path / "tables" / "spans.json").write_text("{}", encoding="utf-8")
    assert write_schemas(tmp_path) == [tmp_path / "tables" / "spans.json"]
    assert json.loads((tmp_path / "tables" / "spans.json").read_text(encoding="utf-8"))["name"] == "spans"
