"""Read a store back as model objects."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from cptref.errors import StoreError
from cptref.model.edit import Edit, guideline, ptp_edit
from cptref.model.indicator import IndicatorField, IndicatorValue, PlaceOfService
from cptref.model.modifier import Modifier
from cptref.model.rows import AddOnRow, DescriptorRow, HistoryRow, MueRow, OppsRow, PfsRow, Prose, RbcsRow, Release
from cptref.store.connect import Connection, open_file, queries

_MEND = "`cptref data verify` names it if it was imported; else remove the catalog-*.sqlite files in the cache folder."
# No store holds as many releases; a release's number is that of its file times this, and its own within.
_RELEASES = 1000


class Held(NamedTuple):
    """A release that can be asked by its number, known without opening its file."""

    number: int
    kind: str
    setting: str
    effective: date
    partial: bool


class ReleaseFile(NamedTuple):
    """The file of an imported release, and what its name tells."""

    path: Path
    kind: str
    setting: str
    effective: date


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Store:
    """The queries that answers are made of, over the catalog and the releases that were imported beside it.

    Each imported release is a file of its own, so it comes, goes and is replaced as a whole; it is opened when it is
    first asked. Safe to use from several threads.
    """

    def __init__(self, catalog: Connection, files: Sequence[ReleaseFile] = ()) -> None:
        self._connections: dict[int, Connection | None] = {0: catalog}
        self._files = (None, *files)
        self._lock = Lock()
        self._known: dict[int, Release | None] = dict(self._releases(0))
        bundled = [Held(n, r.kind, r.setting, r.effective, r.partial) for n, r in self._known.items() if r]
        # A release file holds one release, which has the number 1.
        self.held = (*bundled, *(Held(n * _RELEASES + 1, *f[1:], partial=False) for n, f in enumerate(files, start=1)))

    def _connection(self, which: int) -> Connection | None:
        """A file's connection, opened by whoever asks first; None if it cannot be."""
        if which not in self._connections:
            file = self._files[which]
            self._connections[which] = open_file(file.path) if file else None
        return self._connections[which]

    def _rows(self, query: str, *, release: int = 0, **values: object) -> list[Any]:
        """The rows of a query, asked of the file that has the release; of the catalog without one."""
        return self.ask(queries()[query], release, values)

    def ask(self, sql: str, release: int, values: Mapping[str, object]) -> list[Any]:
        """The rows that SQL gives of the file that has a release, whose number there is `:release`."""
        which, number = divmod(release, _RELEASES)
        try:
            with self._lock:
                connection = self._connection(which)
                if connection is None:
                    raise StoreError("a file of the store cannot be read", _MEND)
                return connection.execute(sql, {"release": number, **values}).fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(f"a file of the store is damaged ({error})", _MEND) from error

    def close(self) -> None:
        """Give the connections back; the store cannot be used afterwards."""
        for connection in self._connections.values():
            if connection is not None:
                connection.close()

    def release(self, number: int) -> Release | None:
        """A release by its number; None if its file cannot be read."""
        if number not in self._known:
            try:
                self._known[number] = dict(self._releases(number // _RELEASES)).get(number)
            except (StoreError, TypeError, ValueError):
                self._known[number] = None
        return self._known[number]

    def file_name(self, number: int) -> str:
        """The name of the file that a release is in."""
        file = self._files[number // _RELEASES]
        return file.path.name if file else "the catalog"

    def _releases(self, which: int) -> list[tuple[int, Release]]:
        found = []
        for number, *fields in self._rows("releases", release=which * _RELEASES):
            release = Release(*fields)
            read = release._replace(
                effective=date.fromisoformat(release.effective),  # type: ignore[arg-type]
                ends=date.fromisoformat(release.ends),  # type: ignore[arg-type]
                partial=bool(release.partial),
            )
            found.append((which * _RELEASES + number, read))
        return found

    def prose(self, code: str) -> Prose | None:
        """The catalog's entry of a code."""
        rows = self._rows("prose", code=code)
        if not rows:
            return None
        prose = Prose(*rows[0])
        lists = ("synonyms", "indications", "procedure", "billing", "related")
        read: dict[str, Any] = {name: tuple(json.loads(getattr(prose, name))) for name in lists}
        return prose._replace(**read)

    def code_count(self) -> int:
        """How many codes the catalog describes."""
        return int(self._rows("code_count")[0][0])

    def titles(self, codes: Iterable[str]) -> dict[str, str]:
        """The titles of those of the codes that are described."""
        return dict(self._rows("titles", codes=json.dumps(sorted(codes))))

    def codes_between(self, first: str, last: str) -> list[tuple[str, str]]:
        """Code and title of a range, both ends included."""
        return self._rows("codes_between", first=first, last=last)

    def codes_in_group(self, group: str) -> list[tuple[str, str]]:
        """Code and title of a family or a section."""
        return self._rows("codes_in_group", group=group)

    def groups(self) -> list[str]:
        """The names of all families and sections."""
        return [row[0] for row in self._rows("groups")]

    def near_codes(self, code: str) -> list[tuple[str, str]]:
        """The two codes before and the two after, in the order of codes."""
        return self._rows("near_codes", code=code)

    def completions(self, start: str) -> list[tuple[str, str]]:
        """Code and title of the codes that begin so."""
        return self._rows("completions", start=start)

    def pfs(self, release: int, code: str) -> list[PfsRow]:
        """The fee schedule rows of a code: without modifier first, then 26, 53, TC."""
        return [PfsRow(*row) for row in self._rows("pfs", release=release, code=code)]

    def pfs_summary(self, release: int, codes: Iterable[str]) -> dict[str, tuple[str, str, str, str]]:
        """Status, global days and totals of many codes."""
        rows = self._rows("pfs_summary", release=release, codes=json.dumps(sorted(codes)))
        return {row[0]: row[1:] for row in rows}

    def mue(self, release: int, code: str) -> MueRow | None:
        """The medically unlikely edit of a code."""
        return next((MueRow(*row) for row in self._rows("mue", release=release, code=code)), None)

    def add_on(self, release: int, code: str, day: date) -> list[AddOnRow]:
        """The add-on relations of a code, on either side, that are in force on a day."""
        return [
            AddOnRow(add_on, kind, primary, date.fromisoformat(effective), _day(deleted), note)
            for add_on, kind, primary, effective, deleted, note in self._rows(
                "add_on", release=release, code=code, day=day.isoformat()
            )
        ]

    def ptp(self, release: int, code: str, day: date | None) -> list[Edit]:
        """The PTP edits of a code, in either column, that are in force on a day; without one, those of all times."""
        when = day and day.isoformat()
        return [_ptp(row) for row in self._rows("ptp", release=release, code=code, day=when)]

    def ptp_among(self, release: int, codes: Iterable[str], day: date | None) -> list[Edit]:
        """The PTP edits between any two of the codes, likewise."""
        when = day and day.isoformat()
        asked = json.dumps(sorted(codes))
        return [_ptp(row) for row in self._rows("ptp_among", release=release, codes=asked, day=when)]

    def ptp_complete(self, code: str) -> bool:
        """Whether a partial PTP release holds all edits of this code."""
        return bool(self._rows("ptp_complete", code=code))

    def guidelines(self, code: str) -> list[Edit]:
        """The coding guidelines that name a code."""
        return [guideline(*row) for row in self._rows("guidelines", code=code)]

    def opps(self, release: int, code: str) -> OppsRow | None:
        """Status indicator and APC of a code."""
        return next((OppsRow(*row) for row in self._rows("opps", release=release, code=code)), None)

    def rbcs(self, release: int, code: str) -> RbcsRow | None:
        """The class of a code."""
        for _, rbcs, category, subcategory, family, added, ended in self._rows("rbcs", release=release, code=code):
            return RbcsRow(code, rbcs, category, subcategory, family, _day(added), _day(ended))
        return None

    def history(self, code: str) -> list[HistoryRow]:
        """What the catalog records of a code's past."""
        return [HistoryRow(row[0], date.fromisoformat(row[1]), *row[2:]) for row in self._rows("history", code=code)]

    def indicator_fields(self) -> dict[str, IndicatorField]:
        """Every indicator by its field name."""
        return {row[0]: IndicatorField(*row) for row in self._rows("indicator_fields")}

    def indicator_values(self, field: str) -> list[IndicatorValue]:
        """The values of an indicator, in the order of the catalog."""
        return [IndicatorValue(*row) for row in self._rows("indicator_values", field=field)]

    def meanings(self) -> dict[tuple[str, str], str]:
        """What each value of each indicator means."""
        return {(field, value): meaning for field, value, meaning in self._rows("meanings")}

    def modifiers(self) -> list[Modifier]:
        """Every modifier, in the order of the catalog."""
        found = [Modifier(*row) for row in self._rows("modifiers")]
        return [modifier._replace(ncci_associated=bool(modifier.ncci_associated)) for modifier in found]

    def places_of_service(self) -> list[PlaceOfService]:
        """Every place of service."""
        return [PlaceOfService(*row) for row in self._rows("places_of_service")]

    def search(self, expression: str) -> dict[str, float]:
        """The codes whose entries match a full-text expression, with a score: the higher the better."""
        return {row[0]: -row[1] for row in self._rows("search", expression=expression)}

    def search_codes(self, expression: str) -> set[str]:
        """The codes whose entries match a full-text expression."""
        return {row[0] for row in self._rows("search_codes", expression=expression)}

    def search_descriptors(self, release: int, expression: str) -> dict[str, float]:
        """The codes whose imported descriptors match a full-text expression, with a score."""
        return {row[0]: -row[1] for row in self._rows("descriptor_search", release=release, expression=expression)}

    def descriptors(self, release: int, codes: Iterable[str]) -> dict[str, DescriptorRow]:
        """The imported descriptors of codes; empty ones for a code that a release lists without any."""
        rows = self._rows("descriptors", release=release, codes=json.dumps(sorted(codes)))
        return {row[0]: DescriptorRow(*row) for row in rows}

    def descriptors_between(self, release: int, first: str, last: str) -> list[DescriptorRow]:
        """The imported descriptors of a range, both ends included."""
        return [DescriptorRow(*r) for r in self._rows("descriptors_between", release=release, first=first, last=last)]

    def exists(self, code: str) -> bool:
        """Whether the catalog describes a code."""
        return bool(self._rows("exists", code=code))

    def groups_of(self, codes: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Section and family of the codes that are described."""
        return {row[0]: row[1:] for row in self._rows("groups_of", codes=json.dumps(sorted(codes)))}

    def words(self) -> list[str]:
        """The words of the searched texts."""
        return [row[0] for row in self._rows("words")]


def _ptp(row: tuple[str, str, str, str | None, str | None, str]) -> Edit:
    return ptp_edit(*row[:3], _day(row[3]), _day(row[4]), row[5])
