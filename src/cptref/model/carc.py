"""The claim adjustment reason codes (CARC) that denials carry, where Medicare's practice leaves no doubt.

Numbers as X12 publishes them; the meanings are cptref's words. Where contractors differ (an add-on without its
primary: 107 or B15; a place of service: 5 or 58) or none is certain, a finding has none.
"""

from cptref.model.claim import Finding

NCCI = "236"
UNITS = "151"
INCLUDED = "97"
NOT_COVERED = "96"
CODE_NOT_VALID = "181"
MODIFIER_NOT_VALID = "182"
MODIFIER_MISFIT = "4"
FURTHER_SURGEON = "54"

MEANINGS = {
    NCCI: "the code does not go with another one of that day under NCCI",
    UNITS: "the claim does not support so many units",
    INCLUDED: "payment is part of another service's",
    NOT_COVERED: "not covered",
    CODE_NOT_VALID: "the code was not valid on the date of service",
    MODIFIER_NOT_VALID: "the modifier was not valid on the date of service",
    MODIFIER_MISFIT: "code and modifier do not fit",
    FURTHER_SURGEON: "further surgeons or assistants are not paid for this service",
}

# Findings of these rules may be what a payer tells with a CARC, whichever they name and however they end: many payers
# tell an edit of NCCI as 97, and a line with a modifier that bypasses may be denied all the same.
MAY_CARRY = {
    NCCI: frozenset({"ptp"}),
    INCLUDED: frozenset({"ptp"}),
    UNITS: frozenset({"mue"}),
    "107": frozenset({"add_on"}),
    "B15": frozenset({"add_on"}),
    "5": frozenset({"place"}),
    "58": frozenset({"place"}),
}


def fits(carc: str, finding: Finding) -> bool:
    """Whether a finding may be why a denial came back with a CARC."""
    return finding.carc == carc or finding.rule in MAY_CARRY.get(carc, ())
