"""GPCI: the geographic practice cost indices of each locality (addendum E of the fee schedule's final rule).

csv and xlsx: a title, a header, a row for each locality, footnotes. txt: the same in columns. From 2026 the work index
stands there with and without its floor of 1.0; Medicare pays by the one with it (RVU document).
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice

from cptref.model.rows import GpciRow, Reject
from cptref.sources.files import Cells, SourceFile
from cptref.sources.headers import header
from cptref.sources.localities import locality_key, place_name
from cptref.sources.naming import Named, in_fee_schedule

KIND = "gpci"
_TITLE = "GEOGRAPHIC PRACTICE COST INDICES"
_COLUMNS = (
    r"Medicare Administrative Contractor \(MAC\)", "State", "Locality Number", "Locality Name",
    r"20\d\d PW GPCI(?: \(with 1\.0 Floor\))?", r"20\d\d PE GPCI", r"20\d\d MP GPCI",
)  # fmt: skip
_LINE = re.compile(r"(\d{4,5})\s+([A-Z]{2})\s+(\d{1,2})\s+(\S.*?)((?:\s+\d*\.\d+){3,4})\s*")


def recognise(file: SourceFile) -> bool:
    """Whether the title is that of addendum E."""
    return any(_TITLE in cells[0].upper() for cells in file.head[:5] if cells)


def named(file: SourceFile) -> Named | None:
    """The fee schedule release that it came with; the indices are for the year of the title."""
    return in_fee_schedule(file, " ".join(cells[0] for cells in file.head[:3] if cells))


def read(file: SourceFile) -> Iterator[GpciRow | Reject]:
    """The indices of each locality."""
    if _is_text(file):
        for number, line in file.lines():
            match = _LINE.fullmatch(line)
            if match:
                yield _row(number, [*match.groups()[:4], *match[5].split()[-3:]])
            elif line[:5].strip().isdigit():
                yield Reject(number, f"not a record of a locality's indices: '{line[:40]}'")
        return
    above, columns = header(file, _COLUMNS)
    for number, cells in islice(file.rows(), above, None):
        if sum(map(bool, cells)) > 1:  # else a note
            yield _row(number, [cells[column] for column in columns if column < len(cells)])


def _is_text(file: SourceFile) -> bool:
    return not file.is_workbook and "(MAC),State" not in file.text[:2000]


def _row(number: int, cells: Cells) -> GpciRow | Reject:
    if len(cells) < len(_COLUMNS):
        return Reject(number, f"{len(cells)} columns where {len(_COLUMNS)} are needed")
    mac, state, locality, name, *indices = cells
    try:
        where = locality_key(mac, locality)
        work, pe, mp = (f"{Decimal(index):.3f}" for index in indices)
    except (ValueError, InvalidOperation):
        return Reject(number, f"not a locality and its indices: '{' '.join(cells)}'")
    return GpciRow(*where, state, place_name(name), work, pe, mp)
