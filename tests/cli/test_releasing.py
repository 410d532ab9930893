"""The commands diff and release: exit codes, formats, what a reader sees first."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from ocindex.dataset.load import open_dataset
from ocindex.pipeline import build


@pytest.fixture
def edited(raw: Path, tmp_path: Path) -> Path:
    """The bundled dataset after one word changed, one sentence went, one paragraph moved."""
    profile = raw / "profiles" / "PER_2021.txt"
    text = profile.read_text(encoding="utf-8")
    text = text.replace("a lesser extent, child adoption", "a lesser extent, infant adoption")
    text = text.replace("The local heroin market is very limited. ", "")
    start, end = text.index("Regarding cannabis"), text.index("\nCRIMINAL ACTORS")
    paragraph, text = text[start:end], text[:start] + text[end + 1 :]
    profile.write_text(text.replace("DRUGS\n", f"DRUGS\n{paragraph}\n"), encoding="utf-8")
    manifest = raw / "sources.csv"
    rows = manifest.read_text(encoding="utf-8").splitlines()
    rows[1] = rows[1].rpartition(",")[0] + ","
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    build(raw, tmp_path / "edited")
    return tmp_path / "edited"


def test_equal_datasets_exit_with_0(ocindex, published):
    answer = ocindex("diff", published, published)
    assert (answer.code, answer.err) == (0, "")
    assert "are the same" in answer.out


def test_one_edit_one_removal_one_move_and_no_other_noise(ocindex, published, edited):
    answer = ocindex("diff", published, edited)
    assert answer.code == 1
    assert "minor release" in answer.out
    assert "0 breaking · 2 revision · 0 coverage · 4 cosmetic" in answer.out
    assert "evidence gone  evidence: PER 2021 heroin_trade  [source]" in answer.out
    assert "− The local heroin market is very limited." in answer.out
    assert "[-child-] {+infant+} adoption" in answer.out
    assert answer.out.count("moved from") == 3


def test_json_says_everything_and_keeps_to_its_published_schema(ocindex, published, edited, repository):
    answer = ocindex("diff", published, edited, "--format", "json")
    assert answer.code == 1
    found = json.loads(answer.out)
    schema = json.loads((repository / "schema" / "changes.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(found, schema)
    first = [change for change in found["changes"] if change["follows"] is None and change["effect"] == "revision"]
    assert [change["kind"] for change in first] == ["removed", "edited"]
    assert first[1]["old"]["text"].replace("child", "infant") == first[1]["new"]["text"]
    assert {change["cause"] for change in found["changes"]} == {"source"}
    assert sum(item["changes"] + item["following"] for item in found["summary"]) == len(found["changes"])


def test_json_of_equal_datasets_is_whole_too(ocindex, published, repository):
    answer = ocindex("diff", published, published, "--format", "json")
    schema = json.loads((repository / "schema" / "changes.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(answer.out), schema)
    assert answer.code == 0


@pytest.mark.parametrize(("severity", "code"), [("any", 1), ("revision", 1), ("breaking", 0)])
def test_fail_on_sets_what_exits_with_1(ocindex, published, edited, severity, code):
    assert ocindex("diff", published, edited, "--fail-on", severity).code == code


def test_a_place_without_a_dataset_exits_with_2(ocindex, published, tmp_path):
    for place in (tmp_path / "nothing", "git:no-such-revision", "9.9.9"):
        answer = ocindex("diff", published, place)
        assert answer.code == 2
        assert answer.out == ""
        assert answer.err.startswith("Error: ")


def test_a_narrowed_view_leaves_out_what_a_reader_does_not_use(ocindex, published, edited):
    assert ocindex("diff", published, edited, "--iso3", "Peru", "--edition", "2021").code == 1
    assert ocindex("diff", published, edited, "--indicator", "wildlife").code == 2
    quiet = ocindex(
        "diff", published, edited, "--indicator", "arms_trafficking", "--edition", "2021", "--fail-on", "revision"
    )
    assert quiet.code == 0


def test_all_lists_what_follows_too(ocindex, published, edited):
    answer = ocindex("diff", published, edited, "--all")
    assert "follows from surroundings" in " ".join(answer.out.split())
    assert "more: --all" not in answer.out


def test_source_text_cannot_steer_the_terminal(ocindex, tmp_path: Path):
    (tmp_path / "a.csv").write_text('id,text\n1,"plain"\n', encoding="utf-8")
    (tmp_path / "b.csv").write_text('id,text\n1,"\x1b[31mred [bold]x[/bold]"\n', encoding="utf-8")
    answer = ocindex("diff", tmp_path / "a.csv", tmp_path / "b.csv", "--key", "id")
    assert answer.code == 1
    assert "\x1b" not in answer.out
    assert "[bold]x[/bold]" in answer.out


def test_the_same_comparison_gives_the_same_bytes(ocindex, published, edited):
    runs = {ocindex("diff", published, edited, "--format", "json").out for _ in range(3)}
    assert len(runs) == 1


def test_a_zip_and_a_descriptor_are_places_too(ocindex, published, edited, tmp_path):
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", published)
    assert ocindex("diff", packed, published / "datapackage.json").code == 0
    assert ocindex("diff", packed, edited).code == 1


PROFILE = "TRADE\nArms trafficking is a concern in Peru. Firearms are smuggled over the border.\n"


def write_raw(folder: Path, *, text: str = PROFILE) -> Path:
    """Write a raw folder with one profile."""
    (folder / "profiles").mkdir(parents=True, exist_ok=True)
    (folder / "profiles" / "PER_2021.txt").write_text(text, encoding="utf-8")
    row = "path,kind,iso3,edition\nprofiles/PER_2021.txt,profile,PER,2021\n"
    (folder / "sources.csv").write_text(row, encoding="utf-8")
    return folder


def test_release_tells_version_counts_and_where_the_copy_is(tmp_path, ocindex) -> None:
    raw, dist, kept = write_raw(tmp_path / "raw"), tmp_path / "dist", tmp_path / "releases"
    first = ocindex("release", "--raw", raw, "--dist", dist, "--releases", kept)
    assert first.code == 0
    assert first.out == (
        f"released {dist}, version 0.1.0 after none: minor, the first release\nkept as {kept / '0.1.0'}\n"
    )
    again = ocindex("release", "--raw", raw, "--dist", dist)
    assert (again.code, again.out) == (0, "nothing changed since 0.1.0: nothing released\n")
    write_raw(raw, text=PROFILE.replace("smuggled", "carried"))
    dry = ocindex("release", "--raw", raw, "--dist", dist, "--bump", "major", "--dry-run")
    assert dry.code == 0
    assert dry.out.startswith(f"would release {dist}, version 1.0.0 after 0.1.0: major, 1 revision, 1 cosmetic\n\n## 1")
    assert "--bump major as asked; the changes ask for minor" in dry.err
    assert open_dataset(dist).version == "0.1.0"


def test_release_refuses_too_small_a_bump_with_one_line(tmp_path, ocindex, tree) -> None:
    raw, dist = write_raw(tmp_path / "raw"), tmp_path / "dist"
    assert ocindex("release", "--raw", raw, "--dist", dist).code == 0
    write_raw(raw, text=PROFILE.replace("smuggled", "carried"))
    before = tree(dist)
    answer = ocindex("release", "--raw", raw, "--dist", dist, "--bump", "patch")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Error: found --bump patch for changes that ask for minor")
    assert tree(dist) == before
