"""compare, rank and fetch, and the library calls of the same names: answers, messages and exit codes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ocindex as package
from ocindex.dataset.publish import publish
from ocindex.pipeline import assemble

Run = Callable[..., Any]
SCORES = {
    # iso3: cocaine_trade in 2021 and in 2025
    "PER": (9.0, 9.0),
    "COL": (9.0, 9.5),
    "BRA": (7.0, 8.0),
    "KEN": (4.0, 5.0),
    "NAM": (3.0, 3.0),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    lines = ["iso3,edition,measure,score"]
    for iso3, (then, now) in SCORES.items():
        lines += [f"{iso3},2021,cocaine_trade,{then}", f"{iso3},2025,cocaine_trade,{now}"]
        lines += [f"{iso3},2025,financial_crimes,{now}"]
    (folder / "raw").mkdir()
    (folder / "raw" / "scores.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "raw" / "sources.csv").write_text("path,kind\nscores.csv,scores\n", encoding="utf-8")
    publish(assemble(folder / "raw"), folder / "dist")
    return folder / "dist"


def parse(text: str) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


def line_of(answer: Any, label: str) -> list[str]:
    return next(line for line in answer.out.splitlines() if label in line).split()


def test_compare_names_the_country_the_basis_and_what_each_change_means(ocindex: Run) -> None:
    answer = ocindex("compare", "Peru", 2021, 2025)
    assert answer.code == 0
    assert answer.out.startswith("Peru (PER), 2021 to 2025\n")
    assert "2021 basis: the 14 criminality and 12 resilience indicators" in answer.out
    assert line_of(answer, "Arms trafficking")[-4:] == ["5.5", "7.0", "+1.5", "worse"]
    assert line_of(answer, "Financial crimes")[-4:] == ["n/a", "6.0", "n/a", "n/a"]
    assert line_of(answer, "Cocaine trade")[-2:] == ["0.0", "same"]
    assert "Arms trafficking, 2021: Peru is a transit point for illegal weapons" in answer.out
    assert answer.err.startswith("bundled dataset 0.3.0: scores of 1 country")


def test_compare_of_equal_lists_names_the_published_averages(ocindex: Run) -> None:
    answer = ocindex("compare", "PER", 2023, 2025)
    assert "Published averages: both editions have the same 20 and 12 indicators" in answer.out
    assert line_of(answer, "Criminality")[-4:] == ["6.40", "6.62", "+0.22", "worse"]


def test_compare_gives_json_with_null_for_what_is_absent(ocindex: Run) -> None:
    answer = ocindex("compare", "PER", 2021, 2025, "--json")
    assert answer.code == 0
    rows = {row["measure"]: row for row in parse(answer.out)}
    assert len(rows) == 36
    absent = rows["financial_crimes"]
    assert (absent["then"], absent["change"], absent["means"], absent["text_now"]) == (None, None, None, None)
    assert (rows["arms_trafficking"]["change"], rows["arms_trafficking"]["means"]) == (1.5, "worse")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Wakanda", 2021, 2025), "found no country 'Wakanda'"),
        (("Congo", 2021, 2025), "COD (Congo, Dem. Rep.) or COG (Congo, Rep.)"),
        (("PER", 2021, 2022), "found edition 2022; expected one of 2021, 2023, 2025"),
        (("KEN", 2021, 2025), "found neither edition 2021 nor 2025 of KEN"),
        (("PER", "then", 2025), "'then' is not a valid integer"),
    ],
)
def test_compare_refuses_what_it_cannot_answer(arguments: tuple[object, ...], says: str, ocindex: Run) -> None:
    answer = ocindex("compare", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert "Traceback" not in answer.err


def test_rank_shows_levels_of_an_indicator_with_one_decimal(small: Path, ocindex: Run) -> None:
    answer = ocindex("rank", "Cocaine trade", "--edition", 2025, "--dist", small)
    assert answer.code == 0
    assert answer.out.startswith("Cocaine trade, edition 2025: 5 ranked\n")
    assert line_of(answer, "Colombia (COL)") == ["1", "Colombia", "(COL)", "South", "America", "9.5"]
    assert answer.err == f"dataset {small} 0.1.0: scores of 5 countries, text of 0 countries\n"


def test_rank_shows_averages_with_two_decimals(ocindex: Run) -> None:
    assert line_of(ocindex("rank", "criminality"), "Peru (PER)")[-1] == "6.62"


def test_rank_takes_the_newest_edition_without_one(small: Path, ocindex: Run) -> None:
    assert "edition 2025" in ocindex("rank", "cocaine_trade", "--dist", small).out


def test_rank_by_change_gives_then_now_change_and_meaning(small: Path, ocindex: Run) -> None:
    answer = ocindex("rank", "cocaine_trade", "--since", 2021, "--dist", small)
    assert line_of(answer, "Brazil (BRA)")[0] == "1="
    assert line_of(answer, "Brazil (BRA)")[-4:] == ["7.0", "8.0", "+1.0", "worse"]
    assert line_of(answer, "Namibia (NAM)")[-4:] == ["3.0", "3.0", "0.0", "same"]


def test_top_never_cuts_through_a_shared_rank(small: Path, ocindex: Run) -> None:
    options = ("cocaine_trade", "--edition", 2021, "--top", 1, "--json", "--dist", small)
    rows = parse(ocindex("rank", *options).out)
    assert [(row["iso3"], row["rank"], row["of"], row["tied"]) for row in rows] == [
        ("COL", 1, 5, True),
        ("PER", 1, 5, True),
    ]


@pytest.mark.parametrize("region", ["South America", "south_america", "SOUTH AMERICA"])
def test_rank_keeps_to_a_region(region: str, small: Path, ocindex: Run) -> None:
    rows = parse(ocindex("rank", "cocaine_trade", "--region", region, "--json", "--dist", small).out)
    assert [row["iso3"] for row in rows] == ["COL", "PER", "BRA"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("crime",), "found no indicator 'crime'; expected one of: criminality, "),
        (("cocaine_trade", "--region", "Atlantis"), "found no region 'Atlantis'; expected one of Africa, "),
        (("cocaine_trade", "--edition", 2022), "found edition 2022; expected one of 2021, 2023, 2025"),
        (("financial_crimes", "--edition", 2021), "expected it since 2023"),
        (("financial_crimes", "--since", 2021), "expected it since 2023"),
        (("cocaine_trade", "--region", "Oceania"), "build with `--workbook`"),
        (("cocaine_trade", "--top", 0), "--top"),
    ],
)
def test_rank_refuses_what_it_cannot_answer(
    arguments: tuple[object, ...], says: str, small: Path, ocindex: Run
) -> None:
    answer = ocindex("rank", *arguments, "--dist", small)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_fetch_prints_the_path_of_the_cached_workbook(
    tmp_path: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pooch", reason="ocindex[fetch] is not installed")
    (tmp_path / "global_oc_index_2025.xlsx").write_bytes(b"known")
    known = {hashlib.sha256(b"known").hexdigest(): 2025}
    monkeypatch.setattr("ocindex.reading.fetch.KNOWN_HASHES", known)
    monkeypatch.setenv("OCINDEX_CACHE", str(tmp_path))
    answer = ocindex("fetch")
    assert (answer.code, answer.out) == (0, f"{tmp_path / 'global_oc_index_2025.xlsx'}\n")
    assert "ocindex build --workbook cached" in answer.err


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:9/book.xlsx", "go online or set a proxy"),
        ("file:///etc/hostname", "expected one that begins with https://"),
    ],
)
def test_fetch_without_the_file_says_what_to_do(
    url: str, says: str, tmp_path: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pooch", reason="ocindex[fetch] is not installed")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OCINDEX_CACHE", str(tmp_path))
    answer = ocindex("fetch", "--url", url)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_fetch_without_its_extra_names_it(ocindex: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pooch", None)
    answer = ocindex("fetch")
    assert (answer.code, answer.out) == (2, "")
    assert 'pip install "ocindex[fetch]"' in answer.err


def test_the_library_compares_ranks_and_averages(small: Path) -> None:
    changes = package.compare("Brazil", 2021, 2025, dist=small).set_index("measure")
    assert changes.loc["cocaine_trade", ["then", "now", "change", "means"]].tolist() == [7.0, 8.0, 1.0, "worse"]
    assert set(package.compare(then=2021, now=2025, dist=small)["iso3"]) == set(SCORES)
    assert package.rank("cocaine_trade", edition=2021, top=1, dist=small)["iso3"].tolist() == ["COL", "PER"]
    means = package.aggregate(by="continent", edition=2021, dist=small)
    rows = means[means["measure"] == "cocaine_trade"]
    assert rows[["group", "mean", "countries"]].values.tolist() == [["Africa", 3.5, 2], ["Americas", 25 / 3, 3]]


@pytest.mark.parametrize("first", ["ocindex.compare.editions", "ocindex.compare", "ocindex.pipeline", "ocindex"])
def test_compare_can_be_called_whatever_was_imported_first(first: str) -> None:
    program = (
        f"import {first}\nimport ocindex\n"
        "print(len(ocindex.compare('PER', 2021, 2025)), ocindex.compare.__name__)\n"
        "print(len(ocindex.rank('criminality')), len(ocindex.aggregate(by='continent', edition=2023)))\n"
        "from ocindex import compare\nassert compare is ocindex.compare\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["36", "ocindex.compare", "1", "36"]


def test_an_unknown_workbook_is_kept_apart_and_never_taken_for_cached(
    tmp_path: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "unknown_0123456789abcdef.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    monkeypatch.setenv("OCINDEX_CACHE", str(tmp_path))
    answer = ocindex("build", "--workbook", "cached", "--raw", tmp_path / "raw", "--dist", tmp_path / "dist")
    assert (answer.code, answer.out) == (2, "")
    assert "run `ocindex fetch`, or give a file" in answer.err
    assert not (tmp_path / "dist").exists()
