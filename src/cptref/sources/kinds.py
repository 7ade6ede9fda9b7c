"""Which kind of published file a file is, by its content."""

from types import ModuleType

from cptref.errors import SourceError
from cptref.sources import add_on, addendum, mue, pprrvu, ptp, rbcs
from cptref.sources.files import SourceFile

READERS = (ptp, pprrvu, mue, add_on, addendum, rbcs)


def recognise(file: SourceFile) -> ModuleType | None:
    """The reader of a file, or None for a file that is none of the kinds."""
    for reader in READERS:
        try:
            if reader.recognise(file):
                return reader
        except SourceError:  # not even a table
            continue
    return None
