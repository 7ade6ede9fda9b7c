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


class FetchedFile(NamedTuple):
    """A file that was downloaded, and from where."""

    file: str
    url: str
    bytes: int
    sha256: str


class FetchedRelease(NamedTuple):
    """What became of a release that was asked for.

    `outcome` is what importing it came to, `downloaded` where it was not to be imported, `not found`, `refused` for
    what is no release or comes from elsewhere, and `failed` for a server that does not answer. `page` is CMS's page of
    the release, `imported` what `data import` made of its files.
    """

    kind: str
    release: str
    outcome: str
    rows: int
    rejects: int
    reason: str
    page: str
    files: tuple[FetchedFile, ...]
    imported: tuple[ImportedFile, ...]
