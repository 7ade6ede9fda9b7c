"""`check --price`: what a claim pays with its denials, and what each finding costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from cptref.answers.context import Context
from cptref.answers.localities import by_name
from cptref.answers.price import Schedule, check_gpci, setting_at
from cptref.errors import CptrefError
from cptref.model.claim import CheckedClaim, Claim, ClaimLine, ClaimPrice
from cptref.model.price import ServiceLine
from cptref.model.price_terms import NATIONAL, NONFACILITY
from cptref.model.rows import GpciRow
from cptref.store.read import Store


class ClaimPricer:
    """Prices checked claims by the physician fee schedule, in a locality or nationally."""

    def __init__(self, store: Store, locality: str) -> None:
        self._store = store
        self._locality = locality
        self._days: dict[date, tuple[Schedule, GpciRow]] = {}
        self._settings: dict[str, str] = {}

    def priced(self, claim: Claim, checked: CheckedClaim) -> CheckedClaim:
        """The claim with its price, and each finding with what its denied lines would have paid."""
        if claim.setting != "practitioner":
            return checked._replace(price=ClaimPrice(None, None, (), "the fee schedule is for practitioners' claims"))
        denied = {line.line for line in checked.lines if line.verdict == "fail"}
        try:
            paid = self._amounts([line for line in claim.lines if line.number not in denied])
            whole = self._amounts(claim.lines)
        except CptrefError as error:
            return checked._replace(price=ClaimPrice(None, None, (), error.message))
        unpriced = tuple(number for number, amount in whole.items() if amount is None)
        findings = tuple(
            finding._replace(cost=_sum(whole.get(number) for number in finding.denied)) if finding.denied else finding
            for finding in checked.findings
        )
        price = ClaimPrice(_sum(paid.values()), _sum(whole.values()), unpriced, "")
        return checked._replace(findings=findings, price=price)

    def _amounts(self, lines: Sequence[ClaimLine]) -> dict[str, Decimal | None]:
        """What each line pays, by its number: those of one date and provider are adjusted together."""
        groups: dict[tuple[date, str], list[ClaimLine]] = {}
        for line in lines:
            groups.setdefault((line.date, line.provider), []).append(line)
        found: dict[str, Decimal | None] = {}
        for (day, _), group in groups.items():
            schedule, gpci = self._day(day)
            payable = [line for line in group if line.units >= 1 and line.units == int(line.units)]
            asked = [
                ServiceLine(line.code, line.modifiers, int(line.units), self._setting(line), gpci) for line in payable
            ]
            found |= dict.fromkeys((line.number for line in group), None)
            amounts = (priced.amount for priced in schedule.priced(asked, day)) if asked else ()
            found |= dict(zip((line.number for line in payable), amounts, strict=True))
        return found

    def _day(self, day: date) -> tuple[Schedule, GpciRow]:
        if day not in self._days:
            context = Context(self._store, day)
            schedule = Schedule(context)
            gpci = by_name(context, self._locality) if self._locality else NATIONAL
            if self._locality:
                check_gpci(context, schedule.release)
            self._days[day] = schedule, gpci
        return self._days[day]

    def _setting(self, line: ClaimLine) -> str:
        place = line.place_of_service
        if place and place not in self._settings:
            try:
                self._settings[place] = setting_at(Context(self._store, line.date), place)
            except CptrefError:  # the rules tell of such a place
                self._settings[place] = NONFACILITY
        return self._settings.get(place, NONFACILITY)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
