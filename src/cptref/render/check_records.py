"""Checked claims for programs, as text of each batch: a file may hold more claims than the memory does."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import NamedTuple

from cptref.model.answer import Source
from cptref.model.carc import fits
from cptref.model.claim import CheckedClaim, CheckSummary, ClaimError
from cptref.render.records import plain

CSV_COLUMNS = (
    "claim", "verdict", "rule", "outcome", "lines", "codes", "message", "fix", "source", "denied", "carc", "appeal",
    "cost",
)  # fmt: skip
_NO_FINDING = ("",) * 11


class Kept(NamedTuple):
    """Which claims are wanted: all, those of one verdict, or those of which a finding fits a CARC."""

    verdict: str | None = None
    carc: str | None = None

    def of(self, checked: list[CheckedClaim]) -> list[CheckedClaim]:
        """The claims that are wanted, with the findings that are."""
        if self.verdict:
            checked = [each for each in checked if each.verdict == self.verdict]
        if self.carc:
            fitting = (
                each._replace(findings=tuple(f for f in each.findings if fits(self.carc, f))) for each in checked
            )
            checked = [each for each in fitting if each.findings]
        return checked


def first_claims(kept: Kept, most: int, checked: list[CheckedClaim]) -> tuple[list[CheckedClaim], int]:
    """Up to so many claims of a batch (0: all), and how many more there are."""
    wanted = kept.of(checked)
    shown = wanted[:most] if most else wanted
    return shown, len(wanted) - len(shown)


def json_items(kept: Kept, checked: list[CheckedClaim]) -> str:
    """The claims of a batch as the items of a JSON array."""
    return ", ".join(json.dumps(plain(each)) for each in kept.of(checked))


def json_lines(kept: Kept, checked: list[CheckedClaim]) -> str:
    """The claims of a batch, one a line."""
    return "".join(f"{json.dumps(plain(each))}\n" for each in kept.of(checked))


def csv_lines(kept: Kept, checked: list[CheckedClaim]) -> str:
    """A line for each finding; for a claim without any one line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for claim in kept.of(checked):
        for f in claim.findings:
            writer.writerow(
                (claim.claim, claim.verdict, f.rule, f.outcome, "; ".join(f.lines), "; ".join(f.codes), f.message,
                 f.fix, f.source, "; ".join(f.denied), f.carc, f.appeal, "" if f.cost is None else f.cost)
            )  # fmt: skip
        if not claim.findings:
            writer.writerow((claim.claim, claim.verdict, *_NO_FINDING))
    return text.getvalue()


def json_head(as_of: date) -> str:
    """The beginning of the envelope, up to the first claim."""
    return f'{{"schema": "cptref/1", "command": "check", "as_of": "{as_of.isoformat()}", "data": ['


def json_tail(summary: CheckSummary, errors: list[ClaimError], sources: list[Source], warnings: list[str]) -> str:
    """The end of the envelope."""
    beside = {
        "summary": plain(summary),
        "errors": plain(errors),
        "sources": plain(sources),
        "warnings": warnings,
    }
    return f"], {json.dumps(beside)[1:]}\n"
