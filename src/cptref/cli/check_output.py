"""Writing checked claims as they come: a file may hold more of them than the memory does."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from cptref.cli.options import Format

if TYPE_CHECKING:
    from datetime import date

    from cptref.reference.claims import Run
    from cptref.render.check_records import Kept
    from cptref.render.document import Document

_MOST_ERRORS = 20


def write_pages(run: Run, kept: Kept, form: Format, limit: int, *, explain: bool) -> None:
    """Up to `limit` claims (0: all) for people, then the summary."""
    from cptref.render.check import claim_document, closing, error_text, summary_document
    from cptref.render.check_records import first_claims

    shown = hidden = 0
    for claims, more in run.projected(partial(first_claims, kept, limit)):
        room = len(claims) if not limit else max(limit - shown, 0)
        for checked in claims[:room]:
            _draw(claim_document(checked, explain=explain), form)
        shown += len(claims[:room])
        hidden += len(claims[room:]) + more
    if run.summary.claims == 1 and shown and not run.errors:
        _draw(closing(run.sources, run.warnings), form)
    else:
        told = [error_text(error) for error in run.errors[:_MOST_ERRORS]]
        none = [f"No finding fits CARC {kept.carc}."] if kept.carc and not shown else []
        _draw(summary_document(run.summary, told, run.sources, [*none, *run.warnings], hidden), form)


def write_json(run: Run, kept: Kept, day: date) -> None:
    """One document."""
    from cptref.render.check_records import json_head, json_items, json_tail

    before = json_head(day)  # a file that is none of claims fails before anything is written
    for items in run.projected(partial(json_items, kept)):
        if items:
            sys.stdout.write(f"{before}{items}")
            before = ", "
    if before != ", ":
        sys.stdout.write(before)
    sys.stdout.write(json_tail(run.summary, run.errors, run.sources, run.warnings))


def write_lines(run: Run, kept: Kept, form: Format) -> None:
    """A line for each claim, or in csv for each finding; what could not be read goes to standard error."""
    from cptref.render.check import error_text
    from cptref.render.check_records import CSV_COLUMNS, csv_lines, json_lines

    header = f"{','.join(CSV_COLUMNS)}\n" if form is Format.csv else ""
    for text in run.projected(partial(csv_lines if form is Format.csv else json_lines, kept)):
        sys.stdout.write(f"{header}{text}")
        header = ""
    for error in run.errors:
        sys.stderr.write(f"cptref: {error_text(error)}\n")
    for warning in run.warnings:
        sys.stderr.write(f"Note: {warning}\n")


def _draw(document: Document, form: Format) -> None:
    if form is Format.markdown:
        from cptref.render.markdown import markdown

        sys.stdout.write(markdown(document))
    else:
        from cptref.render.terminal import draw

        draw(document, sys.stdout)
