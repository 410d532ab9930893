"""The tables of the dataset, each column defined once; the list in publishing order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandera.api.pandas.container import DataFrameSchema


@cache
def table_models() -> dict[str, DataFrameSchema]:
    """Give the pandera model of every table by name.

    A model's ``metadata`` holds ``key`` (list of columns) and ``foreign_keys``
    (list of dictionaries with columns, table, references).
    """
    from ocindex.dataset.models import codes, movements, scores, statements, texts

    models = (
        scores.indicators(),
        scores.composites(),
        texts.evidence(),
        texts.evidence_boxes(),
        movements.flows(),
        statements.claims(),
        statements.conflicts(),
        texts.documents(),
        texts.spans(),
        texts.issues(),
        codes.indicator_codes(),
        codes.editions(),
        codes.countries(),
    )
    return {model.name: model for model in models}
