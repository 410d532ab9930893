"""The XML parts of a workbook in, the cells that hold an error such as #REF! out."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def find_error_cells(parts: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Find the cells of error type, which the parser hands on as if they were blank.

    Parameters
    ----------
    parts : mapping of str to bytes
        Parts from `unpack_workbook`, which refuses document types and so entities.

    Returns
    -------
    dict of str to dict
        Name of the sheet to the errors by cell: ``{"2025_dataset": {"D7": "#REF!"}}``.
    """
    faulty = [name for name, data in parts.items() if b'"e"' in data or b"'e'" in data]
    if not faulty:
        return {}
    sheets = _sheet_parts(parts)
    return {sheet: _read_errors(parts[part]) for sheet, part in sheets.items() if part in faulty}


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    relations = {
        element.get("Id", ""): element.get("Target", "") for element in _parse(parts, "xl/_rels/workbook.xml.rels")
    }
    sheets: dict[str, str] = {}
    for element in _parse(parts, "xl/workbook.xml"):
        if _tag(element) == "sheet":
            target = relations.get(element.get(_RELATION, ""), "")
            sheets[element.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return sheets


def _read_errors(data: bytes) -> dict[str, str]:
    errors: dict[str, str] = {}
    for cell in _elements(data):
        if _tag(cell) == "c" and cell.get("t") == "e":
            value = next((child.text for child in cell if _tag(child) == "v"), None)
            errors[cell.get("r", "").upper()] = value or "#ERROR"
    return errors


def _parse(parts: Mapping[str, bytes], name: str) -> list[Element]:
    return _elements(parts.get(name, b""))


def _elements(data: bytes) -> list[Element]:
    try:
        return list(ElementTree.fromstring(data).iter())  # noqa: S314 - parts with a document type were refused
    except ElementTree.ParseError:
        return []


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
