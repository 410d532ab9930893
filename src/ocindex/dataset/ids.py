"""What a row is about in, a short id that does not depend on its position out."""

from __future__ import annotations

import hashlib
from collections import Counter

SEPARATOR = "\x1f"


class IdMaker:
    """Makes ids; equal rows are told apart by their occurrence number, from 1."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, ...]] = Counter()

    def make(self, *parts: object) -> str:
        """Give the id of the next row with these parts."""
        key = tuple("" if part is None else str(part) for part in parts)
        self._seen[key] += 1
        return hash_parts(*key, str(self._seen[key]))


def hash_parts(*parts: str) -> str:
    """Give the first 16 hex digits of SHA-256 over parts joined by U+001F.

    Examples
    --------
    >>> hash_parts("profiles/PER_2021", "cocaine_trade", "Coca is grown.", "1")
    'c2b1618c4b077a6f'
    """
    return hashlib.sha256(SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
