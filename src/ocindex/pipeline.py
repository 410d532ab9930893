"""The stages in order: a raw folder in, a published dataset out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.analysis.articles import split_article
from ocindex.analysis.attribution import Models, Prose, attribute_all
from ocindex.analysis.averages import Key, check_averages, merge_scores, rank_countries, recompute
from ocindex.analysis.blocks import HEADING, Block
from ocindex.analysis.claims.find import find_claims
from ocindex.analysis.conflicts.find import find_conflicts
from ocindex.analysis.findings import Analysis, cover_text
from ocindex.analysis.flows import trace_flows
from ocindex.analysis.printed import check_printed
from ocindex.analysis.sections import split_sections
from ocindex.analysis.sentences import Sentence, split_sentences
from ocindex.errors import ManifestError
from ocindex.reading.document import Document, Issue, Source
from ocindex.reading.manifest import MANIFEST, read_manifest, unlisted_files
from ocindex.reading.reader import MAX_BYTES, read_document, read_score_file, read_workbook_file
from ocindex.reading.scores import Score

if TYPE_CHECKING:
    from ocindex.dataset.dataset import Dataset

FIRST_VERSION = "0.1.0"
# Documents that are attributed together, and their characters: about 2,000 sentences.
MOST_DOCUMENTS, MOST_CHARACTERS = 32, 250_000


def build(
    raw: str | Path = "raw",
    dist: str | Path = "dist",
    *,
    workbook: str | Path | None = None,
    max_bytes: int = MAX_BYTES,
    progress: Callable[[Iterable[Source]], Iterable[Source]] = iter,
) -> Dataset:
    """Build the dataset of a raw folder and publish it.

    Parameters
    ----------
    raw : str or pathlib.Path
        Folder with ``sources.csv`` and the documents that it lists.
    dist : str or pathlib.Path
        Folder to publish in; replaced as a whole or left as it was. Its
        version and ``CHANGELOG.md`` are carried over.
    workbook : str or pathlib.Path, optional
        The Index's workbook beside what the raw folder lists; ``cached`` is the one that
        `ocindex fetch` keeps.
    max_bytes : int
        Larger documents are refused, as an issue.
    progress : callable
        Wraps the sources while they are worked on, for a progress bar.

    Returns
    -------
    Dataset

    Raises
    ------
    ManifestError
        If ``sources.csv`` is wrong; nothing is written.
    InvalidDataError
        If the tables break their own schema; nothing is written.
    PublishError
        If the folder cannot be written; the old dataset is as it was.
    """
    from ocindex.dataset.publish import publish

    dataset = assemble(
        Path(raw),
        version=published_version(Path(dist)),
        workbook=find_workbook(workbook),
        max_bytes=max_bytes,
        progress=progress,
    )
    publish(dataset, Path(dist))
    return dataset


def assemble(
    raw: Path,
    *,
    version: str = FIRST_VERSION,
    workbook: Path | None = None,
    max_bytes: int = MAX_BYTES,
    progress: Callable[[Iterable[Source]], Iterable[Source]] = iter,
) -> Dataset:
    """Build and validate the dataset of a raw folder without writing anything."""
    from ocindex.dataset.frames import Material, build_frames
    from ocindex.dataset.validation import validate

    has_manifest = (raw / MANIFEST).is_file() or workbook is None
    sources = read_manifest(raw) if has_manifest else []
    if not sources and workbook is None:
        raise ManifestError(f"{raw / MANIFEST}: found no source; expected at least one row; add a document.")
    analyses: list[Analysis] = []
    scores: list[Score] = []
    if workbook is not None:
        document, found = read_workbook_file(workbook.parent, describe_workbook(workbook, sources))
        analyses.append(Analysis(document, issues=document.issues))
        scores += found

    def read_each() -> Iterator[Document]:
        for source in sources:
            document, found = read_source(raw, source, max_bytes=max_bytes)
            scores.extend(found)
            yield document

    # Some documents are read ahead; a source has been worked on when it is analysed.
    analyses += (analysis for _, analysis in zip(progress(sources), analyse_all(read_each()), strict=True))
    profiles, second = choose_profiles(analyses)
    # Last, so that a score in a workbook too has the workbook as its source.
    scores += [score for analysis in profiles.values() for score in analysis.document.scores]
    merged, score_issues = merge_scores(scores)
    averages, averages_2021 = average_countries(merged)
    issues = [issue for analysis in analyses for issue in analysis.issues]
    ranks = rank_countries(merged)
    printed = check_printed((analysis.document for analysis in profiles.values()), merged, ranks)
    issues += [*second, *score_issues, *printed, *check_averages(merged, averages), *report_unlisted(raw, sources)]
    conflicts = find_conflicts((used.document.source, used.claims) for used in choose_sources(analyses, profiles))
    material = Material(analyses, profiles, merged, averages, averages_2021, ranks, issues, conflicts)
    return validate(build_frames(material), version=version)


def read_source(raw: Path, source: Source, *, max_bytes: int = MAX_BYTES) -> tuple[Document, Sequence[Score]]:
    """Read a source of any kind, and the scores that it gives."""
    if source.kind in ("profile", "article"):
        document = read_document(raw, source, max_bytes=max_bytes)
        return document, document.scores
    read = read_workbook_file if source.kind == "workbook" else read_score_file
    return read(raw, source)


def analyse(document: Document, *, models: Models | None = None) -> Analysis:
    """Take one document through structure, sentences, attribution, flows and claims.

    ``models`` are the fitted ones to use; the bundled ones without it.
    """
    return next(analyse_all([document], models=models))


def analyse_all(documents: Iterable[Document], *, models: Models | None = None) -> Iterator[Analysis]:
    """Take documents through the same stages in their order; up to 32 are attributed together."""
    for together in batch_documents(documents):
        split = [split_document(document) for document in together]
        prose = [
            Prose(sentences, document.source, read_headings(document, blocks))
            for document, (blocks, sentences, _) in zip(together, split, strict=True)
        ]
        attributed = attribute_all(prose, models=models)
        for document, (blocks, _, issues), given in zip(together, split, attributed, strict=True):
            findings = trace_flows(given, document)
            spans = cover_text(document.text or "", blocks, findings)
            claims = tuple(find_claims(findings, document.source))
            yield Analysis(document, tuple(spans), (*document.issues, *issues), claims)


def batch_documents(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Put documents together as they come, so that memory does not grow with their number."""
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == MOST_DOCUMENTS or sum(len(item.text or "") for item in batch) >= MOST_CHARACTERS:
            yield batch
            batch = []
    if batch:
        yield batch


