"""The page of a comparison: self-contained, escaped, most important first, within a budget."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ocindex
from ocindex.compare.releases.changes import Changes
from ocindex.report.changepage import render_page

HOSTILE = "</script><img src=x onerror=alert(1)> <!-- & \u2028 {{ 7*7 }}"


@pytest.fixture
def changes(tmp_path: Path) -> Changes:
    pq.write_table(
        pa.table({"id": [1, 2, 3], "text": ["a b", "c", "d"], "score": [1.0, 2.0, 3.0]}), tmp_path / "a.parquet"
    )
    new = {"id": [1, 2, 3], "text": [f"a {HOSTILE}", "c", "d"], "score": [1.5, 4.0, 3.0]}
    pq.write_table(pa.table(new), tmp_path / "b.parquet")
    return ocindex.diff(tmp_path / "a.parquet", tmp_path / "b.parquet", key="id")


def held(page: str) -> list[list[object]]:
    """The lines that the page's program reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found is not None
    return json.loads(found[1])


def test_source_text_cannot_become_markup(changes):
    page = render_page(changes)
    assert "<img" not in page
    assert page.count("</script>") == 2
    assert any(HOSTILE in str(line[6]) for line in held(page))


def test_the_page_loads_nothing(changes):
    page = render_page(changes)
    assert re.findall(r"https?://|<link|<iframe|<\w[^>]*\ssrc=", page) == []
    assert "default-src 'none'" in page


def test_the_most_important_come_first_and_the_budget_is_said(changes):
    page = render_page(changes, budget=1)
    assert [line[3] for line in held(page)] == ["score 2.0, now 4.0 (+2)"]
    assert "1 lines that matter most of 3" in page
    assert len(held(render_page(changes))) == 3


def test_equal_releases_say_so(tmp_path):
    pq.write_table(pa.table({"id": [1]}), tmp_path / "a.parquet")
    assert "They are the same." in render_page(ocindex.diff(tmp_path / "a.parquet", tmp_path / "a.parquet"))
