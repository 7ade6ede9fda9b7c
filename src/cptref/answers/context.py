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

    def release(self, kind: str, setting: str = "", code: str | None = None) -> int | None:
        """The number of the release that answers for the date: the newest in force, else the newest before.

        With a code, a release that holds only the catalog's codes answers for no other. None where none answers; a
        warning tells of that, and of a release that has run out.
        """
        held = code is None or self.store.exists(code)
        chosen = self._newest(kind, setting, held=held)
        if chosen is None:
            self._say_none(kind, setting, code)
        return chosen

    def edits(self, setting: str, *, held: bool) -> int | None:
        """The release of PTP edits for the date: a partial one only if it holds what is asked, or is all there is."""
        chosen = self._newest("ptp", setting, held=held)
        if chosen is None:
            chosen = self._newest("ptp", setting, held=True)
        if chosen is None:
            self._say_none("ptp", setting, None)
        return chosen

    def _newest(self, kind: str, setting: str, *, held: bool) -> int | None:
        usable = [
            (r.effective, not r.partial, n)
            for n, r in self._all.items()
            if (r.kind, r.setting) == (kind, setting)
            and (r.dated or r.effective <= self.as_of)
            and (held or not r.partial)
        ]
        if not usable:
            return None
        number = max(usable)[2]  # of one quarter, the release that is whole
        self._used[number] = self._all[number]
        return number

    def _say_none(self, kind: str, setting: str, code: str | None) -> None:
        dates = [r.effective for r in self._all.values() if (r.kind, r.setting) == (kind, setting)]
        if dates and min(dates) > self.as_of:
            self.warn(f"No {KINDS[kind]} release for {self.as_of} is loaded; the earliest is of {min(dates)}. {LOAD}")
        elif dates and code:
            self.warn(f"Of {code} no {KINDS[kind]} are loaded: the bundled ones are of the catalog's codes. {LOAD}")

    def needed(self, kind: str, code: str | None = None) -> int:
        """Like `release`, for what cannot be answered without: DataNotLoadedError where there is none."""
        number = self.release(kind, "", code)
        if number is None:
            raise self.not_loaded(kind)
        return number

    def not_loaded(self, kind: str, setting: str = "") -> DataNotLoadedError:
        """The error for a kind of release of which none answers for the date."""
        what = " ".join(part for part in (KINDS[kind], setting) if part)
        return DataNotLoadedError(f"no release of {what} for {self.as_of} is loaded", LOAD)

    def pfs_summary(self, codes: Iterable[str]) -> dict[str, tuple[str, str, str, str]]:
        """Status, global days and totals of codes, each from the release that answers for it."""
        wanted = set(codes)
        described = self.store.titles(wanted).keys()
        found: dict[str, tuple[str, str, str, str]] = {}
        for group in (described, wanted - described):
            if group:
                release = self.release("pfs", "", min(group))
                if release is not None:
                    found |= self.store.pfs_summary(release, group)
        return found

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
        return self.store.descriptors(release, [code]).get(code) or None if release is not None else None

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

    def answers_for(self, number: int) -> bool:
        """Whether a release speaks for the date, rather than being the nearest before it, and was read in full."""
        release = self._all[number]
        if release.rejects:
            self.warn(f"{release.rejects:,} lines of {release_name(release)} could not be read: edits may be missing.")
        return self.as_of <= release.ends and not release.rejects

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
