"""Which kind of published file a file is, by its content, and which release it is of."""

from datetime import date
from types import ModuleType

from cptref.errors import SourceError
from cptref.model.kinds import KINDS
from cptref.model.rows import Release
from cptref.sources import (
    add_on,
    addendum,
    anes,
    asc,
    descriptors,
    gpci,
    hcpcs,
    icd,
    locco,
    mue,
    oppscap,
    places,
    pprrvu,
    ptp,
    rbcs,
    zips,
)
from cptref.sources.files import SourceFile
from cptref.sources.naming import given

# The user's own descriptors last: their header is the least of all.
READERS = (
    ptp, pprrvu, gpci, locco, anes, oppscap, zips, mue, add_on, addendum, asc, rbcs, hcpcs, icd, places, descriptors,
)  # fmt: skip


def recognise(file: SourceFile) -> ModuleType | None:
    """The reader of a file, or None for a file that is none of the kinds."""
    for reader in READERS:
        try:
            if reader.recognise(file):
                return reader
        except SourceError:  # not even a table
            continue
    return None


def release(reader: ModuleType, file: SourceFile, name: str | None = None, effective: date | None = None) -> Release:
    """The release that a file is of; `name` and `effective` are what the user says of it, which goes before.

    Raises SourceError where neither file nor user tells.
    """
    kind: str = reader.KIND
    told = given(name, effective, lasting=KINDS[kind].lasting) or reader.named(file)
    if told is None:
        raise SourceError(
            f"{file.name}: neither content nor name tells the release", "--release and --effective tell it."
        )
    setting: str = reader.setting(file) if hasattr(reader, "setting") else ""
    notice: str = reader.notice(file) if hasattr(reader, "notice") else ""
    full_name = f"{told.name} {setting}".strip()
    return Release(kind, full_name, setting, told.effective, told.ends, file.sha256, file.name, notice=notice)
