"""The catalog and the files of the imported releases, opened when they are asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from cptref.errors import StoreError
from cptref.model.rows import Release
from cptref.store.connect import Connection, open_file, queries

_MEND = "`cptref data verify` names it if it was imported; else remove the catalog-*.sqlite files in the cache folder."
# No store holds as many releases; a release's number is that of its file times this, and its own within.
_RELEASES = 1000


class Held(NamedTuple):
    """A release that can be asked by its number, known without opening its file."""

    number: int
    kind: str
    setting: str
    effective: date
    partial: bool


class ReleaseFile(NamedTuple):
    """The file of an imported release, and what its name tells."""

    path: Path
    kind: str
    setting: str
    effective: date


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Opened:
    """The catalog, and the releases that were imported beside it, by number.

    Each imported release is a file of its own, so it comes, goes and is replaced as a whole; it is opened when it is
    first asked. Safe to use from several threads.
    """

    def __init__(self, catalog: Connection, files: Sequence[ReleaseFile] = ()) -> None:
        self._connections: dict[int, Connection | None] = {0: catalog}
        self._files = (None, *files)
        self._lock = Lock()
        self._known: dict[int, Release | None] = dict(self._releases(0))
        bundled = [Held(n, r.kind, r.setting, r.effective, r.partial) for n, r in self._known.items() if r]
        # A release file holds one release, which has the number 1.
        self.held = (*bundled, *(Held(n * _RELEASES + 1, *f[1:], partial=False) for n, f in enumerate(files, start=1)))

    def _connection(self, which: int) -> Connection | None:
        """A file's connection, opened by whoever asks first; None if it cannot be."""
        if which not in self._connections:
            file = self._files[which]
            self._connections[which] = open_file(file.path) if file else None
        return self._connections[which]

    def rows(self, query: str, *, release: int = 0, **values: object) -> list[Any]:
        """The rows of a query, asked of the file that has the release; of the catalog without one."""
        return self.ask(queries()[query], release, values)

    def ask(self, sql: str, release: int, values: Mapping[str, object]) -> list[Any]:
        """The rows that SQL gives of the file that has a release, whose number there is `:release`."""
        which, number = divmod(release, _RELEASES)
        try:
            with self._lock:
                connection = self._connection(which)
                if connection is None:
                    raise StoreError("a file of the store cannot be read", _MEND)
                return connection.execute(sql, {"release": number, **values}).fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(f"a file of the store is damaged ({error})", _MEND) from error

    def close(self) -> None:
        """Give the connections back; the store cannot be used afterwards."""
        for connection in self._connections.values():
            if connection is not None:
                connection.close()

    def release(self, number: int) -> Release | None:
        """A release by its number; None if its file cannot be read."""
        if number not in self._known:
            try:
                self._known[number] = dict(self._releases(number // _RELEASES)).get(number)
            except (StoreError, TypeError, ValueError):
                self._known[number] = None
        return self._known[number]

    def file_name(self, number: int) -> str:
        """The name of the file that a release is in."""
        file = self._files[number // _RELEASES]
        return file.path.name if file else "the catalog"

    def _releases(self, which: int) -> list[tuple[int, Release]]:
        found = []
        for number, *fields in self.rows("releases", release=which * _RELEASES):
            release = Release(*fields)
            read = release._replace(
                effective=date.fromisoformat(release.effective),  # type: ignore[arg-type]
                ends=date.fromisoformat(release.ends),  # type: ignore[arg-type]
                partial=bool(release.partial),
            )
            found.append((which * _RELEASES + number, read))
        return found
