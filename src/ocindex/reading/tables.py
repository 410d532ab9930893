"""The checked XML parts of a workbook in, the cells of its sheets out."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, cast

from ocindex.errors import MissingExtraError, SourceError
from ocindex.reading.archive import pack_workbook
from ocindex.reading.headers import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from python_calamine import CalamineWorkbook

Rows = list[list[object]]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as it was parsed: its cells from A1 on, or why there are none."""

    name: str
    is_hidden: bool
    is_worksheet: bool
    rows: Rows
    failure: str | None = None


def read_tables(parts: Mapping[str, bytes]) -> list[Table]:
    """Parse every visible sheet.

    Parameters
    ----------
    parts : mapping of str to bytes
        Parts from `unpack_workbook`: the parser sees no byte that was not counted and checked.

    Returns
    -------
    list of Table
        In the order of the workbook; hidden sheets and charts without rows.

    Raises
    ------
    SourceError
        If the workbook as a whole cannot be parsed.
    MissingExtraError
        If ``ocindex[workbook]`` is not installed.
    """
    require_calamine()
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = []
    with _open_workbook(pack_workbook(parts)) as book:
        for item in book.sheets_metadata:
            is_hidden = item.visible != SheetVisibleEnum.Visible
            is_worksheet = item.typ == SheetTypeEnum.WorkSheet
            rows, failure = _parse_sheet(book, item.name) if is_worksheet and not is_hidden else ([], None)
            tables.append(Table(item.name, is_hidden, is_worksheet, rows, failure))
    return tables


def require_calamine() -> None:
    """Raise the error that names the extra, where the parser is missing."""
    try:
        import python_calamine  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(
            "found no python-calamine; expected it for reading .xlsx workbooks; "
            'install it with `pip install "ocindex[workbook]"`.'
        ) from error


def _parse_sheet(book: CalamineWorkbook, name: str) -> tuple[Rows, str | None]:
    try:
        # The parser's default drops blank rows and columns before the table, which shifts cell names.
        return cast("Rows", book.get_sheet_by_name(name).to_python(skip_empty_area=False)), None
    except BaseException as error:
        if not _is_parser_failure(error):
            raise
        return [], shorten(str(error))


def _open_workbook(packed: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(BytesIO(packed))
    except BaseException as error:
        if not _is_parser_failure(error):
            raise
        raise SourceError(
            "damaged_workbook",
            f"found a workbook that cannot be parsed ({shorten(str(error))}); expected an .xlsx workbook; "
            "open it and save it as .xlsx again.",
        ) from None


def _is_parser_failure(error: BaseException) -> bool:
    from python_calamine import CalamineError

    # A panic of the Rust parser is no Exception, so that `except Exception` lets it end the whole build.
    return isinstance(error, CalamineError | OSError) or type(error).__name__ == "PanicException"
