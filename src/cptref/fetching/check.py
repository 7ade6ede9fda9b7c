"""Whether a file that was downloaded can be what CMS ships: servers answer with web pages, and lines break."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from cptref.model.syntax import shown

_UNPACKED = 10_000_000_000
# What a damaged zip, a locked one, or one of an unknown compression can end in.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)


def fault_of(path: Path) -> str:
    """Why a file is no release as CMS ships it: a zip or workbook that is whole, or text; empty if it may be one."""
    with path.open("rb") as file:
        head = file.read(1000)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return "a web page came instead of the file"
    if not head.startswith(b"PK"):
        is_text = path.name.removesuffix(".part").endswith((".csv", ".txt")) and head and b"\0" not in head
        return "" if is_text else "neither a zip nor a workbook"
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _UNPACKED:
                return "unpacks to more than any file of CMS"
            damaged = archive.testzip()
    except _ZIP_ERRORS as error:
        return f"a damaged zip ({error})"
    return f"a damaged zip ({shown(damaged)})" if damaged else ""
