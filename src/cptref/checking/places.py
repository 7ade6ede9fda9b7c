"""Place of service: whether there is such a place, and whether the service is done in its setting (NA indicators).

Source: RVU document, record layout, NA indicators: rarely or never performed in the setting; IOM 100-04 ch. 26 §10.5.
"""

from __future__ import annotations

from cptref.checking.case import Case

RULE = "place"
_LIST = "IOM 100-04 ch. 26 §10.5"


def run(case: Case) -> None:
    """Warn of the unlikely setting; fail a place that does not exist."""
    for line in case.lines:
        if not line.place:
            case.lack(RULE, "the claim names no place of service.", (line,))
            continue
        place = line.facts.period.book.places.get(line.place)
        if place is None:
            case.report(RULE, "fail", (line,), f"There is no place of service {line.place}.",
                        "Correct the place of service.", _LIST)  # fmt: skip
            continue
        row = line.facts.row_for(line.modifiers)
        if place.setting == "not_applicable":
            case.report(RULE, "warn", (line,), f"Place {line.place} is not used to pay Medicare claims.",
                        "Give the place where the service was done.", _LIST)  # fmt: skip
        elif row and (row.facility_na if place.setting == "facility" else row.nonfacility_na) == "NA":
            kind = "facilities" if place.setting == "facility" else "offices and the like"
            message = f"{line.code} is rarely or never done in {kind}, and place {line.place} ({place.name}) is one."
            fix = "See that the place of service is right; the contractor decides."
            source = f"{line.facts.pfs_source}; RVU document, NA indicators"
            case.report(RULE, "warn", (line,), message, fix, source)
