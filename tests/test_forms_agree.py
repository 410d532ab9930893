"""Each labelled profile gives the same sentences and primary indicators in every form in which it comes."""

from __future__ import annotations

import codecs
import importlib.util
import itertools
import json
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ocindex.analysis.gold import GoldDocument, read_gold
from ocindex.pipeline import analyse
from ocindex.reading.document import Source
from ocindex.reading.manifest import read_manifest
from ocindex.reading.reader import read_document
from ocindex.vocabulary.indicators import indicators_of

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
NAMES = ("guatemala_2021", "kenya_2021", "peru_2021", "south_africa_2023", "thailand_2025")
Labels = list[tuple[str, str]]


def load(name: str) -> ModuleType:
    """Load a module of helpers that stands beside the tests."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


forms = load("forms")


@pytest.fixture(scope="module")
def profiles() -> dict[str, tuple[GoldDocument, Any]]:
    (source,) = (item for item in read_manifest(ROOT / "raw") if item.document_id == "profiles/PER_2021")
    known = [read_document(ROOT / "raw", source)]
    found = forms.labelled_profiles(ROOT / "tests" / "gold", known)
    return {name: (gold, forms.written_profile(gold, country)) for name, (gold, country) in found.items()}


def labels(folder: Path, name: str, data: bytes, source: Source) -> Labels:
    (folder / name).write_bytes(data)
    document = read_document(folder, replace(source, path=name))
    assert document.usable, document.issues
    return [(finding.sentence.text, finding.indicator) for finding in analyse(document).findings]


def expected(gold: GoldDocument) -> Labels:
    return [(finding.sentence.text, finding.indicator) for finding in analyse(gold.document).findings]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("ending", "write"),
    [("txt", "as_wrapped"), ("html", "as_html"), ("txt", "as_pasted")],
    ids=["text", "page", "pasted"],
)
def test_forms_agree(profiles: Any, tmp_path: Path, name: str, ending: str, write: str) -> None:
    gold, written = profiles[name]
    data = getattr(forms, write)(written).encode()
    assert labels(tmp_path, f"x.{ending}", data, gold.document.source) == expected(gold)


@pytest.mark.parametrize("name", ["kenya_2021", "thailand_2025"])
@pytest.mark.parametrize(("ending", "write"), [("html", "as_html"), ("txt", "as_pasted")])
def test_page_gives_every_score_and_nothing_is_wrong_with_it(
    profiles: Any, tmp_path: Path, name: str, ending: str, write: str
) -> None:
    gold, written = profiles[name]
    (tmp_path / f"x.{ending}").write_text(getattr(forms, write)(written), encoding="utf-8")
    document = read_document(tmp_path, replace(gold.document.source, path=f"x.{ending}"))
    assert len(document.scores) == len(indicators_of(gold.document.source.edition)) + 4
    assert [score for score in document.scores if score.value is None] == []
    assert [issue.code for issue in analyse(document).issues] == []
    text = document.text or ""
    prose = "".join(text[f.sentence.start : f.sentence.end] for f in analyse(document).findings)
    assert not any(word in prose for word in ("funded", "Download", "Illicit activity involving", "hidden part"))


def test_blank_lines_between_blocks_of_a_pasted_page_change_nothing(profiles: Any, tmp_path: Path) -> None:
    gold, written = profiles["south_africa_2023"]
    data = forms.as_pasted(written).replace("\n", "\r\n\r\n").encode()
    assert labels(tmp_path, "x.txt", data, gold.document.source) == expected(gold)


def soft(text: str) -> str:
    """Soft hyphens, zero-width spaces and directions within words and around sentences."""
    return text.replace("tion", "ti\u00adon").replace("the ", "t\u200bhe ").replace(". ", ".\u200e \u202a")


def ligatures(text: str) -> str:
    return text.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02")


def markdown(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"## {line.title()}" if line.isupper() else line for line in lines)


def numbered(text: str) -> str:
    numbers = itertools.count(1)
    return "\n".join(f"{next(numbers)}. {line}" if line.isupper() else line for line in text.split("\n"))


def inline(text: str) -> str:
    lines = text.split("\n")
    return "".join(f"{line}: " if line.isupper() else f"{line}\n" for line in lines)


VARIANTS: dict[str, Callable[[str], bytes]] = {
    "utf8_mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf16_le_mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf16_be_mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf16_le": lambda text: text.encode("utf-16-le"),
    "utf16_be": lambda text: text.encode("utf-16-be"),
    "windows_1252": lambda text: text.encode("cp1252"),
    "latin_1": lambda text: text.encode("latin-1"),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "line_separator": lambda text: text.replace("\n", "\u2028").encode(),
    "next_line": lambda text: text.replace("\n", "\x85").encode(),
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
    "no_break_blanks": lambda text: text.replace("a ", "a\u00a0").encode(),
    "soft": lambda text: soft(text).encode(),
    "ligatures": lambda text: ligatures(text).encode(),
    "controls": lambda text: text.replace("ing ", "in\x01g ").encode(),
    "page_numbers": lambda text: text.replace(" the\n", " the\n\n7\n\n").encode(),
    "small_headings": lambda text: "\n".join(x.title() if x.isupper() else x for x in text.split("\n")).encode(),
    "colons": lambda text: "\n".join(f"{x} : " if x.isupper() else x for x in text.split("\n")).encode(),
    "ampersands": lambda text: text.replace(" AND ", " & ").encode(),
    "two_lines": lambda text: text.replace(" AND ", "\nAND ").encode(),
    "markdown": lambda text: markdown(text).encode(),
    "numbered": lambda text: numbered(text).encode(),
    "inline": lambda text: inline(text).encode(),
}


@pytest.fixture(scope="module")
def accented(profiles: Any) -> tuple[GoldDocument, str]:
    """A labelled profile as wrapped text that has accents, and nothing that Latin-1 lacks."""
    gold, written = profiles["kenya_2021"]
    plain = {ord(character): "'" for character in "‘’"} | {ord(character): '"' for character in "“”"}
    text = forms.as_wrapped(written).translate(plain).replace("–", "-").replace("—", "-")
    text = text.replace("Kenya is at once", "Kénya à été – Kenya is at once".replace("–", "-"), 1)
    return gold, text


@pytest.mark.parametrize("variant", VARIANTS)
def test_text_in_any_dress_is_the_same_text(accented: Any, tmp_path: Path, variant: str) -> None:
    gold, text = accented
    plain = labels(tmp_path, "plain.txt", text.encode(), gold.document.source)
    assert len(plain) == len(gold.sentences)
    data = VARIANTS[variant](text)
    assert data != text.encode()
    assert labels(tmp_path, "x.txt", data, gold.document.source) == plain


@pytest.mark.parametrize("variant", VARIANTS)
def test_quotes_stand_where_they_are_said_to(accented: Any, tmp_path: Path, variant: str) -> None:
    from ocindex.dataset.evidence import evidence_rows

    gold, text = accented
    (tmp_path / "x.txt").write_bytes(VARIANTS[variant](text))
    document = read_document(tmp_path, replace(gold.document.source, path="x.txt"))
    rows = evidence_rows(analyse(document))
    assert rows
    assert all((document.text or "")[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_no_heading_at_all_lowers_the_probability_and_is_said() -> None:
    # Of texts that were fitted on, more is known than their headings tell.
    for path in sorted((GOLD / "unseen").glob("*.json"))[:4]:
        gold, sections = read_gold(path)[0], json.loads(path.read_text(encoding="utf-8"))["sections"]
        paragraphs = [paragraph for section in sections for paragraph in section["paragraphs"]]
        text = "\n\n".join(" ".join(item["text"] for item in paragraph) for paragraph in paragraphs)
        bare = analyse(replace(gold.document, text=text))
        whole = analyse(gold.document)
        assert [issue.code for issue in bare.issues] == ["no_headings"]
        mean = [sum(f.probability for f in a.findings) / len(a.findings) for a in (bare, whole)]
        assert mean[0] < mean[1] - 0.03
