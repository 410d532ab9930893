"""The descriptor: a Data Package v2 that says of each file what it is, and says the truth."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import duckdb
import pytest

from ocindex.dataset.dataset import Dataset
from ocindex.dataset.descriptor import content_hash
from ocindex.dataset.models import table_models

# Between the spans of each text stands white space only, no span overlaps the
# next, and before the first and behind the last there is nothing else either.
SPANS_COVER = r"""
with pieces as (
    select document_id, start, "end" from spans
    union all
    select document_id, length(text), length(text) from documents where text is not null
), gaps as (
    select document_id, start, lag("end", 1, 0) over (partition by document_id order by start, "end") as previous
    from pieces
)
select count(*) from gaps join documents d using (document_id)
where start < previous
   or not regexp_full_match(substr(d.text, previous + 1, start - previous), '[\s\v\x{1c}-\x{1f}\x{85}\p{Z}]*')
"""
QUOTES_STAND = (
    "select count(*) from evidence e join documents d using (document_id) "
    'where substr(d.text, e.start + 1, e."end" - e.start) <> e.quote'
)


@pytest.fixture
def descriptor(published: Path) -> dict[str, object]:
    found = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def database(published: Path) -> duckdb.DuckDBPyConnection:
    """Views over the Parquet files alone."""
    connection = duckdb.connect()
    for path in (published / "parquet").iterdir():
        connection.execute(f"create view {path.stem} as select * from '{path}'")
    return connection


def count(database: duckdb.DuckDBPyConnection, query: str) -> int:
    row = database.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def test_the_package_has_what_version_2_of_the_standard_wants(descriptor: dict) -> None:
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[-a-z0-9._/]+", descriptor["name"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", descriptor["version"])
    assert descriptor["resources"]
    for licence in descriptor["licenses"]:
        assert licence["name"] or licence["path"]
    for source in descriptor["sources"]:
        assert source["title"]
        assert source.get("path", "https://").startswith("https://")


def test_it_does_not_say_when_or_where_it_was_made(descriptor: dict, published: Path) -> None:
    assert "created" not in descriptor
    assert str(published.parent) not in json.dumps(descriptor)


def test_every_table_is_a_resource_in_both_formats(descriptor: dict) -> None:
    names = [resource["name"] for resource in descriptor["resources"]]
    assert names == [*table_models(), *(f"{name}-csv" for name in table_models())]


def test_every_file_is_described_and_is_as_described(descriptor: dict, published: Path) -> None:
    paths = [resource["path"] for resource in descriptor["resources"]]
    files = {path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()}
    assert files == {*paths, "datapackage.json"}
    assert len(set(paths)) == len(paths)
    for resource in descriptor["resources"]:
        data = (published / resource["path"]).read_bytes()
        assert not resource["path"].startswith(("/", "."))
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["path"].endswith(f".{resource['format']}")


def test_csv_says_how_it_is_written_and_parquet_says_no_encoding(descriptor: dict) -> None:
    for resource in descriptor["resources"]:
        if resource["format"] == "csv":
            assert resource["mediatype"] == "text/csv"
            assert resource["encoding"] == "utf-8"
            assert resource["dialect"]["delimiter"] == ","
        else:
            assert resource["mediatype"] == "application/vnd.apache.parquet"
            assert "encoding" not in resource


def test_schemas_name_the_columns_of_the_files_in_their_order(
    descriptor: dict, database: duckdb.DuckDBPyConnection, published: Path
) -> None:
    for resource in descriptor["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        found = database.execute(f"describe select * from '{published / resource['path']}'").fetchall()
        assert fields == [row[0] for row in found]
        assert set(resource["schema"]["primaryKey"]) <= set(fields)
        for field in resource["schema"]["fields"]:
            assert field["type"] in ("string", "integer", "number", "boolean")
            assert field["description"]


def test_foreign_keys_name_resources_and_columns_of_the_same_format(descriptor: dict) -> None:
    fields = {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in descriptor["resources"]
    }
    seen = 0
    for resource in descriptor["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            target = key["reference"]["resource"]
            assert target.endswith("-csv") == resource["name"].endswith("-csv")
            assert set(key["fields"]) <= fields[resource["name"]]
            assert set(key["reference"]["fields"]) <= fields[target]
            seen += 1
    assert seen


def test_rows_are_counted(descriptor: dict, assembled: Dataset) -> None:
    for resource in descriptor["resources"]:
        assert resource["rows"] == len(assembled.table(resource["name"].removesuffix("-csv")))


def test_the_content_hash_is_over_the_csv_files_alone(descriptor: dict, published: Path) -> None:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  csv/{path.name}\n"
        for path in sorted((published / "csv").iterdir())
    ]
    expected = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert descriptor["ocindex:contentHash"] == f"sha256:{expected}"
    (published / "CHANGELOG.md").write_text("new", encoding="utf-8")
    (published / "parquet" / "editions.parquet").write_bytes(b"another writer")
    assert content_hash(published) == expected


def test_sources_name_every_document_with_publisher_and_rights(descriptor: dict, assembled: Dataset) -> None:
    sources = {source["ocindex:document_id"]: source for source in descriptor["sources"]}
    assert list(sources) == assembled.documents["document_id"].tolist()
    profile = sources["profiles/PER_2021"]
    assert profile["ocindex:publisher"] == "Global Initiative Against Transnational Organized Crime"
    assert "not covered by the licence" in profile["ocindex:rights"]


def test_every_quote_is_proven_by_the_sql_of_the_readme(database: duckdb.DuckDBPyConnection) -> None:
    assert count(database, "select count(*) from evidence") > 0
    assert count(database, QUOTES_STAND) == 0


def test_a_shifted_quote_is_found_by_the_sql(database: duckdb.DuckDBPyConnection) -> None:
    database.execute("create table moved as select * replace (start + 1 as start) from evidence")
    assert count(database, QUOTES_STAND.replace("from evidence", "from moved")) > 0


def test_nothing_of_any_text_lies_outside_the_spans(database: duckdb.DuckDBPyConnection) -> None:
    assert count(database, "select count(*) from spans") > 0
    assert count(database, SPANS_COVER) == 0


@pytest.mark.parametrize(
    "spans",
    [
        "select * from spans where start > 0",
        "select * replace (start + 1 as start) from spans",
        'select * replace ("end" - 1 as "end") from spans',
        'select * replace ("end" + 5 as "end") from spans',
        "select * from spans where kind <> 'heading'",
        "select * from spans s where start < (select max(start) from spans t where t.document_id = s.document_id)",
        "select * from spans where document_id <> 'profiles/PER_2021'",
    ],
)
def test_a_gap_or_an_overlap_is_found_by_the_sql(spans: str, database: duckdb.DuckDBPyConnection) -> None:
    database.execute(f"create table altered as {spans}")
    assert count(database, SPANS_COVER.replace("from spans", "from altered")) > 0


def test_every_white_space_of_python_is_white_space_to_the_sql() -> None:
    blanks = "".join(chr(code) for code in range(0x110000) if chr(code).isspace())
    with duckdb.connect() as connection:
        connection.execute("create table documents as select 'd' as document_id, 'a' || ? || 'b' as text", [blanks])
        connection.execute(
            "create table spans as select 'd' as document_id, unnest([0, ?]) as start, unnest([1, ?]) as \"end\"",
            [len(blanks) + 1, len(blanks) + 2],
        )
        assert count(connection, SPANS_COVER) == 0
