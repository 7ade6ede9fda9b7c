"""ANES: the anesthesia conversion factor of each locality.

csv and xlsx: a header whose last cell has the national factor, then a row for each locality. txt: no header, the
factor in cents at the end of the record.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from cptref.model.rows import AnesthesiaRow, Reject
from cptref.sources.files import Cells, SourceFile
from cptref.sources.localities import locality_key, place_name
from cptref.sources.naming import Named, in_fee_schedule

KIND = "anesthesia"
_COLUMNS = ["Contractor", "Locality", "Locality Name"]
_HEADER = re.compile(r"(?:National )?Anes CF of ([\d.]+)", re.IGNORECASE)
_LINE = re.compile(r"(\d{5})\s+(\d\d)\s+(\S.*?)\s+(\d{3,5})\s*")


def recognise(file: SourceFile) -> bool:
    """Whether the header is that of the factors; the text form, which has none, by its name and its first records."""
    if file.head and file.head[0][:3] == _COLUMNS and _HEADER.fullmatch(file.head[0][-1]):
        return True
    return (
        "ANES" in file.name.upper()
        and not file.is_workbook
        and _LINE.fullmatch(file.text[:200].split("\n")[0]) is not None
    )


def named(file: SourceFile) -> Named | None:
    """The fee schedule release that it came with; the factors are for a year."""
    return in_fee_schedule(file, "")


def read(file: SourceFile) -> Iterator[AnesthesiaRow | Reject]:
    """The factor of each locality."""
    if file.is_workbook or "," in file.text[:200]:
        for number, cells in file.rows():
            if any(cells) and not cells[0].startswith("Contractor"):
                yield _row(number, cells)
        return
    for number, line in file.lines():
        match = _LINE.fullmatch(line)
        if match:
            yield _row(number, [*match.groups()[:3], f"{Decimal(match[4]) / 100}"])
        elif line.strip("\x1a "):
            yield Reject(number, f"not a record of a locality's factor: '{line[:40]}'")


def _row(number: int, cells: Cells) -> AnesthesiaRow | Reject:
    if len(cells) < 4:
        return Reject(number, f"{len(cells)} columns where 4 are needed")
    try:
        return AnesthesiaRow(*locality_key(cells[0], cells[1]), place_name(cells[2]), f"{Decimal(cells[3]):.2f}")
    except (ValueError, InvalidOperation):
        return Reject(number, f"not a locality and its factor: '{' '.join(cells)}'")
