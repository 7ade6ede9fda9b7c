"""`cptref conflicts`."""

from typing import Annotated

import typer

from cptref.cli.options import (
    AsOfOption,
    CodesArgument,
    Format,
    FormatOption,
    JsonOption,
    Setting,
    SettingOption,
    complete_code,
)
from cptref.errors import DataNotLoadedError


def conflicts(
    codes: CodesArgument,
    beside: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="CODE",
            help="Only the conflicts of the codes with this one.",
            autocompletion=complete_code,
        ),
    ] = None,
    setting: SettingOption = Setting.practitioner,
    everything: Annotated[
        bool, typer.Option("--all", help="Deleted edits too; only imported releases hold them.")
    ] = False,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="The edits of all times in the order of their dates, the newest first.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="The most rows in each group; 0 shows all.")] = 10,
    form: FormatOption = Format.table,
    json: JsonOption = False,
    as_of: AsOfOption = None,
) -> None:
    """List what a code may not be billed with and what is denied then; with several codes, each pair among them."""
    from cptref.cli.output import given, write
    from cptref.reference import Reference

    answer = Reference().conflicts(
        *given(codes), beside=beside or (), setting=setting.value, deleted=everything or timeline, as_of=as_of
    )
    write(answer, form, json, limit=limit, timeline=timeline)
    if not answer.data.edits:
        raise typer.Exit(1 if answer.data.complete else DataNotLoadedError.exit_status)
