"""OPPS addenda A and B: tab-separated text or xlsx, the header under some rows of notices.

B has a line per code with its status indicator and APC; A names the APCs.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from cptref.errors import SourceError
from cptref.model.rows import OppsRow, Reject, Release
from cptref.model.syntax import is_listed_code
from cptref.sources.files import Cells, Quarter, SourceFile

KIND = "opps"
_B = ("HCPCS Code", "SI", "APC")
_A = ("APC", "Group Title", "SI")


def recognise(file: SourceFile) -> bool:
    """Whether one of the first rows is the header of addendum B."""
    return _header(file, _B) is not None


def recognise_titles(file: SourceFile) -> bool:
    """Whether one of the first rows is the header of addendum A."""
    return _header(file, _A) is not None


def release(file: SourceFile) -> Release:
    """The calendar year of the title; a final rule's addendum is that of the year's first quarter."""
    title = " ".join(cell for _, cells in islice(file.rows(), 5) for cell in cells)
    year = re.search(r"for CY (20\d\d)", title)
    if not year:
        raise SourceError(f"{file.name}: the title does not tell the calendar year")
    quarter = Quarter(int(year[1]), 1)
    return Release(KIND, f"{year[1]} final rule", "", quarter.first, quarter.last, file.sha256, file.name)


def titles(file: SourceFile) -> dict[str, str]:
    """The group title of each APC, from addendum A."""
    number, (apc, title, _) = _found(file, _A)
    return {cells[apc]: cells[title] for line, cells in file.rows() if line > number and len(cells) > title}


def read(file: SourceFile, apc_titles: Mapping[str, str]) -> Iterator[OppsRow | Reject]:
    """The lines of addendum B."""
    header, (code, status, apc) = _found(file, _B)
    for number, cells in file.rows():
        if number <= header or not any(cells):
            continue
        if len(cells) <= apc or not is_listed_code(cells[code]):
            yield Reject(number, f"not a code: '{cells[0]}'")
        elif not re.fullmatch(r"[A-Z][0-9]?", cells[status]):
            yield Reject(number, f"unknown status indicator '{cells[status]}'")
        else:
            group = cells[apc].zfill(4) if cells[apc] else ""
            yield OppsRow(cells[code], cells[status], group, apc_titles.get(group, ""))


def _header(file: SourceFile, names: tuple[str, ...]) -> tuple[int, list[int]] | None:
    """The row in which all the names stand, and their columns."""
    row: Cells
    for number, row in islice(file.rows(), 20):
        if all(name in row for name in names):
            return number, [row.index(name) for name in names]
    return None


def _found(file: SourceFile, names: tuple[str, ...]) -> tuple[int, list[int]]:
    header = _header(file, names)
    if header is None:
        raise SourceError(f"{file.name}: no header with {', '.join(names)}")
    return header
