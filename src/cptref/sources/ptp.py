"""NCCI procedure-to-procedure edits: tab-separated text or xlsx, four files for each setting.

A copyright line, a title, a header wrapped over four lines, then column one, column two, a mark for edits from
before 1996, effective and deletion date (`YYYYMMDD`, `*` for none), modifier indicator and rationale. The version
in the file name tells the quarter: v302 is the third of the 30th year of the edits, which began in 1994.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from cptref.errors import SourceError
from cptref.model.rows import PtpRow, Reject
from cptref.model.syntax import is_listed_code
from cptref.sources.files import SourceFile
from cptref.sources.headers import find_header
from cptref.sources.naming import Named, Quarter, quarter_of

KIND = "ptp"
_SETTINGS = {"ccipra": "practitioner", "ccioph": "hospital"}
_TITLE = "Column1/Column2 Edits"
_HEADER = re.compile(r"^Column 1\tColumn 2\t.*\tPTP Edit Rationale.*\n(?:^\t.*\n)*?^\t{5}9=.*\n", re.MULTILINE)
_LINE = re.compile(
    r"^([0-9A-Z]{5})\t([0-9A-Z]{5})\t[^\t\n]*\t(\d{8})\t(\*|\d{8})\t([019])\t([^\t\r\n]*)\r?\n", re.MULTILINE
)
# Lines are matched in pieces of about this many characters: the whole file at once would need a gigabyte.
_CHUNK = 4_000_000
_NAME = re.compile(r"(ccipra|ccioph)-v(\d\d)([0-3])r(\d)-f(\d)", re.IGNORECASE)


def recognise(file: SourceFile) -> bool:
    """Whether the second line is the title of an edit file."""
    if file.is_workbook:
        return any(cells[:1] == [_TITLE] for cells in file.head)
    return file.text[:400].split("\n")[1:2] != [] and file.text[:400].split("\n")[1].startswith(_TITLE)


def named(file: SourceFile) -> Named | None:
    """The quarter, from the version in the name; the rows carry their own dates."""
    match = _NAME.search(file.name)
    quarter = Quarter(1994 + int(match[2]), int(match[3]) + 1) if match else quarter_of(file)
    return quarter.named if quarter else None


def setting(file: SourceFile) -> str:
    """Practitioner or hospital, by the name: nothing in the file tells it."""
    match = _NAME.search(file.name)
    if not match:
        raise SourceError(f"{file.name}: the file name does not tell setting and version")
    return _SETTINGS[match[1].lower()]


PARTS = frozenset("1234")


def part(file_name: str) -> tuple[str, str]:
    """Revision of the version, and which of the four files of a setting this is, by its name."""
    match = _NAME.search(file_name)
    return (match[4], match[5]) if match else ("", "")


def read(file: SourceFile) -> Iterator[PtpRow | Reject]:
    """All edits, deleted and never-effective ones (indicator 9) too."""
    whose = setting(file)
    if file.is_workbook:
        yield from _read_workbook(whose, file)
        return
    text = file.text
    header = _HEADER.search(text[:_CHUNK])
    if header is None:
        raise SourceError(f"{file.name}: not the header of an edit file", "The layout of this file is not known.")
    line, start = text.count("\n", 0, header.end()), header.end()
    while start < len(text):
        end = text.rfind("\n", start, start + _CHUNK) + 1 or len(text)
        yield from _whole(whose, text[start:end]) or _one_by_one(whose, text[start:end], line)
        line += text.count("\n", start, end)
        start = end


def _whole(setting: str, text: str) -> Iterator[PtpRow] | None:
    """The rows of some lines, matched at once; None if any of them is no edit."""
    found = _LINE.findall(text)
    if not text.endswith("\n") or len(found) != text.count("\n"):
        return None
    # Some dozens of dates and a handful of rationales stand for all rows.
    try:
        days = {text: _day(text) for row in found for text in row[2:4]}
    except ValueError:
        return None
    reasons = {row[5]: row[5].strip() for row in found}
    return (
        PtpRow(setting, one, two, indicator, days[effective], days[deleted], reasons[rationale])
        for one, two, effective, deleted, indicator, rationale in found
    )


def _one_by_one(setting: str, text: str, before: int) -> Iterator[PtpRow | Reject]:
    """The rows of some lines, and for each that is no edit why."""
    for number, line in enumerate(text.split("\n"), start=before + 1):
        if line.strip():
            yield _row(number, setting, [cell.strip() for cell in line.split("\t")])


def _read_workbook(setting: str, file: SourceFile) -> Iterator[PtpRow | Reject]:
    """The rows under the header, whose cells are wrapped or stand over several rows."""
    above = find_header(file, ("Column 1", "Column 2"))
    if above is None or above[1] != [0, 1]:
        raise SourceError(f"{file.name}: not the header of an edit file", "The layout of this file is not known.")
    after_header = False
    for number, cells in file.rows():
        if not after_header:
            after_header = any("9=not applicable" in cell for cell in cells)
        elif any(cells):
            yield _row(number, setting, cells)


def _row(number: int, setting: str, cells: list[str]) -> PtpRow | Reject:
    if len(cells) != 7:
        return Reject(number, f"{len(cells)} columns where 7 are needed")
    one, two, _, effective, deleted, indicator, rationale = cells
    if not is_listed_code(one) or not is_listed_code(two):
        return Reject(number, f"not a pair of codes: '{one}', '{two}'")
    if indicator not in ("0", "1", "9"):
        return Reject(number, f"unknown modifier indicator '{indicator}'")
    try:
        return PtpRow(setting, one, two, indicator, _day(effective), _day(deleted), rationale)
    except ValueError:
        return Reject(number, f"not a date: '{effective}' or '{deleted}'")


@cache
def _day(text: str) -> date | None:
    """`20240930` as a date, `*` as none."""
    if text == "*":
        return None
    if len(text) != 8 or not text.isdecimal():
        raise ValueError(text)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
