"""The page of a comparison: escaped, self-contained, ordered, within its budget, and usable in a browser."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ocindex
from ocindex.compare.releases.changes import COLUMNS, Changes, Count, Origin
from ocindex.compare.releases.effects import EFFECTS
from ocindex.report import page as pages
from ocindex.report.page import render_page

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--<script>",
    "\" onmouseover=\"alert(1)' x='",
    "line\u2028separator\u2029paragraph",
    "nul\x00 escape\x1b[31m bidi\u202e",
    "{{ 7 * 7 }} ${7 * 7}",
)


def make_line(**values: object) -> dict[str, object]:
    """One line of a comparison: an edited text of Peru, unless told otherwise."""
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


def make_changes(*lines: dict[str, object], old: str = "old", new: str = "new") -> Changes:
    kinds = {"size": pa.float64(), "edition": pa.int32()}
    columns = {name: pa.array([line[name] for line in lines], kinds.get(name, pa.string())) for name in COLUMNS}
    return Changes(
        Origin(old, "1.0.0", "sha256:0"), Origin(new, "1.1.0", "sha256:1"), pa.table(columns), count_lines(lines)
    )


def data_of(page: str) -> dict[str, Any]:
    """Read the data back as the script does."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


def headlines(page: str) -> list[str]:
    data = data_of(page)
    return [data["names"]["headline"][row[5]] for row in data["rows"]]


def static_part(page: str) -> str:
    """What stands in the page without its script, style and data."""
    return re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)


