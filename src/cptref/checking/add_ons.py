"""Add-on codes: paid only with a primary that is paid, of the same practitioner and date.

Source: NCCI Policy Manual ch. I, R and W. Type 1: the listed primaries are all there are. Type 2: none is listed, the
contractor decides. Type 3: some are listed, the contractor may accept others. An add-on whose primary is denied is
denied, and so down a chain of add-ons.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from cptref.checking.case import FAIL, UNKNOWN, Case, Line, same_claim

RULE = "add_on"
_MANUAL = "NCCI Policy Manual ch. I, R and W"
_DAY = timedelta(days=1)
_CRITICAL_CARE = ("99292", "99291")


def run(case: Case) -> None:
    """Look for each add-on's primary among the lines of its date and provider, until no denial moves any further."""
    waiting = [line for line in case.lines if line.facts.add_on]
    if not waiting:
        return
    groups = {line: group for group in case.groups for line in group}
    denied = True
    while denied:
        denied = False
        for line in waiting:
            if line.state != FAIL and _deny(case, line, groups.get(line, [line])):
                denied = True
    pending = [line for line in waiting if line.state != FAIL]
    while pending:  # a primary that is an add-on itself first, so that the order of lines does not matter
        codes = {line.code for line in pending}
        ready = [line for line in pending if not line.facts.primaries & codes] or pending
        for line in ready:
            _settle(case, line, groups.get(line, [line]))
        pending = [line for line in pending if line not in ready]


def _deny(case: Case, line: Line, group: list[Line]) -> bool:
    """Fail an add-on that certainly has no payable primary; whether it was failed."""
    facts = line.facts
    listed = [other for other in group if other.code in facts.primaries]
    if any(other.state != FAIL for other in listed) or facts.add_on_type == "2":
        return False
    source = f"{facts.add_on_source}, type {facts.add_on_type}; {_MANUAL}"
    others = [other for other in group if other is not line]
    if facts.add_on_type == "3" and any(other.state != FAIL and not other.facts.add_on for other in others):
        return False
    if listed:
        message = f"{line.code} is an add-on, and its primary {listed[0].code} is denied: so is the add-on."
        case.report(RULE, "fail", (line,), message, "Solve what denies the primary.", source, others=listed)
        return True
    if _open(case, line):
        return False
    message = f"{line.code} is an add-on, and none of its primaries is billed on {line.date} by the same provider."
    case.report(RULE, "fail", (line,), message, f"Bill it with a primary: {_some(facts.primaries)}.", source)
    return True


def _settle(case: Case, line: Line, group: list[Line]) -> None:
    """What remains: a payable primary, or one that the contractor may accept."""
    facts = line.facts
    source = f"{facts.add_on_source}, type {facts.add_on_type}; {_MANUAL}"
    listed = [other for other in group if other.code in facts.primaries and other.state != FAIL]
    if listed:
        if line.state != UNKNOWN and all(other.state == UNKNOWN for other in listed):
            message = f"{line.code} is paid only if its primary {listed[0].code} is, which is not decided."
            case.report(RULE, "unknown", (line,), message, "", source, others=listed)
        return
    others = [other for other in group if other.state != FAIL and not other.facts.add_on]
    if facts.add_on_type == "2":
        message = f"{line.code} is an add-on of type 2: the contractor decides which codes it may follow."
        case.report(RULE, "unknown", (line,), message, "See the contractor's list of primaries.", source)
    elif facts.add_on_type == "3" and others:
        message = f"{line.code} is an add-on of type 3, and none of the primaries that CMS lists is billed with it."
        fix = "See whether the contractor accepts the primary that is billed."
        case.report(RULE, "warn", (line,), message, fix, source, others=others)
    else:
        _report_open(case, line, source)


def _open(case: Case, line: Line) -> list[Line]:
    """Primaries that may count: of another provider of the claim, or of the day before or after."""
    primaries = line.facts.primaries
    return [
        other
        for other in case.lines
        if other.code in primaries
        and other.state != FAIL
        and (
            (other.date == line.date and same_claim(line, other))
            or (other.provider == line.provider and abs(other.date - line.date) <= _DAY)
        )
    ] or ([line] if line.code == _CRITICAL_CARE[0] else [])


def _report_open(case: Case, line: Line, source: str) -> None:
    found = [other for other in _open(case, line) if other is not line]
    if found and found[0].date == line.date:
        message = f"The primary {found[0].code} of the add-on {line.code} is another provider's."
        fix = "It counts if both bill as one: same group and specialty."
    elif found:
        message = f"The primary {found[0].code} of the add-on {line.code} is of {found[0].date}, not of {line.date}."
        fix = "Bill both on one date unless the service ran past midnight."
    else:
        other = "another physician of the group and specialty"
        message = f"{line.code} without {_CRITICAL_CARE[1]} is paid only if {other} was paid that."
        fix = f"See that {_CRITICAL_CARE[1]} of that day is billed."
    case.report(RULE, "unknown", (line,), message, fix, source, others=found)


def _some(codes: Iterable[str]) -> str:
    first = sorted(codes)
    return ", ".join(first[:5]) + (f" and {len(first) - 5} more" if len(first) > 5 else "")
