"""ASC addenda: AA (surgical procedures), BB (ancillary services), EE (excluded procedures), DD1 (what indicators mean).

A workbook has a sheet for each, or each is a file of its own. A title, notices, a header, the rows, notes.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from cptref.model.rows import AscRow, IndicatorText, Reject
from cptref.model.syntax import is_listed_code
from cptref.sources.files import Cells, SourceFile
from cptref.sources.naming import Named, Quarter, quarter_in, quarter_of

KIND = "asc"
_TITLE = re.compile(r"Addendum (AA|BB|DD1|DD2|EE|FF)\b.*\bASC", re.IGNORECASE | re.DOTALL)
_INDICATOR = re.compile(r"[A-Z][0-9]")


def recognise(file: SourceFile) -> bool:
    """Whether the title is that of an ASC addendum."""
    return any(_TITLE.match(cell) for cells in file.head[:5] for cell in cells)


def named(file: SourceFile) -> Named | None:
    """The quarter of a header (`July CY 2020 Payment Indicator`) or of the name, else the year of the title."""
    for cells in file.head:
        for cell in cells:
            quarter = quarter_in(cell) if "Payment Indicator" in cell else None
            if quarter:
                return quarter.named
    told = quarter_of(file)
    if told:
        return told.named
    year = re.search(r"CY (20\d\d)", " ".join(cell for cells in file.head[:5] for cell in cells))
    return Quarter(int(year[1]), 1).named if year else None


def addenda(file: SourceFile) -> frozenset[str]:
    """Which addenda are in the file."""
    return frozenset(name for rows in file.sheets() if (name := _addendum(rows)))


def read(file: SourceFile) -> Iterator[AscRow | Reject]:
    """The codes of AA, BB and EE."""
    for rows in file.sheets():
        addendum = _addendum(rows)
        if addendum in ("AA", "BB", "EE"):
            yield from _codes(addendum, rows)


def texts(file: SourceFile) -> Iterator[IndicatorText]:
    """What DD1 says of each payment indicator."""
    for rows in file.sheets():
        if _addendum(rows) == "DD1":
            for _, cells in rows:
                if len(cells) > 1 and _INDICATOR.fullmatch(cells[0]) and cells[1]:
                    yield IndicatorText("asc_payment", cells[0], " ".join(cells[1].split()))


def _addendum(rows: Iterator[tuple[int, Cells]]) -> str:
    """Which addendum the title names; reads up to it."""
    for number, cells in rows:
        title = next((match for cell in cells if (match := _TITLE.match(cell))), None)
        if title:
            return title[1].upper()
        if number > 5:
            break
    return ""


def _codes(addendum: str, rows: Iterator[tuple[int, Cells]]) -> Iterator[AscRow | Reject]:
    columns: dict[str, int] = {}
    for number, cells in rows:
        if not columns:
            if cells[:1] == ["HCPCS Code"]:
                columns = {_field(heading): column for column, heading in enumerate(cells)}
        elif sum(map(bool, cells)) > 1:
            yield _row(number, addendum, {field: cells[c] for field, c in columns.items() if c < len(cells)})


_FIELDS = {"Payment Indicator": "indicator", "Payment Weight": "weight", "Payment Rate": "rate", "Multiple": "multiple"}


def _field(heading: str) -> str:
    """The field of a column, whose heading has the quarter before its name."""
    plain = " ".join(heading.split())
    return next(
        (field for words, field in _FIELDS.items() if words in plain), "code" if plain == "HCPCS Code" else plain
    )


def _row(number: int, addendum: str, fields: dict[str, str]) -> AscRow | Reject:
    code, indicator = fields.get("code", ""), fields.get("indicator", "")
    if not is_listed_code(code):
        return Reject(number, f"not a code: '{code}'")
    if addendum != "EE" and not _INDICATOR.fullmatch(indicator):
        return Reject(number, f"unknown payment indicator '{indicator}'")
    try:
        weight, rate = _number(fields.get("weight", ""), 4), _number(fields.get("rate", ""), 2)
    except InvalidOperation:
        return Reject(number, f"not a weight and a rate: '{fields.get('weight')}', '{fields.get('rate')}'")
    return AscRow(code, addendum, fields.get("multiple", ""), indicator, weight, rate)


def _number(text: str, places: int) -> str:
    plain = text.replace("$", "").replace(",", "").strip()
    return f"{Decimal(plain):.{places}f}" if plain else ""
