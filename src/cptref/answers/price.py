"""`price`: what Medicare pays for a code or for the lines of a claim, in a locality or nationally."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cptref.answers.context import LOAD, Context, release_name
from cptref.answers.localities import by_name, by_zip
from cptref.errors import DataNotLoadedError, UsageError
from cptref.model.kinds import KINDS
from cptref.model.price import AnesthesiaTime, PricedLine, ServiceLine, Step
from cptref.model.price_terms import FACILITY, NATIONAL, NO_DATA, NONFACILITY, NOT_PAID
from cptref.model.rows import AnesthesiaRow, GpciRow, PfsRow, Release
from cptref.model.syntax import CodeRef, shown
from cptref.pricing.claim import codes_needed, price_claim

SETTINGS = {"facility": FACILITY, "nonfacility": NONFACILITY}
# Which amount is asked for, and the step that says so.
BASES = {
    "participating": "",
    "nonparticipating": "non-participating: 95 % of the fee (42 CFR 414.20)",
    "limiting_charge": "limiting charge: 115 % of the non-participating amount, 109.25 % of the fee (42 CFR 414.48)",
}
_MOST_UNITS = 9999


class Place(NamedTuple):
    """Where a service is given: `gpci` is the locality's, `setting` None where it is not known."""

    gpci: GpciRow
    setting: str | None


class Asked(NamedTuple):
    """What is said of every line: units, anesthesia, whose conversion factor, which amount."""

    units: int = 1
    minutes: int | None = None
    base_units: int | None = None
    qualifying: bool = False
    basis: str = "participating"


def place(
    context: Context, locality: str | None, zip_code: str | None, place_of_service: str | None, setting: str | None
) -> Place:
    """The locality that is named, else the nation; and the setting of the place of service.

    UsageError for what is none or contradicts itself.
    """
    if locality is not None and zip_code is not None:
        raise UsageError("--locality and --zip both say where", "Give one of them.")
    gpci = NATIONAL
    if locality is not None:
        gpci = by_name(context, locality)
    elif zip_code is not None:
        gpci = by_zip(context, zip_code)
    at = setting_at(context, place_of_service) if place_of_service is not None else setting
    if setting is not None and at != setting:
        raise UsageError(f"place of service {shown(place_of_service or '')} is {at}", "Give one of the two.")
    return Place(gpci, at)


def setting_at(context: Context, place_of_service: str) -> str:
    """`facility` or `nonfacility`, by the place of service. UsageError for one that decides neither."""
    code = place_of_service.strip().zfill(2)
    known = {each.code: each.setting for each in context.places()}
    if known.get(code) not in SETTINGS:
        reason = "is not used to pay Medicare claims" if code in known else "is none"
        raise UsageError(
            f"place of service '{shown(place_of_service)}' {reason}", "`cptref explain place-of-service` lists them."
        )
    return known[code]


def price(context: Context, codes: Sequence[CodeRef], where: Place, asked: Asked) -> list[PricedLine]:
    """The lines priced as those of one claim; a single code without a setting in both.

    DataNotLoadedError where no fee schedule release answers for the date, or the locality has no anesthesia factor.
    """
    checked_units(asked.units)
    schedule = Schedule(context, asked.qualifying)
    settings = [where.setting] if where.setting else [NONFACILITY, FACILITY] if len(codes) == 1 else [NONFACILITY]
    if where.setting is None and len(codes) > 1:
        context.warn("No place of service was given: priced as in an office; --facility or --place-of-service tells.")
    priced: list[PricedLine] = []
    for setting in settings:
        lines = [_line(context, schedule, code, where.gpci, setting, asked) for code in codes]
        priced += schedule.priced(lines, context.as_of)
    if where.gpci is not NATIONAL:
        check_gpci(context, schedule.release)
    return [on_basis(line, asked.basis) for line in priced]


def checked_units(units: int) -> int:
    """Units that a line can have. UsageError for others."""
    if not 1 <= units <= _MOST_UNITS:
        raise UsageError(f"{units} units", f"Units are whole and from 1 to {_MOST_UNITS:,}.")
    return units


def on_basis(line: PricedLine, basis: str) -> PricedLine:
    """The line with the amount that is asked for: that of a non-participating practitioner, or the limiting charge."""
    amount = {"nonparticipating": line.nonparticipating, "limiting_charge": line.limiting_charge}.get(basis)
    if amount is None:
        return line
    return line._replace(amount=amount, steps=(*line.steps, Step(basis, f"{BASES[basis]} = {amount}", amount)))


