"""The claim adjustment reason codes (CARC) that denials carry, where Medicare's practice leaves no doubt.

Numbers as X12 publishes them; the meanings are cptref's words. Where contractors differ (an add-on without its
primary: 107 or B15; a place of service: 5 or 58) or none is certain, a finding has none.
"""

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
