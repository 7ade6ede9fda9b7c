"""`cptref suggest`."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cptref.cli.options import Format, FormatOption, JsonOption, Setting, SettingOption
from cptref.errors import NotFoundError, SourceError

_LONGEST_NAME = 4096


def suggest(
    text: Annotated[
        list[str],
        typer.Argument(metavar="TEXT... | FILE", help="A note, or a file that has one; - is standard input."),
    ],
    date: Annotated[
        str | None,
        typer.Option("--date", "--as-of", metavar="YYYY-MM-DD", help="Date of service; the note's, or today, if none."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="The most codes a procedure; 0 shows all.")] = 3,
    place_of_service: Annotated[
        str, typer.Option("--place-of-service", "--pos", metavar="POS", help="Where it was done, for the check.")
    ] = "",
    setting: SettingOption = Setting.practitioner,
    form: FormatOption = Format.table,
    json: JsonOption = False,
) -> None:
    """Propose codes for a note or an operative report, in English; it does not decide. Nothing leaves this machine."""
    from cptref.cli.output import write
    from cptref.reference import Reference

    said = " ".join(text)
    how: dict[str, Any] = {"limit": limit, "place_of_service": place_of_service, "setting": setting.value}
    if said == "-":
        answer = Reference().suggest_file(sys.stdin.buffer, date, **how)
    elif len(text) == 1 and _is_file(said):
        answer = Reference().suggest_file(said, date, **how)
    else:
        answer = Reference().suggest(said, date, **how)
    write(answer, form, json)
    if not answer.diagnoses and not any(each.proposals for each in answer.procedures):
        raise typer.Exit(NotFoundError.exit_status)


def _is_file(text: str) -> bool:
    """Whether a text is the name of a file. SourceError for what can only be one, and is not there."""
    if len(text) > _LONGEST_NAME or "\n" in text:
        return False
    path = Path(text)
    if path.is_file():
        return True
    if " " not in text and (path.suffix[1:].isalpha() or "/" in text):
        raise SourceError(f"no file '{text}'", "Give a file that is there, a text in quotes, or - for standard input.")
    return False
