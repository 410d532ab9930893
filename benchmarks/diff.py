"""Two versions of one table: our comparison beside DuckDB's own full outer join and a pandas merge.

    python benchmarks/diff.py [--rows 1000000] [--rounds 5] [--layout duckdb|pyarrow|shuffled]

The table has 12 columns: four of the key, a text of 150 characters, seven values. 1 % of
the cells of each value column changed, 0.5 % of the rows came, 0.5 % went. Each program
runs in a process of its own, by turns, and gives the same: the changed cells with key, column, old
and new value, and the added and removed rows, as Arrow (pandas: as frames). "ocindex.diff" takes
them from `Changes.difference`; "with lines" has the lines of `Changes.lines` instead, which say effect and
size of each change, in order of importance, and the summary; "with table()" makes a pandas frame of
them, too. The two are what `ocindex diff` and a reader of its table wait for; no other
program here does that work. Prints the medians of time (s), processor time (s)
and peak memory (MB), and their ratios to DuckDB's join. On a machine with other work
the processor time is the one to trust.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

KEY = ("iso3", "edition", "indicator", "item")
VALUES = ("text", "score", "p1", "count1", "code", "flag", "small", "average")
_WORDS = "arms trade border region state police river port cartel market network official group route cocaine timber"
_MEASURED = """
import json, resource, sys, time
begin = time.perf_counter()
folder, key, values = sys.argv[1], {key}, {values}
{program}
used = resource.getrusage(resource.RUSAGE_SELF)
with open("/proc/self/status") as status:
    # Not ru_maxrss: of a child it counts what its parent had.
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
print(json.dumps([time.perf_counter() - begin, used.ru_utime + used.ru_stime, peak, found]))
"""
_OURS = """
import ocindex
changes = ocindex.diff(f"{folder}/old.parquet", f"{folder}/new.parquet", key=key)
bare = changes.difference
found = [len(bare.cells), len(bare.added) + len(bare.removed)]
"""
_TABLE = """
import ocindex
changes = ocindex.diff(f"{folder}/old.parquet", f"{folder}/new.parquet", key=key)
kinds = {item.kind: 0 for item in changes.summary}
for item in changes.summary:
    kinds[item.kind] += item.changes
reordered = kinds.pop("rows_reordered", 0)
found = [kinds["changed"], kinds["added"] + kinds["removed"]]
assert sum(found) + reordered == len(changes.lines)
"""
_FRAME = (
    _TABLE
    + """
assert len(changes.table()) == len(changes.lines)
"""
)
_IDENTICAL = """
import ocindex
changes = ocindex.diff(f"{folder}/old.parquet", f"{folder}/same.parquet", key=key)
found = [0, 0] if changes.is_same else None
"""
_JOIN = """
import duckdb
c = duckdb.connect()
both = ", ".join([f"coalesce(o.{k}, n.{k}) as {k}" for k in key] + [f"o.{v} as o_{v}, n.{v} as n_{v}" for v in values])
differs = " or ".join(f"o.{v} is distinct from n.{v}" for v in values)
c.execute(f'''create temp table joined as select {both}, o.item is null as added, n.item is null as removed
    from read_parquet('{folder}/old.parquet') o full join read_parquet('{folder}/new.parquet') n
    on {" and ".join(f"o.{k} = n.{k}" for k in key)} where o.item is null or n.item is null or {differs}''')
cells = c.sql(" union all ".join(
    f"select {', '.join(key)}, '{v}' as col, o_{v}::varchar as old, n_{v}::varchar as new from joined "
    f"where not added and not removed and o_{v} is distinct from n_{v}" for v in values)).to_arrow_table()
rows = c.sql("select * from joined where added or removed").to_arrow_table()
found = [len(cells), len(rows)]
"""
_PANDAS = """
import pandas as pd
old, new = pd.read_parquet(f"{folder}/old.parquet"), pd.read_parquet(f"{folder}/new.parquet")
both = old.merge(new, on=key, how="outer", suffixes=("_old", "_new"), indicator=True)
shared = both[both["_merge"] == "both"]
parts = []
for v in values:
    a, b = shared[f"{v}_old"], shared[f"{v}_new"]
    hit = (a != b) & ~(a.isna() & b.isna())
    parts.append(shared.loc[hit, key].assign(column=v, old=a[hit].astype(str), new=b[hit].astype(str)))
