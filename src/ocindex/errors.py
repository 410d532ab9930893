"""Errors of the package: one root and its children, each saying found, expected, next step."""

from __future__ import annotations

__all__ = [
    "DatasetError",
    "FetchError",
    "InvalidDataError",
    "ManifestError",
    "MissingExtraError",
    "OcindexError",
    "PublishError",
    "ReleaseError",
    "SourceError",
    "UnknownNameError",
    "VocabularyError",
]


class OcindexError(Exception):
    """Root of every error that the package raises on purpose."""


class VocabularyError(OcindexError):
    """A hand-kept code list has a row that cannot be used."""


class ManifestError(OcindexError):
    """``sources.csv`` is wrong: nothing is built until it is mended."""


class SourceError(OcindexError):
    """One source file cannot be used; the other files of the run can.

    Parameters
    ----------
    code : str
        Code of the row in the table ``issues``, such as ``empty_file``.
    message : str
        Found, expected, next step, without the name of the file.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class FetchError(OcindexError):
    """A file could not be fetched, or what came is not known to be the right one."""


class UnknownNameError(OcindexError):
    """A country, indicator, edition, region or id that does not exist."""


class MissingExtraError(OcindexError):
    """A feature needs an optional dependency that is not installed."""


class InvalidDataError(OcindexError):
    """Tables break their schema or their keys.

    Parameters
    ----------
    failures : sequence of str
        One line per failure, each naming table, rule and row.
    """

    def __init__(self, failures: list[str]) -> None:
        shown = "\n  ".join(failures[:20])
        more = f"\n  … and {len(failures) - 20} more" if len(failures) > 20 else ""
        super().__init__(f"{len(failures)} checks failed:\n  {shown}{more}")
        self.failures = failures


class DatasetError(OcindexError):
    """A published dataset is missing, incomplete or altered."""


class PublishError(OcindexError):
    """The dataset could not be written; the old one is as it was."""


class ReleaseError(OcindexError):
    """A release cannot be made as asked; nothing was written."""
