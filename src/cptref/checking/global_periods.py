"""Global surgery: visits and procedures around an operation whose fee includes them.

Source: RVU document, record layout, global surgery; NCCI Policy Manual ch. I, C and D; IOM 100-04 ch. 12 §40.1 and
§30.6.12 (FT). 000: the day. 010: the day and 10 more. 090: the day before, the day and 90 more, 92 days. ZZZ goes
with its primary. Of one practitioner only, over the dates and claims given: what was billed elsewhere is not seen.
"""

from __future__ import annotations

from cptref.checking.case import Case, Line, same_claim
from cptref.model.carc import INCLUDED

RULE = "global"
_SOURCE = "RVU document, global surgery; NCCI Policy Manual ch. I, D"
_DAYS = {"000": 0, "010": 10, "090": 90}
_UNDEFINED = frozenset({"MMM", "YYY"})
_LONGEST = 90
_ASSISTANTS = frozenset({"80", "81", "82", "AS"})
# No period of their own: 78 (RVU document, intraoperative share only), an assistant's line, care before surgery.
_NO_PERIOD = _ASSISTANTS | {"56", "78"}
_STAGES = frozenset({"58", "78", "79"})
# An assistant's line, and aftercare or care before surgery, are no further procedures.
_NO_STAGES = _ASSISTANTS | {"55", "56"}
_WHY = {
    "24": "the visit had nothing to do with the surgery",
    "25": "the visit was significant, separate work beyond the procedure",
    "57": "the decision for surgery was made at the visit",
    "58": "the procedure was planned, more extensive, or followed from the first",
    "78": "an unplanned return to the operating room for a complication",
    "79": "the procedure had nothing to do with the first",
    "FT": "the critical care had nothing to do with the surgery",
}


def run(case: Case) -> None:
    """Compare every operation with the visits and further operations around it."""
    operations = [
        line for line in case.lines if line.facts.global_days in _DAYS or line.facts.global_days in _UNDEFINED
    ]
    for visit in case.lines:
        # What is added to a visit for its length or kind follows the visit's fate as an add-on.
        if visit.facts.is_visit and not visit.facts.add_on and visit.facts.global_days != "ZZZ":
            failed = _needless(case, visit, operations)
            near = [s for s in operations if not (failed and s.date == visit.date) and _reaches(s, visit)]
            for (days, period, same), surgeries in _alike(near, visit).items():
                _visit(case, visit, surgeries, days, period, same)
    if len(operations) > 1:
        for later in operations:
            if later.facts.global_days in _DAYS and not _NO_STAGES.intersection(later.modifiers):
                before = [s for s in operations if s.date < later.date and _opens(s) and _reaches(s, later)]
                for (days, _, same), surgeries in _alike(before, later).items():
                    _procedure(case, later, surgeries, days, same)


def _reaches(surgery: Line, line: Line) -> bool:
    """Whether an operation has a period that may take in a line of that date and practitioner."""
    days = (line.date - surgery.date).days
    return (
        -1 <= days <= _DAYS.get(surgery.facts.global_days, _LONGEST)
        and bool(_same(surgery, line))
        and _NO_PERIOD.isdisjoint(surgery.modifiers)
    )


def _opens(surgery: Line) -> bool:
    """Whether an operation opens a postoperative period for its own practitioner."""
    return surgery.facts.global_days in _DAYS and "54" not in surgery.modifiers


def _alike(surgeries: list[Line], line: Line) -> dict[tuple[int, str, str], list[Line]]:
    """Operations of one day and kind of period, which a line is told of once."""
    found: dict[tuple[int, str, str], list[Line]] = {}
    for surgery in surgeries:
        key = ((line.date - surgery.date).days, surgery.facts.global_days, _same(surgery, line))
        found.setdefault(key, []).append(surgery)
    return found


def _same(one: Line, other: Line) -> str:
    """Whether two lines are of one practitioner: yes, maybe (others of the same claim), or empty for no."""
    if one.provider == other.provider:
        return "yes"
    return "maybe" if same_claim(one, other) else ""


