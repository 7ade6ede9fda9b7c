"""`cptref price`."""

import sys
from enum import Enum
from typing import Annotated, Any

import typer

from cptref.cli.options import AsOfOption, Format, FormatOption, JsonOption, complete_code


class Amount(str, Enum):
    """Which amount is asked for."""

    participating = "participating"
    nonparticipating = "nonparticipating"
    limiting_charge = "limiting_charge"


LocalityOption = Annotated[
    str | None, typer.Option("--locality", "-l", metavar="MAC-NUMBER", help="Such as 01182-18, or a part of its name.")
]


def price(
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE[-MOD]...]",
            help="Codes with their modifiers, 43239-59; several are the lines of one claim. - reads standard input.",
            autocompletion=complete_code,
        ),
    ] = None,
    locality: LocalityOption = None,
    zip_code: Annotated[
        str | None, typer.Option("--zip", metavar="ZIP", help="The locality of a ZIP code, five or nine digits.")
    ] = None,
    place_of_service: Annotated[
        str | None, typer.Option("--place-of-service", "--pos", metavar="POS", help="Such as 11 or 22.")
    ] = None,
    facility: Annotated[
        bool | None, typer.Option("--facility/--nonfacility", help="The setting, where no place of service is given.")
    ] = None,
    modifiers: Annotated[
        list[str] | None, typer.Option("--modifier", "-m", metavar="MOD", help="A modifier of every code.")
    ] = None,
    units: Annotated[int, typer.Option("--units", "-u", help="Of every code.")] = 1,
    qualifying: Annotated[
        bool, typer.Option("--qp", help="With the conversion factor of qualifying APM participants.")
    ] = False,
    nonpar: Annotated[bool, typer.Option("--nonpar", help="What a non-participating practitioner is allowed.")] = False,
    limiting: Annotated[
        bool, typer.Option("--limiting-charge", help="The most a non-participating practitioner may charge.")
    ] = False,
    minutes: Annotated[int | None, typer.Option("--minutes", min=0, help="Anesthesia time.")] = None,
    base_units: Annotated[int | None, typer.Option("--base-units", min=0, help="Anesthesia base units.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every code and modifier, in both settings: the locality's fee schedule.")
    ] = False,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="CSV", help="Price each line of a file by itself; - is standard input."),
    ] = None,
    by_locality: Annotated[
        bool, typer.Option("--by-locality", help="What the code pays in every locality, the highest first.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="What the code paid nationally over the releases that are loaded.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="The most rows of a table; 0 shows all.")] = 20,
    form: FormatOption = Format.table,
    json: JsonOption = False,
    as_of: AsOfOption = None,
) -> None:
    """Tell what Medicare pays, with every step: a code, the lines of a claim, a file of lines, a whole locality."""
    from cptref.cli.output import given, write
    from cptref.errors import DataNotLoadedError, UsageError
    from cptref.model.answer import Answer
    from cptref.reference import Reference

    if nonpar and limiting:
        raise UsageError("--nonpar and --limiting-charge ask for two amounts", "Give one of them.")
    basis = (Amount.nonparticipating if nonpar else Amount.limiting_charge if limiting else Amount.participating).value
    ways = [name for name, asked in (("CODE", codes), ("--all", everything), ("--file", file)) if asked]
    if len(ways) != 1:
        named = " and ".join(ways) or "neither CODE, --all nor --file"
        raise UsageError(f"{named} {'exclude each other' if ways else 'was given'}", "Give a code such as 99213.")
    reference = Reference()
    asked = given(codes or [])
    answer: Answer[Any]
    if everything:
        answer = reference.fee_schedule(locality=locality, zip_code=zip_code, qualifying=qualifying, as_of=as_of)
    elif file is not None:
        source = sys.stdin.buffer if file == "-" else file
        answer = reference.price_file(source, locality=locality, qualifying=qualifying, as_of=as_of)
    elif by_locality or history:
        if len(asked) != 1:
            raise UsageError(f"{len(asked)} codes, where one is asked about", "Give one code.")
        answer = (
            reference.price_by_locality(asked[0], qualifying=qualifying, as_of=as_of)
            if by_locality
            else reference.price_history(asked[0], as_of=as_of)
        )
    else:
        answer = reference.price(
            *asked,
            locality=locality,
            zip_code=zip_code,
            place_of_service=place_of_service,
            facility=facility,
            modifiers=modifiers or (),
            units=units,
            minutes=minutes,
            base_units=base_units,
            qualifying=qualifying,
            basis=basis,
            as_of=as_of,
        )
    write(answer, form, json, limit=limit)
    lines: Any = answer.data if answer.command in ("price", "price file") else ()
    if any(getattr(line, "outcome", "") == "no_data" for line in lines):
        raise typer.Exit(DataNotLoadedError.exit_status)
    if any(line.amount is None for line in lines):
        raise typer.Exit(1)
