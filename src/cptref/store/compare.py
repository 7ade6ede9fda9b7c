"""Comparing two releases of a kind, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from cptref.model.diff import Change, Counts, counts
from cptref.store.connect import open_file
from cptref.store.edit_pairs import edit_pairs
from cptref.store.judge import Judge, Row
from cptref.store.layouts import LAYOUTS, compared, identity
from cptref.store.read import Store
from cptref.store.side import Side, Wanted


class Compared(NamedTuple):
    """The changes in the order of their codes, how many rows both releases have, and the codes that either has.

    Of PTP edits the rows in common are not counted.
    """

    changes: list[Change]
    common: int
    codes: set[str]


def compare(kind: str, before: Side, after: Side, wanted: Wanted | None = None) -> Compared:
    """What changed from one release to another of its kind, in all rows or in those that name a wanted code."""
    judge = Judge(kind)
    if kind == "ptp":
        codes, pairs = edit_pairs(before, after, wanted)
        return Compared([change for pair in pairs for change in judge.changes(*pair)], 0, codes)
    old, new = (_rows(kind, side, wanted) for side in (before, after))
    changes = [
        change
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
        for change in judge.changes(*_label(kind, key), old.get(key, []), new.get(key, []))
    ]
    places = [n for n, field in enumerate(identity(kind)) if field in LAYOUTS[kind].codes]
    named = {key[place] for key in (*old, *new) for place in places}
    return Compared(changes, len(old.keys() & new.keys()), named)


def count_changes(kind: str, before: Path, after: Path) -> Counts | None:
    """How many rows differ between two release files of a kind; None if one of them cannot be opened."""
    with ExitStack() as opened:
        old, new = (
            opened.enter_context(closing(file)) if (file := open_file(path)) else None for path in (before, after)
        )
        if old is None or new is None:
            return None
        was, now = (Side(store, store.held[0].number) for store in map(Store, (old, new)))
        return counts(compare(kind, was, now).changes)


def _rows(kind: str, side: Side, wanted: Wanted | None) -> dict[Row, list[Row]]:
    """The rows of a release that name a wanted code, by their key."""
    layout = LAYOUTS[kind]
    key, fields = identity(kind), compared(kind)
    places = [n for n, field in enumerate(key) if field in layout.codes]
    found: defaultdict[Row, list[Row]] = defaultdict(list)
    for row in _texts(side.store.ask(_select(kind, (*key, *fields)), side.release, {})):
        if wanted is None or any(wanted(row[place]) for place in places):
            found[row[: len(key)]].append(row[len(key) :])
    return found


def _select(kind: str, fields: Sequence[str]) -> str:
    """The query of a release's rows; D codes and their words are the ADA's, so their descriptors are left out."""
    beside = LAYOUTS[kind].beside
    columns = ", ".join(f'{"named" if field in beside else "rows"}."{field}"' for field in fields)
    joined = "LEFT JOIN descriptors AS named ON named.release = rows.release AND named.code = rows.code"
    joined += " AND named.code NOT GLOB 'D????'"
    return f"SELECT {columns} FROM {kind} AS rows {joined if beside else ''} WHERE rows.release = :release"


def _texts(rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for row in rows:
        yield tuple(["" if value is None else str(value) for value in row])


def _label(kind: str, key: Row) -> tuple[str, str]:
    """Code and other key of a row, as a change has them."""
    code, rest = (key[0], key[1:]) if LAYOUTS[kind].codes else ("", key)
    return code, " ".join(filter(None, rest))
