"""Finding a table's columns by its header, which stands under some rows of notices."""

import re
from collections.abc import Sequence

from cptref.errors import SourceError
from cptref.sources.files import SourceFile


def find_header(file: SourceFile, names: Sequence[str]) -> tuple[int, list[int]] | None:
    """How many rows there are to the header, which has all the names (regular expressions), and their columns."""
    for number, cells in enumerate(file.head, start=1):
        columns = [next((c for c, cell in enumerate(cells) if re.fullmatch(name, cell)), -1) for name in names]
        if -1 not in columns:
            return number, columns
    return None


def header(file: SourceFile, names: Sequence[str]) -> tuple[int, list[int]]:
    """Like `find_header`; SourceError where there is none."""
    found = find_header(file, names)
    if found is None:
        raise SourceError(f"{file.name}: no header with {', '.join(names)}", "The layout of this file is not known.")
    return found
