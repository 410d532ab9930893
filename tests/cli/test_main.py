"""The command line as a whole: help, version, exit codes, and what is not loaded."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ocindex as package
from ocindex.cli import cli

Run = Callable[..., Any]
COMMANDS = ("add", "build", "check", "find", "quote", "schema", "show")


def test_help_lists_every_command_and_the_exit_codes(ocindex: Run) -> None:
    answer = ocindex("--help")
    assert answer.code == 0
    assert all(f"\n  {name} " in answer.out for name in COMMANDS)
    assert "Exit codes: 0" in answer.out


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(name: str, ocindex: Run) -> None:
    answer = ocindex(name, "--help")
    assert answer.code == 0
    assert f"ocindex {name} [OPTIONS]" in answer.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_line_begins_as_the_commands_own(name: str, ocindex: Run) -> None:
    listed = next(line for line in ocindex("--help").out.splitlines() if line.startswith(f"  {name} "))
    own = ocindex(name, "--help").out
    assert listed.split()[1].lower().rstrip("s.") in own.lower()


def test_version_names_code_and_data(ocindex: Run) -> None:
    answer = ocindex("--version")
    assert answer.code == 0
    assert answer.out == f"ocindex {package.__version__}, bundled dataset {package.open().version}\n"


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("show",), ("show", "PER", "--nonsense"), ("show", "PER", "--edition", "x"), ("find",)]
)
def test_a_command_that_makes_no_sense_exits_with_2_and_a_hint(arguments: tuple[str, ...], ocindex: Run) -> None:
    answer = ocindex(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert "Usage: " in answer.err
    assert "Traceback" not in answer.err


def test_a_stop_by_the_user_is_no_crash(ocindex: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "invoke", stop)
    answer = ocindex("show", "PER")
    assert answer.code == 2
    assert answer.err.strip() == "Stopped."


def test_a_reader_that_goes_away_is_no_error() -> None:
    program = [sys.executable, "-c", "from ocindex.cli import main; main()"]
    with subprocess.Popen(
        [*program, "find", "the", "--tier", "all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()
        assert running.wait() == 0


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_no_heavy_library(argument: str) -> None:
    script = (
        "import sys\n"
        "from ocindex.cli import main\n"
        f"sys.argv = ['ocindex', {argument!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'pandera', 'pyarrow', 'duckdb', 'numpy', 'nupunkt', 'rich'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"


def test_the_console_script_is_installed_and_answers() -> None:
    script = Path(sys.executable).with_name("ocindex")
    run = subprocess.run([script, "show", "Congo"], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith("Error: ")
