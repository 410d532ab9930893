"""evaluate --document: another form of a labelled text is judged, and what differs is listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
GOLD = Path(__file__).parents[1] / "gold" / "profiles" / "kenya_2021.json"


@pytest.fixture
def text() -> str:
    from ocindex.analysis.gold import read_gold

    return read_gold(GOLD)[0].document.text or ""


def test_another_form_of_the_same_text_differs_in_nothing(tmp_path: Path, text: str, ocindex: Run) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("utf-16"))
    (tmp_path / "b.html").write_text(
        "<body>" + "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in text.split("\n\n")), encoding="utf-8"
    )
    answer = ocindex("evaluate", GOLD, "--document", tmp_path / "a.txt", "--document", tmp_path / "b.html")
    assert answer.code == 0
    assert "Differences from the labelled text: none" in answer.out


def test_what_differs_is_listed_and_the_exit_code_says_so(tmp_path: Path, text: str, ocindex: Run) -> None:
    changed = text.replace("Some are held through debt bondage.", "Some are held by debt. Cocaine is dear.")
    (tmp_path / "a.txt").write_text(changed, encoding="utf-8")
    answer = ocindex("evaluate", GOLD, "--document", tmp_path / "a.txt", "--json")
    assert answer.code == 1
    differences = json.loads(answer.out)["differences"]
    assert [(item["kind"], item["text"]) for item in differences if item["kind"] != "label"] == [
        ("missing", "Some are held through debt bondage."),
        ("extra", "Some are held by debt."),
        ("extra", "Cocaine is dear."),
    ]
    # Long paths wrap the lines.
    listed = " ".join(ocindex("evaluate", GOLD, "--document", tmp_path / "a.txt").out.split())
    assert "missing: human_trafficking → no such sentence" in listed


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--document", "none.txt"), "found no such file"),
        (("--document", "empty.txt"), "empty.txt: found no text"),
        (("--document", "empty.txt", "--leave-one-out"), "--document goes neither with"),
        ((GOLD, "--document", "empty.txt"), "found 2 labelled documents"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    arguments: tuple[Any, ...], says: str, tmp_path: Path, ocindex: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.txt").write_bytes(b"")
    answer = ocindex("evaluate", GOLD, *arguments)
    assert answer.code == 2
    assert says in " ".join(answer.err.replace("│", " ").split())
