"""A line of a claim, from the texts of its fields."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cptref.claims import values
from cptref.claims.values import ONE, Memo
from cptref.model.claim import Claim, ClaimError, ClaimLine


class Defaults(NamedTuple):
    """What is true of each line and claim of which the file does not say it; `day` is the date of service."""

    day: date | None = None
    place_of_service: str = ""
    setting: str = "practitioner"


NONE = Defaults()


class Lines:
    """Makes the lines of one file; ValueError, with a reason to show, where a field is not what it should be."""

    def __init__(self, defaults: Defaults) -> None:
        self.defaults = defaults
        self._procedures = Memo(values.procedure)
        self._units = Memo(self._number)
        self._days = Memo(self._day)
        self._places = Memo(self._place)
        self._charges = Memo(values.money)
        self._diagnoses = Memo(values.diagnoses)

    def _number(self, text: str) -> Decimal:
        return values.units(text) if text.strip() else ONE

    def _place(self, text: str) -> str:
        return values.place(text) or self.defaults.place_of_service

    def _day(self, text: str) -> date:
        return self.defaults.day if self.defaults.day and not text.strip() else values.day(text)

    def line(
        self,
        position: int,
        number: str,
        procedure: tuple[str, ...],
        units: str,
        day: str,
        place: str,
        charge: str,
        provider: str,
        diagnoses: str,
        extra: tuple[tuple[str, str], ...] = (),
    ) -> ClaimLine:
        """The line of these fields; `procedure` is the code's text and those of its modifiers. No units are one."""
        code, modifiers = self._procedures[procedure]
        if not code:
            # Only its number will be told: a hospital's room or drugs often have no date.
            return ClaimLine(number, "", (), ONE, date.min, position=position)
        return ClaimLine(
            number,
            code,
            modifiers,
            self._units[units],
            self._days[day],
            self._places[place],
            self._charges[charge],
            provider,
            self._diagnoses[diagnoses],
            position,
            extra,
        )


def claim_of(claim: Claim, where: str, *, paid: bool = False) -> Iterable[Claim | ClaimError]:
    """The claim, or its error where no line has a code; `where` is its position in the file.

    Where two lines have one number, all are numbered anew, so that a finding can tell them apart. Lines without a
    code are set aside in a hospital's claim, or a `paid` one, which has been through a payer's system; in a
    practitioner's they are an error.
    """
    numbers = {line.number for line in claim.lines}
    if len(numbers) < len(claim.lines):
        anew = (line._replace(number=str(number)) for number, line in enumerate(claim.lines, start=1))
        claim = claim._replace(lines=tuple(anew))
    coded = tuple(line for line in claim.lines if line.code)
    if not coded:
        return [ClaimError(where, "no line has a CPT or HCPCS code", claim.id)]
    if len(coded) == len(claim.lines):
        return [claim]
    if claim.setting != "hospital" and not paid:
        return [ClaimError(where, "a line has no code", claim.id)]
    bare = tuple(line.number for line in claim.lines if not line.code)
    return [claim._replace(lines=coded, without_code=bare)]
