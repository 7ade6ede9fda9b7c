"""LOCCO: the counties in each payment locality. csv and xlsx; in the text form the counties are cut off.

A locality's state stands on the first row of the state's; a blank row ends a state.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from cptref.model.rows import LocalityRow, Reject
from cptref.sources.files import Cells, SourceFile
from cptref.sources.headers import header
from cptref.sources.localities import locality_key, place_name
from cptref.sources.naming import Named, in_fee_schedule

KIND = "locality"
_COLUMNS = (r"Medicare Admini?strative Contractor", "Locality Number", "State", "Fee Schedule Area", "Counties")
_TITLE = re.compile(r"COUNTIES INCLUDED IN 20\d\d LOCALITIES")


def recognise(file: SourceFile) -> bool:
    """Whether the title is that of the list of counties."""
    return any(_TITLE.search(cells[0].upper()) for cells in file.head[:5] if cells)


def named(file: SourceFile) -> Named | None:
    """The fee schedule release that it came with, for the year of the title."""
    return in_fee_schedule(file, " ".join(cells[0] for cells in file.head[:5] if cells))


def read(file: SourceFile) -> Iterator[LocalityRow | Reject]:
    """The counties of each locality."""
    state = ""
    for number, cells in _columns(file) if _is_text(file) else _table(file):
        if not any(cells):
            state = ""
        elif sum(map(bool, cells)) > 1:  # else a note
            state = cells[2] or state if len(cells) > 2 else state
            yield _row(number, state, cells)


def _is_text(file: SourceFile) -> bool:
    return not file.is_workbook and "Contractor,Locality" not in file.text[:2000]


def _table(file: SourceFile) -> Iterator[tuple[int, Cells]]:
    above, columns = header(file, _COLUMNS)
    for number, cells in islice(file.rows(), above, None):
        yield number, [cells[column] for column in columns if column < len(cells)]


def _columns(file: SourceFile) -> Iterator[tuple[int, Cells]]:
    for number, line in file.lines():
        if line[:12].strip().isdigit():
            ends = (0, 12, 22, 45, 143, len(line))
            yield number, [line[start:end].strip() for start, end in pairwise(ends)]
        else:
            yield number, [line.strip()]


def _row(number: int, state: str, cells: Cells) -> LocalityRow | Reject:
    if len(cells) < 5:
        return Reject(number, f"{len(cells)} columns where 5 are needed")
    try:
        where = locality_key(cells[0], cells[1])
    except ValueError:
        return Reject(number, f"not a locality: '{cells[0]}', '{cells[1]}'")
    return LocalityRow(*where, state, place_name(cells[3]), cells[4])
