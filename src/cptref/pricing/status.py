"""Which rows Medicare pays from their RVUs (RVU document, attachment A, status codes)."""

from typing import NamedTuple

from cptref.model.price_terms import BY_REPORT, FACILITY, NOT_PAID
from cptref.pricing.fee import Fee


class Refusal(NamedTuple):
    """Why a line has no amount: `outcome` as in PricedLine, and the reason in words."""

    outcome: str
    reason: str


_PAID = frozenset("ART")
_REFUSED = {
    "B": Refusal(NOT_PAID, "status B: bundled, always paid within another service"),
    "C": Refusal(BY_REPORT, "status C: the contractor sets the price"),
    "D": Refusal(NOT_PAID, "status D: deleted code"),
    "E": Refusal(NOT_PAID, "status E: excluded from the fee schedule by regulation"),
    "F": Refusal(NOT_PAID, "status F: deleted or discontinued code"),
    "G": Refusal(NOT_PAID, "status G: not valid for Medicare, which uses another code"),
    "H": Refusal(NOT_PAID, "status H: deleted modifier"),
    "I": Refusal(NOT_PAID, "status I: not valid for Medicare, which uses another code"),
    "J": Refusal(NOT_PAID, "status J: anesthesia has no RVUs; it is paid by base units and minutes"),
    "M": Refusal(NOT_PAID, "status M: a measurement code, for reporting only"),
    "N": Refusal(NOT_PAID, "status N: not covered by Medicare"),
    "P": Refusal(NOT_PAID, "status P: bundled or excluded, never paid by the fee schedule"),
    "X": Refusal(NOT_PAID, "status X: excluded by statute, not a physician service"),
}


def refusal(found: Fee) -> Refusal | None:
    """Why the fee is not one that Medicare pays; None where it is.

    Status R without RVUs is the contractor's to price, if the service is covered at all.
    """
    row = found.row
    if row.status not in _PAID:
        return _REFUSED.get(row.status) or Refusal(NOT_PAID, f"status {row.status}: not paid from RVUs")
    if row.not_used:
        return Refusal(NOT_PAID, "Medicare does not use the RVUs of this row")
    if not found.uncapped:
        return Refusal(BY_REPORT, f"status {row.status} without RVUs: the contractor sets the price, if covered")
    return None


def warnings(found: Fee) -> list[str]:
    """What goes with an amount that is paid: restricted coverage, a setting where the service is hardly done ..."""
    row, told = found.row, []
    if row.status == "R":
        told.append("status R: special coverage rules apply; the amount is paid only if they are met")
    facility = found.setting == FACILITY
    if (row.facility_na if facility else row.nonfacility_na) == "NA":
        where, other = ("facility", "non-facility") if facility else ("non-facility", "facility")
        told.append(
            f"NA in the {where} setting: rarely or never done there; CMS repeats the {other} PE and the contractor"
            " decides whether to pay"
        )
    if facility and row.pctc in ("5", "7"):
        told.append(f"PC/TC {row.pctc}: the practitioner is not paid for hospital inpatients and outpatients")
    if row.pctc == "8":
        told.append("PC/TC 8: paid only for the abnormal smear of a hospital inpatient")
    return told
