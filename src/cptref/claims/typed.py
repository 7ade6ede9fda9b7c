"""A claim as somebody types it: codes with their modifiers, on one date in one place."""

from collections.abc import Sequence
from datetime import date

from cptref.claims import values
from cptref.claims.values import ONE
from cptref.errors import UsageError
from cptref.model.claim import Claim, ClaimLine
from cptref.model.syntax import parse_code, shown, split_codes


def typed(codes: Sequence[str], day: date, place_of_service: str = "", setting: str = "practitioner") -> Claim:
    """The claim of codes such as `43214`, `43200-59` and `96372-59=2`, where 2 is the units.

    UsageError for what is not a code, a modifier, a place, a setting or a number of units.
    """
    try:
        place, setting = values.place(place_of_service), values.setting(setting)
    except ValueError as error:
        raise UsageError(str(error)) from error
    lines: list[ClaimLine] = []
    for text in [part for each in codes for part in split_codes(each)]:
        code, equals, units = text.partition("=")
        reference = parse_code(code)
        try:
            number = values.units(units) if equals else ONE
        except ValueError as error:
            raise UsageError(f"not a number of units: '{shown(text)}'", "Units follow the code: 96372-59=2.") from error
        lines.append(
            ClaimLine(
                str(len(lines) + 1), reference.code, reference.modifiers, number, day, place, position=len(lines) + 1
            )
        )
    if not lines:
        raise UsageError("no code is given", "Give codes such as 43214 43200-59.")
    return Claim("1", setting, "", tuple(lines))
