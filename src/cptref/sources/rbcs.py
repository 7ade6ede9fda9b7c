"""The Restructured BETOS Classification System: csv, a line for each assignment of a code to a class."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from cptref.model.rows import RbcsRow, Reject
from cptref.model.syntax import is_listed_code
from cptref.sources.files import SourceFile
from cptref.sources.headers import find_header, header
from cptref.sources.naming import Named

KIND = "rbcs"
_COLUMNS = ("hcpcs", "rbcs_id", "rbcs_category", "rbcs_subcategory", "rbcs_family",
            "rbcs_date_hcpcs_add", "rbcs_date_hcpcs_end", "rbcs_date_rbcs_asn")  # fmt: skip
_OPEN = date(9999, 12, 31)


def recognise(file: SourceFile) -> bool:
    """Whether the first row names the classification's columns."""
    return find_header(file, _COLUMNS) is not None


def named(file: SourceFile) -> Named | None:
    """The classification stands until the next; the file has no date but those of its codes: the newest names it."""
    newest = max((row.added for row in read(file) if isinstance(row, RbcsRow) and row.added), default=None)
    return Named(f"codes to {newest}", newest, date.max) if newest else None


def read(file: SourceFile) -> Iterator[RbcsRow | Reject]:
    """The newest assignment of each code."""
    above, columns = header(file, _COLUMNS)
    newest: dict[str, tuple[date, RbcsRow]] = {}
    for number, cells in islice(file.rows(), above, None):
        if not any(cells):
            continue
        try:
            code, rbcs, category, subcategory, family, added, ended, assigned = (cells[c] for c in columns)
            day = date.fromisoformat(assigned)
            end = date.fromisoformat(ended)
            row = RbcsRow(
                code,
                rbcs,
                category,
                subcategory,
                family,
                date.fromisoformat(added),
                None if end == _OPEN else end,
            )
        except (IndexError, ValueError) as error:
            yield Reject(number, str(error))
            continue
        if not is_listed_code(code):
            yield Reject(number, f"not a code: '{code}'")
        elif code not in newest or day >= newest[code][0]:
            newest[code] = (day, row)
    yield from (row for _, row in newest.values())
