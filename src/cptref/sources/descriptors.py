"""Descriptors of the user's own: a table of code and text, or the AMA's CPT data files (LONGULT, MEDU, SHORTU).

A table (csv, tab-separated, xlsx) begins with a header that names its columns. The AMA's files have a copyright notice
and then a line for each code, the text behind a tab.
"""

import re
from collections.abc import Iterator
from itertools import dropwhile

from cptref.model.rows import DescriptorRow, Reject
from cptref.model.syntax import is_code
from cptref.sources.files import Cells, SourceFile
from cptref.sources.naming import UNDATED, Named, quarter_of, year_in

KIND = "descriptors"
_CODE = {"code", "cpt", "cptcode", "hcpcs", "hcpcscode", "procedurecode"}
_TEXTS = {
    "short": "short", "shortdescription": "short", "shortdescriptor": "short",
    "medium": "medium", "mediumdescription": "medium", "mediumdescriptor": "medium",
    "long": "long", "longdescription": "long", "longdescriptor": "long", "text": "long",
    "description": "long", "descriptor": "long",
}  # fmt: skip
_LINE = re.compile(r"([0-9A-Z]{5})\t+(\S.*)")
_FORM = re.compile(r"(LONG|MED|SHORT)U?", re.IGNORECASE)
_FORMS = {"LONG": "long", "MED": "medium", "SHORT": "short"}


def recognise(file: SourceFile) -> bool:
    """Whether there is a header of code and text, or a notice of the AMA over lines of code and text."""
    return _header(file) is not None or (not file.is_workbook and _is_ama(file))


def named(file: SourceFile) -> Named | None:
    """The quarter or year that the name or the notice tells; a table of the user's own has none."""
    told = quarter_of(file)
    return told.named if told else year_in(file.name, notice(file)) or UNDATED


def setting(file: SourceFile) -> str:
    """The length of the AMA's descriptors, as each has a file of its own: long, medium or short."""
    form = None if _header(file) else _FORM.search(file.name)
    return _FORMS[form[1].upper()] if form else ""


def notice(file: SourceFile) -> str:
    """The copyright line of the file, if it has one."""
    lines = [" ".join(filter(None, cells)) for cells in file.head]
    return next((line for line in lines if re.search(r"copyright|\N{COPYRIGHT SIGN}|\(c\)", line, re.IGNORECASE)), "")


def read(file: SourceFile) -> Iterator[DescriptorRow | Reject]:
    """Code and texts."""
    columns = _header(file)
    if columns is None:
        yield from _read_ama(file)
        return
    begun = False
    for number, cells in file.rows():
        if not begun:
            begun = _columns(cells) is not None
        elif sum(map(bool, cells)) > 1 or (cells and is_code(cells[0].upper())):
            fields = {name: cells[column] for name, column in columns.items() if column < len(cells)}
            yield _row(number, fields)


def _read_ama(file: SourceFile) -> Iterator[DescriptorRow | Reject]:
    form = setting(file) or "long"
    begun = False
    for number, line in file.lines():
        match = _LINE.fullmatch(line.rstrip())
        if match:
            begun = True
            yield _row(number, {"code": match[1], form: match[2]})
        elif line.strip() and begun:
            yield Reject(number, f"not a code and its text: '{line[:40]}'")


def _row(number: int, fields: dict[str, str]) -> DescriptorRow | Reject:
    code = fields.pop("code", "").upper()
    if not is_code(code):
        return Reject(number, f"not a code: '{code}'")
    if not any(fields.values()):
        return Reject(number, f"no text for {code}")
    return DescriptorRow(code, fields.get("short", ""), fields.get("medium", ""), fields.get("long", ""))


def _is_ama(file: SourceFile) -> bool:
    lines = [line.rstrip("\r") for line in file.text[:20_000].split("\n")[:-1] if line.strip()]
    after_notice = list(dropwhile(lambda line: _LINE.fullmatch(line) is None, lines))
    found = sum(_LINE.fullmatch(line) is not None for line in after_notice)
    return found * 2 > len(after_notice) and ("CPT" in notice(file) or _FORM.match(file.name) is not None)


def _header(file: SourceFile) -> dict[str, int] | None:
    """The column of each field, by the first row that is more than a notice."""
    first = next((cells for cells in file.head if sum(map(bool, cells)) > 1), [])
    return _columns(first)


def _columns(cells: Cells) -> dict[str, int] | None:
    plain = [re.sub(r"[^a-z]", "", cell.lower()) for cell in cells]
    code = next((n for n, name in enumerate(plain) if name in _CODE), None)
    texts = {_TEXTS[name]: n for n, name in enumerate(plain) if name in _TEXTS}
    return None if code is None or not texts else {"code": code, **texts}
