"""The bytes of a claim file as text, whatever wrote them, a piece at a time."""

import codecs
import io
from typing import Any, BinaryIO, TextIO

_HEAD = 1 << 16
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def opened(stream: BinaryIO) -> tuple[str, TextIO]:
    """The first characters of a stream, by which it is recognised, and all of its text, line ends as they are.

    UTF-8 or UTF-16 with a byte-order mark or without; bytes that are not UTF-8 are taken as Windows-1252.
    """
    head = stream.read(_HEAD)
    encoding = _encoding(head)
    errors = "cptref.cp1252" if encoding.startswith("utf-8") else "replace"
    whole = io.BufferedReader(_Joined(head, stream), _HEAD)
    text = io.TextIOWrapper(whole, encoding, errors=errors, newline="")
    return head.decode(encoding, errors="replace").lstrip("\ufeff"), text


def _encoding(head: bytes) -> str:
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            return encoding
    # Every format begins with an ASCII character: a NUL beside it is the other half of a UTF-16 one.
    if head[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if head[:1] == b"\0" else "utf-8"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


# As an error handler, the fallback works within a stream, of which nobody knows yet whether all of it is UTF-8.
codecs.register_error("cptref.cp1252", _as_cp1252)


class _Joined(io.RawIOBase):
    """A stream whose first bytes have been read already. It does not close what it reads from."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
