"""Assistants at surgery (80, 81, 82, AS), co-surgeons (62) and teams (66).

Source: RVU document, record layout: assistant at surgery, co-surgeons, team surgery; IOM 100-04 ch. 12 §20.4.3, §40.8.
"""

from __future__ import annotations

from cptref.checking.case import Case, Line
from cptref.model.carc import FURTHER_SURGEON

RULE = "surgeons"
_SOURCE = "RVU document, record layout"
_ASSISTANTS = frozenset({"80", "81", "82", "AS"})
_NEVER = ("fail", "the concept does not apply (indicator 9)", "Leave the modifier off, or correct the code.")
_DOCUMENTED = "Keep, and send when asked, documents that show the need."
_ASSISTANT = {
    "0": ("resolved", "an assistant is paid only with documents that show the need (indicator 0)", _DOCUMENTED),
    "1": ("fail", "an assistant is never paid, by statute (indicator 1)", "Do not bill the assistant."),
    "9": _NEVER,
}
_CO_SURGEONS = {
    "0": ("fail", "two surgeons are not paid (indicator 0)", "One of them bills the procedure."),
    "1": ("resolved", "two surgeons are paid only with documents that show the need (indicator 1)", _DOCUMENTED),
    "2": ("info", "two surgeons are paid if their specialties differ, which the claim does not tell (indicator 2)",
          "See that both bill the code with 62."),
    "9": _NEVER,
}  # fmt: skip
_TEAM = {
    "0": (
        "fail",
        "a team is not paid (indicator 0)",
        "Bill the surgeons otherwise, as the indicators of the code allow.",
    ),
    "1": ("resolved", "a team is paid by report, with documents that show the need (indicator 1)", _DOCUMENTED),
    "2": ("resolved", "a team is paid by report (indicator 2)", "Send the operative report."),
    "9": _NEVER,
}


def run(case: Case) -> None:
    """Judge the modifiers by the code's indicators."""
    for line in case.modified:
        row = line.facts.row
        if row is None:
            continue
        for modifier in line.modifiers:
            if modifier in _ASSISTANTS:
                _judge(case, line, modifier, _ASSISTANT.get(row.asst_surg))
            elif modifier == "62":
                _judge(case, line, modifier, _CO_SURGEONS.get(row.co_surg))
            elif modifier == "66":
                _judge(case, line, modifier, _TEAM.get(row.team_surg))


def _judge(case: Case, line: Line, modifier: str, found: tuple[str, str, str] | None) -> None:
    if found:
        outcome, what, fix = found
        carc = FURTHER_SURGEON if outcome == "fail" else ""
        source = f"{line.facts.pfs_source}; {_SOURCE}"
        case.report(RULE, outcome, (line,), f"{line.code} with {modifier}: {what}.", fix, source, carc=carc)
