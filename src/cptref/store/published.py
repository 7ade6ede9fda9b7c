"""What the releases say, as the rows that their files have. Each question names the release that is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from cptref.model.edit import Edit, ptp_edit
from cptref.model.rows import (
    AddOnRow,
    AnesthesiaRow,
    AscRow,
    DescriptorRow,
    GpciRow,
    HcpcsRow,
    IcdRow,
    LocalityRow,
    MueRow,
    OppsRow,
    PfsRow,
    PlaceRow,
    RbcsRow,
    ZipRow,
)
from cptref.store.opened import Opened


class Published(Opened):
    """The queries over releases."""

    def pfs(self, release: int, code: str) -> list[PfsRow]:
        """The fee schedule rows of a code: without modifier first, then 26, 53, TC."""
        return self.pfs_rows(release, [code])

    def pfs_rows(self, release: int, codes: Iterable[str] | None = None) -> list[PfsRow]:
        """The fee schedule rows of codes, or of all, by code and modifier."""
        if codes is None:
            rows = self.rows("pfs_all", release=release)
        else:
            rows = self.rows("pfs", release=release, codes=json.dumps(sorted(codes)))
        return [PfsRow(*row[1:]) for row in rows]  # but the release's number

    def gpci(self, release: int) -> list[GpciRow]:
        """The indices of every locality, by state."""
        return [GpciRow(*row) for row in self.rows("gpci", release=release)]

    def localities(self, release: int) -> list[LocalityRow]:
        """The counties of every locality."""
        return [LocalityRow(*row) for row in self.rows("localities", release=release)]

    def anesthesia(self, release: int, mac: str, locality: str) -> AnesthesiaRow | None:
        """The anesthesia conversion factor of a locality."""
        rows = self.rows("anesthesia", release=release, mac=mac, locality=locality)
        return AnesthesiaRow(*rows[0]) if rows else None

    def zip(self, release: int, zip_code: str) -> list[ZipRow]:
        """The localities of a ZIP code; of a release of nine digits, a row for each further four."""
        return [ZipRow(*row) for row in self.rows("zip", release=release, zip=zip_code)]

    def pfs_summary(self, release: int, codes: Iterable[str]) -> dict[str, tuple[str, str, str, str]]:
        """Status, global days and totals of many codes."""
        rows = self.rows("pfs_summary", release=release, codes=json.dumps(sorted(codes)))
        return {row[0]: row[1:] for row in rows}

    def endoscopic_bases(self, release: int) -> set[str]:
        """The codes that a release names as bases of endoscopies."""
        return {row[0] for row in self.rows("endoscopic_bases", release=release)}

    def mue(self, release: int, code: str) -> MueRow | None:
        """The medically unlikely edit of a code."""
        return next((MueRow(*row) for row in self.rows("mue", release=release, code=code)), None)

    def add_on(self, release: int, code: str, day: date | None) -> list[AddOnRow]:
        """The add-on relations of a code, on either side, that are in force on a day; without one, of all times."""
        when = day and day.isoformat()
        return [
            AddOnRow(add_on, kind, primary, date.fromisoformat(effective), _day(deleted), note)
            for add_on, kind, primary, effective, deleted, note in self.rows(
                "add_on", release=release, code=code, day=when
            )
        ]

    def ptp(self, release: int, code: str, day: date | None) -> list[Edit]:
        """The PTP edits of a code, in either column, that are in force on a day; without one, those of all times."""
        when = day and day.isoformat()
        return [_ptp(row) for row in self.rows("ptp", release=release, code=code, day=when)]

    def ptp_among(self, release: int, codes: Iterable[str], day: date | None) -> list[Edit]:
        """The PTP edits between any two of the codes, likewise."""
        when = day and day.isoformat()
        asked = json.dumps(sorted(codes))
        return [_ptp(row) for row in self.rows("ptp_among", release=release, codes=asked, day=when)]

    def opps(self, release: int, code: str) -> OppsRow | None:
        """Status indicator and APC of a code."""
        return next((OppsRow(*row) for row in self.rows("opps", release=release, code=code)), None)

    def rbcs(self, release: int, code: str) -> RbcsRow | None:
        """The class of a code."""
        for _, rbcs, category, subcategory, family, added, ended in self.rows("rbcs", release=release, code=code):
            return RbcsRow(code, rbcs, category, subcategory, family, _day(added), _day(ended))
        return None

    def asc(self, release: int, code: str) -> list[AscRow]:
        """The lines of a code in the ASC addenda."""
        return [AscRow(*row) for row in self.rows("asc", release=release, code=code)]

    def hcpcs(self, release: int, code: str) -> HcpcsRow | None:
        """What the HCPCS file says of a code or modifier."""
        for row in self.rows("hcpcs", release=release, code=code):
            read = HcpcsRow(*row)
            return read._replace(added=_day(row[7]), effective=_day(row[8]), ended=_day(row[9]))
        return None

    def hcpcs_modifiers(self, release: int, day: date) -> list[tuple[str, str, str]]:
        """The modifiers of the HCPCS file in force on a day: modifier, short and long descriptor."""
        return self.rows("hcpcs_modifiers", release=release, day=day.isoformat())

    def icd_from(self, release: int, start: str) -> list[IcdRow]:
        """The diagnosis codes that begin so."""
        return [IcdRow(*row) for row in self.rows("icd_from", release=release, start=start)]

    def icd_count(self, release: int) -> int:
        """How many diagnoses a release has."""
        return int(self.rows("icd_count", release=release)[0][0])

    def icd_having(self, release: int, expression: str) -> int:
        """How many diagnoses match a full-text expression."""
        return int(self.rows("icd_having", release=release, expression=expression)[0][0])

    def search_icd(self, release: int, expression: str, most: int) -> list[IcdRow]:
        """The diagnoses that match a full-text expression best, so many at the most."""
        rows = self.rows("icd_search", release=release, expression=expression, most=most)
        return [IcdRow(*row) for row in rows]

    def places(self, release: int) -> list[PlaceRow]:
        """The places of service of an imported list."""
        return [PlaceRow(*row) for row in self.rows("places", release=release)]

    def indicator_texts(self, release: int, field: str) -> dict[str, str]:
        """What a release says, in CMS's words, of each value of an indicator."""
        return dict(self.rows("indicator_texts", release=release, field=field))

    def descriptors(self, release: int, codes: Iterable[str]) -> dict[str, DescriptorRow]:
        """The imported descriptors of codes; empty ones for a code that a release lists without any."""
        rows = self.rows("descriptors", release=release, codes=json.dumps(sorted(codes)))
        return {row[0]: DescriptorRow(*row) for row in rows}

    def descriptors_between(self, release: int, first: str, last: str) -> list[DescriptorRow]:
        """The imported descriptors of a range, both ends included."""
        return [DescriptorRow(*r) for r in self.rows("descriptors_between", release=release, first=first, last=last)]

    def search_descriptors(self, release: int, expression: str) -> set[int]:
        """The rows of a release's descriptors that match a full-text expression."""
        return {row[0] for row in self.rows("descriptor_search", release=release, expression=expression)}

    def descriptor_codes(self, release: int, rows: Iterable[int]) -> dict[int, str]:
        """The codes of rows that `search_descriptors` has found; modifiers are left out."""
        return dict(self.rows("descriptor_codes", release=release, rows=json.dumps(list(rows))))

    def descriptor_count(self, release: int) -> int:
        """How many codes a release names."""
        return int(self.rows("descriptor_count", release=release)[0][0])

    def ended(self, release: int, codes: Iterable[str], day: date) -> set[str]:
        """Those of the codes that the HCPCS file says to have ended before a day."""
        rows = self.rows("ended", release=release, codes=json.dumps(sorted(codes)), day=day.isoformat())
        return {row[0] for row in rows}

    def words(self, release: int = 0) -> list[str]:
        """The words of a release's descriptors; without one, of the catalog."""
        return [row[0] for row in self.rows("words", release=release)]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _ptp(row: tuple[str, str, str, str | None, str | None, str]) -> Edit:
    return ptp_edit(*row[:3], _day(row[3]), _day(row[4]), row[5])
