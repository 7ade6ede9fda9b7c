"""Bilateral procedures: one line, modifier 50, one unit, where the indicator lets 50 count.

Source: RVU document, record layout, bilateral surgery indicator; NCCI Policy Manual ch. I, V (MUE criteria, 3a, and
the paragraph on bilateral procedures); IOM 100-04 ch. 12 §40.7.B.
"""

from __future__ import annotations

from cptref.checking.case import Case, Line
from cptref.model.carc import MODIFIER_MISFIT

RULE = "bilateral"
_MANUAL = "NCCI Policy Manual ch. I, V; RVU document, bilateral indicator"
_PRICED_ONCE = {
    "0": "one fee covers both sides",
    "2": "the fee is for both sides already",
}
_SURGICAL = frozenset({"000", "010", "090"})


def run(case: Case) -> None:
    """Look at lines with 50, and at the same code on LT and RT lines."""
    for line in case.modified:
        if line.facts.row and "50" in line.modifiers:
            _fifty(case, line, line.facts.row.bilat_surg)
    for group in case.groups:
        _both_sides(case, [line for line in group if line.modifiers])


def _fifty(case: Case, line: Line, indicator: str) -> None:
    source = f"{line.facts.pfs_source}; {_MANUAL}"
    if indicator == "9":
        case.report(RULE, "fail", (line,), f"{line.code} has no bilateral form (indicator 9): 50 does not go with it.",
                    "Leave 50 off.", source, carc=MODIFIER_MISFIT)  # fmt: skip
        return
    if indicator in _PRICED_ONCE:
        message = f"50 does not raise the payment of {line.code}: {_PRICED_ONCE[indicator]} (indicator {indicator})."
        case.report(RULE, "warn", (line,), message, "Bill one unit without 50.", source)
    if line.units > 1:
        message = f"{line.code} is billed with 50 and {line.units} units: 50 already says both sides."
        fix = "Bill 50 with one unit; another site done on both sides takes a line of its own."
        case.report(RULE, "fail", (line,), message, fix, source)


def _both_sides(case: Case, lines: list[Line]) -> None:
    sides: dict[str, tuple[list[Line], list[Line]]] = {}
    for line in lines:
        for number, side in enumerate(("LT", "RT")):
            if side in line.modifiers:
                sides.setdefault(line.code, ([], []))[number].append(line)
    for code, (left, right) in sides.items():
        row = (left or right)[0].facts.row
        if not left or not right or row is None:
            continue
        source = f"{left[0].facts.pfs_source}; {_MANUAL}"
        if row.bilat_surg == "1" and row.global_days in _SURGICAL:
            message = f"{code} is billed once with LT and once with RT: a bilateral operation is one line."
            case.report(RULE, "warn", (*left, *right), message, "Bill one line with 50 and one unit.", source)
        elif row.bilat_surg in _PRICED_ONCE:
            message = (
                f"{code} is billed for both sides, but {_PRICED_ONCE[row.bilat_surg]} (indicator {row.bilat_surg})."
            )
            case.report(RULE, "warn", (*left, *right), message, "Bill one unit on one line.", source)
