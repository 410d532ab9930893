"""A file named .xlsx in, its XML parts unpacked within limits out."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from ocindex.errors import SourceError
from ocindex.reading.extent import bound_extent, measure_extent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WORKBOOK = "xl/workbook.xml"
_CHUNK = 1 << 16
_OTHER_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich-text file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.I | re.S)
_STRING_ITEM = re.compile(rb"<(?:\w+:)?si[\s>]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold; the real ones have 0.3 MB, 0.8 MB unpacked and 22,000 cells.

    ``text`` bounds the bytes that repeated shared strings can grow to once every cell has its own copy.
    """

    packed: int = 20_000_000
    unpacked: int = 100_000_000
    ratio: int = 100
    cells: int = 2_000_000
    text: int = 1_000_000_000


def unpack_workbook(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    """Unpack the XML parts of a workbook after refusing whatever is not one.

    The zip directory is looked at first, without unpacking; then, as it may lie,
    bytes are counted while they are inflated. Pictures and the like are left out.

    Parameters
    ----------
    path : pathlib.Path
    limits : Limits, optional

    Returns
    -------
    dict of str to bytes
        Name of the part to its bytes, none of which declares a document type (so no entities).

    Raises
    ------
    SourceError
        ``not_what_name_says``, ``empty_file``, ``encrypted_file``, ``truncated_file``,
        ``file_too_large`` or ``xml_entities``.
    """
    limits = limits or Limits()
    with path.open("rb") as handle:
        size = path.stat().st_size
        if size > limits.packed:
            raise SourceError(
                "file_too_large",
                f"found {size} bytes; expected a workbook of at most {limits.packed}; remove what is not scores.",
            )
        _refuse_other_kinds(handle)
        try:
            with zipfile.ZipFile(handle) as archive:
                members = _check_directory(archive, size, limits)
                parts = _inflate(archive, members, limits)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise SourceError(
                "truncated_file",
                "found a damaged or cut-off zip archive; expected a whole .xlsx workbook; download or copy it again.",
            ) from error
    for name, data in parts.items():
        _refuse_entities(data)
        if name.startswith("xl/") and not name.startswith("xl/_rels"):
            _refuse_far_cells(data, limits)
    _refuse_heavy_text(parts, limits)
    return parts


def pack_workbook(parts: Mapping[str, bytes]) -> bytes:
    """Pack checked parts again, so that the parser sees no byte that was not counted and checked."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def _refuse_other_kinds(handle: BinaryIO) -> None:
    head = handle.read(4096)
    handle.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise SourceError("empty_file", "found an empty file; expected an .xlsx workbook; replace the file.")
    if head.startswith(_OLE):
        if _ENCRYPTED in handle.read():
            raise SourceError(
                "encrypted_file",
                "found an encrypted workbook; expected one without password; save it without and try again.",
            )
        raise _other_kind("an old Office file (.xls)")
    for signature, name in _OTHER_KINDS:
        if head.startswith(signature):
            raise _other_kind(name)
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise _other_kind("a web page")
    raise _other_kind("a binary file" if b"\x00" in head else "plain text (such as CSV)")


def _other_kind(found: str) -> SourceError:
    return SourceError(
        "not_what_name_says",
        f"found {found}; expected an .xlsx workbook; open it and save it as .xlsx, or fetch it with `ocindex fetch`.",
    )


def _check_directory(archive: zipfile.ZipFile, size: int, limits: Limits) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    names = [member.filename for member in members]
    if "xl/workbook.bin" in names:
        raise _other_kind("a binary workbook (.xlsb)")
    if _WORKBOOK not in names:
        raise _other_kind("a zip archive without a workbook (docx, ods, zip)")
    if len(set(names)) < len(names):
        raise zipfile.BadZipFile("two parts of one name")
    if any(member.flag_bits & 1 for member in members):
        raise SourceError(
            "encrypted_file",
            "found an encrypted archive; expected a workbook without password; save it without and try again.",
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked or unpacked > max(1_000_000, size * limits.ratio):
        raise _too_large(unpacked, limits)
    return [member for member in members if _is_needed(member.filename)]


def _is_needed(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels")) and not name.startswith(("docProps/", "xl/theme/", "xl/drawings/"))


def _inflate(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    total = 0
    for member in members:
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError(f"compression {member.compress_type}")
        pieces = []
        with archive.open(member) as handle:
            while piece := handle.read(_CHUNK):
                total += len(piece)
                if total > limits.unpacked:
                    raise _too_large(total, limits)
                pieces.append(piece)
        parts[member.filename] = b"".join(pieces)
        # A size that understates the part ends the reading early; its bytes would be lost in silence.
        if len(parts[member.filename]) != member.file_size:
            raise zipfile.BadZipFile("size differs from the directory")
    return parts


def _too_large(unpacked: int, limits: Limits) -> SourceError:
    return SourceError(
        "file_too_large",
        f"found {unpacked} bytes or more once unpacked; expected at most {limits.unpacked} and {limits.ratio} times "
        "the packed size; left unread: check where the file comes from.",
    )


def _refuse_entities(data: bytes) -> None:
    plain = data.replace(b"\x00", b"") if b"\x00" in data[:256] else data
    # Entities can be declared only within it.
    if b"<!DOCTYPE" in plain:
        raise SourceError(
            "xml_entities",
            "found a document type declaration, which can define entities; expected plain workbook XML; "
            "left unread: check where the file comes from.",
        )


def _refuse_far_cells(data: bytes, limits: Limits) -> None:
    """Refuse a sheet whose cells reach so far that the rectangle up to them would fill the memory."""
    rows, columns = bound_extent(data)
    if rows * columns > limits.cells:
        rows, columns = measure_extent(data)
    if rows * columns > limits.cells:
        raise SourceError(
            "file_too_large",
            f"found a sheet of {rows} rows and {columns} columns; expected at most {limits.cells} cells; "
            "delete what lies outside the table, formatted blank cells too.",
        )


def _refuse_heavy_text(parts: Mapping[str, bytes], limits: Limits) -> None:
    strings = parts.get("xl/sharedStrings.xml", b"")
    longest = max(map(len, _STRING_ITEM.split(strings)))
    # A cell that uses a shared string takes more than ten bytes.
    uses = sum(len(data) for data in parts.values()) // 10
    if longest * uses > limits.text:
        uses = sum(data.count(b'"s"') + data.count(b"'s'") for data in parts.values())
    if longest * uses > limits.text:
        raise SourceError(
            "file_too_large",
            f"found a text of {longest} bytes and {uses} cells that may repeat it; expected at most "
            f"{limits.text} bytes of text; left unread: check where the file comes from.",
        )
