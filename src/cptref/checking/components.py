"""Professional and technical parts by place of service: what the hospital is paid for, the practitioner is not.

Source: RVU document, attachment A, PC/TC indicators (5, 7 and 8 name the places); IOM 100-04 ch. 13 §20.2.1 and 42 CFR
411.15(m) for the technical part of services to hospital patients.
"""

from __future__ import annotations

from cptref.checking.case import Case, Line

RULE = "component"
# Inpatients, and outpatient departments on and off campus with the emergency room.
_HOSPITAL = frozenset({"19", "21", "22", "23"})
# Hospitals too, or parts of one, on which the RVU document is silent.
_LIKE_HOSPITAL = frozenset({"51", "52", "61"})
_ATTACHMENT = "RVU document, attachment A, PC/TC {}"
_TECHNICAL = "IOM 100-04 ch. 13 §20.2.1; 42 CFR 411.15(m)"
_TURNS_ON_PLACE = frozenset("134578")


def run(case: Case) -> None:
    """Look at lines whose indicator makes the place decide."""
    for line in case.lines:
        indicator = line.facts.pctc
        if indicator not in _TURNS_ON_PLACE or (indicator == "1" and "26" in line.modifiers):
            continue
        if not line.place:
            case.lack(RULE, f"the claim names no place of service, on which PC/TC {indicator} turns.", (line,))
        else:
            _judge(case, line, indicator)


def _judge(case: Case, line: Line, indicator: str) -> None:
    code, place = line.code, line.place
    source = f"{line.facts.pfs_source}; {_ATTACHMENT.format(indicator)}"
    if indicator == "8":
        if place in ("51", "61"):
            message = f"{code} is paid for hospital inpatients only (PC/TC 8); place {place} was not decided."
            case.report(RULE, "unknown", (line,), message, "Ask the contractor.", source)
        elif place != "21":
            case.report(RULE, "fail", (line,), f"{code} is paid for hospital inpatients only (PC/TC 8).",
                        "Do not bill it for other patients.", source)  # fmt: skip
        return
    if place not in _HOSPITAL:
        if place in _LIKE_HOSPITAL:
            message = (
                f"Whether place {place} counts as the hospital, where PC/TC {indicator} limits {code}, was not decided."
            )
            case.report(RULE, "unknown", (line,), message, "Ask the contractor.", source)
        return
    if indicator == "7":
        message = f"{code} is not paid to therapists in private practice for hospital patients (PC/TC 7)."
        case.report(RULE, "unknown", (line,), message, "Bill it only if another kind of practitioner gave it.", source)
        return
    message, fix = {
        "1": (f"The technical part of {code} is the hospital's in place {place}.", "Bill 26 for the interpretation."),
        "3": (f"{code} is a technical service (PC/TC 3), the hospital's in place {place}.", "The hospital bills it."),
        "4": (f"{code} is the whole test (PC/TC 4); in place {place} its technical part is the hospital's.",
              "Bill the code of the professional part."),
        "5": (f"{code} is incident to a physician's service (PC/TC 5) and not paid for hospital patients.",
              "The hospital bills it."),
    }[indicator]  # fmt: skip
    if indicator != "5":
        source = f"{source}; {_TECHNICAL}"
    case.report(RULE, "fail", (line,), message, fix, source)
