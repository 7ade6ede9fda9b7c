"""Status T: paid only if nothing else of the fee schedule is, that day to that provider (RVU document, status T)."""

from collections.abc import Iterable

from cptref.pricing.working import Item


def apply(items: Iterable[Item], others: bool) -> None:
    """Take the amount of status T where anything else is paid; `others` tells of what has no row with RVUs."""
    items = list(items)
    found = [item for item in items if item.fee.row.status == "T"]
    payable = others or any(item.fee.row.status != "T" for item in items)
    for item in found:
        if payable:
            for portion in item.portions:
                portion.amount *= 0
            item.add("injection", "status T: bundled into the other services paid that day (RVU document, status T)")
        elif len(found) > 1:
            item.warnings.append("status T beside another: the contractor decides which of them is paid")
        else:
            item.warnings.append("status T: paid only if nothing else of the fee schedule is paid that day")
