"""The files of imported releases: one each, in one folder."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from cptref.errors import StoreError
from cptref.model.rows import Release
from cptref.store.read import Connection, Store, open_file


def release_path(folder: Path, release: Release) -> Path:
    """Where the file of a release is."""
    slug = re.sub(r"[^a-z0-9]+", "-", f"{release.kind} {release.name}".lower())
    return folder / f"{slug}.sqlite"


def release_files(folder: Path) -> list[Path]:
    """The files of all imported releases, in the order of their names."""
    return sorted(folder.glob("*.sqlite")) if folder.is_dir() else []


def open_release(path: Path) -> Connection | None:
    """The release in a file, opened; None where there is none that this version can read."""
    connection = open_file(path)
    if connection is not None and _release(connection) is None:
        connection.close()
        return None
    return connection


def release_at(path: Path) -> Release | None:
    """What release is in a file; None where there is none that this version can read."""
    connection = open_file(path)
    if connection is None:
        return None
    with closing(connection):
        return _release(connection)


def _release(connection: Connection) -> Release | None:
    try:
        return next(iter(Store(connection).releases().values()), None)
    except (StoreError, TypeError, ValueError):
        return None


def problems(path: Path) -> list[str]:
    """What is wrong with a release file: damage, rows that are not as many as were imported, stray numbers."""
    connection = open_file(path)
    if connection is None:
        return ["cannot be opened, or was written by another version of cptref; import it again"]
    tables = ("pfs", "mue", "add_on", "ptp", "opps", "rbcs")
    with closing(connection):
        try:
            damage = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            strays = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
            [expected] = connection.execute("SELECT rows FROM release").fetchone()
            rows = sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
        except (sqlite3.Error, TypeError) as error:
            return [f"cannot be read: {error}"]
    found = [f"damaged: {text}" for text in damage]
    found += [f"a row of {table} points to nothing" for table, *_ in strays]
    return found + ([f"holds {rows:,} rows where {expected:,} were imported"] if rows != expected else [])
