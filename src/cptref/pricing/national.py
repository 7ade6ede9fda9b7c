"""The national amount of a fee schedule row: all geographic indices 1 (RVU document, payment formula)."""

from __future__ import annotations

from decimal import Decimal

from cptref.model.page import RelativeValue
from cptref.model.price_terms import FACILITY, NONFACILITY
from cptref.model.rows import PfsRow
from cptref.pricing.fee import Fee, cents, fee
from cptref.pricing.status import refusal


def relative_value(row: PfsRow) -> RelativeValue:
    """The RVUs of a row as numbers, with the national amounts in US dollars, None where they are not what is paid."""
    nonfacility, facility = fee(row, NONFACILITY), fee(row, FACILITY)
    return RelativeValue(
        modifier=row.modifier,
        status=row.status,
        work=nonfacility.work,
        nonfacility_pe=nonfacility.pe,
        facility_pe=facility.pe,
        mp=nonfacility.mp,
        nonfacility_total=Decimal(row.nonfacility_total),
        facility_total=Decimal(row.facility_total),
        nonfacility_na=row.nonfacility_na == "NA",
        facility_na=row.facility_na == "NA",
        conversion_factor=nonfacility.factor,
        nonfacility_amount=_paid(nonfacility),
        facility_amount=_paid(facility),
        opps_capped=any(found.is_capped and not refusal(found) for found in (nonfacility, facility)),
    )


def _paid(found: Fee) -> Decimal | None:
    return None if refusal(found) else cents(found.amount)