def _needless(case: Case, visit: Line, operations: list[Line]) -> bool:
    """57 beside minor procedures only; whether the visit fails for it."""
    if "57" not in visit.modifiers:
        return False
    near = [s for s in operations if 0 <= (s.date - visit.date).days <= 1 and _same(visit, s)]
    if any(s.facts.global_days not in ("000", "010") for s in near):
        return False
    minor = [s for s in near if s.date == visit.date]
    if not minor:
        message = f"{visit.code} has 57, and no surgery with global 090 of that or the next day is on the claims given."
        case.report(RULE, "info", (visit,), message, "See that the surgery is billed.", _SOURCE)
        return False
    message = f"57 is never right with {minor[0].code}, whose global period is {minor[0].facts.global_days}."
    fix = "Deciding on a minor procedure is part of it; 25 marks a visit that was significant and separate."
    fails = "25" not in visit.modifiers
    case.report(RULE, "fail" if fails else "warn", (visit,), message, fix, _source(minor[0]), others=minor,
                carc=INCLUDED if fails else "")  # fmt: skip
    return fails


def _visit(case: Case, visit: Line, surgeries: list[Line], days: int, period: str, same: str) -> None:
    if period in _UNDEFINED:
        if days == 0 or period == "MMM":
            message = (
                f"Whether the global period of {surgeries[0].code} ({period}) includes {visit.code} was not decided."
            )
            fix = "See what the contractor's package includes."
            case.report(RULE, "unknown", (visit,), message, fix, _source(surgeries[0]), others=surgeries)
        return
    needed = _needed(period, days, visit.code)
    not_theirs = "54" if days > 0 else "55"  # the aftercare, and the surgery, that another gives
    surgeries = [surgery for surgery in surgeries if not_theirs not in surgery.modifiers]
    if not needed or not surgeries:
        return
    given = [modifier for modifier in needed if modifier in visit.modifiers]
    where, source = _where(days, surgeries), _source(surgeries[0])
    if given:
        message = f"{visit.code} with {given[0]} {where} is paid beside it if the record shows why."
        fix = f"The record must show it: {_WHY[given[0]]}."
        case.report(RULE, "resolved", (visit,), message, fix, source, others=surgeries)
        return
    fix = f"Leave it off, or add {needed[0]} if {_WHY[needed[0]]}."
    if same == "maybe":
        message = f"{visit.code} {where} is part of it if the two providers are of one group and specialty."
        case.report(RULE, "unknown", (visit,), message, fix, source, others=surgeries)
    else:
        message = f"{visit.code} {where} is part of its fee."
        case.report(RULE, "fail", (visit,), message, fix, source, others=surgeries, carc=INCLUDED)


def _needed(period: str, days: int, code: str) -> tuple[str, ...]:
    """The modifiers of which the visit needs one, the usual one first; none where the period does not reach it."""
    critical = ("FT",) if code in ("99291", "99292") else ()
    if days > 0:
        return ("24", *critical) if days <= _DAYS[period] else ()
    if period == "090":
        return ("57", "24", *critical) if days == 0 else ("57", *critical)
    return ("25", "24", *critical) if days == 0 else ()


def _where(days: int, surgeries: list[Line]) -> str:
    codes = ", ".join(dict.fromkeys(surgery.code for surgery in surgeries))
    period = f"{codes} (global {surgeries[0].facts.global_days})"
    if days == 0:
        return f"on the day of {period}"
    if days < 0:
        return f"on the day before {period}"
    many = "the day" if days == 1 else f"{days} days"
    return f"{many} after {period} of {surgeries[0].date}"


def _procedure(case: Case, later: Line, surgeries: list[Line], days: int, same: str) -> None:
    """A procedure in the period after others."""
    given = [modifier for modifier in later.modifiers if modifier in _STAGES]
    where, source = _where(days, surgeries), _source(surgeries[0])
    if given:
        message = f"{later.code} with {given[0]} {where} is paid if the record shows why."
        fix = f"The record must show it: {_WHY[given[0]]}."
        case.report(RULE, "resolved", (later,), message, fix, source, others=surgeries)
        return
    fix = "Add 58 if planned or more extensive, 78 for a return to the operating room, 79 if unrelated."
    if same == "maybe":
        message = f"{later.code} {where} needs 58, 78 or 79 if the two providers are of one group and specialty."
        case.report(RULE, "unknown", (later,), message, fix, source, others=surgeries)
    else:
        message = f"{later.code} {where} is in its postoperative period without 58, 78 or 79."
        case.report(RULE, "fail", (later,), message, fix, source, others=surgeries, carc=INCLUDED)


def _source(surgery: Line) -> str:
    return f"{surgery.facts.pfs_source}; {_SOURCE}"
