"""Read a store back as model objects."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from cptref.errors import StoreError
from cptref.model.edit import Edit, guideline, ptp_edit
from cptref.model.indicator import IndicatorField, IndicatorValue, PlaceOfService
from cptref.model.modifier import Modifier
from cptref.model.rows import AddOnRow, HistoryRow, MueRow, OppsRow, PfsRow, Prose, RbcsRow, Release

SCHEMA = 3
Connection = sqlite3.Connection
_MEND = "`cptref data verify` names it if it was imported; else remove the catalog-*.sqlite files in the cache folder."
# No store holds as many releases; a release's number is that of its store times this, and its own within.
_RELEASES = 1000


@cache
def _queries() -> dict[str, str]:
    text = (Path(__file__).parent / "queries.sql").read_text(encoding="utf-8")
    parts = re.split(r"^-- name: (\w+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def open_file(path: Path) -> sqlite3.Connection | None:
    """A compiled store, read only, or None where there is none that this version can read."""
    try:
        # Immutable: such a file is replaced as a whole and never written to, so SQLite need not lock it.
        store = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        # The length tells a file that was cut off, for which SQLite would answer until it meets the end.
        pages, size = (store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if store.execute("PRAGMA user_version").fetchone()[0] == SCHEMA and path.stat().st_size == pages * size:
            return store
    except (sqlite3.Error, OSError):  # no database at all
        pass
    store.close()
    return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Store:
    """The queries that answers are made of, over the catalog and the releases that were imported beside it.

    Each imported release is a file of its own, so it comes, goes and is replaced as a whole. Safe to use from several
    threads.
    """

    def __init__(self, catalog: sqlite3.Connection, imported: Sequence[sqlite3.Connection] = ()) -> None:
        self._connections = (catalog, *imported)
        self._lock = Lock()

    def _rows(self, query: str, *, release: int = 0, **values: object) -> list[Any]:
        """The rows of a query, asked of the connection that has the release; of the catalog without one."""
        which, number = divmod(release, _RELEASES)
        try:
            with self._lock:
                return self._connections[which].execute(_queries()[query], {"release": number, **values}).fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(f"a file of the store is damaged ({error})", _MEND) from error

    def close(self) -> None:
        """Give the connections back; the store cannot be used afterwards."""
        for connection in self._connections:
            connection.close()

    def releases(self) -> dict[int, Release]:
        """Every release by the number that it is asked for by: the catalog's first, then those imported."""
        found = {}
        for which in range(len(self._connections)):
            for number, *fields in self._rows("releases", release=which * _RELEASES):
                release = Release(*fields)
                found[which * _RELEASES + number] = release._replace(
                    effective=date.fromisoformat(release.effective),  # type: ignore[arg-type]
                    ends=date.fromisoformat(release.ends),  # type: ignore[arg-type]
                    partial=bool(release.partial),
                    dated=bool(release.dated),
                )
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

    def descriptors(self, release: int, codes: Iterable[str]) -> dict[str, str]:
        """The short descriptors of codes in an imported fee schedule; empty for a code listed without one."""
        return dict(self._rows("descriptors", release=release, codes=json.dumps(sorted(codes))))

    def descriptors_between(self, release: int, first: str, last: str) -> list[tuple[str, str]]:
        """Code and short descriptor of a range of an imported fee schedule, both ends included."""
        return self._rows("descriptors_between", release=release, first=first, last=last)

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
