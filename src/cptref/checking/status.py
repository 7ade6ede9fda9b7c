"""Whether the code exists on the date and Medicare pays for it at all.

Source: RVU document, attachment A (status codes); for hospitals OPPS addendum D1 (status indicators); for HCPCS
Level II the dates of its file, the last of which is the last day.
"""

from __future__ import annotations

from typing import NamedTuple

from cptref.checking.case import Case
from cptref.checking.period import CodeFacts
from cptref.checking.releases import name
from cptref.model.carc import CODE_NOT_VALID, INCLUDED, NOT_COVERED
from cptref.model.rows import HcpcsRow
from cptref.model.syntax import level

RULE = "status"


class _Judgement(NamedTuple):
    outcome: str
    message: str
    fix: str
    source: str
    carc: str = ""


_REPLACED = "Use the code that replaced it."
_ANOTHER = ("fail", "is not valid for Medicare, which uses another code", "Find the code that Medicare uses instead.")
_DELETED = ("fail", "is deleted", _REPLACED, CODE_NOT_VALID)
_ELSEWHERE = ("info", "is not paid by the physician fee schedule; how it is paid was not checked", "")
# Outcome, what is so, what to do, CARC. A and J need no word; T is a rule of its own.
_STATUS: dict[str, tuple[str, ...]] = {
    "B": ("fail", "is bundled into other services and never paid by itself", "Leave it off.", INCLUDED),
    "P": (
        "fail",
        "is bundled or excluded: the fee schedule never pays it",
        "Leave it off; another schedule may pay it.",
    ),
    "N": ("fail", "is not covered by Medicare", "Bill the patient or another payer.", NOT_COVERED),
    "I": _ANOTHER,
    "G": _ANOTHER,
    "D": _DELETED,
    "F": _DELETED,
    "R": ("warn", "has restricted coverage", "See what coverage asks for."),
    "C": ("info", "is priced by the contractor", "Send what the contractor asks for, such as the operative report."),
    "E": _ELSEWHERE,
    "X": _ELSEWHERE,
    "M": ("info", "reports a measure and is not paid", ""),
}
# OPPS: what does not pay or is billed elsewhere. The others are paid.
_OPPS: dict[str, tuple[str, ...]] = {
    "B": (
        "fail",
        "is not recognised on outpatient hospital claims",
        "See whether another code or type of bill is right.",
    ),
    "C": ("fail", "is paid for inpatients only", "Bill it as inpatient."),
    "D": ("fail", "is discontinued", _REPLACED, CODE_NOT_VALID),
    "E1": (
        "fail",
        "is not paid on outpatient hospital claims",
        "Leave it off, or bill it as not covered.",
        NOT_COVERED,
    ),
    "E2": ("fail", "has no price under OPPS and is not paid", "Leave it off."),
    "M": ("fail", "is not billed to the contractor", "Leave it off."),
    "Y": ("fail", "is equipment that the DME contractor pays", "Bill it to the DME contractor."),
    "A": ("info", "is paid by another schedule than OPPS, which was not checked", ""),
    "N": ("info", "is packaged: reported, but paid with other services", ""),
}


def run(case: Case) -> None:
    """Judge each line's code, once for each day."""
    for line in case.lines:
        memo = line.facts.memo
        if RULE not in memo:
            memo[RULE] = _judge(line.facts)
        found: _Judgement | None = memo[RULE]
        if found:
            case.report(RULE, found.outcome, (line,), found.message, found.fix, found.source, carc=found.carc)


def _judge(facts: CodeFacts) -> _Judgement | None:
    if facts.hcpcs:
        outside = _outside_its_dates(facts, facts.hcpcs)
        if outside:
            return outside
    if facts.period.setting == "hospital":
        return _of_opps(facts)
    if facts.row:
        return _of_status(facts, facts.row.status) if facts.period.setting == "practitioner" else None
    return _unlisted(facts)


def _of_status(facts: CodeFacts, status: str) -> _Judgement | None:
    if status not in _STATUS:
        return None
    outcome, what, fix, *carc = _STATUS[status]
    source = f"{facts.pfs_source}; RVU document, attachment A, status {status}"
    return _Judgement(outcome, f"{facts.code} {what} (status {status}).", fix, source, *carc)


def _of_opps(facts: CodeFacts) -> _Judgement | None:
    if facts.opps is None:
        if any(kind == "opps" for kind, _ in facts.lacks):
            return None
        return _Judgement("unknown", f"OPPS addendum B does not list {facts.code}.", "See whether the code is valid.",
                          name(facts.period.opps[0].release))  # fmt: skip
    if facts.opps.status not in _OPPS:
        return None
    outcome, what, fix, *carc = _OPPS[facts.opps.status]
    source = f"{name(facts.period.opps[0].release)}; OPPS addendum D1"
    return _Judgement(outcome, f"{facts.code} {what} (OPPS status {facts.opps.status}).", fix, source, *carc)


def _outside_its_dates(facts: CodeFacts, row: HcpcsRow) -> _Judgement | None:
    day = facts.period.day
    source = name(facts.period.hcpcs[0].release)
    if row.ended and row.ended < day:
        message = f"{row.code} is deleted: its last day was {row.ended}."
        return _Judgement("fail", message, "Use the code that replaced it.", source, CODE_NOT_VALID)
    if row.added and day < row.added:
        message = f"{row.code} is not in force before {row.added}."
        return _Judgement("fail", message, "Use the code that was valid on the date.", source, CODE_NOT_VALID)
    return None


def _unlisted(facts: CodeFacts) -> _Judgement | None:
    """A code that the fee schedule does not list. Where a release cannot tell, nothing: that is reported for it."""
    kind = level(facts.code)
    lacking = {kind for kind, _ in facts.lacks}
    if kind in ("CPT PLA", "CPT MAAA"):
        if facts.mue:
            return None  # the fee schedule never lists these laboratory codes
        return _Judgement("unknown", f"No loaded release tells whether {facts.code} exists.",
                          "See the AMA's list of these laboratory codes.", facts.pfs_source)  # fmt: skip
    if facts.hcpcs:
        return None
    if lacking & {"pfs", "hcpcs"}:
        return None
    listed = _listed_by(facts)
    if listed:
        return listed
    where = f"{facts.pfs_source}; {name(facts.period.hcpcs[0].release)}" if kind == "HCPCS II" else facts.pfs_source
    return _Judgement(
        "fail", f"{facts.code} is no code on the date of service.", "Correct the code.", where, CODE_NOT_VALID
    )


def _listed_by(facts: CodeFacts) -> _Judgement | None:
    """Whether a release of another date lists the code: deleted since, or not yet in force."""
    for table in sorted(facts.period.book.pfs, key=lambda t: t.release.effective, reverse=True):
        if facts.code in table.rows:
            later = table.release.effective > facts.period.day
            what = "is not in force yet" if later else "is deleted"
            message = f"{facts.code} {what} on the date of service: only {name(table.release)} lists it."
            fix = "Use the code that was valid on the date."
            return _Judgement("fail", message, fix, facts.pfs_source, CODE_NOT_VALID)
    return None
