"""`cptref modifiers`."""

from typing import Annotated, Any

import typer

from cptref.cli.options import AsOfOption, Format, FormatOption, JsonOption, complete_code


def modifiers(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="The code to judge.", autocompletion=complete_code)
    ] = None,
    form: FormatOption = Format.table,
    json: JsonOption = False,
    as_of: AsOfOption = None,
) -> None:
    """List the modifiers; with a code, which of them it takes, and why."""
    from cptref.cli.output import write
    from cptref.model.answer import Answer
    from cptref.reference import Reference

    reference = Reference()
    answer: Answer[Any] = reference.all_modifiers(as_of) if code is None else reference.modifiers(code, as_of)

    write(answer, form, json)
