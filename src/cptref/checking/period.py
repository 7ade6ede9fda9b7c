"""The rule book over days on which it says the same, in one setting; and all it says of a code, gathered once.

Between the dates of its releases and rows a rule book does not change, so the thousands of dates of a batch of claims
come down to some periods. The dates of PTP edits are not among them: each edit is held against its line's date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from cptref.checking.book import MueTable, PfsTable, PtpTable, RuleBook
from cptref.checking.releases import T, answering, name, nothing, shortfall, too_few
from cptref.model.rows import CONTRACTOR_DEFINED, AddOnRow, HcpcsRow, MueRow, OppsRow, PfsRow
from cptref.rules.code_kinds import is_anesthesia, is_visit

# Modifiers' first days where no release tells them: NCCI Policy Manual ch. I, E (e).
FIRST_DAY = dict.fromkeys(("XE", "XP", "XS", "XU"), date(2015, 1, 1))


class Period:
    """What the releases say on `day` and the days of its period.

    `ptp` are the PTP releases that answer, the best first, and `ptp_lack` tells why the best may not pass a pair.
    """

    def __init__(self, book: RuleBook, setting: str, day: date) -> None:
        self.book = book
        self.setting = setting
        self.day = day
        self.pfs: list[PfsTable] = answering(book.pfs, day)
        self.mue: list[MueTable] = answering(book.mue, day, setting)
        self.ptp: list[PtpTable] = answering(book.ptp, day, setting)
        self.add_on = answering(book.add_on, day)
        self.hcpcs = answering(book.hcpcs, day)
        self.opps = answering(book.opps, day)
        self.ptp_lack = shortfall(self.ptp[0].release, day) if self.ptp else nothing("ptp", setting)
        self._codes: dict[str, CodeFacts] = {}

    def facts(self, code: str) -> CodeFacts:
        """What the book says of a code."""
        found = self._codes.get(code)
        if found is None:
            found = self._codes[code] = CodeFacts(self, code)
        return found

    def choose(self, tables: Sequence[T], kind: str, code: str) -> tuple[T | None, str]:
        """The release that answers for a code, and why it does not do so in full."""
        held = code in self.book.held
        for table in tables:
            if held or not table.release.partial:
                return table, shortfall(table.release, self.day)
        if tables:
            return None, too_few(tables[0].release)
        return None, nothing(kind, self.setting if kind == "mue" else "")


def changes(book: RuleBook) -> list[date]:
    """The days on which the book begins to say something else, in order; but for the PTP edits' own."""
    releases = [
        t.release for tables in (book.pfs, book.mue, book.ptp, book.add_on, book.hcpcs, book.opps) for t in tables
    ]
    days = {release.effective for release in releases} | {_after(release.ends) for release in releases}
    for add_on in (row for table in book.add_on for rows in table.rows.values() for row in rows):
        days |= {add_on.effective, _after(add_on.deleted)}
    for row in (row for table in book.hcpcs for row in table.rows.values()):
        days |= {row.added or date.min, _after(row.ended)}
    return sorted(days | set(FIRST_DAY.values()))


def _after(day: date | None) -> date:
    return day + timedelta(days=1) if day and day < date.max else date.min


class CodeFacts:
    """What the book says of a code in a period.

    `lacks` are the kinds of release that do not answer for it in full, and why. `memo` is for the rules, by keys of
    their own, as what they find of a code alone is the same on every line.
    """

    __slots__ = (
        "add_on", "add_on_source", "add_on_type", "code", "global_days", "hcpcs", "is_anesthesia", "is_visit",
        "lacks", "memo", "mue", "mue_source", "opps", "pctc", "period", "pfs_source", "primaries", "row", "rows",
    )  # fmt: skip

    def __init__(self, period: Period, code: str) -> None:
        self.code = code
        self.period = period
        self.is_visit = is_visit(code)
        self.is_anesthesia = is_anesthesia(code)
        self.lacks: list[tuple[str, str]] = []
        self.memo: dict[Any, Any] = {}
        self._fee_schedule(period)
        self._mue(period)
        self._add_on(period)
        self._further(period)

    def row_for(self, modifiers: Sequence[str]) -> PfsRow | None:
        """The fee schedule row of the code with these modifiers: that of 26, TC or 53 if it has one."""
        return next((self.rows[modifier] for modifier in modifiers if modifier in self.rows), self.row)

    def _fee_schedule(self, period: Period) -> None:
        table, lack = period.choose(period.pfs, "pfs", self.code)
        self.rows: dict[str, PfsRow] = {row.modifier: row for row in table.rows.get(self.code, ())} if table else {}
        self.row = self.rows.get("") or next(iter(self.rows.values()), None)
        self.pfs_source = name(table.release) if table else ""
        # Of a laboratory test that a physician interprets, only the row of 26 bears the indicator.
        self.pctc = self.rows["26"].pctc if "26" in self.rows else self.row.pctc if self.row else ""
        self.global_days = self.row.global_days if self.row else ""
        if lack:
            self.lacks.append(("pfs", lack))

    def _mue(self, period: Period) -> None:
        table, lack = period.choose(period.mue, "mue", self.code)
        self.mue: MueRow | None = table.rows.get(self.code) if table else None
        self.mue_source = name(table.release) if table else ""
        if lack:
            self.lacks.append(("mue", lack))

    def _add_on(self, period: Period) -> None:
        table, lack = period.choose(period.add_on, "add_on", self.code)
        rows: list[AddOnRow] = []
        if table:
            rows = [
                row
                for row in table.rows.get(self.code, ())
                if row.effective <= period.day and (row.deleted is None or period.day <= row.deleted)
            ]
        self.add_on = bool(rows)
        self.add_on_source = name(table.release) if table else ""
        # No code has rows of two types in force; were there one, the type that names the fewest primaries decides.
        self.add_on_type = max((row.type for row in rows), key="132".index, default="")
        self.primaries = frozenset(row.primary for row in rows) - {CONTRACTOR_DEFINED}
        if lack:
            self.lacks.append(("add_on", lack))

    def _further(self, period: Period) -> None:
        """What only some codes need: HCPCS codes that are not in the fee schedule, and OPPS for hospitals."""
        self.hcpcs: HcpcsRow | None = None
        self.opps: OppsRow | None = None
        if self.code[0].isalpha():
            hcpcs, lack = period.choose(period.hcpcs, "hcpcs", self.code)
            self.hcpcs = hcpcs.rows.get(self.code) if hcpcs else None
            if lack and not self.row:
                self.lacks.append(("hcpcs", lack))
        if period.setting == "hospital":
            opps, lack = period.choose(period.opps, "opps", self.code)
            self.opps = opps.rows.get(self.code) if opps else None
            if lack:
                self.lacks.append(("opps", lack))
