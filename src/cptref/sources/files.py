"""Files as CMS ships them: alone, in folders, in zips; as csv, tab-separated text or xlsx."""

import codecs
import csv
import hashlib
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cptref.errors import SourceError

Cells = list[str]
# How an xlsx and an older xls begin.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# The header of every kind of file is among so many rows.
_HEAD = 40


class SourceFile:
    """One file's name and bytes, with the views that readers need. Lines are numbered from 1.

    `within` has the names of the zip and the folder that it lies in, which tell the release where nothing else does.
    """

    def __init__(self, name: str, data: bytes, within: str = "") -> None:
        self.name = name
        self.data = data
        self.within = within

    @property
    def is_workbook(self) -> bool:
        """Whether this is a workbook, xlsx or the older xls, by content."""
        return self.data[:4] in _WORKBOOKS

    @property
    def is_whole(self) -> bool:
        """Whether the last line ends; where it does not, the file was cut off on its way."""
        return self.is_workbook or self.data[-4:].strip(b"\x00\x1a").endswith(b"\n")

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def text(self) -> str:
        """The bytes as text. CMS writes ASCII with the odd Windows-1252 character; a byte-order mark goes."""
        if self.data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return self.data.decode("utf-16", errors="replace")
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.data.decode("cp1252", errors="replace")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Numbered lines without their ends."""
        return enumerate(io.StringIO(self.text, newline=None).read().split("\n"), start=1)

    @cached_property
    def head(self) -> list[Cells]:
        """The cells of the first rows, which tell what a file is."""
        if self.is_workbook:
            return [cells for _, cells in self._sheet(self._book.sheet_names[0], _HEAD)]
        return [cells for _, cells in islice(self.rows(), _HEAD)]

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Numbered rows of cells, stripped of blanks, from csv, tab-separated text or the first sheet of a workbook.

        A quoted cell may run over several lines; its row has the number of the last of them.
        """
        if self.is_workbook:
            yield from self._sheet(self._book.sheet_names[0])
            return
        if "\0" in self.text:  # no text; Python's csv module takes NUL for an error, or not, by its version
            return
        first = self.text[:5000]
        delimiter = "\t" if first.count("\t") > first.count(",") else ","
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=delimiter)
        try:
            for cells in reader:
                yield reader.line_num, [_clean(cell) for cell in cells]
        except csv.Error as error:
            raise SourceError(f"{self.name}: line {reader.line_num}: {error}") from error

    def sheets(self) -> list[Iterator[tuple[int, Cells]]]:
        """The rows of each sheet of a workbook; of another file, its rows."""
        return [self._sheet(name) for name in self._book.sheet_names] if self.is_workbook else [self.rows()]

    @cached_property
    def _book(self) -> Any:
        import python_calamine

        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.data))
        except Exception as error:
            raise self._no_workbook(error) from error
        if not book.sheet_names:
            raise SourceError(f"{self.name}: a workbook without a sheet")
        return book

    def _sheet(self, name: str, most: int | None = None) -> Iterator[tuple[int, Cells]]:
        try:
            rows = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most)
        except SourceError:
            raise
        except Exception as error:
            raise self._no_workbook(error) from error
        for number, row in enumerate(rows, start=1):
            yield number, [_cell_text(cell) for cell in row]

    def _no_workbook(self, error: Exception) -> SourceError:
        return SourceError(f"{self.name}: not a readable workbook ({error})")


def _clean(cell: str) -> str:
    # Both are no-break spaces: byte A0 in Windows-1252, byte FF (here read as y with diaeresis) in code page 437.
    return cell.replace("\xa0", " ").replace("\xff", " ").strip()


def _cell_text(cell: object) -> str:
    """A workbook's typed cell as the csv of the same release would spell it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return _clean(str(cell))


class FileRef(NamedTuple):
    """A file that can be read later: by itself, or as the member of a zip."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """The file's own name, without folders."""
        name = (self.member or self.path.name).rpartition("/")[2]
        return name.encode("utf-8", "backslashreplace").decode()

    def load(self) -> SourceFile:
        """The whole file. Raises SourceError when it cannot be read."""
        return SourceFile(self.name, self._read(-1), self._within)

    def peek(self) -> SourceFile:
        """As much of the file as tells what it is; all of it unless it is very long."""
        head = self._read(_PEEK)
        return self.load() if head[:4] in _WORKBOOKS else SourceFile(self.name, head, self._within)

    @property
    def _within(self) -> str:
        folders = self.member.rpartition("/")[0] if self.member else ""
        return f"{folders} {self.path.name if self.member else ''} {self.path.absolute().parent.name}"

    def _read(self, length: int) -> bytes:
        try:
            if self.member is None:
                with self.path.open("rb") as file:
                    return file.read(length)
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                return file.read(length)
        except OSError as error:
            raise SourceError(f"cannot read {self.path}: {error.strerror or error}") from error
        except _ZIP_ERRORS as error:
            raise _unreadable(self.path, error) from error


def read_file(path: str | os.PathLike[str] | BinaryIO) -> SourceFile:
    """A file of the user's own, by its path or opened for reading bytes. SourceError where it cannot be read."""
    if not isinstance(path, (str, os.PathLike)):
        return SourceFile(getattr(path, "name", "") or "standard input", path.read())
    found = Path(path)
    try:
        if not found.is_file() or found.stat().st_size > _LARGEST:
            raise SourceError(f"cannot read {found}: not a file, or one of more than {_LARGEST:,} bytes")
    except OSError as error:
        raise SourceError(f"cannot read {found}: {error.strerror or error}") from error
    return FileRef(found).load()


_PEEK = 4_000_000
# A member that unpacks to more is no file that CMS ships.
_LARGEST = 1_000_000_000
# What a damaged zip, a locked one, or one of an unknown compression can end in.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)


def find_files(path: Path) -> Iterator[FileRef]:
    """The files at a path: the file itself, the members of a zip, or all in a folder, but not through links.

    Raises SourceError where something cannot be opened.
    """
    try:
        if path.is_dir():
            within = sorted(entry for entry in path.iterdir() if not (entry.is_symlink() and entry.is_dir()))
            for entry in within:
                if entry.is_dir() or entry.is_file():  # no pipe or device, which may never end
                    yield from find_files(entry)
            return
        size = path.stat().st_size
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror or error}") from error
    if not path.is_file() or size > _LARGEST:
        raise SourceError(f"cannot read {path.name}: not a file, or larger than any that CMS ships")
    if path.suffix.lower() != ".zip":
        yield FileRef(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror or error}") from error
    except _ZIP_ERRORS as error:
        raise _unreadable(path, error) from error
    for info in members:
        if info.file_size > _LARGEST:
            raise SourceError(
                f"{path.name}: {info.filename} unpacks to {info.file_size:,} bytes", "That is no CMS file."
            )
        yield FileRef(path, info.filename)


def open_files(path: Path) -> Iterator[SourceFile]:
    """The files at a path, read."""
    return (found.load() for found in find_files(path))


def _unreadable(path: Path, error: Exception) -> SourceError:
    return SourceError(f"cannot read {path.name}: {error}", "Download the zip again.")
