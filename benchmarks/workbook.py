"""Three sheets of the Index's workbook: our reader beside pandas with openpyxl, in one run.

    python benchmarks/workbook.py ../shared/workbooks/global_oc_index_2025.xlsx

Prints medians in milliseconds and their ratio. "cells" is the three data sheets as checked
cells, what pandas gives too; "whole" adds the 19,686 checked scores and their issues.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

from ocindex.reading.archive import pack_workbook, unpack_workbook
from ocindex.reading.workbook import read_workbook

ROUNDS = 9
SHEETS = ("2025_dataset", "2023_dataset", "2021_dataset")


def main() -> None:
    path = Path(sys.argv[1])
    runs: dict[str, Callable[[], object]] = {
        "pandas + openpyxl": lambda: pd.read_excel(path, sheet_name=list(SHEETS), engine="openpyxl"),
        "ocindex, cells": lambda: _cells(path),
        "ocindex, whole": lambda: read_workbook(path, "workbook"),
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS + 1):
        for name, run in runs.items():
            begin = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - begin) * 1000)
    medians = {name: statistics.median(values[1:]) for name, values in times.items()}
    peer = medians["pandas + openpyxl"]
    for name, median in medians.items():
        print(f"{name:<20} {median:8.1f} ms   pandas is {peer / median:5.1f} x as long")


def _cells(path: Path) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(pack_workbook(unpack_workbook(path)))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in SHEETS]


if __name__ == "__main__":
    main()
