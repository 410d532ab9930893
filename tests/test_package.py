"""The package: what it offers, what it does not load, and how long its modules are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import ocindex

HEAVY = ("pandas", "pandera", "pyarrow", "duckdb", "numpy")


def test_all_is_sorted_and_every_name_can_be_imported() -> None:
    assert list(ocindex.__all__) == sorted(ocindex.__all__)
    assert dir(ocindex) == sorted(ocindex.__all__)
    for name in ocindex.__all__:
        assert getattr(ocindex, name) is not None


def test_the_promised_names_are_offered() -> None:
    assert {"Dataset", "OcindexError", "__version__", "build", "load", "open"} <= set(ocindex.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'ocindex' has no attribute 'nonsense'"):
        _ = ocindex.nonsense


@pytest.mark.parametrize(
    "statement", ["import ocindex", "import ocindex; ocindex.open", "from ocindex.cli import main"]
)
def test_importing_loads_no_heavy_library(statement: str) -> None:
    script = f"{statement}\nimport sys\nprint(sorted(set({HEAVY!r}) & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_every_error_has_the_same_root() -> None:
    from ocindex import errors

    for name in errors.__all__:
        assert issubclass(getattr(errors, name), ocindex.OcindexError)
    assert list(errors.__all__) == sorted(errors.__all__)


def test_no_module_is_longer_than_300_lines(repository: Path) -> None:
    modules = list((repository / "src").rglob("*.py"))
    assert modules
    long = {
        path.relative_to(repository).as_posix(): lines
        for path in modules
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_every_module_opens_with_one_sentence(repository: Path) -> None:
    for path in (repository / "src").rglob("*.py"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(('"""', 'r"""')), path


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(ocindex.__file__).with_name("py.typed").is_file()
