"""SQLite files, opened for reading, and the queries that are put to them."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path

SCHEMA = 7
Connection = sqlite3.Connection


@cache
def queries() -> dict[str, str]:
    """The text of each query by its name."""
    text = (Path(__file__).parent / "queries.sql").read_text(encoding="utf-8")
    parts = re.split(r"^-- name: (\w+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def open_file(path: Path) -> sqlite3.Connection | None:
    """A compiled store, read only, or None where there is none that this version can read."""
    try:
        # Immutable: such a file is replaced as a whole and never written to, so SQLite need not lock it.
        store = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        # The length tells a file that was cut off, for which SQLite would answer until it meets the end.
        pages, size = (store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if store.execute("PRAGMA user_version").fetchone()[0] == SCHEMA and path.stat().st_size == pages * size:
            return store
    except (sqlite3.Error, OSError):  # no database at all
        pass
    store.close()
    return None
