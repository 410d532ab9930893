"""Attribution of the five labelled profiles beside the bare passes that it cannot do without.

    python benchmarks/attribution.py

The bare passes are nupunkt over each text and the automaton of ahocorasick over the same
text in small letters, with every term of the lexicon, overlapping hits included. "sections
and sentences" and "cues" are our own passes that hold these two, with headings, positions,
abbreviations, inflections, gaps and weights. Of "attribution", which takes the sentences and
holds the cues, there are two: all five profiles together, as `ocindex build` attributes up to
32 documents at a time, and one after another, as a caller who has but one document would.
"whole" is everything that `ocindex build` does with profiles, from text to claims. All take
turns in one process, after one turn that is not counted: tables are built by then, and every
word of the five profiles has been looked up once. Prints medians in milliseconds, and their ratio to the
bare passes together and to our own two passes together.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import nupunkt
from ahocorasick_rs import AhoCorasick, Implementation

from ocindex.analysis.attribution import Prose, attribute, attribute_all
from ocindex.analysis.cues import match_cues
from ocindex.analysis.gold import read_gold
from ocindex.cli.evaluation import bundled_texts
from ocindex.pipeline import analyse_all, split_document
from ocindex.vocabulary.lexicon import cues

TURNS = 41
GOLD = Path(__file__).parents[1] / "tests" / "gold"


def main() -> None:
    """Time each pass by turns, and print medians and ratios."""
    paths = [GOLD / "peru_2021.csv", *sorted((GOLD / "profiles").glob("*.json"))]
    documents = [gold.document for path in paths for gold in read_gold(path, bundled_texts())]
    texts = [document.text or "" for document in documents]
    split = [split_document(document)[1] for document in documents]
    prose = [Prose(sentences, document.source) for sentences, document in zip(split, documents, strict=True)]
    terms = sorted({" ".join(cue.pieces).replace("*", "").strip() for cue in cues()})
    automaton = AhoCorasick(terms, implementation=Implementation.ContiguousNFA)
    passes: dict[str, Callable[[], object]] = {
        "nupunkt": lambda: [list(nupunkt.sent_spans(text)) for text in texts],
        "ahocorasick": lambda: [automaton.find_matches_as_indexes(text.lower(), overlapping=True) for text in texts],
        "sections and sentences": lambda: [split_document(document) for document in documents],
        "cues": lambda: [match_cues([sentence.text for sentence in sentences]) for sentences in split],
        "attribution": lambda: attribute_all(prose),
        "attribution one by one": lambda: [attribute(item.sentences, item.source) for item in prose],
        "whole": lambda: list(analyse_all(documents)),
    }
    medians = time_by_turns(passes)
    bare = medians["nupunkt"] + medians["ahocorasick"]
    own = medians["sections and sentences"] + medians["cues"]
    print(f"{len(texts)} profiles, {sum(map(len, texts)):,} characters, {len(terms):,} terms")
    for name, median in medians.items():
        print(f"{name:<24}{median:8.1f} ms {median / bare:7.2f} x the bare passes {median / own:7.2f} x our own two")


def time_by_turns(passes: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Give the median time of each pass in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in passes}
    for turn in range(TURNS + 1):
        for name, run in passes.items():
            begin = time.perf_counter()
            run()
            if turn:
                times[name].append((time.perf_counter() - begin) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


if __name__ == "__main__":
    main()