def split_document(document: Document) -> tuple[list[Block], list[Sentence], list[Issue]]:
    """Take one document through structure and sentences; one without text has none."""
    if document.text is None:
        return [], [], []
    if document.source.kind == "profile":
        blocks, issues = split_sections(document)
    else:
        blocks, issues = split_article(document), []
    return blocks, split_sentences(document.text, blocks), issues


def read_headings(document: Document, blocks: Iterable[Block]) -> list[tuple[int, str]]:
    """Give the first code point and the text of each heading."""
    text = document.text or ""
    return [(block.start, text[block.start : block.end]) for block in blocks if block.kind == HEADING]


def choose_profiles(analyses: Iterable[Analysis]) -> tuple[dict[tuple[str, int], Analysis], list[Issue]]:
    """Give each country and edition its one profile; another is an issue and attributed nowhere."""
    chosen: dict[tuple[str, int], Analysis] = {}
    issues = []
    for analysis in analyses:
        source = analysis.document.source
        if source.kind != "profile" or source.iso3 is None or source.edition is None:
            continue
        first = chosen.setdefault((source.iso3, source.edition), analysis)
        if first is not analysis:
            message = (
                f"found a second profile of {source.iso3} {source.edition}; expected one; {first.document.document_id} "
                "stands first in sources.csv and supplies text and evidence."
            )
            issues.append(
                Issue("second_profile", "warning", message, source.document_id, None, source.iso3, source.edition)
            )
    return chosen, issues


def choose_sources(analyses: Iterable[Analysis], profiles: Mapping[tuple[str, int], Analysis]) -> list[Analysis]:
    """Choose the documents that may be quoted and count: articles, and each country's one profile of an edition."""
    chosen = {profile.document.document_id for profile in profiles.values()}
    return [
        analysis
        for analysis in analyses
        if analysis.document.source.redistribute
        and (analysis.document.source.kind == "article" or analysis.document.document_id in chosen)
    ]


def average_countries(
    scores: dict[Key, Score],
) -> tuple[dict[tuple[str, int], dict[str, float]], dict[tuple[str, int], dict[str, float]]]:
    """Recompute each country's averages: from its edition's list, and on the 2021 basis."""
    values: dict[tuple[str, int], dict[str, float]] = {}
    for (iso3, edition, measure), score in scores.items():
        if score.value is not None:
            values.setdefault((iso3, edition), {})[measure] = score.value
    averages = {key: recompute(found, key[1]) for key, found in values.items()}
    return averages, {key: recompute(found, 2021) for key, found in values.items()}


def report_unlisted(raw: Path, sources: list[Source]) -> list[Issue]:
    """Report files of the raw folder that ``sources.csv`` does not name."""
    return [
        Issue("unlisted_file", "info", f"found {name!r}; expected it in sources.csv; left out: list it or remove it.")
        for name in unlisted_files(raw, sources)
    ]


def find_workbook(name: str | Path | None) -> Path | None:
    """Find the workbook that a build is given: a file, or the cached one."""
    if name is None:
        return None
    if str(name) == "cached":
        from ocindex.reading.fetch import cached_workbook

        return cached_workbook()
    path = Path(name)
    if not path.is_file():
        raise ManifestError(f"{path}: found no such file; expected the Index's workbook; check --workbook.")
    return path


def describe_workbook(path: Path, sources: Sequence[Source]) -> Source:
    """Describe a workbook that ``sources.csv`` does not list."""
    document_id = f"workbooks/{path.stem}"
    if any(source.document_id == document_id for source in sources):
        raise ManifestError(
            f"{path}: found a source {document_id!r} in sources.csv already; expected it once; leave out --workbook."
        )
    return Source(
        path=path.name,
        document_id=document_id,
        kind="workbook",
        title="Global Organized Crime Index, score workbook",
        publisher="Global Initiative Against Transnational Organized Crime",
        url="https://ocindex.net/assets/downloads/global_oc_index.xlsx",
        rights="© Global Initiative Against Transnational Organized Crime",
        origin="giatoc",
    )


def published_version(dist: Path) -> str:
    """Give the version of the dataset that a build would replace, or the first one."""
    from ocindex.dataset.journal import recover
    from ocindex.dataset.load import read_descriptor
    from ocindex.dataset.releases import DESCRIPTOR

    # A killed exchange may have left no folder here; its version must not be lost.
    recover(dist)
    return read_descriptor(dist)[0] if (dist / DESCRIPTOR).is_file() else FIRST_VERSION
