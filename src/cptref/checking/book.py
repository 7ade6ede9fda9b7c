"""The rule book: what the releases say of the codes in a batch of claims.

Whoever fills it reads, of every release that may answer for a date of service in the batch, the rows of the batch's
codes: those in force and those that are not, for the book looks at their dates. Which release answers for which line
is the book's matter (`checking.day`).
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cptref.model.indicator import PlaceOfService
from cptref.model.modifier import Modifier
from cptref.model.rows import AddOnRow, GuidelineRow, HcpcsRow, MueRow, OppsRow, PfsRow, PtpRow, Release


class PfsTable(NamedTuple):
    """A fee schedule release, not that of qualifying APM participants: the rows of each code."""

    release: Release
    rows: dict[str, tuple[PfsRow, ...]]


class MueTable(NamedTuple):
    """An MUE release of one setting."""

    release: Release
    rows: dict[str, MueRow]


class AddOnTable(NamedTuple):
    """An add-on release: the rows of each add-on code, deleted ones included."""

    release: Release
    rows: dict[str, tuple[AddOnRow, ...]]


class HcpcsTable(NamedTuple):
    """A HCPCS Level II release: codes, and modifiers of two characters."""

    release: Release
    rows: dict[str, HcpcsRow]


class OppsTable(NamedTuple):
    """An OPPS release."""

    release: Release
    rows: dict[str, OppsRow]


class PtpTerm(NamedTuple):
    """All of a PTP edit but its codes. Millions of edits share some thousands of terms."""

    modifier_indicator: str
    effective: date | None
    deleted: date | None
    rationale: str


class PtpTable(NamedTuple):
    """A release of PTP edits of one setting: the terms of each pair, by column one and then column two."""

    release: Release
    rows: dict[str, dict[str, tuple[PtpTerm, ...]]]


class RuleBook(NamedTuple):
    """All that the rules may know.

    Of each kind, the tables of all releases that answer for a date of the batch, in any order; none of a kind leaves
    its rules unrun. `held` are the batch's codes that the catalog has, of which alone a partial release tells;
    `complete` those of which the partial PTP release has every edit. `modifiers` and `places` are all that there are.
    """

    pfs: tuple[PfsTable, ...] = ()
    mue: tuple[MueTable, ...] = ()
    ptp: tuple[PtpTable, ...] = ()
    add_on: tuple[AddOnTable, ...] = ()
    hcpcs: tuple[HcpcsTable, ...] = ()
    opps: tuple[OppsTable, ...] = ()
    guidelines: dict[str, tuple[GuidelineRow, ...]] = {}  # noqa: RUF012  never written to
    modifiers: dict[str, Modifier] = {}  # noqa: RUF012  never written to
    places: dict[str, PlaceOfService] = {}  # noqa: RUF012
    held: frozenset[str] = frozenset()
    complete: frozenset[str] = frozenset()


def pfs_table(release: Release, rows: Iterable[PfsRow]) -> PfsTable:
    """The rows of PPRRVU by code."""
    found: dict[str, tuple[PfsRow, ...]] = {}
    for row in rows:
        found[row.code] = (*found.get(row.code, ()), row)
    return PfsTable(release, found)


def add_on_table(release: Release, rows: Iterable[AddOnRow]) -> AddOnTable:
    """The rows of the add-on file by add-on code; those that were never in force are left out."""
    found: dict[str, list[AddOnRow]] = {}
    for row in rows:
        if row.deleted != row.effective:
            found.setdefault(row.add_on, []).append(row)
    return AddOnTable(release, {code: tuple(each) for code, each in found.items()})


def guideline_table(rows: Iterable[GuidelineRow]) -> dict[str, tuple[GuidelineRow, ...]]:
    """The coding guidelines by their first code."""
    found: dict[str, tuple[GuidelineRow, ...]] = {}
    for row in rows:
        found[row.code] = (*found.get(row.code, ()), row)
    return found


def ptp_table(release: Release, rows: Iterable[PtpRow]) -> PtpTable:
    """PTP edits by pair; those of indicator 9 were never in force (NCCI Policy Manual ch. I, E) and are left out."""
    terms: dict[PtpTerm, PtpTerm] = {}
    found: dict[str, dict[str, tuple[PtpTerm, ...]]] = {}
    for row in rows:
        if row.modifier_indicator == "9":
            continue
        term = PtpTerm(row.modifier_indicator, row.effective, row.deleted, row.rationale)
        partners = found.setdefault(row.column_one, {})
        partners[row.column_two] = (*partners.get(row.column_two, ()), terms.setdefault(term, term))
    return PtpTable(release, found)
