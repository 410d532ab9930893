"""Blocks of prose in, sentences with exact positions out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from ocindex.analysis.blocks import PROSE, Block, trim
from ocindex.analysis.plain import make_plain
from ocindex.analysis.readable import make_readable
from ocindex.vocabulary.bundled import read_code_list
from ocindex.vocabulary.folding import fold_text

# A full stop, question or exclamation mark, closing marks, then a sentence's first letter.
_MISSED = re.compile(
    r"[.!?](?<=[^\W\d_][^\W\d_].)[\"'”’»)\]]*(?P<gap>\s+)(?=[\"'“‘«(\[]?[A-ZÀ-ÖØ-Þ][^\W\d_'’]*[ ,’'\-])"
)
# "at 3 700 m. Haitians were flown in": after a number a unit is no abbreviation that goes on.
_AFTER_UNIT = re.compile(
    r"\d ?(?:[kcm]?m|k?g|mg|h?l|ha|t|ft|mi|lbs?|oz|[mb]n)\.(?P<gap>\s+)"
    r"(?=[\"'“‘«(\[]?[A-ZÀ-ÖØ-Þ][^\W\d_'’]*[ ,’'\-])"
)
_INITIAL = re.compile(r"[A-Z]\.")
_TWO_INITIALS = re.compile(r"\.[A-Z]\.")
# "in the U.S. Prices fell": a country's initials end a sentence where the next word is a common one;
# those of a programme ("D.A.R.E. Thailand") only where it is one that begins sentences.
_AFTER_INITIALS = re.compile(
    r"(?<![\w.])(?P<initials>(?:[A-Z]\.){2,})[\"'”’»)\]]*(?P<gap>\s+)"
    r"(?=[\"'“‘«(\[]?(?P<next>[A-Z][a-z]+)(?P<small>,? [a-z])?)"
)
_PLACES = frozenset({"U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "U.S.A.", "U.A.E.", "U.S.S.R.", "D.R.C."})
# What follows "U.S." as part of a name.
_INSTITUTIONS = frozenset(
    "Administration Agency Air Ambassador Army Attorney Bankruptcy Border Bureau Census Central Citizenship Coast "
    "Commerce Congress Consulate Court Customs Defense Department District Dollar Dollars Drug Embassy Energy "
    "Federal Fish Food Forces Forest Geological Government Homeland House Immigration Institute Justice Labor "
    "Marine Marines Marshal Marshals Military Mission Mint National Navy Office Postal President Secret Secretary "
    "Securities Senate Senator Southern Special State Steel Supreme Trade Treasury Vice Virgin".split()
)
_STARTERS = frozenset(
    "A About After Again Against All Also Although Among An And Another Any As At Because Before Besides Between "
    "Both But By Despite During Each Even Every Few Following For From Further Given Had Has Have He Her Here His "
    "How However If In Indeed Instead It Its Just Last Later Less Many Meanwhile More Moreover Most Much Near "
    "Nearly Neither Never No None Nor Not Now Of Official Officials On Once One Only Or Other Others Our Out Over "
    "Part Rather Recent Several She Since So Some Still Such Than Thanks That The Their Then There These They "
    "This Those Though Through Thus To Today Two Under Unlike Until Up Upon Using We Well What When Where Whereas "
    "Whether Which While Who Why With Within Without Yet You".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``start`` and ``end`` are half-open positions in code points.

    ``text`` is the readable form; ``paragraph`` counts the prose blocks of the
    document from 0.
    """

    start: int
    end: int
    text: str
    section: str | None
    paragraph: int


