"""Coding guidelines: codes that are not reported together, by an instruction other than the PTP edits.

Source: the catalog's guidelines, each with its note. A kind of conflict of its own: no columns, no modifier indicator,
no denial by itself, so a warning.
"""

from __future__ import annotations

from cptref.checking.case import Case, Line

RULE = "guideline"
_SOURCE = "coding guideline of cptref's catalog; NCCI Policy Manual ch. I, I"


def run(case: Case) -> None:
    """Warn of codes of one date and provider that a guideline keeps apart."""
    for group in case.groups:
        guidelines = group[0].facts.period.book.guidelines
        if not guidelines:
            return
        codes: dict[str, list[Line]] = {}
        for line in group:
            codes.setdefault(line.code, []).append(line)
        for code, lines in codes.items():
            for _, other, note in guidelines.get(code, ()):
                if other in codes:
                    message = f"{code} and {other} are not reported together: {note}"
                    fix = "Bill the one that describes what was done."
                    case.report(RULE, "warn", (*lines, *codes[other]), message, fix, _SOURCE)
