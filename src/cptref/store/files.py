"""The files of imported releases: a folder for each kind, and in it one file for each release."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from cptref.errors import StoreError
from cptref.model.kinds import KINDS
from cptref.model.rows import Release
from cptref.store.connect import open_file
from cptref.store.opened import ReleaseFile
from cptref.store.read import Store
from cptref.store.seal import is_sealed

# Date, setting and name, of which a question needs the first two to know which files to open.
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.([a-z_]*)\.[a-z0-9-]+\.sqlite")


def release_path(folder: Path, release: Release) -> Path:
    """Where the file of a release is: `pfs/2026-07-01..rvu26c.sqlite`."""
    slug = re.sub(r"[^a-z0-9]+", "-", release.name.lower()).strip("-") or "-"
    return folder / release.kind / f"{release.effective}.{release.setting}.{slug}.sqlite"


def other_dates(folder: Path, release: Release) -> list[Path]:
    """The files of the same release, of this name and setting, under another date."""
    path = release_path(folder, release)
    slug = path.name.partition(".")[2]
    return [other for other in path.parent.glob(f"*.{slug}") if other != path]


def release_files(folder: Path) -> Iterator[ReleaseFile]:
    """The files of all imported releases, by kind and date."""
    for kind in KINDS:
        try:
            paths = sorted((folder / kind).iterdir())
        except OSError:  # none of that kind
            continue
        for path in paths:
            name = _NAME.fullmatch(path.name)
            if name:
                yield ReleaseFile(path, kind, name[2], date.fromisoformat(name[1]))


def release_at(path: Path) -> Release | None:
    """What release is in a file; None where there is none that this version can read."""
    connection = open_file(path)
    if connection is None:
        return None
    with closing(connection):
        try:
            store = Store(connection)
            return store.release(store.held[0].number) if store.held else None
        except (StoreError, TypeError, ValueError):
            return None


def problems(file: ReleaseFile) -> list[str]:
    """What is wrong with a release file: damage, rows that are not as many as were imported, stray numbers."""
    connection = open_file(file.path)
    if connection is None:
        return ["cannot be opened, or was written by another version of cptref; import it again"]
    with closing(connection):
        try:
            damage = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            strays = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
            [expected] = connection.execute("SELECT rows FROM release").fetchone()
            [rows] = connection.execute(f"SELECT count(*) FROM {file.kind}").fetchone()
        except (sqlite3.Error, TypeError) as error:
            return [f"cannot be read: {error}"]
    found = [f"damaged: {text}" for text in damage]
    if not damage and not is_sealed(file.path):
        found.append("has changed since it was written; import it again")
    found += [f"a row of {table} points to nothing" for table, *_ in strays]
    return found + ([f"holds {rows:,} rows where {expected:,} were imported"] if rows != expected else [])
