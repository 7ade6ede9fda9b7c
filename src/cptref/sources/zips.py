"""ZIP code to locality: fixed-width text of 80 characters, or xlsx with a header; ZIP9 files have four more digits.

Record layout: ZIP5lyout.txt and ZIP9lyout.txt, which CMS ships with the files.
"""

import re
from collections.abc import Iterator

from cptref.model.rows import Reject, ZipRow
from cptref.sources.files import Cells, SourceFile
from cptref.sources.localities import locality_key
from cptref.sources.naming import Named, Quarter

KIND = "zip"
_HEADER = ["STATE", "ZIP CODE", "CARRIER", "LOCALITY", "RURAL IND", "LAB CB LOCALITY", "RURAL IND2", "PLUS 4 FLAG"]
_RECORD = re.compile(r"([A-Z]{2})(\d{5})(\d{5})(\d\d)([ RB]).{5}([01])(\d{4}|.{4}).{50}(\d{4})([1-4])\s*")


def recognise(file: SourceFile) -> bool:
    """Whether the header, or the form of the first record, is that of the ZIP codes."""
    if file.is_workbook:
        return bool(file.head) and file.head[0][:8] == _HEADER
    return _RECORD.fullmatch(file.text[:200].split("\n")[0]) is not None


def named(file: SourceFile) -> Named | None:
    """The quarter that every record tells."""
    told = next((cells[-1] for cells in file.head[1:] if cells), "") if file.is_workbook else file.text[75:80]
    match = re.fullmatch(r"(20\d\d)([1-4])", told)
    return Quarter(int(match[1]), int(match[2])).named if match else None


def setting(file: SourceFile) -> str:
    """plus_four for a file of nine digits, which knows what five do not decide."""
    record = None if file.is_workbook else _RECORD.fullmatch(file.text[:200].split("\n")[0])
    return "plus_four" if record and record[7].strip() and record[7].isdigit() else ""


def read(file: SourceFile) -> Iterator[ZipRow | Reject]:
    """The MAC and locality of each ZIP code."""
    if file.is_workbook:
        for number, cells in file.rows():
            if any(cells) and number > 1:
                yield _row(number, cells)
        return
    for number, line in file.lines():
        match = _RECORD.fullmatch(line)
        if match:
            state, code, mac, locality, rural, flag, further, *_ = match.groups()
            extension = further if further.isdigit() else ""
            yield ZipRow(code, extension, state, mac, locality, rural.strip(), flag)
        elif line.strip("\x1a "):
            yield Reject(number, f"not a record of a ZIP code: '{line[:30]}'")


def _row(number: int, cells: Cells) -> ZipRow | Reject:
    if len(cells) < 10:
        return Reject(number, f"{len(cells)} columns where 10 are needed")
    state, code, mac, locality, rural, _, _, flag = cells[:8]
    try:
        where = locality_key(mac, locality)
    except ValueError:
        return Reject(number, f"not a locality: '{mac}', '{locality}'")
    if not re.fullmatch(r"\d{4,5}", code):
        return Reject(number, f"not a ZIP code: '{code}'")
    return ZipRow(code.zfill(5), "", state, *where, rural, flag)
