"""Profiles and scores in, the rows of the table indicators out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ocindex.analysis.averages import Key
from ocindex.analysis.findings import Analysis, Finding
from ocindex.reading.scores import Score
from ocindex.vocabulary.countries import country_of
from ocindex.vocabulary.indicators import Indicator, indicators_of, known_edition

LEFT_OUT = " […] "


def profile_rows(profiles: Mapping[tuple[str, int], Analysis], scores: Mapping[Key, Score]) -> list[dict[str, object]]:
    """List every indicator of every assessed country and edition.

    Parameters
    ----------
    profiles : mapping of (iso3, edition) to Analysis
        The profile that supplies text and evidence.
    scores : mapping of (iso3, edition, measure) to Score

    Returns
    -------
    list of dict
        Columns of the table ``indicators``.
    """
    assessed = sorted(set(profiles) | {(iso3, edition) for iso3, edition, _ in scores})
    return [
        _indicator_row(iso3, edition, indicator, profiles.get((iso3, edition)), scores)
        for iso3, edition in assessed
        for indicator in indicators_of(edition)
    ]


def assemble_text(findings: Sequence[Finding], indicator: str) -> str | None:
    """Join an indicator's primary sentences; […] stands where others were left out.

    Returns
    -------
    str or None
        None where no sentence is about the indicator.
    """
    chosen = [index for index, finding in enumerate(findings) if finding.indicator == indicator]
    parts = []
    for position, index in enumerate(chosen):
        if position:
            parts.append(" " if index == chosen[position - 1] + 1 else LEFT_OUT)
        parts.append(findings[index].sentence.text)
    return "".join(parts) or None


def _indicator_row(
    iso3: str, edition: int, indicator: Indicator, profile: Analysis | None, scores: Mapping[Key, Score]
) -> dict[str, object]:
    score = scores.get((iso3, edition, indicator.code))
    row: dict[str, object] = {
        "iso3": iso3,
        "country": country_of(iso3).name,
        "edition": edition,
        "reference_year": known_edition(edition).reference_year,
        "component": indicator.component,
        "section": indicator.section,
        "indicator": indicator.code,
        "label": indicator.label,
        "higher_is": indicator.higher_is,
        "score": score.value if score else None,
        "score_source": score.source if score and score.value is not None else None,
        "text_status": "no_profile",
        "sentence_count": 0,
        "secondary_count": 0,
    }
    return row | _text_cells(profile, indicator.code) if profile is not None else row


def _text_cells(profile: Analysis, indicator: str) -> dict[str, object]:
    document_id = profile.document.document_id
    if not profile.document.usable:
        return {"text_status": "unreadable", "document_id": document_id}
    if not profile.document.source.redistribute:
        return {"text_status": "withheld", "document_id": document_id}
    findings = profile.findings
    text = assemble_text(findings, indicator)
    primary = [finding.probability for finding in findings if finding.indicator == indicator]
    return {
        "document_id": document_id,
        "text": text,
        "text_status": "present" if text else "silent",
        "sentence_count": len(primary),
        "secondary_count": sum(item.indicator == indicator for finding in findings for item in finding.secondary),
        "label_probability_min": round(min(primary), 4) if primary else None,
    }
