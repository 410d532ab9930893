"""Options that several commands share, and the line that says which dataset answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

    from ocindex.dataset.dataset import Dataset

_Command = TypeVar("_Command", bound=Callable[..., Any])


def dist_option(command: _Command) -> _Command:
    """Add ``--dist``: the dataset to read; the bundled one without it."""
    return click.option("--dist", type=click.Path(), help="Folder of a dataset; without it the bundled one.")(command)


def json_option(command: _Command) -> _Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(command)


def open_answering(dist: str | None) -> Dataset:
    """Open the dataset that a reading command answers from."""
    from pathlib import Path

    from ocindex.dataset.fit import refuse_misfit
    from ocindex.dataset.load import open_dataset

    dataset = open_dataset(dist)
    if dist is not None:
        refuse_misfit(Path(dist))
    return dataset


def say_which(dataset: Dataset, dist: str | None) -> None:
    """Say on stderr which dataset answered, its version and how much it holds."""
    indicators = dataset.indicators
    scored = indicators.loc[indicators["score"].notna(), "iso3"].nunique()
    texts = indicators.loc[indicators["text_status"] == "present", "iso3"].nunique()
    name = "bundled dataset" if dist is None else f"dataset {dist}"
    click.echo(f"{name} {dataset.version}: scores of {_count(scored)}, text of {_count(texts)}", err=True)


def print_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def make_console() -> Console:
    """Make the console that results are printed on; 120 columns where there is no terminal."""
    from rich.console import Console

    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, emoji=False, markup=False, width=120)
    return console


def _count(number: int) -> str:
    return f"{number} country" if number == 1 else f"{number} countries"
