"""The dataset's changelog: what changed, in words, with source text that marks nothing by itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

import pyarrow as pa
import pytest
from markdown_it import MarkdownIt

from ocindex.compare.releases.changes import COLUMNS, Changes, Count, Origin
from ocindex.compare.releases.effects import EFFECTS
from ocindex.report.changelog import TITLE, add_entry, describe_release, recorded_content

CONTENT = f"sha256:{'a' * 64}"


def make_line(**values: object) -> dict[str, object]:
    base: dict[str, object] = dict.fromkeys(COLUMNS) | {
        "table": "indicators", "kind": "changed", "column": "text", "effect": "revision", "size": 0.5,
        "key": '{"iso3":"PER","edition":"2021","indicator":"arms_trafficking"}', "cause": "source", "iso3": "PER",
        "edition": 2021, "indicator": "arms_trafficking", "old": "arms from the north", "new": "arms from the south",
    }  # fmt: skip
    return base | values


def count_lines(lines: Iterable[dict[str, object]]) -> tuple[Count, ...]:
    """Count lines as a comparison does, the gravest effect first."""
    found = Counter(
        (*(line[name] for name in ("table", "kind", "column", "effect", "cause")), line["follows"] is None)
        for line in lines
    )
    keys = sorted(dict.fromkeys(key[:-1] for key in found), key=lambda key: EFFECTS.index(key[3]))
    return tuple(Count(*key, found[(*key, True)], found[(*key, False)]) for key in keys)


def describe(*lines: dict[str, object], date: str | None = None) -> str:
    kinds = {"size": pa.float64(), "edition": pa.int32()}
    columns = {name: pa.array([line[name] for line in lines], kinds.get(name, pa.string())) for name in COLUMNS}
    changes = Changes(Origin("old", "1.0.0"), Origin("new", "1.0.0", CONTENT), pa.table(columns), count_lines(lines))
    return describe_release(changes, version="1.1.0", bump="minor", date=date)


def test_an_entry_says_what_changed_by_effect_in_words() -> None:
    lines = [
        make_line(),
        make_line(column="score", old="6.5", new="7.0", cause="score"),
        make_line(column="sentence_count", old="1", new="2", follows="evidence"),
        make_line(table="documents", column="title", effect="cosmetic", old="A", new="B", key='{"document_id":"a"}'),
    ]
    assert describe(*lines) == (
        "## 1.1.0\n\n"
        "Minor release after 1.0.0: 2 revision, 1 cosmetic; lines that merely follow from these: 1.\n\n"
        f"Content: `{CONTENT}`.\n\n"
        "### What matters most\n\n"
        "1. text changed, indicators: PER 2021 arms_trafficking (source): “arms from the ~~north~~ **south**”\n"
        "2. score 6.5, now 7.0 (+0.5), indicators: PER 2021 arms_trafficking (score)\n"
        "3. title changed, documents: a (source): “~~A~~**B**”\n\n"
        "### Revised\n\n"
        "- indicators: 1 score changed (score)\n"
        "- indicators: 1 text changed (source)\n\n"
        "### Cosmetic\n\n"
        "- documents: 1 title changed (source)\n"
    )


def test_a_date_stands_there_only_when_it_was_given() -> None:
    assert describe(make_line(), date="2026-05-01").startswith("## 1.1.0 (2026-05-01)\n")


def test_the_five_that_matter_most_and_no_more_are_told_and_rows_in_numbers_are_one_of_them() -> None:
    row = json.dumps({"iso3": "PER", "edition": "2023", "indicator": "x"})
    rows = [
        make_line(kind="added", column=None, old=None, new=row, key=row, effect="coverage", edition=2023)
        for _ in range(9)
    ]
    entry = describe(*[make_line(column="score", old=str(number), new="9") for number in range(7)], *rows)
    told = re.findall(r"^\d\. .*$", entry, re.MULTILINE)
    assert len(told) == 5
    assert told[0] == "1. 9 rows added in indicators, edition 2023 (source)"
    assert "- indicators: 9 added (source)" in entry


HOSTILE = (
    "# heading", "<script>alert(1)</script>", "<b>bold</b>", "[a](http://a.example)", "![a](http://a.example/a.png)",
    "**bold** __bold__ *it* _it_ ~~cut~~", "`code`", "| a | b |", "&lt;b&gt; &amp;", "http://a.example www.a.example",
    "someone@a.example", "a\n\n## 9.9.9\n\nb", "\\", "1. one", "- one", "> one", "***", "\x1b[31m \u202e",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("where", ["old", "new", "iso3", "table"])
def test_source_text_marks_nothing_by_itself(text: str, where: str) -> None:
    entry = describe(make_line(**{where: text}))
    markdown = MarkdownIt("js-default", {"linkify": False}).enable(["strikethrough", "table"])
    html = markdown.render(entry)
    tags = set(re.findall(r"<[^>]*>", html))
    assert tags <= {
        "<h2>", "</h2>", "<h3>", "</h3>", "<p>", "</p>", "<ol>", "</ol>", "<ul>", "</ul>", "<li>", "</li>", "<code>",
        "</code>", "<s>", "</s>", "<strong>", "</strong>",
    }  # fmt: skip
    assert html.count("<code>") == 1
    assert html.count("<h2>") == 1
    assert not re.search(r"(?<!\\)://|www\.|(?<!\\)@a", entry)
    assert "\x1b" not in entry
    assert "\u202e" not in entry


def test_an_entry_goes_above_the_older_ones_and_below_what_people_wrote() -> None:
    first = add_entry(None, "## 0.1.0\n\nFirst release.\n")
    assert first == f"{TITLE}\n## 0.1.0\n\nFirst release.\n"
    both = add_entry(first.replace("# Changelog", "# Our changelog"), "## 0.2.0\n\nMore.\n")
    assert both.startswith("# Our changelog of the dataset\n")
    assert both.endswith("\n\n## 0.2.0\n\nMore.\n\n## 0.1.0\n\nFirst release.\n")
    assert add_entry("# Mine\n", "## 0.2.0\n") == "# Mine\n\n## 0.2.0\n"


def test_the_content_of_a_release_can_be_read_back() -> None:
    text = add_entry(add_entry(None, describe(make_line())), "## 1.10.0\n\nNo content.\n")
    assert recorded_content(text, "1.1.0") == CONTENT
    assert recorded_content(text, "1.10.0") is None
    assert recorded_content(text, "1.1") is None
