"""Medically unlikely edits: csv or xlsx, one file for each setting.

A notice in one quoted cell over several lines, then a header whose second cell names the setting. The
adjudication indicator is text (`3 Date of Service Edit: Clinical`); its first character is the indicator.
"""

import re
from collections.abc import Iterator

from cptref.errors import SourceError
from cptref.model.rows import MueRow, Reject
from cptref.model.syntax import is_listed_code
from cptref.sources.files import SourceFile
from cptref.sources.naming import Named, quarter_of

KIND = "mue"
_SETTINGS = {
    "Practitioner Services MUE Values": "practitioner",
    "Outpatient Hospital Services MUE Values": "hospital",
    "DME Supplier Services MUE Values": "dme",
}
_INDICATOR = re.compile(r"([123]) (?:Line|Date of Service) Edit")


def recognise(file: SourceFile) -> bool:
    """Whether one of the first rows is the header of an MUE table."""
    return _setting(file) is not None


def named(file: SourceFile) -> Named | None:
    """The quarter of the file's name (`Eff_04-01-2026`): nothing in the file tells it."""
    quarter = quarter_of(file)
    return quarter.named if quarter else None


def setting(file: SourceFile) -> str:
    """practitioner, hospital or dme, by the header."""
    return _setting(file) or ""


def read(file: SourceFile) -> Iterator[MueRow | Reject]:
    """The edits of the file's setting."""
    setting = _setting(file)
    if setting is None:
        raise SourceError(f"{file.name}: no header of an MUE table")
    after_header = False
    for number, cells in file.rows():
        if not after_header:
            after_header = len(cells) > 1 and cells[1] in _SETTINGS
        elif any(cells):
            yield _row(number, setting, cells)


def _setting(file: SourceFile) -> str | None:
    headers = (cells[1] for cells in file.head if len(cells) > 1)
    return next((_SETTINGS[header] for header in headers if header in _SETTINGS), None)


def _row(number: int, setting: str, cells: list[str]) -> MueRow | Reject:
    if len(cells) < 4:
        return Reject(number, f"{len(cells)} columns where 4 are needed")
    code, value, indicator, rationale = cells[:4]
    if not is_listed_code(code):
        return Reject(number, f"not a code: '{code}'")
    if not value.isdecimal():
        return Reject(number, f"not a number of units: '{value}'")
    mai = _INDICATOR.match(indicator)
    if not mai:
        return Reject(number, f"unknown adjudication indicator '{indicator}'")
    return MueRow(code, setting, int(value), mai[1], rationale)
