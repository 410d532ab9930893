"""Lines of a profile in, the scores, changes and ranks printed among them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ocindex.reading.document import Issue, Source
from ocindex.reading.scoreline import LABEL, RANK, Token, looks_like_number, read_tokens
from ocindex.reading.scorepairs import Placed, join_changes, pair_tokens
from ocindex.reading.scores import Reporter, Score, check_score, merge_double
from ocindex.vocabulary.folding import fold_text
from ocindex.vocabulary.indicators import code_of, editions, indicators_of

SOURCE = "profile"
_LONGEST_LABEL = 3
_LONGEST_START = 60


class PrintedRank(NamedTuple):
    """A rank as a profile prints it; ``group`` is null for the world."""

    measure: str
    rank: int
    of: int
    group: str | None
    locator: str


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """What a profile prints beside its prose.

    ``changes`` maps a measure to its printed change against the edition before;
    ``lines`` are the lines, counted from 0, that hold nothing but this.
    """

    scores: tuple[Score, ...] = ()
    changes: Mapping[str, float] = field(default_factory=dict)
    ranks: tuple[PrintedRank, ...] = ()
    issues: tuple[Issue, ...] = ()
    lines: frozenset[int] = frozenset()


def read_scoreboard(lines: Sequence[str], source: Source, *, locators: Sequence[str] | None = None) -> Scoreboard:
    """Read scores, changes and ranks from lines among which other text may stand.

    A score stands on its label's line, on the line after it, or (above the label of an
    average, as web pages set it) on the line before it. What is not certain is an issue.

    Parameters
    ----------
    lines : sequence of str
        In reading order, as they stand in the document; blank ones too.
    source : Source
        The profile; its country and edition say whose scores they are.
    locators : sequence of str, optional
        Where each line stands, such as ``page 1``; ``line 12`` without it.

    Returns
    -------
    Scoreboard

    Examples
    --------
    >>> source = Source("PER.txt", "PER", "profile", "PER", 2023)
    >>> board = read_scoreboard(["6.480.31", "Criminality score", "31st of 193 countries 3"], source)
    >>> board.scores[0].value, board.changes["criminality"], board.ranks[0].rank
    (6.48, 0.31, 31)
    """
    places = locators if locators is not None else [f"line {number + 1}" for number in range(len(lines))]
    placed = _place_tokens(lines)
    pairs = sorted(pair_tokens(placed), key=lambda pair: pair[0].first)
    reader = _Reader(source, places)
    for label, score in pairs:
        reader.take(label, score)
    reader.take_unreadable(lines, placed, pairs)
    reader.take_ranks(placed, pairs)
    return reader.finish()


class _Reader:
    """Checks pairs of label and score one by one."""

    def __init__(self, source: Source, places: Sequence[str]) -> None:
        self._source, self._places = source, places
        self._scores: dict[str, Score] = {}
        self._changes: dict[str, float] = {}
        self._ranks: list[PrintedRank] = []
        self._issues: list[Issue] = []
        self._lines: set[int] = set()

    def take(self, label: Placed, score: Placed) -> None:
        self._cover(label)
        self._cover(score)
        self._check(label, score.token.value or "", score.first)
        if score.token.change not in (None, "n/a"):
            self._changes.setdefault(str(label.token.name), float(str(score.token.change)))

    def take_unreadable(
        self, lines: Sequence[str], tokens: Sequence[Placed], pairs: Sequence[tuple[Placed, Placed]]
    ) -> None:
        """Report figures that stand where a score should and are none."""
        paired = {id(label) for label, _ in pairs}
        # Without any score a line of figures after a heading is a page number.
        alone = [item for item in tokens if item.token.kind == LABEL and id(item) not in paired] if pairs else []
        for label in alone:
            after = next((n for n in range(label.last + 1, len(lines)) if fold_text(lines[n])), None)
            if after is None or after in self._lines or not looks_like_number(lines[after]):
                continue
            if read_tokens(lines[after]) is None:
                self._cover(label)
                self._lines.add(after)
                self._check(label, fold_text(lines[after]), after)

    def take_ranks(self, tokens: Sequence[Placed], pairs: Sequence[tuple[Placed, Placed]]) -> None:
        """Give each rank to the label of the average nearest above it."""
        labels = [label for label, _ in pairs if code_of(str(label.token.name)).is_composite]
        for placed in (placed for placed in tokens if placed.token.kind == RANK):
            self._cover(placed)
            above = [label for label in labels if label.first <= placed.first]
            if above and placed.token.of is not None:
                token, place = placed.token, self._places[placed.first]
                self._ranks.append(
                    PrintedRank(str(above[-1].token.name), int(str(token.value)), placed.token.of, token.name, place)
                )

    def finish(self) -> Scoreboard:
        self._judge_edition()
        return Scoreboard(
            tuple(self._scores.values()),
            self._changes,
            tuple(self._ranks),
            tuple(self._issues),
            frozenset(self._lines),
        )

    def _cover(self, placed: Placed) -> None:
        self._lines.update(range(placed.first, placed.last + 1))

    def _check(self, label: Placed, found: str, line: int) -> None:
        source = self._source
        if source.iso3 is None or source.edition is None:
            return
        measure = code_of(str(label.token.name))
        issue = Reporter(source.document_id, self._places[line], self._issues)
        issue.iso3, issue.edition, issue.indicator = source.iso3, source.edition, measure.code
        if measure.since > source.edition:
            issue.indicator = None
            issue(
                "not_in_edition",
                f"found a score of {measure.code} in {source.edition}; expected it since {measure.since}; left out: "
                "check the edition in sources.csv.",
            )
            return
        value = check_score(found, measure, issue)
        score = Score(source.iso3, source.edition, measure.code, value, SOURCE, source.document_id)
        self._scores[measure.code] = merge_double(self._scores.get(measure.code), score, issue)

    def _judge_edition(self) -> None:
        """An edition without one before it has no changes; one with a longer list prints all of it."""
        source = self._source
        if source.iso3 is None or source.edition is None:
            return
        issue = Reporter(source.document_id, self._places[0] if self._places else "file", self._issues)
        issue.iso3, issue.edition = source.iso3, source.edition
        missing = [item.code for item in indicators_of(source.edition) if item.code not in self._scores]
        listed = len(indicators_of(source.edition))
        if self._changes and source.edition == editions()[0].edition:
            issue(
                "edition_doubtful",
                f"found changes against an earlier edition; expected none in {source.edition}, the first; "
                "check the edition in sources.csv.",
                "warning",
            )
        # A few scores are an excerpt; most of them are a page from which some were lost.
        if self._scores and 0 < len(missing) <= listed // 2:
            issue(
                "scores_missing",
                f"found scores of {listed - len(missing)} indicators; expected {listed}; missing: "
                f"{', '.join(missing)}.",
                "warning",
            )


def _place_tokens(lines: Sequence[str]) -> list[Placed]:
    """List the tokens of the score lines; a text between two of them counts on their ``block``."""
    found: list[Placed] = []
    number = between = 0
    while number < len(lines):
        tokens, count = _tokens_at(lines, number)
        if tokens is not None:
            found += [Placed(token, number, number + count - 1, between) for token in tokens]
        elif fold_text(lines[number]):
            between += 1
        number += count
    return join_changes(found)


def _tokens_at(lines: Sequence[str], number: int) -> tuple[list[Token] | None, int]:
    """Read one line; a label that no line ends may run over two or three."""
    tokens = read_tokens(lines[number])
    if tokens is not None or len(lines[number]) > _LONGEST_START or not fold_text(lines[number]):
        return tokens, 1
    for count in range(2, _LONGEST_LABEL + 1):
        part = lines[number : number + count]
        if len(part) < count or not fold_text(part[-1]):
            break
        tokens = read_tokens(" ".join(part))
        if tokens is not None and tokens[0].kind == LABEL and read_tokens(part[-1]) is None:
            return tokens, count
    return None, 1
