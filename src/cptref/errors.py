"""Everything cptref says no with. Each class owns its exit status and the name that programs see.

Exit statuses are grep's: 1 nothing found, 2 wrong use or unreadable input, and 3 for data that is
not loaded.
"""

from typing import ClassVar


class CptrefError(Exception):
    """An expected failure: one line of what is wrong, one line of what to do about it."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotFoundError(CptrefError):
    """Nothing in the data answers to what was asked."""

    code = "not_found"
    exit_status = 1


class UsageError(CptrefError):
    """What was typed cannot mean anything: not a code, not a date, not a setting."""

    code = "usage"


class DataNotLoadedError(CptrefError):
    """The answer rests on a CMS release that is not loaded; the hint names what loads it."""

    code = "data_not_loaded"
    exit_status = 3


class CatalogError(CptrefError):
    """A catalog file breaks its schema; the message has file, line and field."""

    code = "catalog"


class StoreError(CptrefError):
    """A file that cptref keeps is damaged, or cannot be written."""

    code = "store"


class SourceError(CptrefError):
    """A published file is not in a layout that its reader knows."""

    code = "source"


class FetchError(CptrefError):
    """A server does not hand over a file that it may have."""

    code = "fetch"
