"""OPPSCAP: the most that each locality pays for imaging, csv and xlsx with a header, txt in columns."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from cptref.model.rows import OppsCapRow, Reject
from cptref.model.syntax import is_listed_code
from cptref.sources.files import Cells, SourceFile
from cptref.sources.localities import locality_key
from cptref.sources.naming import Named, quarter_of

KIND = "opps_cap"
_HEADER = ["HCPCS", "MOD", "PROCSTAT", "CARRIER", "LOCALITY", "FACILITY PRICE"]
_LINE = re.compile(r"(\w{5})(..) (\w) (\d{5})  (\d\d) +([\d.]+) +([\d.]+)\s*")


def recognise(file: SourceFile) -> bool:
    """Whether the header, or the form of the first record, is that of the caps."""
    if file.head and file.head[0][:6] == _HEADER:
        return True
    return not file.is_workbook and _LINE.fullmatch(file.text[:200].split("\n")[0]) is not None


def named(file: SourceFile) -> Named | None:
    """The fee schedule release that it came with."""
    quarter = quarter_of(file)
    return quarter.rvu if quarter else None


def read(file: SourceFile) -> Iterator[OppsCapRow | Reject]:
    """The cap of each code, modifier and locality."""
    if file.head and file.head[0][:6] == _HEADER:
        for number, cells in file.rows():
            if any(cells) and number > 1:
                yield _row(number, cells)
        return
    for number, line in file.lines():
        match = _LINE.fullmatch(line)
        if match:
            yield _row(number, [cell.strip() for cell in match.groups()])
        elif line.strip("\x1a "):
            yield Reject(number, f"not a record of a cap: '{line[:40]}'")


def _row(number: int, cells: Cells) -> OppsCapRow | Reject:
    if len(cells) < 7:
        return Reject(number, f"{len(cells)} columns where 7 are needed")
    code, modifier, status, mac, locality, facility, nonfacility = cells[:7]
    if not is_listed_code(code):
        return Reject(number, f"not a code: '{code}'")
    try:
        where = locality_key(mac, locality)
        prices = f"{Decimal(facility):.2f}", f"{Decimal(nonfacility):.2f}"
    except (ValueError, InvalidOperation):
        return Reject(number, f"not a locality and its prices: '{' '.join(cells[3:])}'")
    return OppsCapRow(code, modifier, status, *where, *prices)