class Elements(HTMLParser):
    """Collects every element with the names of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, *(name for name, _ in attrs)))


def markup_of(page: str) -> set[tuple[str, ...]]:
    parser = Elements()
    parser.feed(static_part(page))
    return parser.found


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("where", ["old", "new", "table", "iso3", "column", "place"])
def test_nothing_in_the_data_becomes_markup(text: str, where: str) -> None:
    if where == "place":
        changes = make_changes(make_line(), old=text, new=text)
    else:
        changes = make_changes(make_line(**{where: f"{text} {where}"}))
    page = render_page(changes)
    plain = render_page(make_changes(make_line()))
    assert markup_of(page) <= markup_of(plain) | {("del",), ("ins",)}
    assert page.count("<script") == 2
    assert "\u2028" not in re.findall(r"<script.*?</script>", page, re.DOTALL)[0]
    assert "\x00" not in page
    assert "\u202e" not in page


def test_the_data_holds_what_was_written_whatever_stands_in_it() -> None:
    text = "</script> <!-- & \u2028 \" ' \\ é 🎯"
    row = data_of(render_page(make_changes(make_line(old=text, new=None))))["rows"][0]
    assert row[8:10] == [text, None]


def test_the_page_loads_nothing_and_its_policy_forbids_it() -> None:
    page = render_page(make_changes(make_line(old="see http://example.org/a.png", new="see https://example.org/b.js")))
    shell = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    shell = re.sub(r'<(p class="words".*?)</p>', "", shell)
    assert "http:" not in shell
    assert "https:" not in shell
    assert re.findall(r"\ssrc=|@import|url\(", shell) == []
    assert re.findall(r'href="([^"]*)"', shell) == ["#changes"]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]


def test_the_same_changes_give_the_same_bytes() -> None:
    lines = [make_line(iso3=iso3, cause=cause) for iso3 in ("PER", "COL", "KEN") for cause in ("source", "method")]
    assert render_page(make_changes(*lines)) == render_page(make_changes(*lines))


def test_lines_stand_in_the_order_of_the_comparison() -> None:
    lines = [make_line(column="score", old=str(number), new="9.0") for number in range(5)]
    said = [headline.split(",")[0] for headline in headlines(render_page(make_changes(*lines)))]
    assert said == [f"score {number}" for number in range(5)]


def test_the_budget_is_spent_on_what_leads_before_what_merely_follows() -> None:
    lines = [
        make_line(column="score", old="1", new="2"),
        make_line(column="score", old="2", new="3", follows="evidence"),
        make_line(column="score", old="3", new="4", effect="coverage"),
        make_line(column="score", old="4", new="5", effect="cosmetic"),
    ]
    page = render_page(make_changes(*lines), budget=3)
    assert [headline.split(",")[0] for headline in headlines(page)] == ["score 1", "score 3", "score 4"]
    assert "This page holds 3 of 4 lines, what matters most first; left out: 1." in page
    assert "ocindex diff OLD NEW --format json" in page
    assert [headline.split(",")[0] for headline in headlines(render_page(make_changes(*lines)))] == [
        f"score {number}" for number in range(1, 5)
    ]
    assert "This page holds" not in render_page(make_changes(*lines))


def test_texts_too_many_for_a_browser_cut_the_list_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "CHARACTERS", 1500)
    page = render_page(make_changes(*[make_line(old="a " * 300, new="b " * 300) for _ in range(9)]))
    assert "This page holds 1 of 9 lines" in page


def test_a_long_text_is_cut_to_what_differs() -> None:
    old = "word " * 40_000 + "north" + " word" * 40_000
    page = render_page(make_changes(make_line(old=old, new=old.replace("north", "south"))))
    assert len(page) < 60_000
    assert "<del>north</del> <ins>south</ins>" in page


def test_without_script_summary_and_top_changes_can_be_read() -> None:
    page = static_part(render_page(make_changes(*[make_line() for _ in range(40)])))
    assert page.count('<li class="line') == pages.TOP
    assert "arms from the <del>north</del> <ins>south</ins>" in page
    assert "<b>40</b>" in page
    assert "These changes ask for a <strong>minor</strong> release." in page


def test_equal_releases_make_a_page_that_says_so() -> None:
    page = render_page(Changes(Origin("old"), Origin("new")))
    assert "Nothing differs." in page
    assert "<script" not in page


def test_a_whole_row_shows_its_text_and_folds_its_other_values() -> None:
    row = json.dumps({"evidence_id": "0", "text": "Guns come.", "quote": "Guns come.", "start": "5", "cues": None})
    line = make_line(table="evidence", kind="added", column=None, old=None, new=row, key='{"evidence_id":"0"}')
    shown = data_of(render_page(make_changes(line)))["rows"][0]
    assert shown[8:] == [None, "Guns come.", [["start", None, "5"]]]


@contextmanager
def opened(page: str, folder: Path) -> Iterator[Any]:
    """Open a page in Chromium; anything that the console says is a failure."""
    browsers = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("needs a Chromium on the path")
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    said: list[str] = []
    with browsers.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.set_default_timeout(10_000)
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
        tab.on("dialog", lambda dialog: said.append(dialog.message))
        tab.goto(path.as_uri())
        tab.wait_for_selector("html[data-ready=yes]")
        yield tab
        browser.close()
    assert said == []


def test_a_browser_filters_searches_turns_pages_and_runs_nothing_from_the_data(tmp_path: Path) -> None:
    lines = [make_line(iso3="PER" if number % 3 else "COL", new=f"arms {number} {HOSTILE[2]}") for number in range(250)]
    lines += [make_line(column="start", old="1", new="2", follows="position", effect="cosmetic")]
    lines += [make_line(old=text, new=f"{text} more") for text in HOSTILE]
    with opened(render_page(make_changes(*lines)), tmp_path) as tab:
        status, items = tab.locator("#status"), tab.locator("#lines > li")
        assert status.inner_text() == "1–100 of 258 lines"
        assert items.count() == 100
        tab.click("#last")
        assert status.inner_text() == "201–258 of 258 lines"
        tab.check("#following")
        tab.wait_for_selector("#status:has-text('of 259 lines')")
        tab.select_option("#country", "COL")
        tab.wait_for_selector("#status:has-text('of 84 lines')")
        tab.fill("#words", "ARMS 24 ")
        tab.wait_for_selector("#status:has-text('1–5 of 5 lines')")
        tab.fill("#words", "no such words")
        tab.wait_for_selector("#status:has-text('No line fits')")
        tab.click("button[type=reset]")
        tab.wait_for_selector("#status:has-text('of 258 lines')")
        assert tab.locator("img, iframe, object").count() == 0


def test_the_words_that_a_browser_marks_give_both_texts_back(tmp_path: Path) -> None:
    pairs = [
        ("arms from the north", "arms from the south"),
        ("one two three four", "zero two three five four"),
        (" leading and trailing ", "leading and trailing"),
        ("", "came"),
        ("a a b a", "a b a a"),
        ("línea única", "línea doble\nnueva"),
    ]
    lines = [make_line(old=old, new=new) for old, new in pairs]
    with opened(render_page(make_changes(*lines)), tmp_path) as tab:
        for item, (old, new) in zip(tab.locator("#lines .words").all(), pairs, strict=True):
            for dropped, text in (("ins", old), ("del", new)):
                kept = f"[...p.childNodes].filter((node) => node.nodeName !== '{dropped.upper()}')"
                left = item.evaluate(f"p => {kept}.map((node) => node.textContent).join('')")
                # A blank before a struck or new word stands outside its mark.
                assert left.split() == text.split()


def test_a_comparison_of_two_files_becomes_a_page(tmp_path: Path) -> None:
    for name, scores, text in (("a", [1.0, 2.0, 3.0], "a b"), ("b", [1.5, 4.0, 3.0], f"a {HOSTILE[1]}")):
        table = pa.table({"id": [1, 2, 3], "text": [text, "c", "d"], "score": scores})
        pq.write_table(table, tmp_path / f"{name}.parquet")
    page = render_page(ocindex.diff(tmp_path / "a.parquet", tmp_path / "b.parquet", key="id"))
    assert headlines(page) == ["score 2.0, now 4.0 (+2)", "text changed", "score 1.0, now 1.5 (+0.5)"]
    assert data_of(page)["rows"][1][9] == f"a {HOSTILE[1]}"