cells = pd.concat(parts)
found = [len(cells), int((both["_merge"] != "both").sum())]
"""
PROGRAMS = {
    "DuckDB join": _JOIN,
    "ocindex.diff": _OURS,
    "with lines": _TABLE,
    "with table()": _FRAME,
    "pandas merge": _PANDAS,
    "identical": _IDENTICAL,
}


def make_tables(folder: Path, rows: int, layout: str) -> None:
    """Write the two versions, the same for the same arguments, sorted by key unless shuffled."""
    connection = duckdb.connect()
    words = "[" + ", ".join(f"'{word}'" for word in _WORDS.split()) + "]"
    text = f"list_transform(range(30), lambda x: list_extract({words}, ((hash(i * 31 + x) % 16) + 1)::int))"
    connection.execute(
        f"""create table old as select 'C' || lpad((i % 193)::varchar, 3, '0') as iso3,
            (2021 + 2 * (i % 3))::smallint as edition, 'indicator_' || ((i // 579) % 32) as indicator,
            i::integer as item,
            rpad(array_to_string({text}, ' '), 150, 'x') as text, 1 + (hash(i, 1) % 19) / 2.0::double as score,
            (hash(i, 2) % 10000) / 10000.0::double as p1, (hash(i, 3) % 100000)::integer as count1,
            'code_' || (hash(i, 4) % 500) as code, hash(i, 5) % 2 = 0 as flag, (hash(i, 6) % 30000)::smallint as small,
            case when hash(i, 7) % 10 = 0 then null else (hash(i, 7) % 1000) / 7.0 end::double as average
            from range({rows}) t(i)"""
    )
    changed = {
        "text": "'new ' || text[5:]", "score": "score + 0.5", "p1": "p1 + 0.1", "count1": "count1 + 1",
        "code": "code || 'x'", "flag": "not flag", "small": "(small + 1)::smallint",
        "average": "coalesce(average + 1, 1)",
    }  # fmt: skip
    cells = ", ".join(
        f"case when hash(item, {number}, 'cell') % 100 = 0 then {changed[name]} else {name} end as {name}"
        for number, name in enumerate(VALUES)
    )
    others = ", ".join(VALUES)
    connection.execute(
        f"""create table new as select {", ".join(KEY)}, {cells} from old where hash(item, 'gone') % 200 <> 0
            union all select iso3, edition, indicator, item + {rows}, {others} from old
            where hash(item, 'came') % 200 = 0"""
    )
    for name in ("old", "new"):
        order = "hash(item)" if layout == "shuffled" and name == "new" else ", ".join(KEY)
        path = folder / f"{name}.parquet"
        if layout == "duckdb":
            connection.execute(f"copy (from {name} order by {order}) to '{path}' (compression zstd)")
        else:
            import pyarrow.parquet as pq

            pq.write_table(connection.sql(f"from {name} order by {order}").to_arrow_table(), path, compression="zstd")
    (folder / "same.parquet").write_bytes((folder / "old.parquet").read_bytes())


def measure(folder: Path, names: list[str], rounds: int) -> dict[str, list[float]]:
    """Run the programs by turns; gives median seconds, processor seconds and megabytes of each."""
    taken: dict[str, list[list[float]]] = {name: [] for name in names}
    counts = set()
    for _ in range(rounds):
        for name in names:
            program = _MEASURED.format(key=list(KEY), values=list(VALUES), program=PROGRAMS[name])
            done = subprocess.run(
                [sys.executable, "-c", program, str(folder)], check=True, capture_output=True, text=True
            )
            *figures, found = json.loads(done.stdout.splitlines()[-1])
            taken[name].append(figures)
            if name != "identical":
                counts.add(tuple(found))
    if len(counts) != 1:
        raise SystemExit(f"the programs found different numbers of cells and rows: {sorted(counts)}")
    print("cells and rows found by all:", *counts.pop())
    return {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in taken.items()}


def main() -> None:
    """Make the tables, run each program by turns, print medians and ratios to the join."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--layout", choices=("duckdb", "pyarrow", "shuffled"), default="duckdb")
    parser.add_argument("--without", nargs="*", default=[], choices=list(PROGRAMS), help="Programs to leave out.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        make_tables(Path(name), options.rows, options.layout)
        names = [program for program in PROGRAMS if program not in options.without]
        medians = measure(Path(name), names, options.rounds)
    join = medians.get("DuckDB join", [1, 1, 1])
    for name, figures in medians.items():
        ratios = "  ".join(f"x{figure / base:5.2f}" for figure, base in zip(figures, join, strict=True))
        print(f"{name:<14} {figures[0]:7.2f} s {figures[1]:7.2f} cpu s {figures[2]:7.0f} MB   {ratios}")


if __name__ == "__main__":
    main()
