"""`cptref diff`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from cptref.cli.options import Format, FormatOption, JsonOption, complete_code

_Release = typer.Argument(metavar="A", help="The older release, as `data list` has it: RVU25D, 'gpci RVU25D'.")


def diff(
    before: Annotated[str, _Release],
    after: Annotated[str, typer.Argument(metavar="B", help="The newer one, of the same kind and setting.")],
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE...]",
            help="Only these codes or ranges (432*); - reads them from standard input.",
            autocompletion=complete_code,
        ),
    ] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--field", metavar="NAME", help="Only changes of this field; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="The most rows in each table; 0 shows all.")] = 100,
    form: FormatOption = Format.table,
    json: JsonOption = False,
) -> None:
    """Tell what changed between two releases: codes or edits added and removed, and each value, old and new."""
    from cptref.cli.output import given, write
    from cptref.reference import Reference

    reference = Reference()
    answer = reference.diff(before, after, *given(codes or []), fields=fields or ())

    def titles(shown: Iterable[str]) -> dict[str, str]:
        """What codes are called, by the newer release before the older."""
        wanted = list(shown)
        days = [source.effective for source in answer.sources]
        return {code: title for day in days for code, title in reference.names(wanted, day).items() if title}

    write(answer, form, json, limit=limit, titles=titles)
    if not answer.data.changes:
        raise typer.Exit(1)
