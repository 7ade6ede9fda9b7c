"""Writing answers, in the form that was asked for, and errors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from cptref.cli.options import Format
from cptref.errors import CptrefError

if TYPE_CHECKING:
    from cptref.model.answer import Answer


def write(answer: Answer[Any], form: Format, json: bool, **choices: object) -> None:
    """Write the answer to standard output; `choices` are for the forms that people read.

    What was not found goes to standard error, and the exit status is then that of the error.
    """
    chosen = Format.json if json else form
    if chosen is Format.table:
        from cptref.render.pages import document
        from cptref.render.terminal import draw

        draw(document(answer, **choices), sys.stdout)
    elif chosen is Format.markdown:
        from cptref.render.markdown import markdown
        from cptref.render.pages import document

        sys.stdout.write(markdown(document(answer, **choices)))
    else:
        _write_records(answer, chosen)
    if answer.missing:
        sys.stdout.flush()
        for error in answer.missing:
            complain(error)
        raise typer.Exit(answer.missing[0].exit_status)


def _write_records(answer: Answer[Any], form: Format) -> None:
    from cptref.render import records

    if form is Format.json:
        sys.stdout.write(records.to_json(answer, indent=2 if sys.stdout.isatty() else None))
        return
    sys.stdout.write(records.to_jsonl(answer) if form is Format.jsonl else records.to_csv(answer))
    for warning in answer.warnings:  # these forms have no room for them
        sys.stderr.write(f"Note: {warning}\n")


def complain(error: CptrefError) -> None:
    """An error on standard error: one line, and one of what to do."""
    sys.stderr.write(f"cptref: {error.message}\n")
    if error.hint:
        sys.stderr.write(f"  {error.hint}\n")


def given(codes: list[str]) -> list[str]:
    """The codes of the command line; `-` stands for those on standard input."""
    from cptref.model.syntax import split_codes

    def each() -> Iterator[str]:
        for code in codes:
            if code == "-":
                yield from split_codes(sys.stdin.buffer.read().decode("utf-8-sig", errors="replace"))
            else:
                yield code

    return list(each())