class Schedule:
    """The fee schedule for a date: the rows of codes, read when they are first asked for."""

    def __init__(self, context: Context, qualifying: bool = False) -> None:
        self._context = context
        self._setting = "qp" if qualifying else ""
        self._rows: dict[str, dict[str, PfsRow]] = {}

    def rows(self, codes: Iterable[str]) -> Mapping[str, Mapping[str, PfsRow]]:
        """The rows of codes by modifier, with those that their prices rest on."""
        missing = [code for code in codes if code not in self._rows]
        if missing:
            self._read(missing)
            further = codes_needed({code: self._rows[code] for code in missing})
            self._read([code for code in further if code not in self._rows])
        return self._rows

    def _read(self, codes: Iterable[str]) -> None:
        by_release: dict[int, list[str]] = {}
        for code in sorted(codes):
            by_release.setdefault(self._context.needed("pfs", code, self._setting), []).append(code)
            self._rows[code] = {}
        for release, asked in by_release.items():
            for row in self._context.store.pfs_rows(release, asked):
                self._rows[row.code][row.modifier] = row

    def priced(self, lines: Sequence[ServiceLine], day: date) -> list[PricedLine]:
        """The lines of one claim, priced; what the release does not list is said to be missing."""
        rows = self.rows({line.code for line in lines})
        return [self._told(line, rows) for line in price_claim(lines, rows, day)]

    def _told(self, line: PricedLine, rows: Mapping[str, Mapping[str, PfsRow]]) -> PricedLine:
        if line.outcome != NO_DATA or rows.get(line.code):
            return line
        release = self._context.release("pfs", self._setting, line.code)
        name = release_name(self._context.held_release(release)) if release is not None else "the fee schedule"
        return line._replace(outcome=NOT_PAID, reason=f"{name} does not list {line.code}")

    @property
    def release(self) -> Release:
        """The release that answers for most codes."""
        return self._context.held_release(self._context.needed("pfs", None, self._setting))


def check_gpci(context: Context, fee_schedule: Release) -> None:
    """Say so where the indices are of another release than the RVUs, which CMS ships without them.

    DataNotLoadedError where they had run out before that release began: they are then of another year.
    """
    indices = context.held_release(context.needed("gpci"))
    check_year(indices, fee_schedule)
    if indices.effective != fee_schedule.effective:
        name = fee_schedule.name.split()[0]
        context.warn(f"The GPCI are those of {indices.name}: none of {name} are loaded.")


def check_year(release: Release, fee_schedule: Release) -> None:
    """DataNotLoadedError where a release had run out before the fee schedule's began."""
    if release.ends < fee_schedule.effective:
        title = KINDS[release.kind].title
        raise DataNotLoadedError(
            f"no {title} for {fee_schedule.name} are loaded: those of {release.name} end {release.ends}", LOAD
        )


def _line(
    context: Context, schedule: Schedule, code: CodeRef, gpci: GpciRow, setting: str, asked: Asked
) -> ServiceLine:
    line = ServiceLine(code.code, code.modifiers, asked.units, setting, gpci)
    rows = schedule.rows([code.code])[code.code]
    if not any(row.status == "J" for row in rows.values()):
        return line
    return line._replace(anesthesia=_anesthesia(context, schedule.release, code, gpci, asked))


def _anesthesia(context: Context, fee_schedule: Release, code: CodeRef, gpci: GpciRow, asked: Asked) -> AnesthesiaTime:
    supervised = "AD" in code.modifiers
    if gpci is NATIONAL:
        raise UsageError(f"{code.code} is anesthesia, which is paid by locality", "Give --locality or --zip.")
    if not supervised and (asked.minutes is None or asked.base_units is None):
        raise UsageError(
            f"{code.code} is anesthesia: base units and minutes are needed",
            "--base-units, which CMS publishes apart from the fee schedule, and --minutes tell them.",
        )
    return AnesthesiaTime(asked.base_units or 0, asked.minutes or 0, _factor(context, fee_schedule, gpci))


def _factor(context: Context, fee_schedule: Release, gpci: GpciRow) -> AnesthesiaRow:
    """The anesthesia conversion factor of a locality. DataNotLoadedError where none of the year is loaded."""
    release = context.needed("anesthesia")
    check_year(context.held_release(release), fee_schedule)
    found = context.store.anesthesia(release, gpci.mac, gpci.locality)
    if found is None:
        raise DataNotLoadedError(f"no anesthesia factor of {gpci.mac}-{gpci.locality} is loaded", LOAD)
    return found


def total(lines: Sequence[PricedLine]) -> Decimal | None:
    """What the lines come to together; None where one of them has no amount."""
    amounts = [line.amount for line in lines]
    return sum((amount for amount in amounts if amount is not None), Decimal(0)) if None not in amounts else None
