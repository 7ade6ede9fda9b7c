"""A list of places of service: csv or xlsx of code, type (Facility, Non-Facility), name and description."""

from collections.abc import Iterator

from cptref.model.rows import PlaceRow, Reject
from cptref.sources.files import Cells, SourceFile
from cptref.sources.naming import UNDATED, Named

KIND = "place"
_COLUMNS = ("pos_code", "pos_type", "pos_name", "pos_description")


def recognise(file: SourceFile) -> bool:
    """Whether the header names the columns of the list."""
    return bool(file.head) and all(column in file.head[0] for column in _COLUMNS)


def named(_: SourceFile) -> Named | None:
    """The list bears no date."""
    return UNDATED


def read(file: SourceFile) -> Iterator[PlaceRow | Reject]:
    """The places; numbers that are not assigned are in the list, and so among the rows."""
    rows = file.rows()
    _, header = next(rows)
    columns = [header.index(column) for column in _COLUMNS if column in header]
    for number, cells in rows:
        if any(cells):
            yield _row(number, [cells[c] for c in columns if c < len(cells)])


def _row(number: int, cells: Cells) -> PlaceRow | Reject:
    if len(cells) < len(_COLUMNS):
        return Reject(number, f"{len(cells)} columns where {len(_COLUMNS)} are needed")
    code, kind, name, description = cells
    return PlaceRow(code, name, kind, description)
