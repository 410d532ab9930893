"""show, find and quote: what they answer, from which dataset, and with which exit code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ocindex as package
from ocindex.dataset.dataset import Dataset

Run = Callable[..., Any]
HOLDS = "scores of 1 country, text of 1 country"


def refuse_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def parse(text: str) -> Any:
    return json.loads(text, parse_constant=refuse_constant)


@pytest.mark.parametrize("country", ["PER", "per", "Peru", "PERU", "Perú"])
def test_a_country_is_found_by_code_or_name_in_any_case(country: str, ocindex: Run) -> None:
    answer = ocindex("show", country)
    assert answer.code == 0
    assert answer.out.startswith("Peru (PER), edition 2021")


def test_a_page_shows_every_indicator_with_score_direction_and_count(ocindex: Run, assembled: Dataset) -> None:
    answer = ocindex("show", "PER")
    rows = assembled.indicators[assembled.indicators["edition"] == 2021]
    for row in rows.itertuples():
        line = next(line for line in answer.out.splitlines() if line.strip().startswith(row.label))
        assert re.search(rf"\s{row.score:g}(\.0)?\s", line)
    for direction in ("worse", "better"):
        assert re.search(rf"higher\s+(is\s+)?{direction}", answer.out)


def test_another_edition_is_shown_on_request(ocindex: Run) -> None:
    answer = ocindex("show", "PER", "--edition", 2025)
    assert answer.code == 0
    assert answer.out.startswith("Peru (PER), edition 2025")
    assert "(no profile read for this edition)" in answer.out


@pytest.mark.parametrize("name", ["arms_trafficking", "Arms trafficking", "ARMS-TRAFFICKING"])
def test_an_indicator_is_shown_with_its_text_and_evidence(name: str, ocindex: Run, assembled: Dataset) -> None:
    answer = ocindex("show", "PER", "--indicator", name)
    assert answer.code == 0
    flat = " ".join(answer.out.split())
    evidence = assembled.evidence
    own = evidence[(evidence["indicator"] == "arms_trafficking") & (evidence["tier"] == "assessment")]
    assert len(own)
    for row in own.itertuples():
        assert " ".join(row.text.split()) in flat
        assert row.evidence_id in flat
    assert "Also touches on this" in flat or set(own["relation"]) == {"primary"}


def test_articles_are_counted_in_one_line_and_shown_on_request(ocindex: Run, assembled: Dataset) -> None:
    evidence = assembled.evidence
    article = evidence[(evidence["indicator"] == "arms_trafficking") & (evidence["tier"] == "article")]
    answer = ocindex("show", "PER", "--indicator", "arms_trafficking")
    assert f"articles: {len(article)} sentence" in answer.out
    assert "Articles (not part" not in answer.out
    answer = ocindex("show", "PER", "--indicator", "arms_trafficking", "--tier", "all")
    assert "Articles (not part of the assessment)" in answer.out
    assert "not shown" not in answer.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "Congo"), "COD (Congo, Dem. Rep.) or COG (Congo, Rep.)"),
        (("show", "Wakanda"), "found no country 'Wakanda'; expected an iso3 code or a country's name"),
        (("show", "PE"), "found no country 'PE'"),
        (("show", "COL"), "found nothing on COL (Colombia) in this dataset"),
        (("show", "PER", "--edition", "2022"), "found edition 2022; expected one of 2021, 2023, 2025"),
        (("show", "PER", "--indicator", "piracy"), "found no indicator 'piracy'; expected one of: "),
        (("show", "PER", "--indicator", "criminality"), "found criminality, an average; expected an indicator"),
        (
            ("show", "PER", "--edition", "2021", "--indicator", "cyber_dependent_crimes"),
            "expected it since 2023; give --edition 2023",
        ),
        (("quote", "Congo", "gold"), "COD"),
        (("quote", "Wakanda", "gold"), "found no country 'Wakanda'"),
        (("show", "PER", "--dist", "no/such/folder"), "no/such/folder: found no datapackage.json"),
        (("find", "gold", "--dist", "no/such/folder"), "no/such/folder: found no datapackage.json"),
    ],
)
def test_what_cannot_be_answered_is_one_message_and_exit_code_2(
    arguments: tuple[str, ...], says: str, ocindex: Run
) -> None:
    answer = ocindex(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("Error: ")
    assert answer.err.count("\n") == 1
    assert says in answer.err or all(code in answer.err for code in ("COD", "COG"))


def test_an_ambiguous_name_lists_both_codes(ocindex: Run) -> None:
    answer = ocindex("show", "Congo")
    assert answer.code == 2
    assert "COD (" in answer.err
    assert "COG (" in answer.err


def test_an_unknown_indicator_lists_every_one(ocindex: Run, assembled: Dataset) -> None:
    error = ocindex("show", "PER", "--indicator", "piracy").err
    assert all(code in error for code in assembled.indicator_codes["indicator"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "PER"),
        ("show", "PER", "--indicator", "arms_trafficking"),
        ("find", "coca"),
        ("quote", "PER", "coca"),
    ],
)
def test_the_last_line_on_stderr_says_which_dataset_answered(
    arguments: tuple[str, ...], published: Path, ocindex: Run
) -> None:
    assert ocindex(*arguments).err.splitlines()[-1] == f"bundled dataset {package.open().version}: {HOLDS}"
    answer = ocindex(*arguments, "--dist", published)
    assert answer.code == 0
    assert answer.err.splitlines()[-1] == f"dataset {published} 0.1.0: {HOLDS}"


def test_the_working_folder_never_answers_by_chance(
    published: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (published / "datapackage.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(published.parent)
    assert ocindex("show", "PER").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "PER"),
        ("show", "PER", "--edition", "2025"),
        ("show", "PER", "--indicator", "arms_trafficking"),
        ("show", "PER", "--indicator", "arms_trafficking", "--tier", "all"),
        ("show", "PER", "--indicator", "prevention"),
        ("find", "coca"),
        ("find", "coca", "--tier", "all"),
        ("quote", "PER", "coca"),
        ("quote", "PER", "gang", "--tier", "all"),
    ],
)
def test_json_is_one_valid_value_without_nan(arguments: tuple[str, ...], ocindex: Run) -> None:
    answer = ocindex(*arguments, "--json")
    assert answer.code == 0
    assert parse(answer.out)


def test_the_json_of_a_country_holds_its_rows(ocindex: Run) -> None:
    page = parse(ocindex("show", "PER", "--json").out)
    assert (page["iso3"], page["edition"]) == ("PER", 2021)
    assert len(page["indicators"]) == 26
    assert len(page["composites"]) == 4
    assert page["article_sentences_not_shown"] > 0
    for row in parse(ocindex("show", "PER", "--edition", 2025, "--json").out)["indicators"]:
        assert (row["text"], row["text_status"], row["label_probability_min"]) == (None, "no_profile", None)


def test_find_looks_at_indicators_evidence_spans_and_columns(ocindex: Run) -> None:
    assert "indicator arms_trafficking" in ocindex("find", "arms", "trafficking").out
    assert {hit["kind"] for hit in parse(ocindex("find", "trafficking", "--json").out)} >= {"indicator", "evidence"}
    assert "span" in {hit["kind"] for hit in parse(ocindex("find", "criminal actors", "--tier", "all", "--json").out)}
    assert "column" in {hit["kind"] for hit in parse(ocindex("find", "admiralty", "--json").out)}


def test_find_wants_every_word_and_takes_the_beginning_of_one(ocindex: Run) -> None:
    hits = parse(ocindex("find", "coca", "PERU", "--json").out)
    assert hits
    assert all("coca" in hit["text"].lower() and "peru" in hit["text"].lower() for hit in hits)


def test_find_leaves_articles_out_and_says_so(ocindex: Run) -> None:
    answer = ocindex("find", "gang")
    assert "articles: " in answer.out
    everything = parse(ocindex("find", "gang", "--tier", "all", "--json").out)
    assessment = parse(ocindex("find", "gang", "--json").out)
    assert {hit["tier"] for hit in everything} - {hit["tier"] for hit in assessment} == {"article"}


@pytest.mark.parametrize("command", [("find",), ("quote", "PER")])
def test_words_that_stand_nowhere_are_said_and_exit_with_1(command: tuple[str, ...], ocindex: Run) -> None:
    answer = ocindex(*command, "xylophone")
    assert answer.code == 1
    assert answer.out == ""
    assert "'xylophone'" in answer.err
    assert answer.err.splitlines()[-1].endswith(HOLDS)
    assert parse(ocindex(*command, "xylophone", "--json").out) == []


def test_words_with_signs_of_patterns_are_taken_as_they_stand(ocindex: Run) -> None:
    assert ocindex("find", "(.*").code == 1


def test_quote_gives_the_sentence_with_its_source(ocindex: Run, assembled: Dataset) -> None:
    row = assembled.evidence[assembled.evidence["tier"] == "assessment"].sort_values("start").iloc[0]
    words = row["text"].split()[:4]
    line = ocindex("quote", "PER", *words).out.splitlines()[0]
    assert line.startswith(f"“{row['text']}” — Global Initiative Against Transnational Organized Crime, ")
    for part in (
        "edition 2021",
        f"section {row['section']}",
        f"line {row['line']}",
        "https://ocindex.net/country/peru",
    ):
        assert part in line


def test_a_quoted_article_says_that_its_reliability_cannot_be_judged(ocindex: Run) -> None:
    lines = ocindex("quote", "PER", "gang", "--tier", "all").out.splitlines()
    articles = [line for line in lines if "publisher unknown" in line]
    assert articles
    assert all("reliability cannot be judged" in line for line in articles)


def test_control_characters_of_a_source_do_not_reach_the_terminal(tmp_path: Path, ocindex: Run) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "p.txt").write_text(
        "TRADE\nArms trafficking \x1b[31mis a\x07 concern in Peru.\n", encoding="utf-8"
    )
    (tmp_path / "raw" / "sources.csv").write_text("path,kind,iso3,edition\np.txt,profile,PER,2021\n", encoding="utf-8")
    assert ocindex("build", "--raw", tmp_path / "raw", "--dist", tmp_path / "dist").code == 0
    for arguments in (
        ("show", "PER"),
        ("show", "PER", "--indicator", "arms_trafficking"),
        ("find", "arms", "concern"),
        ("quote", "PER", "arms"),
    ):
        answer = ocindex(*arguments, "--dist", tmp_path / "dist")
        assert answer.code == 0
        assert "\x1b" not in answer.out + answer.err
        assert "\x07" not in answer.out + answer.err
