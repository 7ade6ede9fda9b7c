"""Options that commands share."""

from enum import Enum
from typing import Annotated

import typer


class Format(str, Enum):
    """How an answer is written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    markdown = "markdown"


class Setting(str, Enum):
    """Whose edits apply."""

    practitioner = "practitioner"
    hospital = "hospital"
    dme = "dme"


def complete_code(incomplete: str) -> list[tuple[str, str]]:
    """Codes that begin as typed, with their titles, for the shell."""
    from cptref.errors import CptrefError
    from cptref.reference import Reference

    try:
        with Reference() as reference:
            # The shell keeps only what begins as typed, in the same case, and breaks a long help text.
            found = reference.titles(incomplete)
            return [(incomplete + code[len(incomplete) :], title[:60]) for code, title in found.items()]
    except CptrefError:
        return []


CodesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="CODE...",
        help="Codes in any case; - reads them from standard input.",
        autocompletion=complete_code,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Date of service; today unless given.")
]
SettingOption = Annotated[Setting, typer.Option("--setting", help="Whose edits.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=0, help="The most to show; 0 shows all.")]
