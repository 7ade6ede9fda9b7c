"""Add-on code edits: one sheet, a notice, a header, then add-on and primary with dates as year and day (`2013091`)."""

from collections.abc import Iterator
from datetime import date, datetime

from cptref.model.rows import CONTRACTOR_DEFINED, AddOnRow, Reject
from cptref.model.syntax import is_listed_code
from cptref.sources.files import SourceFile
from cptref.sources.naming import Named, quarter_of

KIND = "add_on"
_HEADER = ["AOC_Edit_Type", "Add-On_Code", "AOC_DelDT", "Primary_Code", "Primary_Code_DelDT",
           "AOC_Edit_EffDT", "AOC_Edit_DelDT", "Special_Instruction_Notes"]  # fmt: skip


def recognise(file: SourceFile) -> bool:
    """Whether one of the first rows is the header of the add-on table."""
    return any(cells[:8] == _HEADER for cells in file.head)


def named(file: SourceFile) -> Named | None:
    """The quarter of the file's name (`AOC_V2026Q2-MCR`); the rows carry their own dates."""
    quarter = quarter_of(file)
    return quarter.named if quarter else None


def read(file: SourceFile) -> Iterator[AddOnRow | Reject]:
    """All relations, deleted ones too."""
    after_header = False
    for number, cells in file.rows():
        if not after_header:
            after_header = cells[:8] == _HEADER
        elif any(cells):
            yield _row(number, cells)


def _row(number: int, cells: list[str]) -> AddOnRow | Reject:
    if len(cells) < 8:
        return Reject(number, f"{len(cells)} columns where 8 are needed")
    kind, add_on, _, primary, _, effective, deleted, note = cells[:8]
    if kind not in ("1", "2", "3"):
        return Reject(number, f"unknown add-on type '{kind}'")
    if not is_listed_code(add_on):
        return Reject(number, f"not a code: '{add_on}'")
    if not is_listed_code(primary) and primary != CONTRACTOR_DEFINED:
        return Reject(number, f"not a code: '{primary}'")
    try:
        return AddOnRow(add_on, kind, primary, _day(effective), _day(deleted) if deleted else None, note)
    except ValueError:
        return Reject(number, f"not a date: '{effective}' or '{deleted}'")


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%j").date()  # noqa: DTZ007  a calendar day has no time zone
