"""Writing checked claims as they come: a file may hold more of them than the memory does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cptref.cli.options import Format
from cptref.model.claim import CheckedClaim, ClaimError

if TYPE_CHECKING:
    from datetime import date

    from cptref.reference.claims import Run
    from cptref.render.document import Document

_MOST_ERRORS = 20


class Written:
    """A run as it is written: all claims, only those of one verdict, or what a denial with one CARC may come from."""

    def __init__(self, run: Run, verdict: str | None, carc: str | None) -> None:
        self._run = run
        self._verdict = verdict
        self._carc = carc and carc.strip()
        self._errors: list[ClaimError] = []

    def _each(self) -> Iterator[CheckedClaim]:
        """The claims to show; what could not be read is put aside."""
        for item in self._run:
            if isinstance(item, ClaimError):
                self._errors.append(item)
            elif self._verdict is None or item.verdict == self._verdict:
                fitting = tuple(f for f in item.findings if not self._carc or f.carc == self._carc)
                if fitting or not self._carc:
                    yield item._replace(findings=fitting)

    def as_pages(self, form: Format, limit: int, *, explain: bool) -> None:
        """Up to `limit` claims (0: all) for people, then the summary."""
        from cptref.render.check import claim_document, closing, error_text, summary_document

        shown = hidden = 0
        for checked in self._each():
            if limit and shown >= limit:
                hidden += 1
            else:
                shown += 1
                _draw(claim_document(checked, explain=explain), form)
        run = self._run
        if run.summary.claims == 1 and shown and not self._errors:
            _draw(closing(run.sources, run.warnings), form)
        else:
            told = [error_text(error) for error in self._errors[:_MOST_ERRORS]]
            _draw(summary_document(run.summary, told, run.sources, run.warnings, hidden), form)

    def as_json(self, day: date) -> None:
        """One document."""
        from cptref.render.check_records import json_head, json_item, json_tail

        begun = False  # a file that is none of claims fails before anything is written
        for checked in self._each():
            sys.stdout.write(f"{', ' if begun else json_head(day)}{json_item(checked)}")
            begun = True
        run = self._run
        tail = json_tail(run.summary, self._errors, run.sources, run.warnings)
        sys.stdout.write(tail if begun else f"{json_head(day)}{tail}")

    def as_lines(self, form: Format) -> None:
        """A line for each claim, or in csv for each finding; what could not be read goes to standard error."""
        from cptref.render.check import error_text
        from cptref.render.check_records import CSV_COLUMNS, csv_lines, json_item

        header = f"{','.join(CSV_COLUMNS)}\n" if form is Format.csv else ""
        for checked in self._each():
            lines = csv_lines(checked) if form is Format.csv else [f"{json_item(checked)}\n"]
            sys.stdout.writelines((header, *lines))
            header = ""
        sys.stdout.write(header)
        for error in self._errors:
            sys.stderr.write(f"cptref: {error_text(error)}\n")
        for warning in self._run.warnings:
            sys.stderr.write(f"Note: {warning}\n")


def _draw(document: Document, form: Format) -> None:
    if form is Format.markdown:
        from cptref.render.markdown import markdown

        sys.stdout.write(markdown(document))
    else:
        from cptref.render.terminal import draw

        draw(document, sys.stdout)
