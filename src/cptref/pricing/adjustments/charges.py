"""The lower of the charge and the fee (RVU document, Multiple Procedure and Bilateral Surgery).

For both sides of a code the charges of both lines count together, except where each side is paid by itself
(bilateral indicator 3).
"""

from decimal import Decimal

from cptref.pricing.working import Item


def over_charge(item: Item) -> Decimal | None:
    """The charge, where it is what is paid; None where the fee is, or a charge is not known."""
    charges = [other.line.charge for other in item.charge_group if other.line.charge is not None]
    if len(charges) < len(item.charge_group):
        return None
    fees = sum((other.amount for other in item.charge_group), Decimal(0))
    return item.line.charge if sum(charges, Decimal(0)) < fees else None