def split_sentences(text: str, blocks: Iterable[Block]) -> list[Sentence]:
    """Split each block of prose into sentences.

    nupunkt finds the boundaries; rules of our own join what it split after an
    abbreviation and split what it left glued together.

    Parameters
    ----------
    text : str
        Text of the document.
    blocks : iterable of Block
        Only prose is split.

    Returns
    -------
    list of Sentence
        In order of position; together they cover the prose but for white space.

    Examples
    --------
    >>> from ocindex.analysis.blocks import Block
    >>> text = "Gangs landscape and flourish. Its ports are\\nopen. He met Gen. Ruiz."
    >>> [s.text for s in split_sentences(text, [Block(0, len(text), "prose")])]
    ['Gangs landscape and flourish.', 'Its ports are open.', 'He met Gen. Ruiz.']
    """
    is_word = _word_test(text)
    sentences = []
    paragraph = 0
    for block in blocks:
        if block.kind != PROSE:
            continue
        prose = _blank_holes(text, block)
        for start, end in split_spans(prose, is_word):
            readable = make_readable(prose[start:end], is_word)
            sentences.append(Sentence(block.start + start, block.start + end, readable, block.section, paragraph))
        paragraph += 1
    return sentences


def split_spans(prose: str, is_word: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Give the half-open spans of the sentences of a paragraph, without outer blanks.

    ``is_word`` tells whether a word stands in small letters in the document.
    """
    import nupunkt

    view = make_plain(prose)
    plain = view.text
    cuts = {end for _, end in nupunkt.sent_spans(plain)} | {m.start("gap") for m in _MISSED.finditer(plain)}
    cuts |= {match.start("gap") for match in _AFTER_UNIT.finditer(plain)}
    for match in _AFTER_INITIALS.finditer(plain) if _TWO_INITIALS.search(plain) else ():
        cut = match.start("gap")
        if match["next"] in _STARTERS or (match["initials"] in _PLACES and _is_common(match, is_word)):
            cuts.add(cut)
        else:
            cuts -= {cut, match.end("gap")}
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in sorted(cuts | {len(plain)}):
        if cut < len(plain) and not _is_boundary(plain, start, cut):
            continue
        # Invisible characters at the ends belong to the outer sentences.
        end = view.position(cut) if cut < len(plain) else len(prose)
        first, last = trim(prose, view.position(start) if start else 0, end)
        if first < last:
            spans.append((first, last))
        start = cut
    return _attach_fragments(prose, spans)


def _blank_holes(text: str, block: Block) -> str:
    """Give a block's text with blanks for a page number in its middle; positions stay."""
    pieces, position = [], block.start
    for start, end in block.holes:
        pieces += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*pieces, text[position : block.end]])


def _is_common(match: re.Match[str], is_word: Callable[[str], bool]) -> bool:
    """Whether the word behind initials is a common one and no part of an institution's name."""
    return match["next"] not in _INSTITUTIONS and (match["small"] is not None or is_word(match["next"].lower()))


def _is_boundary(plain: str, start: int, cut: int) -> bool:
    """Refuse a cut after an abbreviation, an initial, or before a small letter."""
    after = plain[cut : cut + 200].lstrip().lstrip("\"'“‘«([")
    if not after:
        return False
    if after[0].islower():
        return False
    before = plain[max(start, cut - 80) : cut].rsplit(None, 1)
    word = before[-1].lstrip("(\"'“‘[«") if before else ""
    if word in _abbreviations() or word.lower() in _lower_abbreviations():
        return False
    # "J. Doe" is a name; "in the U.S. The police" is a boundary that nupunkt finds by itself.
    return not (len(word) == 2 and _INITIAL.fullmatch(word))


def _attach_fragments(prose: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A piece without a letter (a lone quotation mark or number) belongs to its neighbour."""
    whole: list[tuple[int, int]] = []
    for start, end in spans:
        if whole and not (_has_letter(prose[start:end]) and _has_letter(prose[slice(*whole[-1])])):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _has_letter(piece: str) -> bool:
    return piece[:1].isalpha() or any(map(str.isalpha, piece))


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["term"] for row in read_code_list("abbreviations", ("term", "note")))


@cache
def _lower_abbreviations() -> frozenset[str]:
    return frozenset(term for term in _abbreviations() if term.islower())


def _word_test(text: str) -> Callable[[str], bool]:
    """Tell whether a word stands in the text; the words are listed at the first question."""
    known: set[str] = set()

    def is_word(word: str) -> bool:
        if not known:
            known.update(re.findall(r"\b[^\W\d_A-Z]+\b", fold_text(text)))
        return word in known

    return is_word
