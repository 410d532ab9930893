"""Commands that measure and fit the attribution: evaluate, fit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocindex.cli.options import json_option, make_console, print_json

if TYPE_CHECKING:
    from ocindex.reading.document import Document


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path())
@click.option("--leave-one-out", is_flag=True, help="Refit everything fitted without the file that is judged.")
@click.option("--train", multiple=True, type=click.Path(), help="Further labelled text to fit on, never judged.")
@click.option("--misses", is_flag=True, help="List each miss with the cues that led there.")
@click.option(
    "--document",
    "documents",
    multiple=True,
    type=click.Path(),
    help="Judge the labelled document as this file gives it (PDF, web page, text), and list what differs.",
)
@json_option
def evaluate(
    gold: tuple[str, ...],
    leave_one_out: bool,
    train: tuple[str, ...],
    misses: bool,
    documents: tuple[str, ...],
    as_json: bool,
) -> None:
    """Measure the attribution on labelled text.

    With --document: whether another file of the same text gives the same sentences and primary
    indicators; exit 1 if not.
    """
    from ocindex.measuring import measure, measure_files
    from ocindex.report.evaluation import differences_json, evaluation_json, render_differences, render_evaluation

    known = bundled_texts()
    if documents:
        if leave_one_out or train:
            raise click.UsageError("--document goes neither with --leave-one-out nor with --train.")
        whole, parts, differences = measure_files(
            [Path(path) for path in gold], [Path(path) for path in documents], known=known
        )
        if as_json:
            print_json(evaluation_json(whole, parts) | {"differences": differences_json(differences)})
        else:
            make_console().print(render_evaluation(whole, parts, misses=misses))
            make_console().print(render_differences(differences))
        if differences:
            raise click.exceptions.Exit(1)
        return
    whole, parts = measure(
        [Path(path) for path in gold], [Path(path) for path in train], known=known, leave_one_out=leave_one_out
    )
    if as_json:
        print_json(evaluation_json(whole, parts))
    else:
        make_console().print(render_evaluation(whole, parts, misses=misses))


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path())
@click.option("--out", type=click.Path(), help="Folder to write to; without it the package's own.")
def fit(gold: tuple[str, ...], out: str | None) -> None:
    """Fit the attribution's weights and calibration on labelled text."""
    from ocindex.measuring import fit_and_save
    from ocindex.vocabulary.bundled import bundled_folder

    folder = Path(out) if out is not None else bundled_folder("schema") / "attribution"
    for path in fit_and_save([Path(path) for path in gold], folder, known=bundled_texts()):
        click.echo(path)


def bundled_texts() -> list[Document]:
    """Give the bundled documents, in which the sentences of a labelled table may stand."""
    from ocindex.dataset.load import open_dataset
    from ocindex.reading.document import Document, Source
    from ocindex.report.country import plain_records

    rows = plain_records(open_dataset().documents.dropna(subset=["text"]))
    return [
        Document(
            Source(
                path=str(row["path"]),
                document_id=str(row["document_id"]),
                kind=str(row["kind"]),
                iso3=None if row["iso3"] is None else str(row["iso3"]),
                edition=None if row["edition"] is None else int(str(row["edition"])),
                title=None if row["title"] is None else str(row["title"]),
            ),
            str(row["sha256"]),
            int(str(row["bytes"])),
            str(row["text"]),
            str(row["encoding"]),
        )
        for row in rows
    ]
