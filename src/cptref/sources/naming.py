"""Which release a file is of, by what its content or its name tells."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from cptref.errors import UsageError
from cptref.model.syntax import shown
from cptref.sources.files import SourceFile

_MONTHS = ("JAN", "APR", "JUL", "OCT")


class Named(NamedTuple):
    """A release's name, and the first and last day that it was made for."""

    name: str
    effective: date
    ends: date


class Quarter(NamedTuple):
    """A calendar quarter, which is what CMS releases are made for."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = 3 * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def named(self) -> Named:
        """A release of this quarter: `2026Q2`."""
        return Named(str(self), self.first, self.last)

    @property
    def rvu(self) -> Named:
        """The fee schedule's release of this quarter: `RVU26B`."""
        return Named(f"RVU{self.year % 100:02}{'ABCD'[self.number - 1]}", self.first, self.last)


# What stands until another is imported, and bears no date.
UNDATED = Named("undated", date.min, date.max)


def quarter_in(text: str) -> Quarter | None:
    """The quarter that a title or a file name tells: by year and month, by `2026Q2`, or by `RVU26B`."""
    upper = text.upper()
    named = re.search(r"(20\d\d)[\s_-]*Q([1-4])", upper)
    if named:
        return Quarter(int(named[1]), int(named[2]))
    fee_schedule = re.search(r"RVU(\d\d)([A-D])", upper)
    if fee_schedule:
        return Quarter(2000 + int(fee_schedule[1]), "ABCD".index(fee_schedule[2]) + 1)
    dated = re.search(r"(\d\d)-(\d\d)-(20\d\d)", upper)
    if dated and 1 <= int(dated[1]) <= 12:
        return Quarter(int(dated[3]), (int(dated[1]) + 2) // 3)
    year = re.search(r"(?<!\d)(20\d\d)(?!\d)", upper) or re.search(r"(?<!\d)(\d\d)(?!\d)", upper)
    month = re.search("|".join(_MONTHS), upper)
    if year and month:
        return Quarter(int(year[1]) % 100 + 2000, _MONTHS.index(month[0]) + 1)
    return None


def quarter_of(file: SourceFile) -> Quarter | None:
    """The quarter that a file's name tells, or else that of the zip or folder it lies in."""
    return quarter_in(file.name) or quarter_in(file.within)


def year_in(*texts: str) -> Named | None:
    """A release for the calendar year that one of the texts tells."""
    year = next((match for text in texts if (match := re.search(r"(?<!\d)20\d\d(?!\d)", text))), None)
    return Named(year[0], date(int(year[0]), 1, 1), date(int(year[0]), 12, 31)) if year else None


def in_fee_schedule(file: SourceFile, title: str) -> Named | None:
    """The release of what comes with the fee schedule for a whole year: by name of its zip, else by year."""
    quarter = quarter_of(file)
    return quarter.rvu._replace(ends=date(quarter.year, 12, 31)) if quarter else year_in(title, file.name)


def given(name: str | None, effective: date | None, *, lasting: bool) -> Named | None:
    """The release that a user names: by its quarter (`RVU26C`, `2026Q2`), its first day, or both."""
    if effective is not None:
        quarter = Quarter(effective.year, (effective.month + 2) // 3)
    elif name is None:
        return None
    else:
        told = quarter_in(name)
        if told is None:
            raise UsageError(
                f"'{shown(name)}' does not tell the quarter", "--effective YYYY-MM-DD tells its first day."
            )
        quarter = told
    return Named(name or str(quarter), effective or quarter.first, date.max if lasting else quarter.last)
