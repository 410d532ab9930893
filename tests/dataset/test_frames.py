"""Frames: records become typed, sorted tables, and what was not there is null."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ocindex.dataset.dataset import Dataset
from ocindex.dataset.frames import make_frame
from ocindex.dataset.models import table_models
from ocindex.pipeline import assemble
from ocindex.vocabulary.indicators import indicators_of

PROFILE = """PEOPLE
Human trafficking is widespread in Peru. Victims are exploited in mining areas.
TRADE
Arms trafficking is a concern. Firearms are smuggled over the border.
"""
SCORES = "iso3,edition,measure,score\nPER,2021,prevention,3.0\n"


def write_raw(folder: Path, header: str, *rows: tuple[str, str]) -> Path:
    """Write a raw folder: each row of ``sources.csv`` with the text of its file."""
    for row, text in rows:
        path = folder / row.split(",")[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text("\n".join([header, *(row for row, _ in rows), ""]), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", table_models())
def test_a_table_without_rows_has_all_columns_with_their_types(name: str, assembled: Dataset) -> None:
    empty = make_frame(name, [])
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == assembled.table(name).dtypes.to_dict()


def test_rows_are_sorted_by_key_and_absent_cells_are_null() -> None:
    rows: list[dict[str, object]] = [
        {"issue_id": "b", "code": "x", "message": ""},
        {"issue_id": "a", "edition": 2021, "locator": None},
    ]
    frame = make_frame("issues", rows)
    assert frame["issue_id"].tolist() == ["a", "b"]
    assert frame["edition"].tolist() == [2021, pd.NA]
    assert frame[["message", "locator", "iso3"]].isna().all().all()
    assert rows[0]["message"] == "", "the rows that came in stay as they are"


def test_a_profile_alone_becomes_a_dataset(tmp_path: Path) -> None:
    raw = write_raw(tmp_path, "path,kind,iso3,edition", ("p.txt,profile,PER,2021", PROFILE))
    dataset = assemble(raw)
    assert len(dataset.indicators) == 26
    assert len(dataset.composites) == 0
    assert dataset.indicators["score"].isna().all()
    assert dataset.indicators["score_source"].isna().all()
    assert set(dataset.indicators["text_status"]) == {"present", "silent"}
    assert set(dataset.evidence["tier"]) == {"assessment"}


def test_scores_alone_become_a_dataset(tmp_path: Path) -> None:
    dataset = assemble(write_raw(tmp_path, "path,kind", ("scores/s.csv,scores", SCORES)))
    assert len(dataset.indicators) == 26
    assert dataset.indicators["score"].count() == 1
    assert len(dataset.evidence) == len(dataset.spans) == 0
    assert dataset.documents["text"].isna().all()
    assert dataset.documents["sentence_spans"].tolist() == [0]


def test_a_withheld_profile_gives_away_no_text_anywhere(tmp_path: Path) -> None:
    raw = write_raw(tmp_path, "path,kind,iso3,edition,redistribute", ("p.txt,profile,PER,2021,false", PROFILE))
    dataset = assemble(raw)
    assert set(dataset.indicators["text_status"]) == {"withheld"}
    assert len(dataset.evidence) == len(dataset.spans) == 0
    assert dataset.documents["text"].isna().all()
    for _, frame in dataset:
        assert not any("smuggled" in str(cell) for cell in frame.to_numpy().ravel())


def test_a_second_profile_is_an_issue_and_gives_no_evidence(tmp_path: Path) -> None:
    raw = write_raw(
        tmp_path,
        "path,kind,iso3,edition",
        ("first.txt,profile,PER,2021", PROFILE),
        ("another.txt,profile,PER,2021", PROFILE.replace("mining", "farming")),
    )
    dataset = assemble(raw)
    second = dataset.issues[dataset.issues["code"] == "second_profile"]
    assert second["document_id"].tolist() == ["another"]
    assert dataset.documents["document_id"].tolist() == ["another", "first"]
    assert set(dataset.evidence["document_id"]) == {"first"}
    spans = dataset.spans[dataset.spans["document_id"] == "another"]
    assert len(spans) > 0
    assert spans[["indicator", "runner_up", "label_probability"]].isna().all(axis=None)


def test_a_file_that_is_not_listed_is_an_issue(tmp_path: Path) -> None:
    raw = write_raw(tmp_path, "path,kind,iso3,edition", ("p.txt,profile,PER,2021", PROFILE))
    (raw / "left.txt").write_text("Left out.", encoding="utf-8")
    issues = assemble(raw).issues
    (message,) = issues.loc[issues["code"] == "unlisted_file", "message"]
    assert "'left.txt'" in message


def test_the_bundled_documents_give_what_the_main_job_promises(assembled: Dataset) -> None:
    rows = assembled.indicators.groupby("edition")["text_status"].agg(["size", "nunique"])
    assert rows["size"].to_dict() == {2021: 26, 2023: 32, 2025: 32}
    later = assembled.indicators[assembled.indicators["edition"] > 2021]
    assert set(later["text_status"]) == {"no_profile"}
    assert later["score"].notna().all()
    assert len(assembled.countries) == 193
    sentences = assembled.spans[assembled.spans["kind"] == "sentence"]
    assert (sentences["document_id"] == "profiles/PER_2021").sum() == 51


def test_the_bundled_profile_says_nothing_on_prevention(assembled: Dataset) -> None:
    silent = assembled.indicators[assembled.indicators["text_status"] == "silent"]
    assert silent["indicator"].tolist() == ["prevention"]


def test_every_edition_lists_its_own_indicators(assembled: Dataset) -> None:
    for edition, rows in assembled.indicators.groupby("edition"):
        assert set(rows["indicator"]) == {item.code for item in indicators_of(int(edition))}


def test_articles_have_no_edition_and_no_section(assembled: Dataset) -> None:
    articles = assembled.evidence[assembled.evidence["tier"] == "article"]
    assert len(articles)
    assert articles[["edition", "section"]].isna().all().all()
    assert set(articles["reliability"]) == {"F"}


def test_counts_of_spans_stand_in_documents(assembled: Dataset) -> None:
    for row in assembled.documents.itertuples():
        own = assembled.spans[assembled.spans["document_id"] == row.document_id]["kind"].tolist()
        assert (row.sentence_spans, row.heading_spans, row.furniture_spans) == tuple(
            own.count(kind) for kind in ("sentence", "heading", "furniture")
        )


def test_a_citation_names_publisher_year_title_and_url(assembled: Dataset) -> None:
    citations = assembled.documents.set_index("document_id")["citation"]
    assert citations["profiles/PER_2021"] == (
        "Global Initiative Against Transnational Organized Crime (2021). "
        "Global Organized Crime Index 2021: Peru, country profile. https://ocindex.net/country/peru."
    )
    assert citations["articles/inside_the_peruvian_guns_gang"].startswith("Publisher unknown (n.d.). Inside the ")
