"""Claims of codes with round fees, for cases worked by hand."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sample import ROW

from cptref.model.price import PricedLine, ServiceLine
from cptref.model.rows import PfsRow
from cptref.pricing.claim import price_claim

DAY = date(2026, 7, 15)


def row(code: str, fee: str, **fields: str) -> PfsRow:
    """A row that pays so many dollars in either setting, all of it work, and that no adjustment concerns."""
    plain = {
        "work": fee, "nonfacility_pe": "0.00", "facility_pe": "0.00", "mp": "0.00", "conversion_factor": "1.0000",
        "mult_proc": "0", "bilat_surg": "0", "endo_base": "", "global_days": "090", "asst_surg": "2", "co_surg": "2",
        "preoperative": "0.10", "intraoperative": "0.70", "postoperative": "0.20",
    }  # fmt: skip
    return ROW._replace(code=code, **{**plain, **fields})


def whole_test(code: str, technical: str, professional: str, **fields: str) -> list[PfsRow]:
    """The three rows of a test whose technical part is all PE and whose professional part is all work."""
    common = {"pctc": "1", "global_days": "XXX", **fields}
    return [
        row(code, professional, nonfacility_pe=technical, facility_pe=technical, **common),
        row(code, professional, modifier="26", **common),
        row(code, "0.00", modifier="TC", nonfacility_pe=technical, facility_pe=technical, **common),
    ]


def line(
    code: str, units: int = 1, charge: str | None = None, setting: str = "facility", days: int | None = None
) -> ServiceLine:
    """A line such as 29881-RT-59."""
    code, *modifiers = code.split("-")
    submitted = None if charge is None else Decimal(charge)
    return ServiceLine(code, tuple(modifiers), units, setting, charge=submitted, postoperative_days=days)


def priced(rows: Sequence[PfsRow], *lines: ServiceLine | str, on: date = DAY) -> list[PricedLine]:
    """Price lines, or codes that stand for one."""
    by_code: dict[str, dict[str, PfsRow]] = {}
    for found in rows:
        by_code.setdefault(found.code, {})[found.modifier] = found
    return price_claim([line(each) if isinstance(each, str) else each for each in lines], by_code, on)


def amounts(rows: Sequence[PfsRow], *lines: ServiceLine | str, on: date = DAY) -> list[str | None]:
    """The amounts of the lines as text."""
    return [None if found.amount is None else str(found.amount) for found in priced(rows, *lines, on=on)]
