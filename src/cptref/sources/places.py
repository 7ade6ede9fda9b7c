"""A list of places of service: csv or xlsx of code, type (Facility, Non-Facility), name and description."""

from collections.abc import Iterator
from itertools import islice

from cptref.model.rows import PlaceRow, Reject
from cptref.sources.files import Cells, SourceFile
from cptref.sources.headers import find_header, header
from cptref.sources.naming import UNDATED, Named

KIND = "place"
_COLUMNS = ("pos_code", "pos_type", "pos_name", "pos_description")


def recognise(file: SourceFile) -> bool:
    """Whether the header names the columns of the list."""
    return find_header(file, _COLUMNS) is not None


def named(_: SourceFile) -> Named | None:
    """The list bears no date."""
    return UNDATED


def read(file: SourceFile) -> Iterator[PlaceRow | Reject]:
    """The places; numbers that are not assigned are in the list, and so among the rows."""
    above, columns = header(file, _COLUMNS)
    for number, cells in islice(file.rows(), above, None):
        if any(cells):
            yield _row(number, [cells[c] for c in columns if c < len(cells)])


def _row(number: int, cells: Cells) -> PlaceRow | Reject:
    if len(cells) < len(_COLUMNS):
        return Reject(number, f"{len(cells)} columns where {len(_COLUMNS)} are needed")
    code, kind, name, description = cells
    return PlaceRow(code, name, kind, description)
