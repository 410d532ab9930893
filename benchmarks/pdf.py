"""From a two-column PDF to evidence: our reader beside bare text extraction and the same attribution.

    python benchmarks/pdf.py tests/gold/profiles/south_africa_2023.json

The labelled profile is printed in two columns, drawn row by row, with running header, footer
and page numbers. By turns in one process: the PDF from its bytes to evidence with boxes; the
bare text of its pages (pypdfium2, drawing order); the attribution of the same text to evidence.
Prints medians in milliseconds and the ratio of the first to the sum of the other two, for which
the goal is 1.5 at most. Attribution is the greater part of both: reading alone takes three to
four times as long as the bare text, for it measures every word.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

ROUNDS = 41
WARM = 3


def main() -> None:
    """Time the profiles named on the command line and print medians and ratios."""
    for name in sys.argv[1:]:
        times = time_profile(Path(name))
        ours, bare, attribution = (statistics.median(values) for values in times)
        print(
            f"{Path(name).stem:<20} PDF to evidence {ours:6.1f} ms   bare text {bare:5.1f} ms + attribution "
            f"{attribution:5.1f} ms   ratio {ours / (bare + attribution):.2f}"
        )


def time_profile(path: Path) -> tuple[list[float], list[float], list[float]]:
    """Time reading with attribution, bare extraction, and attribution alone, by turns."""
    from ocindex.dataset.boxes import box_rows
    from ocindex.dataset.evidence import evidence_rows
    from ocindex.pipeline import analyse
    from ocindex.reading.document import Document, Source
    from ocindex.reading.pdf.reader import read_pdf
    from printing import Layout, print_profile

    labels = json.loads(path.read_text(encoding="utf-8"))
    sections = [
        (section["heading"], [" ".join(item["text"] for item in part) for part in section["paragraphs"]])
        for section in labels["sections"]
    ]
    layout = Layout(order="rows", header="Global Organized Crime Index", footer="Profile", page_number="{page}")
    data = print_profile(sections, layout)
    source = Source("profile.pdf", "profile", "profile", labels["iso3"], int(labels["edition"]))
    plain = Document(source, "0" * 64, len(data), read_pdf(data, source).text)

    def whole() -> None:
        content = read_pdf(data, source)
        document = replace(plain, text=content.text, page_starts=content.page_starts, places=content.places)
        box_rows(document, evidence_rows(analyse(document)))

    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(ROUNDS + WARM):
        for kept, work in zip(
            times, (whole, lambda: extract_text(data), lambda: evidence_rows(analyse(plain))), strict=True
        ):
            kept.append(measure(work))
    return times[0][WARM:], times[1][WARM:], times[2][WARM:]


def extract_text(data: bytes) -> list[str]:
    """Give the text of each page as pypdfium2 does by default."""
    import pypdfium2

    texts = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            page.close()
    return texts


def measure(work: Callable[[], object]) -> float:
    """Give the milliseconds that one call takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
