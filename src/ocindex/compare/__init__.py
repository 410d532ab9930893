"""Comparison: two things go in, their differences come out.

The package is also the library call ``ocindex.compare("PER", 2021, 2025)``.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


class _CallablePackage(ModuleType):
    """A package that can be called.

    Importing any module of ``ocindex.compare`` binds that name in ``ocindex``
    to the package, so a function of the same name would vanish; calling the
    package is the one way to have both.
    """

    def __call__(
        self, country: str | None = None, then: int = 2021, now: int = 2025, *, dist: str | Path | None = None
    ) -> pd.DataFrame:
        """Compare two editions, as `ocindex.compare.questions.compare` does."""
        from ocindex.compare.questions import compare

        return compare(country, then, now, dist=dist)


sys.modules[__name__].__class__ = _CallablePackage
