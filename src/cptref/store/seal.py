"""A checksum within each release file, by which `data verify` finds what changed after it was written.

SQLite's own check sees a torn page, but not a digit that turned into another. The CRC-32 of the whole file stands in
its application id, the four bytes that SQLite leaves to applications, which are zero while it is computed.
"""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

_PLACE, _LENGTH = 68, 4
_CHUNK = 1 << 20


def seal(path: Path) -> None:
    """Write a file's checksum into it. Raises OSError where that fails."""
    checksum = _checksum(path)
    with path.open("r+b") as file:
        file.seek(_PLACE)
        file.write(checksum.to_bytes(_LENGTH, "big"))


def is_sealed(path: Path) -> bool:
    """Whether a file is what it was when it was sealed. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        file.seek(_PLACE)
        return file.read(_LENGTH) == _checksum(path).to_bytes(_LENGTH, "big")


def _checksum(path: Path) -> int:
    with path.open("rb") as file:
        head = file.read(_PLACE)
        file.seek(_PLACE + _LENGTH)
        found = crc32(bytes(_LENGTH), crc32(head))
        while chunk := file.read(_CHUNK):
            found = crc32(chunk, found)
    return found
