"""Write a store from rows."""

import json
import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from cptref.errors import StoreError
from cptref.model.indicator import IndicatorField, IndicatorValue, PlaceOfService
from cptref.model.modifier import Modifier
from cptref.model.rows import (
    CompleteRow,
    DescriptorRow,
    GuidelineRow,
    HistoryRow,
    IcdRow,
    IndicatorText,
    Prose,
    PtpRow,
    Release,
    VocabularyRow,
)
from cptref.store.seal import seal
from cptref.store.tables import ROWS, tables_of

_HERE = Path(__file__).parent
_RELEASED: dict[type, str] = {row: kind for kind, row in ROWS.items()} | {IndicatorText: "indicator_text"}
# The rows that belong to the catalog as a whole.
_CATALOG: dict[type, str] = {
    GuidelineRow: "guideline",
    HistoryRow: "history",
    IndicatorField: "indicator_field",
    IndicatorValue: "indicator_value",
    Modifier: "modifier",
    PlaceOfService: "place_of_service",
    CompleteRow: "ptp_complete",
    VocabularyRow: "vocabulary",
}

Batch = tuple[Release | None, type, Iterable[Sequence[Any]]]


def build(
    batches: Iterable[Batch], path: Path | None = None, tables: frozenset[str] | None = None
) -> sqlite3.Connection:
    """A store that holds the batches: each a release (None for the catalog's own), a row type and rows.

    In memory, or in a new file: one that nobody reads yet, so it is written without a journal. With all tables, or
    only with some.
    """
    store = sqlite3.connect(path or ":memory:", check_same_thread=False)
    try:
        if path:
            store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
        with store:
            store.executescript(_statements("schema.sql", tables))
            _fill(store, batches)
            store.executescript(_statements("indexes.sql", tables))
    except BaseException:
        store.close()
        raise
    return store


def _fill(store: sqlite3.Connection, batches: Iterable[Batch]) -> None:
    for release, kind, rows in batches:
        if kind is Prose:
            _insert_prose(store, rows)
        elif release is None:
            _insert(store, _CATALOG[kind], len(kind._fields), map(_values, rows))  # type: ignore[attr-defined]
        elif kind is PtpRow:
            _insert_ptp(store, _release_id(store, release), rows)
        elif kind is DescriptorRow:
            _insert_descriptors(store, _release_id(store, release), rows)
        elif kind is IcdRow:
            _insert_icd(store, _release_id(store, release), rows)
        else:
            number = _release_id(store, release)
            columns = 1 + len(kind._fields)  # type: ignore[attr-defined]
            _insert(store, _RELEASED[kind], columns, ((number, *_values(row)) for row in rows))


def _statements(file: str, tables: frozenset[str] | None) -> str:
    """The statements of a file, but those of tables that are not wanted."""
    text = (_HERE / file).read_text(encoding="utf-8")
    kept = []
    for statement in re.split(r"(?<=;)\n", text):
        table = re.search(r"^CREATE (?:VIRTUAL )?TABLE (\w+)|^CREATE INDEX \w+ ON (\w+)", statement, re.MULTILINE)
        if table is None or tables is None or (table[1] or table[2]) in tables:
            kept.append(statement)
    return "\n".join(kept)


def save(store: sqlite3.Connection, path: Path) -> None:
    """Copy the store to a file. Raises OSError when it cannot."""

    def copy_to(temporary: Path) -> None:
        with closing(sqlite3.connect(temporary)) as copy:
            store.backup(copy)

    _replace(path, copy_to)


def save_release(
    release: Release,
    batches: Callable[[], Iterable[Batch]],
    path: Path,
    finish: Callable[[], Release],
    inspect: Callable[[Path], None] = lambda _: None,
) -> None:
    """Write a release's rows to a file of its own. Raises OSError when it cannot.

    `finish` is called when all rows are read, and gives the release with the counts that only then are known.
    `inspect` is shown the file before it takes the place of the one that was there.
    """

    def build_in(temporary: Path) -> None:
        with closing(build(batches(), temporary, tables_of(release.kind))) as store, store:
            values = (*_values(finish()), release.kind, release.name)
            names = ", ".join(f"{name} = ?" for name in Release._fields)
            store.execute(f"UPDATE release SET {names} WHERE kind = ? AND name = ?", values)
        inspect(temporary)
        seal(temporary)

    _replace(path, build_in)


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    """Have a file written beside its place and put there: another process sees the whole of it, or what was before."""
    with NamedTemporaryFile(dir=path.parent, prefix=".cptref-", suffix=".tmp", delete=False) as made:
        temporary = Path(made.name)
    try:
        write(temporary)
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o644)  # readable to whoever may see the folder, as other files are
        os.replace(temporary, path)  # noqa: PTH105  the tests name it
    except sqlite3.IntegrityError as error:
        raise StoreError(f"two rows of the file are for the same thing ({error})") from error
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _values(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple([value.isoformat() if isinstance(value, date) else value for value in row])


def _insert(store: sqlite3.Connection, table: str, columns: int, rows: Iterable[Sequence[Any]]) -> None:
    store.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)


