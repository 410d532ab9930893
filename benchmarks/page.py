"""Fifty thousand generated changes as one page, opened in Chromium: how long until it is read, and whether it freezes.

    python benchmarks/page.py [lines]

Prints the page's size, the time to render it, the time from navigation until the first
changes can be read and filtered, the longest task in which the browser could not answer,
and the time of a search through every line. Needs playwright and a Chromium; says so and
stops where one is missing.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyarrow as pa

from ocindex.compare.releases.changes import COLUMNS, Changes, Count, Origin
from ocindex.report.page import render_page

LINES = 50_000
ROUNDS = 5
_WORDS = (
    "arms traffic border port coca mine forest police judge cartel weapon route ship customs money bank city north "
    "south river gold fuel people migrant labour market criminal state actor region law court prison victim witness"
).split()
_KINDS = [("revision", "changed", "text"), ("revision", "edited", None), ("coverage", "added", None)]
_TASKS = (
    "window.tasks = []; new PerformanceObserver((list) => list.getEntries().forEach((task) => "
    "window.tasks.push(task.duration))).observe({type: 'longtask', buffered: true})"
)
_READY = "html[data-ready=yes]"
_SEARCHED = "#status:not(:text('of {lines} lines'))"


def generate_changes(lines: int, *, seed: int = 7) -> Changes:
    """Make changes as a large revision has them: edited texts of 150 characters, sentences, new rows."""
    chance = random.Random(seed)  # noqa: S311 (test material)
    rows = [_line(chance, number) for number in range(lines)]
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    kinds = {"size": pa.float64(), "edition": pa.int32()}
    table = pa.table({name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()})
    names = ("table", "kind", "column", "effect", "cause")
    counts = Counter(tuple(row[name] for name in names) for row in rows)
    summary = tuple(Count(*map(str, key), number, 0) for key, number in counts.items())
    return Changes(Origin("old/dist", "1.1.0"), Origin("new/dist", "1.2.0"), table, summary)


def _line(chance: random.Random, number: int) -> dict[str, object]:
    effect, kind, column = _KINDS[number % len(_KINDS)]
    old = " ".join(chance.choices(_WORDS, k=24)).capitalize() + "."
    new = " ".join(word if chance.random() > 0.1 else chance.choice(_WORDS) for word in old.split())
    iso3 = "".join(chance.choices("ABCDEFGHIJ", k=3))
    if kind == "changed":
        values: tuple[str | None, str] = (old, new)
    else:
        row = '{{"evidence_id":"{}","iso3":"{}","start":"{}","label_probability":"0.9","text":"{}"}}'
        values = (row.format(number, iso3, number, old), row.format(number + 1, iso3, number + 9, new))
        values = (None, values[1]) if kind == "added" else values
    return {
        "table": "indicators" if kind == "changed" else "evidence", "kind": kind,
        "key": f'{{"evidence_id":"{number}"}}',
        "column": column, "old": values[0], "new": values[1], "effect": effect, "size": 0.5,
        "cause": ("source", "method")[number % 2], "follows": None, "iso3": iso3, "edition": 2021,
        "indicator": chance.choice(("arms_trafficking", "cocaine_trade")), "document_id": f"profiles/{iso3}_2021",
    }  # fmt: skip


def main() -> None:
    """Generate, render, open and search, and print the medians."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("playwright is not installed; nothing measured")
        return
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        print("no chromium on the path; nothing measured")
        return
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    changes = generate_changes(lines)
    begin = time.perf_counter()
    page_text = render_page(changes)
    print(f"{lines:,} changes rendered in {time.perf_counter() - begin:.2f} s: {len(page_text.encode()) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(page_text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        rounds = []
        for _ in range(ROUNDS):
            page = browser.new_page()
            page.add_init_script(_TASKS)
            page.goto(path.as_uri())
            page.wait_for_selector(_READY)
            ready = page.evaluate("performance.now()")
            longest = page.evaluate("Math.max(0, ...window.tasks)")
            begin = time.perf_counter()
            page.fill("#words", "cartel gold witness")
            page.wait_for_selector(_SEARCHED.format(lines=f"{lines:,}"))
            rounds.append((ready, longest, (time.perf_counter() - begin) * 1000))
            page.close()
        browser.close()
    for name, values in zip(("readable after", "longest task", "search"), zip(*rounds, strict=True), strict=True):
        print(f"{name:<15} {statistics.median(values):7.0f} ms   (from {min(values):.0f} to {max(values):.0f})")


if __name__ == "__main__":
    main()
