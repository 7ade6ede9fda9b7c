"""Status T: paid only where nothing else of the fee schedule is payable that day to that provider.

Source: RVU document, attachment A, status T.
"""

from __future__ import annotations

from cptref.checking.case import FAIL, Case
from cptref.model.carc import INCLUDED

RULE = "injection"
_PAYABLE = frozenset("ACJR")


def run(case: Case) -> None:
    """Fail status T lines beside a service that is payable; what other rules denied is not."""
    for group in case.groups:
        minor = [line for line in group if line.facts.row and line.facts.row.status == "T"]
        if not minor:
            continue
        payable = [
            line for line in group if line.state != FAIL and line.facts.row and line.facts.row.status in _PAYABLE
        ]
        source = f"{minor[0].facts.pfs_source}; RVU document, attachment A, status T"
        if payable:
            for line in minor:
                message = f"{line.code} is paid only alone (status T): {payable[0].code} of that day includes it."
                case.report(RULE, "fail", (line,), message, "Leave it off.", source, others=payable[:1], carc=INCLUDED)
        elif len(minor) > 1:
            message = "Services of status T are paid only alone; whether two of them are was not decided."
            case.report(RULE, "unknown", minor, message, "Ask the contractor.", source)
