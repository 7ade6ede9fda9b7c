"""Global surgery: visits and procedures around an operation whose fee includes them.

Source: RVU document, record layout, global surgery; NCCI Policy Manual ch. I, C and D; IOM 100-04 ch. 12 §40.1 and
§30.6.12 (FT). 000: the day. 010: the day and 10 more. 090: the day before, the day and 90 more, 92 days. ZZZ goes
with its primary. Of one practitioner only, over the dates and claims given: what was billed elsewhere is not seen.
"""

from __future__ import annotations

from cptref.checking.case import Case, Line, same_claim
from cptref.checking.denials import INCLUDED

RULE = "global"
_SOURCE = "RVU document, global surgery; NCCI Policy Manual ch. I, D"
_DAYS = {"000": 0, "010": 10, "090": 90}
_UNDEFINED = frozenset({"MMM", "YYY"})
_LONGEST = 90
_ASSISTANTS = frozenset({"80", "81", "82", "AS"})
# No period of their own: 78 (RVU document, intraoperative share only), an assistant's line, care before surgery.
_NO_PERIOD = _ASSISTANTS | {"56", "78"}
_STAGES = frozenset({"58", "78", "79"})
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
    visits = [line for line in case.lines if line.facts.is_visit]
    for visit in visits:
        failed = _needless(case, visit, operations)
        for surgery in operations:
            if not (failed and surgery.date == visit.date):
                _visit(case, visit, surgery)
    if len(operations) > 1:
        for surgery in operations:
            for later in operations:
                _procedure(case, surgery, later)


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


def _visit(case: Case, visit: Line, surgery: Line) -> None:
    same = _same(visit, surgery)
    days = (visit.date - surgery.date).days
    period = surgery.facts.global_days
    if not same or not -1 <= days <= _LONGEST or _NO_PERIOD.intersection(surgery.modifiers):
        return
    if period in _UNDEFINED:
        if days == 0 or period == "MMM":
            message = f"Whether the global period of {surgery.code} ({period}) includes {visit.code} was not decided."
            case.report(RULE, "unknown", (visit,), message, "See what the contractor's package includes.",
                        _source(surgery), others=(surgery,))  # fmt: skip
        return
    needed = _needed(period, days, visit.code)
    if not needed or (days > 0 and "54" in surgery.modifiers) or (days <= 0 and "55" in surgery.modifiers):
        return
    given = [modifier for modifier in needed if modifier in visit.modifiers]
    where = _where(days, surgery)
    if given:
        message = f"{visit.code} with {given[0]} {where} is paid beside it if the record shows why."
        fix = f"The record must show it: {_WHY[given[0]]}."
        case.report(RULE, "resolved", (visit,), message, fix, _source(surgery), others=(surgery,))
    elif same == "maybe":
        message = f"{visit.code} {where} is part of it if the two providers are of one group and specialty."
        fix = f"If they are, leave it off, or add {needed[0]} if {_WHY[needed[0]]}."
        case.report(RULE, "unknown", (visit,), message, fix, _source(surgery), others=(surgery,))
    else:
        message = f"{visit.code} {where} is part of its fee."
        fix = f"Leave it off, or add {needed[0]} if {_WHY[needed[0]]}."
        case.report(RULE, "fail", (visit,), message, fix, _source(surgery), others=(surgery,), carc=INCLUDED)


def _needed(period: str, days: int, code: str) -> tuple[str, ...]:
    """The modifiers of which the visit needs one, the usual one first; none where the period does not reach it."""
    critical = ("FT",) if code in ("99291", "99292") else ()
    if days > 0:
        return ("24", *critical) if days <= _DAYS[period] else ()
    if period == "090":
        return ("57", "24", *critical) if days == 0 else ("57", *critical)
    return ("25", "24", *critical) if days == 0 else ()


def _where(days: int, surgery: Line) -> str:
    period = f"{surgery.code} (global {surgery.facts.global_days})"
    if days == 0:
        return f"on the day of {period}"
    if days < 0:
        return f"on the day before {period}"
    return f"{days} days after {period} of {surgery.date}" if days > 1 else f"the day after {period} of {surgery.date}"


def _procedure(case: Case, surgery: Line, later: Line) -> None:
    """A procedure in the period after another."""
    days = (later.date - surgery.date).days
    if days < 1 or days > _DAYS.get(surgery.facts.global_days, 0) or later.facts.global_days not in _DAYS:
        return
    same = _same(surgery, later)
    opens = not _NO_PERIOD.union({"54"}).intersection(surgery.modifiers)
    if not same or not opens or _ASSISTANTS.union({"55", "56"}).intersection(later.modifiers):
        return
    given = [modifier for modifier in later.modifiers if modifier in _STAGES]
    where = _where(days, surgery)
    if given:
        message = f"{later.code} with {given[0]} {where} is paid if the record shows why."
        fix = f"The record must show it: {_WHY[given[0]]}."
        case.report(RULE, "resolved", (later,), message, fix, _source(surgery), others=(surgery,))
        return
    fix = "Add 58 if planned or more extensive, 78 for a return to the operating room, 79 if unrelated."
    if same == "maybe":
        message = f"{later.code} {where} needs 58, 78 or 79 if the two providers are of one group and specialty."
        case.report(RULE, "unknown", (later,), message, fix, _source(surgery), others=(surgery,))
    else:
        message = f"{later.code} {where} is in its postoperative period without 58, 78 or 79."
        case.report(RULE, "fail", (later,), message, fix, _source(surgery), others=(surgery,), carc=INCLUDED)


def _source(surgery: Line) -> str:
    return f"{surgery.facts.pfs_source}; {_SOURCE}"
