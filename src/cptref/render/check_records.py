"""Checked claims for programs, written as they come: a file may hold more claims than the memory does."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date

from cptref.model.answer import Source
from cptref.model.claim import CheckedClaim, CheckSummary, ClaimError
from cptref.render.records import plain

CSV_COLUMNS = (
    "claim", "verdict", "rule", "outcome", "lines", "codes", "message", "fix", "source", "denied", "carc", "appeal",
)  # fmt: skip


def json_head(as_of: date) -> str:
    """The beginning of the envelope, up to the first claim."""
    return f'{{"schema": "cptref/1", "command": "check", "as_of": "{as_of.isoformat()}", "data": ['


def json_item(checked: CheckedClaim) -> str:
    """A claim; its line verdicts beside what the interface promises."""
    return json.dumps(plain(checked))


def json_tail(summary: CheckSummary, errors: list[ClaimError], sources: list[Source], warnings: list[str]) -> str:
    """The end of the envelope."""
    beside = {
        "summary": plain(summary),
        "errors": plain(errors),
        "sources": plain(sources),
        "warnings": warnings,
    }
    return f"], {json.dumps(beside)[1:]}\n"


def csv_lines(checked: CheckedClaim) -> Iterator[str]:
    """A line for each finding, for a claim without any one line."""
    rows = [
        (f.rule, f.outcome, "; ".join(f.lines), "; ".join(f.codes), f.message, f.fix, f.source, "; ".join(f.denied),
         f.carc, f.appeal)
        for f in checked.findings
    ] or [("",) * 10]  # fmt: skip
    for row in rows:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow((checked.claim, checked.verdict, *row))
        yield text.getvalue()
