"""Country-risk assessments of the Global Organized Crime Index as checked, tidy tables."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ocindex.version import __version__

if TYPE_CHECKING:
    from ocindex import compare
    from ocindex.compare.questions import aggregate, claims, conflicts, rank
    from ocindex.compare.releases.difference import diff
    from ocindex.dataset.dataset import Dataset
    from ocindex.dataset.load import load_table as load
    from ocindex.dataset.load import open_dataset as open  # noqa: A004
    from ocindex.dataset.routes import flows
    from ocindex.errors import OcindexError
    from ocindex.pipeline import build
    from ocindex.releasing import release

__all__ = [
    "Dataset",
    "OcindexError",
    "__version__",
    "aggregate",
    "build",
    "claims",
    "compare",
    "conflicts",
    "diff",
    "flows",
    "load",
    "open",
    "rank",
    "release",
]

# Resolved at first use: importing the package loads neither pandas nor pyarrow.
_HOMES = {
    "Dataset": ("ocindex.dataset.dataset", "Dataset"),
    "OcindexError": ("ocindex.errors", "OcindexError"),
    "aggregate": ("ocindex.compare.questions", "aggregate"),
    "build": ("ocindex.pipeline", "build"),
    "claims": ("ocindex.compare.questions", "claims"),
    "conflicts": ("ocindex.compare.questions", "conflicts"),
    "diff": ("ocindex.compare.releases.difference", "diff"),
    "flows": ("ocindex.dataset.routes", "flows"),
    "load": ("ocindex.dataset.load", "load_table"),
    "open": ("ocindex.dataset.load", "open_dataset"),
    "rank": ("ocindex.compare.questions", "rank"),
    "release": ("ocindex.releasing", "release"),
}


def __getattr__(name: str) -> object:
    if name == "compare":
        return import_module("ocindex.compare")
    if name not in _HOMES:
        raise AttributeError(f"module 'ocindex' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
