"""Three sheets of the Index's workbook: our reader beside pandas with openpyxl.

    python benchmarks/workbook.py ../shared/workbooks/global_oc_index_2025.xlsx

Each reader runs in a process of its own, by turns, as a user's program would run it; the
first reading of a process is not counted. Prints medians in milliseconds and their
ratio. "cells" is every sheet as checked cells, what pandas gives too; "whole" adds the
19,686 checked scores and their issues. In one process shared with the others, and with
garbage collected before every reading, pandas is faster (about 115 ms instead of 150) and
the ratio of "cells" falls to about 6.8.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

ROUNDS = 5
READINGS = 5
_TIMER = f"""
import sys, time
path = sys.argv[1]
{{setup}}
times = []
for _ in range({READINGS} + 1):
    begin = time.perf_counter()
    {{reading}}
    times.append((time.perf_counter() - begin) * 1000)
print(*times[1:])
"""
_OURS = "from pathlib import Path; from ocindex.reading."
READERS = {
    "pandas + openpyxl": (
        "import pandas as pd",
        "pd.read_excel(path, sheet_name=['2025_dataset', '2023_dataset', '2021_dataset'], engine='openpyxl')",
    ),
    "ocindex, cells": (
        f"{_OURS}archive import unpack_workbook; from ocindex.reading.tables import read_tables",
        "read_tables(unpack_workbook(Path(path)))",
    ),
    "ocindex, whole": (f"{_OURS}workbook import read_workbook", "read_workbook(Path(path), 'workbook')"),
}


def main() -> None:
    """Read the workbook named on the command line in each way by turns, and print medians and ratios."""
    times: dict[str, list[float]] = {name: [] for name in READERS}
    for _ in range(ROUNDS):
        for name, (setup, reading) in READERS.items():
            program = _TIMER.format(setup=setup, reading=reading)
            done = subprocess.run(
                [sys.executable, "-c", program, sys.argv[1]], check=True, capture_output=True, text=True
            )
            times[name] += map(float, done.stdout.split())
    medians = {name: statistics.median(values) for name, values in times.items()}
    peer = medians["pandas + openpyxl"]
    for name, median in medians.items():
        print(f"{name:<20} {median:8.1f} ms   pandas is {peer / median:5.1f} x as long")


if __name__ == "__main__":
    main()
