"""Three sheets of the Index's workbook: our reader beside pandas with openpyxl, in one run.

    python benchmarks/workbook.py ../shared/workbooks/global_oc_index_2025.xlsx

Prints medians in milliseconds and their ratio. "cells" is every sheet as checked
cells, what pandas gives too; "whole" adds the 19,686 checked scores and their issues.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ocindex.reading.archive import unpack_workbook
from ocindex.reading.tables import Table, read_tables
from ocindex.reading.workbook import read_workbook

ROUNDS = 9
SHEETS = ("2025_dataset", "2023_dataset", "2021_dataset")


def main() -> None:
    """Read the workbook named on the command line in each way by turns, and print medians and ratios."""
    path = Path(sys.argv[1])
    runs: dict[str, Callable[[], object]] = {
        "pandas + openpyxl": lambda: pd.read_excel(path, sheet_name=list(SHEETS), engine="openpyxl"),
        "ocindex, cells": lambda: _cells(path),
        "ocindex, whole": lambda: read_workbook(path, "workbook"),
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS + 1):
        for name, run in runs.items():
            # What one reader leaves behind must not be cleared on the time of the next: pandas took 110 or 145 ms.
            gc.collect()
            begin = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - begin) * 1000)
    medians = {name: statistics.median(values[1:]) for name, values in times.items()}
    peer = medians["pandas + openpyxl"]
    for name, median in medians.items():
        print(f"{name:<20} {median:8.1f} ms   pandas is {peer / median:5.1f} x as long")


def _cells(path: Path) -> list[Table]:
    return read_tables(unpack_workbook(path))


if __name__ == "__main__":
    main()
