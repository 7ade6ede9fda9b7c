"""`cptref explain`."""

from typing import Annotated

import typer

from cptref.cli.options import Format, FormatOption, JsonOption


def explain(
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="An indicator, such as mult-proc, status or global-days.")
    ],
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", help="One of its values.")] = None,
    form: FormatOption = Format.table,
    json: JsonOption = False,
) -> None:
    """Explain an indicator: what its values mean, and what follows for billing."""
    from cptref.cli.output import write
    from cptref.reference import Reference

    answer = Reference().explain(field, value)

    write(answer, form, json)
