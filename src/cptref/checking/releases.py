"""Which release answers for a date, and what it leaves open.

Each kind's newest release in force on the date answers, else the newest before it; PTP and add-on rows carry their
dates, so a release of theirs answers for all of its past. A release outside its dates may fail a line, never pass one.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from cptref.model.kinds import KINDS
from cptref.model.rows import Release

LOAD = "`cptref data import PATH` loads CMS releases."


class Table(Protocol):
    """A release with its rows."""

    @property
    def release(self) -> Release:
        """The release."""


T = TypeVar("T", bound=Table)


def name(release: Release) -> str:
    """A release as people say it: `PTP edits 2024Q3 practitioner`."""
    return f"{KINDS[release.kind].title} {release.name}"


def answering(tables: Iterable[T], day: date, setting: str = "") -> list[T]:
    """The releases that answer for a day, the best first: the newest, and of one date the whole before the bundled."""
    usable = [t for t in tables if t.release.setting == setting and _in_force(t.release, day)]
    return sorted(usable, key=lambda t: (t.release.effective, not t.release.partial), reverse=True)


def _in_force(release: Release, day: date) -> bool:
    # The bundled PTP edits are without dates: those of one quarter.
    reaches_back = KINDS[release.kind].dated and not (release.kind == "ptp" and release.partial)
    return reaches_back or release.effective <= day


def shortfall(release: Release, day: date) -> str:
    """Why a release may fail a line of this day but not pass one; empty where it may do both."""
    if day > release.ends:
        return f"{name(release)} ends {release.ends}, before the date of service. {LOAD}"
    if release.rejects:
        return f"{release.rejects:,} lines of {name(release)} could not be read. `cptref data list` tells of them."
    return ""


def nothing(kind: str, setting: str = "") -> str:
    """Why no release answers."""
    what = " ".join(part for part in (KINDS[kind].title, setting) if part)
    return f"no release of {what} for the date of service is loaded. {LOAD}"


def too_few(release: Release) -> str:
    """Why a bundled release does not answer for a code."""
    return f"{name(release)} is bundled for the catalog's codes only. {LOAD}"
