"""`cptref check`."""

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cptref.cli.options import Format, FormatOption, JsonOption, Setting, SettingOption
from cptref.errors import DataNotLoadedError

if TYPE_CHECKING:
    from cptref.model.claim import CheckSummary

_MOST_ERRORS = 20


class Verdict(str, Enum):
    """A claim's verdict."""

    passed = "pass"
    fail = "fail"
    unknown = "unknown"


def check(
    codes: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE[-MOD][=UNITS]... | FILE",
            help="The lines of one claim (43214 43200-59), or a file of claims; - is standard input.",
        ),
    ],
    date: Annotated[
        str | None, typer.Option("--date", "--as-of", metavar="YYYY-MM-DD", help="Date of service where none is told.")
    ] = None,
    place_of_service: Annotated[
        str, typer.Option("--place-of-service", "--pos", metavar="POS", help="Where none is told.")
    ] = "",
    setting: SettingOption = Setting.practitioner,
    explain: Annotated[
        bool, typer.Option("--explain", help="Why a line is denied, which modifiers are right when, and appeals.")
    ] = False,
    carc: Annotated[
        str | None,
        typer.Option("--carc", metavar="CODE", help="Only what fits a denial that came back with this CARC."),
    ] = None,
    only: Annotated[Verdict | None, typer.Option("--only", help="Only claims of this verdict.")] = None,
    price: Annotated[bool, typer.Option("--price", help="What the claim pays, and what each denial costs.")] = False,
    locality: Annotated[
        str, typer.Option("--locality", "-l", metavar="MAC-NUMBER", help="Where to price it; the nation unless given.")
    ] = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes for a large file.")] = 1,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="The most claims on screen; 0 shows all.")] = 20,
    form: FormatOption = Format.table,
    json: JsonOption = False,
) -> None:
    """Check a claim before it goes out: which lines would be denied, why, and what can be done."""
    from cptref.cli.check_output import write_json, write_lines, write_pages
    from cptref.model.syntax import is_code
    from cptref.reference import Reference
    from cptref.render.check_records import Kept

    reference = Reference()
    where = locality if price or locality else None
    [first, *others] = codes
    if not others and (first == "-" or (not is_code(first.strip().upper()) and Path(first).exists())):
        source = sys.stdin.buffer if first == "-" else first
        run = reference.check_file(source, date, place_of_service, setting.value, jobs, where)
    else:
        run = reference.check_run(
            *codes, date=date, place_of_service=place_of_service, setting=setting.value, price=where
        )
    kept = Kept(only.value if only else None, carc and carc.strip().upper())
    chosen = Format.json if json else form
    if chosen is Format.json:
        write_json(run, kept, reference.day(date))
    elif chosen in (Format.jsonl, Format.csv):
        write_lines(run, kept, chosen)
    else:
        write_pages(run, kept, chosen, limit, explain=explain or carc is not None)
    status = _status(run.summary)
    if status:
        raise typer.Exit(status)


def _status(summary: "CheckSummary") -> int:
    """0 if all passed, 1 if a line fails or a claim could not be read, 2 if none could, 3 if something is not known."""
    if not summary.claims:
        return 2
    if summary.verdicts.get("fail") or summary.unreadable:
        return 1
    return DataNotLoadedError.exit_status if summary.verdicts.get("unknown") else 0
