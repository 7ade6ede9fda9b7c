"""`cptref show`."""

from typing import Annotated

import typer

from cptref.cli.options import AsOfOption, CodesArgument, Format, FormatOption, JsonOption


def show(
    codes: CodesArgument,
    history: Annotated[
        bool, typer.Option("--history", help="What changed from each loaded release to the next, too.")
    ] = False,
    form: FormatOption = Format.table,
    json: JsonOption = False,
    as_of: AsOfOption = None,
) -> None:
    """Show the page of a code: what it is, how Medicare pays it, which modifiers it takes, what it conflicts with."""
    from cptref.cli.output import given, write
    from cptref.reference import Reference

    answer = Reference().show(*given(codes), as_of=as_of, history=history)

    write(answer, form, json)
