"""HCPCS Level II: codes and modifiers with CMS's descriptors, as xlsx with a header or text of 320 characters.

In the text a long descriptor goes on over further records (identifier 4 for codes, 8 for modifiers), which carry
nothing else; modifiers stand behind three blanks. Record layout: HCPCyyyy_recordlayout.txt, which CMS ships with it.
"""

import re
from collections.abc import Iterator
from datetime import date

from cptref.model.rows import DescriptorRow, HcpcsRow, Reject
from cptref.sources.files import SourceFile
from cptref.sources.naming import Named, Quarter, quarter_of

KIND = "hcpcs"
_HEADER = ["HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION"]
# First and last position of each field in a record of the text form, from 1.
_POSITIONS = {
    "HCPC": (1, 5),
    "RECID": (11, 11),
    "LONG DESCRIPTION": (12, 91),
    "SHORT DESCRIPTION": (92, 119),
    "PRICE1": (120, 121),
    "PRICE2": (122, 123),
    "PRICE3": (124, 125),
    "PRICE4": (126, 127),
    "MULT_PI": (128, 128),
    "COV": (230, 230),
    "ASC_GRP": (231, 232),
    "BETOS": (257, 259),
    "TOS1": (261, 261),
    "TOS2": (262, 262),
    "TOS3": (263, 263),
    "TOS4": (264, 264),
    "TOS5": (265, 265),
    "ADD DT": (269, 276),
    "ACT EFF DT": (277, 284),
    "TERM DT": (285, 292),
    "ACTION CD": (293, 293),
}
_RECORD = re.compile(r"(?:[0-9A-Z]{5}|   [0-9A-Z]{2})\d{5}[3478]")
_FIRST, _FURTHER = ("3", "7"), ("4", "8")
_CODE = re.compile(r"[A-Z]\d{4}|[0-9A-Z]{2}")
_LONG_ENOUGH = _POSITIONS["ACTION CD"][1]


def recognise(file: SourceFile) -> bool:
    """Whether the header, or the form of the first record, is that of the HCPCS file."""
    if file.head and file.head[0][:5] == _HEADER:
        return True
    first = "" if file.is_workbook else file.text[:400].split("\n")[0]
    return len(first) >= _LONG_ENOUGH and _RECORD.match(first) is not None


def named(file: SourceFile) -> Named | None:
    """The quarter of the file's name (`HCPC2025_OCT_ANWEB`), else that of the newest change in it."""
    quarter = quarter_of(file)
    if quarter is None:
        newest = max((row.effective for row in read(file) if isinstance(row, HcpcsRow) and row.effective), default=None)
        quarter = Quarter(newest.year, (newest.month + 2) // 3) if newest else None
    return quarter.named if quarter else None


def read(file: SourceFile) -> Iterator[HcpcsRow | Reject]:
    """Codes and modifiers."""
    for number, fields in _records(file):
        if isinstance(fields, str):
            yield Reject(number, fields)
        elif fields["RECID"] in _FIRST:
            yield _row(number, fields)


def descriptors(file: SourceFile) -> Iterator[DescriptorRow]:
    """The short and the whole long descriptor of each."""
    found: dict[str, tuple[str, list[str]]] = {}
    for _, fields in _records(file):
        if isinstance(fields, dict):
            short, long = found.setdefault(fields["HCPC"], (fields["SHORT DESCRIPTION"], []))
            long.append(fields["LONG DESCRIPTION"])
    for code, (short, long) in found.items():
        if _CODE.fullmatch(code):
            yield DescriptorRow(code, short, "", " ".join(long))


def _records(file: SourceFile) -> Iterator[tuple[int, dict[str, str] | str]]:
    """The fields of each record by the names of the header, or why it is none."""
    if file.head and file.head[0][:5] == _HEADER:
        header = file.head[0]
        missing = [name for name in _POSITIONS if name not in header]
        for number, cells in file.rows():
            if number > 1 and any(cells):
                fields = dict(zip(header, cells, strict=False))
                yield (
                    number,
                    fields if len(cells) >= len(header) and not missing else f"no column {missing or 'at its end'}",
                )
        return
    for number, line in file.lines():
        if not line.strip("\x1a "):
            continue
        if _RECORD.match(line) is None or (line[10] in _FIRST and len(line) < _LONG_ENOUGH):
            yield number, f"not a record of a code or modifier: '{line[:20]}'"
        else:
            yield number, {name: line[first - 1 : last].strip() for name, (first, last) in _POSITIONS.items()}


def _row(number: int, fields: dict[str, str]) -> HcpcsRow | Reject:
    code = fields["HCPC"]
    if not _CODE.fullmatch(code):
        return Reject(number, f"neither a code nor a modifier: '{code}'")
    try:
        added, effective, ended = (_day(fields[name]) for name in ("ADD DT", "ACT EFF DT", "TERM DT"))
    except ValueError as error:
        return Reject(number, f"not a date: '{error}'")
    return HcpcsRow(
        code,
        fields["COV"],
        " ".join(filter(None, (fields[f"PRICE{n}"] for n in range(1, 5)))),
        fields["MULT_PI"],
        fields["ASC_GRP"],
        "".join(fields[f"TOS{n}"] for n in range(1, 6)),
        fields["BETOS"],
        added,
        effective,
        ended,
        fields["ACTION CD"],
    )


def _day(text: str) -> date | None:
    if not text.strip("0"):
        return None
    if not re.fullmatch(r"\d{8}", text):
        raise ValueError(text)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
