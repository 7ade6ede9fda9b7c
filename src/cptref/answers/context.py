"""One question's view of the store: the date of service it is for, and the releases it came to rest on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cptref.errors import DataNotLoadedError
from cptref.model.answer import Source
from cptref.model.indicator import PlaceOfService
from cptref.model.kinds import KINDS
from cptref.model.modifier import Modifier
from cptref.model.rows import DescriptorRow, Release
from cptref.store.opened import Held
from cptref.store.read import Store

LOAD = "`cptref data import PATH` loads CMS releases."


def release_name(release: Release) -> str:
    """A release as people say it: `PTP edits 2024Q3 practitioner`."""
    return f"{KINDS[release.kind].title} {release.name}"


class Context:
    """Store and date of service. Notes each release that is used, and what the reader should know about it."""

    def __init__(self, store: Store, as_of: date) -> None:
        self.store = store
        self.as_of = as_of
        self._warnings: list[str] = []
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

    def epoch(self, *kinds: tuple[str, str]) -> tuple[object, ...]:
        """What tells apart dates to which different releases of some kinds answer, or the same ones run out."""
        found = []
        for kind, setting in kinds:
            usable = [h for h in self._of(kind, setting) if self._in_force(h)]
            for number in (h.number for h in usable[:2]):  # of two, the first may be bundled in part
                release = self.store.release(number)
                found.append((number, release is not None and self.as_of > release.ends))
        return tuple(found)

    def _newest(self, kind: str, setting: str, *, held: bool) -> int | None:
        usable = [h for h in self._of(kind, setting) if self._in_force(h) and (held or not h.partial)]
        number = self._first_readable(usable)
        if number is not None:
            self._used[number] = self.held_release(number)
        return number

    def _of(self, kind: str, setting: str = "") -> list[Held]:
        """The releases of a kind and setting, newest first; of one date, the whole before the bundled part."""
        found = [h for h in self.store.held if (h.kind, h.setting) == (kind, setting)]
        return sorted(found, key=lambda h: (h.effective, not h.partial), reverse=True)

    def _in_force(self, held: Held) -> bool:
        """Whether a release answers for the date: from its own day on, or for all its history if its rows are dated."""
        reaches_back = KINDS[held.kind].dated and not (held.kind == "ptp" and held.partial)  # bundled without dates
        return reaches_back or held.effective <= self.as_of

    def _first_readable(self, held: Iterable[Held]) -> int | None:
        for each in held:
            if self.store.release(each.number) is not None:
                return each.number
            name = self.store.file_name(each.number)
            self.warn(f"{name} cannot be read: `cptref data verify` tells more.")
        return None

    def held_release(self, number: int) -> Release:
        """A release that was chosen, by its number."""
        release = self.store.release(number)
        assert release is not None  # noqa: S101  only those that could be read were chosen
        return release

    def _say_none(self, kind: str, setting: str, code: str | None) -> None:
        title = KINDS[kind].title
        dates = [held.effective for held in self._of(kind, setting)]
        if dates and min(dates) > self.as_of:
            self.warn(f"No {title} release for {self.as_of} is loaded; the earliest is of {min(dates)}. {LOAD}")
        elif dates and code:
            self.warn(f"Of {code} no {title} are loaded: the bundled ones are of the catalog's codes. {LOAD}")

    def needed(self, kind: str, code: str | None = None, setting: str = "") -> int:
        """Like `release`, for what cannot be answered without: DataNotLoadedError where there is none."""
        number = self.release(kind, setting, code)
        if number is None:
            raise self.not_loaded(kind, setting, code)
        return number

    def not_loaded(self, kind: str, setting: str = "", code: str | None = None) -> DataNotLoadedError:
        """The error for a kind of release of which none answers for the date, or for a code outside the catalog."""
        what = " ".join(part for part in (KINDS[kind].title, setting) if part)
        if code and any(self._in_force(held) for held in self._of(kind, setting)):
            return DataNotLoadedError(f"of {code} no {what} is loaded: the bundled one is of the catalog's codes", LOAD)
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
        """What codes are called: the catalog's title, else a descriptor that the user has imported."""
        wanted = set(codes)
        found = self.store.titles(wanted)
        for release in self._descriptors():
            missing = [code for code in wanted if not found.get(code)]
            if missing:
                found |= {code: _title(row) for code, row in self.store.descriptors(release, missing).items()}
        return found

    def descriptors(self, code: str) -> list[tuple[DescriptorRow, str]]:
        """The descriptors that the user has imported of a code, with their copyright lines: the best release first."""
        rows = [(n, self.store.descriptors(n, [code]).get(code)) for n in self._descriptors()]
        return [(row, self.held_release(n).notice) for n, row in rows if row and any(row[1:])]

    def codes_between(self, first: str, last: str) -> list[tuple[str, str]]:
        """Code and title of a range, of the catalog and of the imported releases."""
        found = dict(self.store.codes_between(first, last))
        for release in self._descriptors():
            for row in self.store.descriptors_between(release, first, last):
                found[row.code] = found.get(row.code) or _title(row)
        return sorted(found.items())

    def describing(self) -> list[int]:
        """The imported releases that name codes for the date, the fullest names first."""
        return self._descriptors()

    def statuses(self, codes: set[str]) -> dict[str, str]:
        """The fee schedule status of codes, `ended` for one that HCPCS has deleted.

        It only helps to order codes, so the releases are not named as sources of the answer.
        """
        found: dict[str, str] = {}
        for held in reversed([held for held in self._of("pfs") if self._in_force(held)][:2]):
            if self.store.release(held.number) is not None:
                found |= {code: row[0] for code, row in self.store.pfs_summary(held.number, codes).items()}
        release = self._imported("hcpcs")
        ended = self.store.ended(release, codes, self.as_of) if release is not None else set()
        return found | dict.fromkeys(ended, "ended")

    def is_add_on(self, code: str) -> bool:
        """Whether the fee schedule has a code as one that is only reported beside another (ZZZ)."""
        for held in [held for held in self._of("pfs") if self._in_force(held)][:2]:
            if self.store.release(held.number) is not None:
                row = self.store.pfs_summary(held.number, [code]).get(code)
                if row:
                    return row[1] == "ZZZ"
        return False

    def endoscopic_bases(self) -> frozenset[str]:
        """The codes that are the base of a family of endoscopies; like `statuses` only to order codes."""
        bases: set[str] = set()
        held = self._of("pfs")
        for each in [each for each in held if self._in_force(each)][:2] or held[-1:]:  # families seldom change
            if self.store.release(each.number) is not None:
                bases |= self.store.endoscopic_bases(each.number)
        return frozenset(bases)

    def indicator_texts(self, field: str) -> dict[str, str]:
        """What imported OPPS or ASC addenda say, in CMS's words, of each value of an indicator."""
        kind = {"opps_status": "opps", "asc_payment": "asc"}.get(field)
        release = self._imported(kind) if kind else None
        found = self.store.indicator_texts(release, field) if release is not None else {}
        if found and release is not None:
            self._used[release] = self.held_release(release)
        return found

    def modifiers(self) -> list[Modifier]:
        """The catalog's modifiers, and after them those that only the imported HCPCS file has, in force on the date."""
        known = self.store.modifiers()
        names = {modifier.modifier for modifier in known}
        release = self._imported("hcpcs")
        listed = self.store.hcpcs_modifiers(release, self.as_of) if release is not None else []
        further = (
            Modifier(m, "HCPCS II", short, long, False, "", "informational")
            for m, short, long in listed
            if m not in names
        )
        return [*known, *further]

    def places(self) -> list[PlaceOfService]:
        """The places of service: the catalog's, and the names of an imported list for what the catalog lacks."""
        known = {place.code: place for place in self.store.places_of_service()}
        release = self._imported("place")
        for row in self.store.places(release) if release is not None else []:
            if row.setting in _SETTINGS:
                known.setdefault(row.code, PlaceOfService(row.code, row.name, _SETTINGS[row.setting]))
        return [known[code] for code in sorted(known)]

    def has_all_codes(self) -> bool:
        """Whether a whole fee schedule release is loaded for the date."""
        return self._imported("pfs") is not None

    def _imported(self, kind: str, setting: str = "") -> int | None:
        """The imported release of a kind that is in force on the date."""
        return self._first_readable(h for h in self._of(kind, setting) if not h.partial and self._in_force(h))

    def _descriptors(self) -> list[int]:
        """The imported releases that name codes for the date, the fullest names first."""
        found = [self._imported(*kind) for kind in _DESCRIBING]
        return [number for number in found if number is not None]

    def releases(self, kind: str, setting: str = "") -> list[tuple[int, Release]]:
        """Every release of a kind with its number, the oldest first; of one quarter only that which answers."""
        found: dict[date, tuple[int, Release]] = {}
        for held in self._of(kind, setting):
            release = self.store.release(held.number)
            if release is not None:
                found.setdefault(held.effective, (held.number, release))
        return [found[day] for day in sorted(found)]

    def is_partial(self, number: int) -> bool:
        """Whether a release holds only some of its rows."""
        return self.held_release(number).partial

    def answers_for(self, number: int) -> bool:
        """Whether a release speaks for the date, rather than being the nearest before it, and was read in full."""
        release = self.held_release(number)
        if release.rejects:
            self.warn(f"{release.rejects:,} lines of {release_name(release)} could not be read: edits may be missing.")
        return self.as_of <= release.ends and not release.rejects

    def name(self, number: int) -> str:
        """A release's name for people."""
        return release_name(self.held_release(number))

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

    def rests_on(self, source: Source) -> None:
        """Note a release that a part of the answer came to rest on."""
        same = sorted((each for each in self.store.held if each.kind == source.kind), key=lambda each: each.partial)
        for held in same:
            release = self.store.release(held.number)
            if release is not None and release.sha256 == source.sha256:
                self._used[held.number] = release
                return

    def sources(self) -> list[Source]:
        """The releases the answer rests on, in the order of their use."""
        return [Source(r.kind, r.name, r.effective, r.sha256) for r in self._used.values()]


# The kinds of release that name codes: the user's own table, the AMA's files, CMS's.
_DESCRIBING = (
    ("descriptors", ""), ("descriptors", "long"), ("descriptors", "medium"), ("descriptors", "short"), ("hcpcs", ""),
    ("pfs", ""),
)  # fmt: skip
_SETTINGS = {"Facility": "facility", "Non-Facility": "nonfacility"}
# A descriptor of more characters than this is no title.
_LONGEST_TITLE = 120


def _title(row: DescriptorRow) -> str:
    """The fullest descriptor that can stand for a title."""
    return next((text for text in (row.long, row.medium) if 0 < len(text) <= _LONGEST_TITLE), row.short or row.long)


def _and(items: list[str]) -> str:
    return " and ".join(part for part in (", ".join(items[:-1]), items[-1]) if part)
