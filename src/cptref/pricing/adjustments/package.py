"""A part of the global surgical package: 54, 55, 56 and 78.

Sources: RVU document, pre-, intra- and postoperative percentage; IOM 100-04 ch. 12 §40.2 (the modifiers) and §40.4
(payment: 54 pays the first two shares, 55 the third, by days where several physicians see the patient, 78 the second).
"""

from decimal import Decimal

from cptref.model.price import ServiceLine
from cptref.model.price_terms import BY_REPORT, NOT_PAID
from cptref.model.rows import PfsRow
from cptref.pricing.status import Refusal
from cptref.pricing.working import Item, percent

_DAYS = {"010": 10, "090": 90}


def refusal(line: ServiceLine, row: PfsRow) -> Refusal | None:
    """Why no part of the package is paid with the line's modifiers; None where one is, or none is asked for."""
    asked = {"54", "55", "56", "78"}.intersection(line.modifiers)
    if not asked:
        return None
    if "56" in asked:
        return Refusal(NOT_PAID, "56: Medicare pays the care before surgery to the surgeon, with 54")
    if len(asked) > 1:
        return Refusal(NOT_PAID, f"{' and '.join(sorted(asked))} exclude each other on a line")
    modifier = asked.pop()
    if row.global_days not in _DAYS:
        # Without a package a return to the operating room is paid in full.
        return None if modifier == "78" else Refusal(NOT_PAID, f"{modifier}: global {row.global_days} has no package")
    if not Decimal(row.intraoperative):
        return Refusal(BY_REPORT, f"{modifier}: no shares of the package are published for this code")
    days = line.postoperative_days
    if modifier == "55" and days is not None and not 0 < days <= _DAYS[row.global_days]:
        return Refusal(NOT_PAID, f"55: {days} days of a postoperative period of {_DAYS[row.global_days]}")
    return None


def apply(item: Item) -> None:
    """Multiply by the share that the modifier stands for."""
    row, modifiers = item.fee.row, item.line.modifiers
    if "54" in modifiers:
        share = Decimal(row.preoperative) + Decimal(row.intraoperative)
        _share(item, share, "54: surgical care, pre- and intraoperative shares")
    elif "55" in modifiers:
        _share(item, Decimal(row.postoperative), "55: postoperative share")
        _days(item)
    elif "78" in modifiers and row.global_days in _DAYS:
        _share(item, Decimal(row.intraoperative), "78: return to the operating room, intraoperative share")
    elif "78" in modifiers:
        item.add("package", f"78: in full, as global {row.global_days} has no shares (IOM 100-04 ch. 12 §40.4)")


def _share(item: Item, share: Decimal, words: str) -> None:
    item.scale(share)
    item.add("package", f"{words} {percent(share)} (IOM 100-04 ch. 12 §40.4)")


def _days(item: Item) -> None:
    days, period = item.line.postoperative_days, _DAYS[item.fee.row.global_days]
    if days is None:
        item.warnings.append(f"55: priced for all {period} postoperative days; give the days if care was shared")
        return
    for portion in item.portions:
        portion.amount = portion.amount * days / period
    item.add("package", f"55: {days} of {period} postoperative days")
