"""Which changes there are between the rows that two releases have under one key."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from cptref.model.diff import Change
from cptref.store.layouts import LAYOUTS, compared

Row = tuple[str, ...]
HISTORY = "history"
# Values that a brief text leaves out.
_NOTHING = ("", "0.00")


class Judge:
    """Compares rows of a kind, given as the texts of the fields that are compared.

    Where rows have dates, what counts is the row that is open: where it ended, the edit or code is removed, whatever
    rows there are of its past; only where nothing happened to an open row is a difference of the past told.
    """

    def __init__(self, kind: str) -> None:
        layout = LAYOUTS[kind]
        self._fields = compared(kind)
        self._brief = [self._fields.index(field) for field in layout.brief]
        self._ends = self._fields.index(layout.ends) if layout.ends else -1
        self._starts = self._fields.index(layout.starts) if layout.starts else -1

    def changes(self, code: str, key: str, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
        """The changes from the old rows of a key to the new ones."""
        gone, come = _without_common(self._open(old), self._open(new))
        for before, after in zip_longest(gone, come):
            if before is None:
                yield Change(code, key, "added", "", "", self._told(after))
            elif after is None:
                yield self._removed(code, key, before, set(new).difference(old))
            else:
                for field, was, now in zip(self._fields, before, after, strict=True):
                    if was != now:
                        yield Change(code, key, "changed", field, was, now)
        if self._ends >= 0 and not gone and not come:
            yield from self._past(code, key, old, new)

    def _removed(self, code: str, key: str, row: Row, since: set[Row]) -> Change:
        """The end of an open row: by a date, also one that takes back all of it, or without a trace."""
        ended = max((row[self._ends] for row in since), default="") if self._ends >= 0 else ""
        if ended:
            return Change(code, key, "removed", self._fields[self._ends], "", ended)
        return Change(code, key, "removed", "", self._told(row), "")

    def _past(self, code: str, key: str, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
        """Differences between rows that have ended."""
        was, now = ([row for row in rows if not self._never(row)] for rows in (old, new))
        gone, come = _without_common(was, now)
        if not gone and not come:
            return
        texts = ["; ".join(map(self._told, rows)) for rows in (gone, come)]
        if not was:
            yield Change(code, key, "added", "", "", texts[1])
        elif not now:
            yield Change(code, key, "removed", "", texts[0], "")
        else:
            yield Change(code, key, "changed", HISTORY, *texts)

    def _open(self, rows: Sequence[Row]) -> list[Row]:
        return [row for row in rows if self._ends < 0 or not row[self._ends]]

    def _never(self, row: Row) -> bool:
        """Whether a row ended on its first day."""
        return self._starts >= 0 and row[self._starts] == row[self._ends]

    def _told(self, row: Row) -> str:
        return "; ".join(f"{self._fields[n]} {row[n]}" for n in self._brief if row[n] not in _NOTHING)


def _without_common(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that only one of the two has, in order."""
    return sorted(set(old).difference(new)), sorted(set(new).difference(old))
