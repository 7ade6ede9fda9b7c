"""What the `data` commands answer."""

from datetime import date
from typing import NamedTuple

from cptref.model.diff import Counts
from cptref.model.rows import Reject


class StoredRelease(NamedTuple):
    """A release in the user's store; `imported` is the moment, in UTC."""

    kind: str
    release: str
    effective: date
    ends: date
    rows: int
    rejects: int
    sha256: str
    imported: str


class ImportedFile(NamedTuple):
    """What became of a file: `imported`, `unchanged`, `replaced`, `refused` or `passed over`.

    `rejected` has the lines that could not be read, at most a hundred; `changes` how many rows a release that was
    replaced gained, lost and changed.
    """

    file: str
    outcome: str
    kind: str
    release: str
    rows: int
    rejects: int
    seconds: float
    sha256: str
    reason: str
    rejected: tuple[Reject, ...]
    changes: Counts | None = None


class Problem(NamedTuple):
    """Something that `data verify` found wrong with a release, or a gap in what is covered."""

    release: str
    problem: str
    serious: bool
