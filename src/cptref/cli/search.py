"""`cptref search`."""

from typing import Annotated

import typer

from cptref.cli.options import AsOfOption, Format, FormatOption, JsonOption, LimitOption


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="TEXT...", help="Words, a code, or a range such as 43200-43232.")
    ],
    limit: LimitOption = 20,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="STATUS", help="Only codes of this fee schedule status, such as A."),
    ] = None,
    global_days: Annotated[
        str | None, typer.Option("--global", metavar="DAYS", help="Only codes of this global period, such as 090.")
    ] = None,
    section: Annotated[
        str | None, typer.Option("--section", metavar="NAME", help="Only codes of this section, such as surgery.")
    ] = None,
    family: Annotated[
        str | None, typer.Option("--family", metavar="NAME", help="Only codes of this family, such as egd.")
    ] = None,
    level: Annotated[
        str | None, typer.Option("--level", metavar="LEVEL", help="Only codes of this level: CPT I, CPT III, HCPCS II.")
    ] = None,
    icd: Annotated[bool, typer.Option("--icd", help="Diagnoses of ICD-10-CM, once its file is imported.")] = False,
    form: FormatOption = Format.table,
    json: JsonOption = False,
    as_of: AsOfOption = None,
) -> None:
    """Find codes by what they are called: medical or plain words, their forms and typos, numbers and ranges."""
    from cptref.cli.output import write
    from cptref.reference import Reference

    if icd:
        write(Reference().search_icd(" ".join(words), limit, as_of), form, json)
        return
    answer = Reference().search(
        " ".join(words),
        limit,
        as_of,
        status=status,
        global_days=global_days,
        section=section,
        family=family,
        level=level,
    )

    write(answer, form, json)
