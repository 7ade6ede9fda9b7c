"""The national amount of a fee schedule row: all geographic indices 1 (RVU document, payment formula)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from cptref.model.page import RelativeValue
from cptref.model.rows import PfsRow

# The statuses that are paid from RVUs (RVU document, attachment A).
_PAID = {"A", "R", "T"}
_CENT = Decimal("0.01")


def relative_value(row: PfsRow) -> RelativeValue:
    """The RVUs of a row as numbers, with the national amounts in US dollars, None where they are not what is paid."""
    work, mp, factor = Decimal(row.work), Decimal(row.mp), Decimal(row.conversion_factor)
    nonfacility_pe, facility_pe = Decimal(row.nonfacility_pe), Decimal(row.facility_pe)
    opps_mp = Decimal(row.opps_mp)
    nonfacility, facility = (work + nonfacility_pe + mp) * factor, (work + facility_pe + mp) * factor
    nonfacility_cap = _cap(work, Decimal(row.opps_nonfacility_pe), opps_mp, factor)
    facility_cap = _cap(work, Decimal(row.opps_facility_pe), opps_mp, factor)
    capped = (nonfacility_cap or nonfacility) < nonfacility or (facility_cap or facility) < facility
    return RelativeValue(
        modifier=row.modifier,
        status=row.status,
        work=work,
        nonfacility_pe=nonfacility_pe,
        facility_pe=facility_pe,
        mp=mp,
        nonfacility_total=Decimal(row.nonfacility_total),
        facility_total=Decimal(row.facility_total),
        nonfacility_na=row.nonfacility_na == "NA",
        facility_na=row.facility_na == "NA",
        conversion_factor=factor,
        nonfacility_amount=_paid(row, min(nonfacility, nonfacility_cap or nonfacility)),
        facility_amount=_paid(row, min(facility, facility_cap or facility)),
        opps_capped=capped and _paid(row, facility) is not None,
    )


def _cap(work: Decimal, opps_pe: Decimal, opps_mp: Decimal, factor: Decimal) -> Decimal | None:
    """The amount that the OPPS imaging cap allows; rows it does not concern have zeros in both columns."""
    return (work + opps_pe + opps_mp) * factor if opps_pe or opps_mp else None


def _paid(row: PfsRow, amount: Decimal) -> Decimal | None:
    if row.status not in _PAID or row.not_used or not amount:
        return None
    return amount.quantize(_CENT, ROUND_HALF_UP)
