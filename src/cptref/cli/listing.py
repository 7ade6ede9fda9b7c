"""`cptref list`."""

from typing import Annotated

import typer

from cptref.cli.options import AsOfOption, Format, FormatOption, JsonOption, LimitOption


def listing(
    span: Annotated[
        str,
        typer.Argument(metavar="RANGE", help="43200-43232, 432*, a family such as egd, a section, or all."),
    ],
    limit: LimitOption = 100,
    form: FormatOption = Format.table,
    json: JsonOption = False,
    as_of: AsOfOption = None,
) -> None:
    """List the codes of a range, a family or a section."""
    from cptref.cli.output import write
    from cptref.reference import Reference

    answer = Reference().list(span, as_of)

    write(answer, form, json, limit=limit)
