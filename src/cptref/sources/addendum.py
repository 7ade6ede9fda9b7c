"""OPPS addenda A, B and D1: tab-separated text or xlsx, the header under some rows of notices.

B has a line per code with its status indicator and APC; A names the APCs; D1 says what the status indicators mean.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from cptref.model.rows import IndicatorText, OppsRow, Reject
from cptref.model.syntax import is_listed_code
from cptref.sources.files import SourceFile
from cptref.sources.headers import find_header, header
from cptref.sources.naming import Named, Quarter, quarter_of

KIND = "opps"
_B = ("HCPCS Code", "SI", "APC")
_A = ("APC", "Group Title", "SI")
_D1 = ("Status Indicator", "OPPS Payment Status")


def recognise(file: SourceFile) -> bool:
    """Whether one of the first rows is the header of addendum B."""
    return find_header(file, _B) is not None


def recognise_titles(file: SourceFile) -> bool:
    """Whether one of the first rows is the header of addendum A."""
    return find_header(file, _A) is not None


def recognise_meanings(file: SourceFile) -> bool:
    """Whether one of the first rows is the header of addendum D1."""
    return find_header(file, _D1) is not None


def named(file: SourceFile) -> Named | None:
    """The quarter of the name, else the calendar year of the title: a final rule is for its first quarter."""
    quarter = quarter_of(file)
    if quarter:
        return quarter.named
    year = re.search(r"for CY (20\d\d)", " ".join(cell for cells in file.head[:5] for cell in cells))
    return Quarter(int(year[1]), 1).named._replace(name=f"{year[1]} final rule") if year else None


def meanings(file: SourceFile) -> Iterator[IndicatorText]:
    """What addendum D1 says of each status indicator: the services, then how they are paid."""
    above, (status, payment) = header(file, _D1)
    texts: dict[str, tuple[list[str], list[str]]] = {}
    current = ""
    for _, cells in islice(file.rows(), above, None):
        if len(cells) <= payment:
            continue
        current = cells[status] or current
        services, paid = texts.setdefault(current, ([], []))
        for part, cell in ((services, cells[status + 1]), (paid, cells[payment])):
            if cell and not cell.startswith("* Note"):
                part.append(" ".join(cell.lstrip("\N{BLACK CIRCLE} ").split()))
    for value, parts in texts.items():
        if value:
            yield IndicatorText("opps_status", value, " / ".join("; ".join(part) for part in parts if part))


def titles(file: SourceFile) -> dict[str, str]:
    """The group title of each APC, from addendum A."""
    above, (apc, title, _) = header(file, _A)
    return {cells[apc]: cells[title] for _, cells in islice(file.rows(), above, None) if len(cells) > title}


def read(file: SourceFile, apc_titles: Mapping[str, str]) -> Iterator[OppsRow | Reject]:
    """The lines of addendum B."""
    above, (code, status, apc) = header(file, _B)
    for number, cells in islice(file.rows(), above, None):
        if not any(cells):
            continue
        if len(cells) <= apc or not is_listed_code(cells[code]):
            yield Reject(number, f"not a code: '{cells[0]}'")
        elif not re.fullmatch(r"[A-Z][0-9]?", cells[status]):
            yield Reject(number, f"unknown status indicator '{cells[status]}'")
        else:
            group = cells[apc].zfill(4) if cells[apc] else ""
            yield OppsRow(cells[code], cells[status], group, apc_titles.get(group, ""))
