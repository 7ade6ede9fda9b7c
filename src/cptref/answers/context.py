"""One question's view of the store: the date of service it is for, and the releases it came to rest on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cptref.errors import DataNotLoadedError
from cptref.model.answer import KINDS, Source
from cptref.model.rows import Release
from cptref.store.read import Store

LOAD = "`cptref data import PATH` loads CMS releases."


def release_name(release: Release) -> str:
    """A release as people say it: `PTP edits 2024Q3 practitioner`."""
    return f"{KINDS[release.kind]} {release.name}"


class Context:
    """Store and date of service. Notes each release that is used, and what the reader should know about it."""

    def __init__(self, store: Store, as_of: date) -> None:
        self.store = store
        self.as_of = as_of
        self._warnings: list[str] = []
        self._all = store.releases()
        self._used: dict[int, Release] = {}

    def release(self, kind: str, setting: str = "") -> int | None:
        """The number of the release that answers for the date: the newest in force, else the newest before.

        None where all are of later dates, which is worth a warning, as is a release that has run out.
        """
        of_kind = [(n, r) for n, r in self._all.items() if r.kind == kind and r.setting == setting]
        usable = [(n, r) for n, r in of_kind if r.dated or r.effective <= self.as_of]
        if usable:
            # Of one quarter, the release that is whole.
            number, release = max(usable, key=lambda each: (each[1].effective, not each[1].partial, each[0]))
            self._used[number] = release
            return number
        if of_kind:
            first = min(release.effective for _, release in of_kind)
            self.warn(f"No {KINDS[kind]} release for {self.as_of} is loaded; the earliest is of {first}. {LOAD}")
        return None

    def needed(self, kind: str, setting: str) -> int:
        """Like `release`, for what cannot be answered without: DataNotLoadedError where there is none."""
        number = self.release(kind, setting)
        if number is None:
            what = " ".join(part for part in (KINDS[kind], setting) if part)
            raise DataNotLoadedError(f"no release of {what} for {self.as_of} is loaded", LOAD)
        return number

    def titles(self, codes: Iterable[str]) -> dict[str, str]:
        """What codes are called: the catalog's title, else the descriptor that the user has imported."""
        wanted = set(codes)
        found = self.store.titles(wanted)
        release = self._descriptors()
        missing = wanted - found.keys()
        return found if release is None or not missing else {**self.store.descriptors(release, missing), **found}

    def descriptor(self, code: str) -> str | None:
        """The short descriptor that the user has imported."""
        release = self._descriptors()
        return self.store.descriptors(release, [code]).get(code) if release is not None else None

    def codes_between(self, first: str, last: str) -> list[tuple[str, str]]:
        """Code and title of a range, of the catalog and of the imported fee schedule."""
        found = dict(self.store.codes_between(first, last))
        release = self._descriptors()
        listed = dict(self.store.descriptors_between(release, first, last)) if release is not None else {}
        return sorted({**listed, **found}.items())

    def search_descriptors(self, expression: str) -> dict[str, float]:
        """The codes outside the catalog whose imported descriptors match, with a score."""
        release = self._descriptors()
        found = self.store.search_descriptors(release, expression) if release is not None else {}
        known = self.store.titles(found)
        return {code: score for code, score in found.items() if code not in known}

    def has_all_codes(self) -> bool:
        """Whether a whole fee schedule release is loaded for the date."""
        return self._descriptors() is not None

    def _descriptors(self) -> int | None:
        """The imported fee schedule release that names codes for the date."""
        usable = [n for n, r in self._all.items() if r.kind == "pfs" and not r.partial and r.effective <= self.as_of]
        return max(usable, key=lambda number: self._all[number].effective, default=None)

    def is_partial(self, number: int) -> bool:
        """Whether a release holds only some of its rows."""
        return self._all[number].partial

    def covers(self, number: int) -> bool:
        """Whether a release speaks for the date, rather than being the nearest before it."""
        return self.as_of <= self._all[number].ends

    def name(self, number: int) -> str:
        """A release's name for people."""
        return release_name(self._all[number])

    def warn(self, text: str) -> None:
        """Add a warning, once."""
        if text not in self._warnings:
            self._warnings.append(text)

    def warnings(self) -> list[str]:
        """What the reader should know; all releases that have run out for the date in one sentence."""
        old = [f"{release_name(r)} ({r.ends})" for r in self._used.values() if self.as_of > r.ends]
        if not old:
            return self._warnings
        return [*self._warnings, f"For {self.as_of} nothing newer is loaded than {_and(old)}. {LOAD}"]

    def sources(self) -> list[Source]:
        """The releases the answer rests on, in the order of their use."""
        return [Source(r.kind, r.name, r.effective, r.sha256) for r in self._used.values()]


def _and(items: list[str]) -> str:
    return " and ".join(part for part in (", ".join(items[:-1]), items[-1]) if part)
