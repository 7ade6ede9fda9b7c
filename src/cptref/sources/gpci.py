"""GPCI: the geographic practice cost indices of each locality (addendum E of the fee schedule's final rule).

csv and xlsx: a title, a header, a row for each locality, footnotes. txt: the same in columns. From 2026 the work index
stands there with and without its floor of 1.0; Medicare pays by the one with it (RVU document).
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from cptref.model.rows import GpciRow, Reject
from cptref.sources.files import Cells, SourceFile
from cptref.sources.localities import locality_key, place_name
from cptref.sources.naming import Named, in_fee_schedule

KIND = "gpci"
_TITLE = "GEOGRAPHIC PRACTICE COST INDICES"
_LINE = re.compile(r"(\d{4,5})\s+([A-Z]{2})\s+(\d{1,2})\s+(\S.*?)((?:\s+\d*\.\d+){3,4})\s*")


def recognise(file: SourceFile) -> bool:
    """Whether the title is that of addendum E."""
    return any(_TITLE in cells[0].upper() for cells in file.head[:5] if cells)


def named(file: SourceFile) -> Named | None:
    """The fee schedule release that it came with; the indices are for the year of the title."""
    return in_fee_schedule(file, " ".join(cells[0] for cells in file.head[:3] if cells))


def read(file: SourceFile) -> Iterator[GpciRow | Reject]:
    """The indices of each locality."""
    in_columns = not file.is_workbook and not any(len(cells) > 3 for cells in file.head)
    for number, cells in file.rows() if not in_columns else _columns(file):
        if sum(map(bool, cells)) < 2 or (cells[0] and not cells[0][0].isdigit() and "MAC" in cells[0]):
            continue  # title, header, note
        yield _row(number, cells)


def _columns(file: SourceFile) -> Iterator[tuple[int, Cells]]:
    """The cells of the text form; the notes as one cell."""
    for number, line in file.lines():
        match = _LINE.fullmatch(line)
        if match:
            yield number, [*match.groups()[:4], *match[5].split()]
        else:
            yield number, [line.strip()] if not line[:5].strip().isdigit() else ["", line.strip(), "?"]


def _row(number: int, cells: Cells) -> GpciRow | Reject:
    filled = [*cells]
    while filled and not filled[-1]:
        filled.pop()
    if len(filled) not in (7, 8):
        return Reject(number, f"{len(filled)} columns where 7 or 8 are needed")
    mac, state, locality, name, *indices = filled
    try:
        where = locality_key(mac, locality)
        work, pe, mp = (f"{Decimal(index):.3f}" for index in indices[-3:])
    except (ValueError, InvalidOperation):
        return Reject(number, f"not a locality and its indices: '{' '.join(filled)}'")
    return GpciRow(*where, state, place_name(name), work, pe, mp)