def _release_id(store: sqlite3.Connection, release: Release) -> int:
    found = store.execute("SELECT id FROM release WHERE kind = ? AND name = ?", (release.kind, release.name)).fetchone()
    if found:
        return int(found[0])
    made = store.execute("INSERT INTO release VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _values(release))
    return int(made.lastrowid or 0)


def _insert_ptp(store: sqlite3.Connection, release: int, rows: Iterable[Sequence[Any]]) -> None:
    """Number codes and terms on the way in. Millions of rows pass here, so each step is one that C takes."""
    codes = _numbers(store.execute("SELECT code, id FROM ptp_code"))
    terms = _numbers((tuple(row[1:]), row[0]) for row in store.execute("SELECT * FROM ptp_term"))
    # A term is all of a row but the setting and the pair: indicator, dates, rationale.
    numbered = ((release, codes[row[1]], codes[row[2]], terms[row[3:]]) for row in rows)
    store.executemany("INSERT OR IGNORE INTO ptp VALUES (?, ?, ?, ?)", numbered)
    store.executemany("INSERT OR IGNORE INTO ptp_code (code, id) VALUES (?, ?)", codes.items())
    store.executemany(
        "INSERT OR IGNORE INTO ptp_term VALUES (?, ?, ?, ?, ?)", ((n, *_values(t)) for t, n in terms.items())
    )


def _insert_descriptors(store: sqlite3.Connection, release: int, rows: Iterable[Sequence[Any]]) -> None:
    found = [DescriptorRow(*row) for row in rows]
    _insert(store, "descriptors", 6, ((number, release, *row) for number, row in enumerate(found, start=1)))
    # Rows are numbered alike in both tables, so that what is found by words has a code.
    searched = [(number, " / ".join(text for text in row[1:] if text)) for number, row in enumerate(found, start=1)]
    store.executemany("INSERT INTO descriptor_search (rowid, text) VALUES (?, ?)", searched)
    _insert_words(store, {word for _, text in searched for word in _written(text)})


def _insert_icd(store: sqlite3.Connection, release: int, rows: Iterable[Sequence[Any]]) -> None:
    found = list(rows)
    _insert(store, "icd", 4, ((release, *row) for row in found))
    store.executemany("INSERT INTO icd_search (code, description) VALUES (?, ?)", (row[:2] for row in found))


def _numbers(known: Iterable[tuple[Any, int]]) -> defaultdict[Any, int]:
    """A number for each thing asked for: those known keep theirs."""
    numbers: defaultdict[Any, int] = defaultdict(None, known)
    numbers.default_factory = count(len(numbers)).__next__
    return numbers


def _insert_prose(store: sqlite3.Connection, rows: Iterable[Sequence[Any]]) -> None:
    words: set[str] = set()
    for number, row in enumerate(rows, start=1):
        prose = Prose(*row)
        lists = (prose.synonyms, prose.indications, prose.procedure)
        store.execute(
            "INSERT INTO code VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, *prose[:5], *map(json.dumps, lists), prose.aftercare, *map(json.dumps, prose[9:])),
        )
        details = " ".join((*prose.indications, *prose.procedure, prose.aftercare, *prose.billing))
        searched = (
            prose.title,
            "; ".join(prose.synonyms),
            prose.family.replace("-", " "),
            prose.description,
            details,
        )
        store.execute(
            "INSERT INTO search (rowid, title, synonyms, family, description, details) VALUES (?, ?, ?, ?, ?, ?)",
            (number, *searched),
        )
        words.update(_written(" ".join(searched)))
    _insert_words(store, words)


def _written(text: str) -> list[str]:
    """The words of a text that a mistyped one may be meant for."""
    return re.findall(r"[a-z]{4,}", text.lower())


def _insert_words(store: sqlite3.Connection, words: Iterable[str]) -> None:
    _insert(store, "word", 1, ((word,) for word in sorted(words)))
