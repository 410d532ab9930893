"""Rules across rows and tables: for each thing that a rule refuses one broken row, refused by it alone."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from ocindex.dataset.models import table_models
from ocindex.dataset.rules import RULES
from ocindex.dataset.validation import find_failures

Frames = dict[str, "pd.DataFrame"]
ISSUE = {
    "issue_id": "0123456789abcdef",
    "code": "average_differs",
    "severity": "warning",
    "iso3": "PER",
    "edition": 2021,
    "indicator": "criminality",
    "message": "found an average that its parts do not give",
}


def add_row(frames: Frames, table: str, **cells: object) -> None:
    """Put a row where the key wants it: the last one with some cells changed, or just the cells."""
    frame = frames[table]
    row = frame.tail(1).to_dict("records")[0] if len(frame) else dict.fromkeys(frame.columns)
    added = pd.DataFrame([row | cells], columns=frame.columns).astype(frame.dtypes.to_dict())
    grown = pd.concat([frame, added], ignore_index=True)
    frames[table] = grown.sort_values(table_models()[table].metadata["key"], ignore_index=True)


def drop_rows(frames: Frames, table: str, which: pd.Series) -> None:
    frames[table] = frames[table][~which].reset_index(drop=True)


def position(frames: Frames, table: str, **cells: object) -> int:
    """Find the first row with these cells."""
    frame = frames[table]
    which = pd.Series(True, index=frame.index)
    for column, value in cells.items():
        which &= frame[column] == value
    return int(frame.index[which][0])


def change(table: str, row: dict[str, object], **cells: object) -> Callable[[Frames], None]:
    def break_it(frames: Frames) -> None:
        at = position(frames, table, **row)
        for column, value in cells.items():
            frames[table].loc[at, column] = value

    return break_it


def drop_lone_evidence(frames: Frames) -> None:
    """Drop evidence of an article that no flow or claim stands on."""
    evidence = frames["evidence"]
    used = {*frames["claims"]["evidence_id"], *frames["flows"]["evidence_id"]}
    which = (evidence["tier"] == "article") & (evidence["relation"] == "primary") & ~evidence["evidence_id"].isin(used)
    frames["evidence"] = evidence.drop(evidence.index[which][0])


def new_issue(**cells: object) -> Callable[[Frames], None]:
    return lambda frames: add_row(frames, "issues", **(ISSUE | cells))


def without(table: str, **cells: object) -> Callable[[Frames], None]:
    def break_it(frames: Frames) -> None:
        which = pd.Series(True, index=frames[table].index)
        for column, value in cells.items():
            which &= frames[table][column] == value
        drop_rows(frames, table, which)

    return break_it


def both(*breaks: Callable[[Frames], None]) -> Callable[[Frames], None]:
    def break_it(frames: Frames) -> None:
        for part in breaks:
            part(frames)

    return break_it


def of_indicators(**cells: object) -> Callable[[Frames], None]:
    """Say something else of one whole country and edition, in both tables of scores."""

    def break_it(frames: Frames) -> None:
        for table in ("indicators", "composites"):
            frame = frames[table]
            last = frame["edition"] == 2025
            for column, value in cells.items():
                frame.loc[last, column] = value
            frames[table] = frame.sort_values(table_models()[table].metadata["key"], ignore_index=True)

    return break_it


def shift_span(by: int) -> Callable[[Frames], None]:
    """Let a heading of the profile begin later, or end later."""

    def break_it(frames: Frames) -> None:
        at = position(frames, "spans", document_id="profiles/PER_2021", kind="heading")
        frames["spans"].loc[at, "start" if by > 0 else "end"] += abs(by)

    return break_it


def move_document(document_id: str, iso3: str) -> Callable[[Frames], None]:
    """Let a document and what it claims be about another country."""

    def break_it(frames: Frames) -> None:
        for table in ("documents", "claims"):
            frames[table].loc[frames[table]["document_id"] == document_id, "iso3"] = iso3

    return break_it


def shift_evidence(frames: Frames) -> None:
    """Let a secondary quote begin one character later, whole in itself but no sentence."""
    evidence = frames["evidence"]
    # One that no claim or flow leads to, or their rules would speak up too.
    used = {*frames["claims"]["evidence_id"], *frames["flows"]["evidence_id"]}
    free = (evidence["tier"] == "article") & (evidence["relation"] == "secondary") & ~evidence["evidence_id"].isin(used)
    at = int(evidence.index[free][0])
    text = frames["documents"].set_index("document_id").loc[evidence.loc[at, "document_id"], "text"]
    start, end = int(evidence.loc[at, "start"]) + 1, int(evidence.loc[at, "end"])
    evidence.loc[at, "start"] = start
    evidence.loc[at, "quote"] = text[start:end]
    evidence.loc[at, "prefix"] = text[start - 32 : start]


def add_boxes(*numbers: int, page: int | None = None) -> Callable[[Frames], None]:
    """Give the first piece of evidence boxes with these numbers, and a page."""

    def break_it(frames: Frames) -> None:
        evidence_id = frames["evidence"].loc[0, "evidence_id"]
        if page is not None:
            frames["evidence"].loc[0, "page"] = page
        for number in numbers:
            add_row(
                frames, "evidence_boxes", evidence_id=evidence_id, page=1, box=number, x0=1.0, y0=1.0, x1=2.0, y1=2.0
            )

    return break_it


# (table, column), how the reference is broken; where the row that was pointed at
# is taken away instead, it is one that nothing else needs.
REFERENCES = {
    ("indicators", "iso3"): of_indicators(iso3="XXX"),
    ("indicators", "edition"): without("editions", edition=2025),
    ("indicators", "indicator"): without("indicator_codes", indicator="prevention"),
    ("indicators", "document_id"): change(
        "indicators", {"edition": 2025, "indicator": "prevention"}, document_id="profiles/XXX"
    ),
    ("composites", "iso3"): of_indicators(iso3="XXX"),
    ("composites", "edition"): without("editions", edition=2025),
    ("composites", "composite"): without("indicator_codes", indicator="criminality"),
    ("evidence", "document_id"): without("documents", document_id="articles/inside_the_peruvian_guns_gang"),
    ("evidence", "iso3"): change("evidence", {"tier": "article"}, iso3="XXX"),
    ("evidence", "edition"): without("editions", edition=2021),
    ("evidence", "indicator"): without("indicator_codes", indicator="arms_trafficking"),
    ("evidence_boxes", "evidence_id"): lambda frames: add_row(
        frames, "evidence_boxes", evidence_id="f" * 16, page=1, box=1, x0=1.0, y0=1.0, x1=2.0, y1=2.0
    ),
    ("flows", "evidence_id"): change("flows", {"tier": "article"}, evidence_id="0123456789abcdef"),
    ("flows", "document_id"): without("documents", document_id="articles/inside_the_peruvian_guns_gang"),
    ("flows", "iso3"): without("countries", iso3="PER"),
    ("flows", "edition"): without("editions", edition=2021),
    ("flows", "indicator"): without("indicator_codes", indicator="arms_trafficking"),
    ("claims", "document_id"): without("documents", document_id="articles/inside_the_peruvian_guns_gang"),
    ("claims", "evidence_id"): change("claims", {"subject": "violence"}, evidence_id="0123456789abcdef"),
    ("claims", "iso3"): without("countries", iso3="PER"),
    ("claims", "edition"): without("editions", edition=2021),
    ("conflicts", "claim_a"): change("conflicts", {"strength": "strong"}, claim_a="0000000000000000"),
    ("conflicts", "claim_b"): change("conflicts", {"strength": "strong"}, claim_b="ffffffffffffffff"),
    ("conflicts", "indicator"): without("indicator_codes", indicator="arms_trafficking"),
    ("documents", "iso3"): change("documents", {"kind": "article"}, iso3="XXX"),
    ("documents", "edition"): change("documents", {"kind": "article"}, edition=2031),
    ("spans", "document_id"): lambda frames: add_row(
        frames, "spans", document_id="z", start=0, end=1, kind="furniture",
        section=None, indicator=None, runner_up=None, label_probability=None,
    ),
    ("issues", "document_id"): new_issue(document_id="profiles/XXX"),
    ("issues", "iso3"): new_issue(iso3="XXX"),
    ("issues", "edition"): new_issue(edition=2031),
    ("issues", "indicator"): both(new_issue(), without("indicator_codes", indicator="criminality")),
    ("indicator_codes", "since"): change("indicator_codes", {"indicator": "prevention"}, since=2031),
}  # fmt: skip

# Rule, how one row is broken, what the failure says (its table first).
BROKEN = [
    *[
        (
            "copies_agree",
            change(table, {"edition": 2021, part_column: part}, **{column: value}),
            rf"{table}\.{column}: found '{value}' beside .*; expected .* as in",
        )
        for table, part_column, part in (
            ("indicators", "component", "criminal_markets"),
            ("composites", "composite", "criminality"),
        )
        for column, value in (
            ("country", "Wakanda"),
            ("reference_year", 2022),
            ("label", "Arms"),
            ("higher_is", "better"),
            ("component", "resilience"),
            ("section", "drugs"),
        )
        if table == "indicators" or column not in ("component", "section")
    ],
    (
        "quotes_are_slices",
        change("evidence", {"tier": "article"}, quote="Other words."),
        "evidence .*: quote is not documents.text",
    ),
    (
        "quotes_are_slices",
        change("evidence", {"tier": "article"}, prefix="Other words."),
        "evidence .*: prefix or suffix is not the text around the quote",
    ),
    (
        "quotes_are_slices",
        change("evidence", {"tier": "article"}, suffix=None),
        "evidence .*: prefix or suffix is not the text around the quote",
    ),
    ("spans_cover_texts", shift_span(1), "spans profiles/PER_2021:.*: text before it is in no span"),
    ("spans_cover_texts", shift_span(-40), "spans profiles/PER_2021:.*: overlaps the span before it"),
    (
        "spans_cover_texts",
        lambda frames: drop_rows(
            frames,
            "spans",
            (frames["spans"]["document_id"] == "articles/inside_the_peruvian_guns_gang")
            & (frames["spans"]["kind"] == "furniture"),
        ),
        "spans articles/inside.*",
    ),
    (
        "spans_cover_texts",
        lambda frames: add_row(frames, "spans", end=100_000, start=99_000, kind="furniture", indicator=None),
        "spans profiles/PER_2021: the spans do not end where the text ends",
    ),
    (
        "spans_cover_texts",
        change("documents", {"kind": "scores"}, text="A text that no span covers."),
        "spans scores/PER: the spans do not end where the text ends",
    ),
    ("evidence_matches_spans", shift_evidence, "evidence .*: is no sentence of spans"),
    (
        "evidence_matches_spans",
        change("evidence", {"tier": "article", "relation": "primary"}, relation="secondary"),
        "evidence .*: relation does not agree with spans.indicator",
    ),
    (
        "evidence_matches_spans",
        change("evidence", {"tier": "article", "relation": "secondary"}, relation="primary"),
        "evidence .*: relation does not agree with spans.indicator",
    ),
    (
        "evidence_matches_spans",
        drop_lone_evidence,
        "spans articles/.*: the sentence on .* is not in evidence",
    ),
    ("boxes_fit_evidence", add_boxes(1), "evidence_boxes .*: found first page 1; expected None as in evidence"),
    ("boxes_fit_evidence", add_boxes(page=1), "evidence_boxes .*: found first page None; expected 1 as in evidence"),
    ("boxes_fit_evidence", add_boxes(1, 3, page=1), "evidence_boxes .*: boxes of page 1 are not counted from 1"),
    (
        "flows_stand_in_evidence",
        change("flows", {"place": "Chile", "indicator": "human_smuggling"}, start=0, end=4),
        "flows .*: its words do not stand inside evidence",
    ),
    (
        "flows_stand_in_evidence",
        change("flows", {"place": "Chile", "indicator": "human_smuggling"}, indicator="human_trafficking"),
        "flows .*: indicator is not that of evidence",
    ),
    (
        "flows_name_places",
        change("flows", {"place": "Chile"}, place="Santiago", place_iso3="CHL"),
        "flows .*: found place 'Santiago', which is no country or region of places.csv",
    ),
    (
        "flows_name_places",
        change("flows", {"place": "Europe"}, place_iso3="CHL"),
        "flows .*: found place_iso3 CHL of Europe; expected None",
    ),
    (
        "claims_are_sentences",
        change("claims", {"kind": "event"}, start=0),
        "claims .*: is no sentence of spans",
    ),
    (
        "claims_are_sentences",
        lambda frames: change(
            "claims", {"subject": "violence"},
            evidence_id=frames["evidence"].loc[position(frames, "evidence", tier="assessment"), "evidence_id"],
        )(frames),
        "claims .*: evidence .* is another sentence",
    ),
    (
        "claims_are_sentences",
        change("claims", {"kind": "event"}, reliability="B"),
        "claims .*: reliability is not that of its document",
    ),
    (
        "claims_name_known_things",
        change("claims", {"kind": "event"}, place="Lima"),
        "claims .*: found place 'Lima', which is no country or region of places.csv",
    ),
    (
        "claims_name_known_things",
        change("claims", {"subject": "arms_trafficking", "kind": "trend"}, evidence_id=None),
        "claims .*: its evidence is not the one under its subject arms_trafficking",
    ),
    (
        "conflicts_follow_from_claims",
        change("conflicts", {"same_document": True}, same_document=False),
        "conflicts .*: found same_document False; expected True",
    ),
    (
        "conflicts_follow_from_claims",
        change("conflicts", {"same_origin": False}, same_origin=True),
        "conflicts .*: found same_origin True, which the documents' origins do not say",
    ),
    (
        "conflicts_follow_from_claims",
        change("claims", {"kind": "scope", "unit": "local"}, kind="role"),
        "conflicts .*: found a .* against a",
    ),
    (
        "conflicts_follow_from_claims",
        move_document("articles/peruvian_guns_gang_international_connections", "COL"),
        "conflicts .*: the claims are of documents on two countries",
    ),
    (
        "indicators_belong_to_edition",
        lambda frames: add_row(
            frames, "indicators", edition=2021, reference_year=2020, indicator="cyber_dependent_crimes",
            score=float("nan"), score_source=None, component="criminal_markets", section="cyber_dependent_crimes",
            label="Cyber-dependent crimes", higher_is="worse",
        ),
        "indicators: found cyber_dependent_crimes in edition 2021; it exists since 2023",
    ),
    (
        "indicator_lists_complete",
        both(without("composites", edition=2021), without("indicators", edition=2021, indicator="prevention")),
        "indicators PER 2021: found no row for prevention",
    ),
    (
        "counts_match_evidence",
        change("indicators", {"edition": 2021, "indicator": "arms_trafficking"}, sentence_count=40),
        "indicators PER 2021 arms_trafficking: counts are not those of evidence",
    ),
    (
        "counts_match_evidence",
        change("indicators", {"edition": 2025, "indicator": "arms_trafficking"}, secondary_count=40),
        "indicators PER 2025 arms_trafficking: counts are not those of evidence",
    ),
    (
        "counts_match_evidence",
        change("indicators", {"edition": 2021, "indicator": "arms_trafficking"}, label_probability_min=0.0001),
        "indicators PER 2021 arms_trafficking: label_probability_min is not",
    ),
    (
        "averages_follow_from_parts",
        change("composites", {"edition": 2023, "composite": "criminality"}, recomputed=5.0, score=5.0),
        "composites PER 2023 criminality: found recomputed 5.0; expected",
    ),
    (
        "averages_follow_from_parts",
        change("composites", {"edition": 2023, "composite": "criminality"}, recomputed=None),
        "composites PER 2023 criminality: found recomputed nan; expected",
    ),
    (
        "averages_follow_from_parts",
        change("composites", {"edition": 2025, "composite": "resilience"}, score_basis_2021=5.0),
        "composites PER 2025 resilience: found score_basis_2021 5.0; expected",
    ),
    (
        "averages_follow_from_parts",
        change("composites", {"edition": 2025, "composite": "resilience"}, score=9.0),
        "composites PER 2025 resilience: found 9.0, more than 0.005 off its parts",
    ),
    *[
        (
            "rows_sorted_by_key",
            lambda frames, table=table: frames.update({table: frames[table].iloc[::-1].reset_index(drop=True)}),
            f"{table}: rows are not sorted by",
        )
        for table in (
            "indicators", "composites", "evidence", "flows", "claims", "conflicts", "documents", "spans",
            "indicator_codes", "editions",
        )
    ],
    (
        "rows_sorted_by_key",
        both(
            new_issue(), new_issue(issue_id="a" * 16),
            lambda frames: frames.update(issues=frames["issues"].iloc[::-1].reset_index(drop=True)),
        ),
        "issues: rows are not sorted by issue_id",
    ),
    (
        "rows_sorted_by_key",
        both(
            add_boxes(1, 2, page=1),
            lambda frames: frames.update(evidence_boxes=frames["evidence_boxes"].iloc[::-1].reset_index(drop=True)),
        ),
        "evidence_boxes: rows are not sorted by",
    ),
    (
        "rows_sorted_by_key",
        lambda frames: frames.update(countries=frames["countries"].iloc[::-1].reset_index(drop=True)),
        "countries: rows are not sorted by iso3",
    ),
]  # fmt: skip


def failing(frames: Frames) -> dict[str, list[str]]:
    """Give the failures by the name of the rule that found them."""
    found = {rule.__name__: list(rule(frames)) for rule in RULES}
    return {rule: failures for rule, failures in found.items() if failures}


def matching(failures: list[str], pattern: str) -> list[str]:
    import re

    return [failure for failure in failures if re.match(pattern, failure)]


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_a_reference_to_nothing_is_refused(table: str, column: str, frames: Frames) -> None:
    REFERENCES[table, column](frames)
    found = failing(frames)
    assert matching(found["foreign_keys_whole"], rf"{table}\.{column}: found '\w")
    # A document that is gone takes its quotes with it; nothing else may speak up.
    expected = {"foreign_keys_whole"} | (
        {"quotes_are_slices"} if column == "document_id" and table in ("evidence", "flows", "claims") else set()
    )
    # What a claim tells of its document is compared with it.
    expected |= {"claims_are_sentences"} if table == "documents" else set()
    # Rows are ordered by the very ids that are broken here.
    expected |= {"rows_sorted_by_key"} & set(found) if table == "conflicts" else set()
    assert set(found) == expected


def test_every_reference_of_the_models_has_a_broken_row() -> None:
    assert set(REFERENCES) == {
        (name, column)
        for name, model in table_models().items()
        for key in model.metadata["foreign_keys"]
        for column in key["columns"]
    }


@pytest.mark.parametrize(("rule", "break_it", "says"), BROKEN)
def test_a_broken_row_is_refused_by_its_rule_alone(
    rule: str, break_it: Callable[[Frames], None], says: str, frames: Frames
) -> None:
    break_it(frames)
    found = failing(frames)
    assert set(found) == {rule}
    assert matching(found[rule], says)
    assert matching(find_failures(frames), says), "the tables' own models refuse the row before the rule sees it"


def test_every_rule_has_a_broken_row() -> None:
    assert {rule.__name__ for rule in RULES} == {"foreign_keys_whole", *(rule for rule, _, _ in BROKEN)}


def test_a_published_average_off_its_parts_passes_with_an_issue(frames: Frames) -> None:
    change("composites", {"edition": 2021, "composite": "criminality"}, score=9.0)(frames)
    assert set(failing(frames)) == {"averages_follow_from_parts"}
    new_issue()(frames)
    assert failing(frames) == {}


def test_a_lost_sentence_of_the_profile_is_noticed(frames: Frames) -> None:
    without(
        "evidence",
        evidence_id=frames["evidence"].loc[
            position(frames, "evidence", tier="assessment", relation="primary"), "evidence_id"
        ],
    )(frames)
    assert "counts_match_evidence" in failing(frames)


def test_an_unbroken_dataset_passes_every_rule(frames: Frames) -> None:
    assert failing(frames) == {}
    assert find_failures(frames) == []
