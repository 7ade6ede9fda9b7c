"""Medically unlikely edits: the most units of a code that one setting pays.

Source: NCCI Policy Manual ch. I, V. MAI 1: each line by itself. MAI 2 and 3: all units of the code on the date by the
provider, with whatever modifiers. Where they exceed the value, all of them are denied.
"""

from __future__ import annotations

from decimal import Decimal

from cptref.checking.case import FAIL, Case, Line
from cptref.checking.period import CodeFacts
from cptref.model.carc import UNITS

RULE = "mue"
_MANUAL = "NCCI Policy Manual ch. I, V"
APPEAL = {
    "1": "Can be appealed: records that show that the units were done, rightly coded and needed.",
    "2": "An appeal cannot raise it: MAI 2 is policy, which contractors may not override.",
    "3": "Can be appealed: the contractor may pay more units if records show that they were done, rightly coded and "
    "medically needed.",
}
_FIX = {
    "1": "Correct the units; separate services may go on lines of their own with 59, X{EPSU}, 76, 77, 91 or an "
    "anatomic modifier.",
    "2": "Correct the code or the units: no modifier raises this limit.",
    "3": "Correct the code or the units: no modifier raises this limit; more is paid only on review of the records.",
}


def run(case: Case) -> None:
    """Compare units with the edit of each line's code and setting."""
    summed: dict[tuple[object, ...], list[Line]] = {}
    for line in case.lines:
        edit = line.facts.mue
        if edit is None:
            if not any(kind == "mue" for kind, _ in line.facts.lacks):
                _unpublished(case, line)
        elif edit.mai == "1" or len(case.lines) == 1:
            if line.units > edit.value:
                _exceeded(case, [line], line.units)
        else:
            summed.setdefault((line.code, line.date, line.provider), []).append(line)
    for lines in summed.values():
        total = lines[0].units if len(lines) == 1 else sum(line.units for line in lines if line.units > 0)
        edit = lines[0].facts.mue
        if edit and total > edit.value:
            _exceeded(case, lines, total)


def _exceeded(case: Case, lines: list[Line], total: int | Decimal) -> None:
    facts: CodeFacts = lines[0].facts
    edit = facts.mue
    assert edit is not None  # noqa: S101  only lines with one come here
    over = "on the line" if edit.mai == "1" else f"on {lines[0].date}"
    source = f"{facts.mue_source}, MAI {edit.mai} ({edit.rationale}); {_MANUAL}"
    if edit.value == 0:
        message = f"{facts.code} is not payable in this setting: its MUE is 0."
        fix = "Leave it off, or see where it is billed."
    elif facts.is_anesthesia:
        message = f"{facts.code}: {total} units {over} where the MUE is {edit.value}; they may be minutes."
        case.report(RULE, "unknown", lines, message, "See that the units are minutes of anesthesia.", source)
        return
    else:
        message = f"{facts.code}: {total} units {over}, and the MUE is {edit.value}; all of them are denied."
        fix = _FIX.get(edit.mai, _FIX["1"])
    case.report(RULE, "fail", lines, message, fix, source, carc=UNITS, appeal=APPEAL.get(edit.mai, ""))


def _unpublished(case: Case, line: Line) -> None:
    """No row: the MUE is not published, which is not to say that there is none."""
    facts = line.facts
    message = f"No MUE of {facts.code} is published for this setting; it may have one that is confidential."
    source = f"{facts.mue_source}; {_MANUAL}"
    if line.units > 1 and not facts.is_anesthesia:
        case.report(RULE, "unknown", (line,), message, "See that the units are right.", source)
    elif line.state != FAIL:
        case.report(RULE, "info", (line,), message, "", source)
