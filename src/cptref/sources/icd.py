"""ICD-10-CM: the diagnosis codes of a fiscal year, xlsx with a header, or CMS's text of codes or of the whole order.

The order file (`icd10cm_order_2026.txt`) has headings too, which are no codes to bill. A fiscal year begins on
October 1 of the year before.
"""

import re
from collections.abc import Iterator
from datetime import date

from cptref.model.rows import IcdRow, Reject
from cptref.sources.files import SourceFile
from cptref.sources.naming import Named

KIND = "icd"
_HEADER = ["ICD10 Code", "ICD10", "Diagnosis Description"]
_CODE = re.compile(r"[A-Z][0-9A-Z]{2,6}")
_LINE = re.compile(r"([A-Z][0-9A-Z]{2,6}) +(\S.*?)\s*")
_ORDER = re.compile(r"\d{5} ([A-Z][0-9A-Z]{2,6}) +([01]) .{60} (\S.*?)\s*")
_YEAR = re.compile(r"20\d\d")


def recognise(file: SourceFile) -> bool:
    """Whether the header, or the form of the first lines, is that of the diagnosis codes."""
    if file.is_workbook:
        return bool(file.head) and file.head[0][:3] == _HEADER
    first = file.text[:400].split("\n")[0].rstrip("\r")
    return _ORDER.fullmatch(first) is not None or (
        "ICD10CM" in file.name.upper().replace("-", "") and _LINE.fullmatch(first) is not None
    )


def named(file: SourceFile) -> Named | None:
    """The fiscal year of the name; an update of April begins then."""
    year = _YEAR.search(file.name) or _YEAR.search(file.within)
    if not year:
        return None
    fiscal = int(year[0])
    ends = date(fiscal, 9, 30)
    if re.search(r"apr", file.name, re.IGNORECASE):
        return Named(f"FY{fiscal} April", date(fiscal, 4, 1), ends)
    return Named(f"FY{fiscal}", date(fiscal - 1, 10, 1), ends)


def read(file: SourceFile) -> Iterator[IcdRow | Reject]:
    """Codes without their dot, headings marked as such."""
    if file.is_workbook:
        for number, cells in file.rows():
            if number > 1 and any(cells):
                yield _row(number, cells[0] if cells else "", cells[2] if len(cells) > 2 else "")
        return
    for number, line in file.lines():
        order = _ORDER.fullmatch(line)
        found = _LINE.fullmatch(line)
        if order:
            yield IcdRow(order[1], order[3], order[2])
        elif found:
            yield IcdRow(found[1], found[2], "1")
        elif line.strip():
            yield Reject(number, f"not a code and its description: '{line[:40]}'")


def _row(number: int, code: str, text: str) -> IcdRow | Reject:
    if not _CODE.fullmatch(code) or not text:
        return Reject(number, f"not a code and its description: '{code}', '{text[:40]}'")
    return IcdRow(code, text, "1")
