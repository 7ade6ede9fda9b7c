"""`price --file`: each line of a file by itself, and the difference to what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from cptref.answers.context import Context
from cptref.answers.localities import by_name
from cptref.answers.price import Schedule, check_gpci, checked_units, setting_at
from cptref.errors import CptrefError, UsageError
from cptref.model.price import ServiceLine
from cptref.model.price_tables import PricedRequest, PriceRequest
from cptref.model.price_terms import NATIONAL, NONFACILITY
from cptref.model.rows import GpciRow
from cptref.model.syntax import parse_code, parse_day, shown


class LinePricer:
    """Prices lines for whatever dates and localities they have; what several lines share is worked out once."""

    def __init__(self, context_for: Callable[[date], Context], today: date, locality: str, *, qualifying: bool) -> None:
        self._context_for = context_for
        self._today = today
        self._locality = locality
        self._qualifying = qualifying
        self._days: dict[date, tuple[Context, Schedule]] = {}
        self._places: dict[tuple[int, str], GpciRow | CptrefError] = {}
        self._settings: dict[str, str] = {}
        self._epochs: dict[object, tuple[Context, Schedule]] = {}
        self._priced: dict[tuple[int, ServiceLine], tuple[Decimal | None, str]] = {}

    @property
    def contexts(self) -> list[Context]:
        """The contexts that were needed: one for all dates to which the same releases answer."""
        return [context for context, _ in self._epochs.values()]

    def priced(self, request: PriceRequest) -> PricedRequest:
        """The line with its amount, or the reason why it has none."""
        expected: Decimal | None = None
        try:
            if request.fault:
                raise UsageError(request.fault)
            expected = _money(request.expected)
            day, line = self._line(request)
        except CptrefError as error:
            return PricedRequest(
                request.line, shown(request.code), (), None, None, "", "", "", None, expected, None, error.message,
                request.given,
            )  # fmt: skip
        try:
            amount, reason = self._price(day, line)
        except CptrefError as error:
            amount, reason = None, error.message
        difference = expected - amount if expected is not None and amount is not None else None
        return PricedRequest(
            request.line, line.code, line.modifiers, line.units, day, line.gpci.mac, line.gpci.locality, line.setting,
            amount, expected, difference, reason, request.given,
        )  # fmt: skip

    def _price(self, day: date, line: ServiceLine) -> tuple[Decimal | None, str]:
        _, schedule = self._day(day)
        key = (id(schedule), line)
        if key not in self._priced:
            [found] = schedule.priced([line], day)
            self._priced[key] = found.amount, found.reason or ""
        return self._priced[key]

    def _line(self, request: PriceRequest) -> tuple[date, ServiceLine]:
        day = parse_day(request.date) if request.date else self._today
        code, typed = parse_code(request.code)
        modifiers = (*typed, *request.modifiers.upper().replace(",", " ").split())
        setting = self._setting(day, request.place_of_service)
        gpci = self._place(day, request.locality or self._locality)
        return day, ServiceLine(code, modifiers, _units(request.units), setting, gpci)

    def _day(self, day: date) -> tuple[Context, Schedule]:
        if day not in self._days:
            context = self._context_for(day)
            # Some adjustments go by the year.
            epoch = (day.year, context.epoch(("pfs", "qp" if self._qualifying else ""), ("gpci", "")))
            self._days[day] = self._epochs.setdefault(epoch, (context, Schedule(context, self._qualifying)))
        return self._days[day]

    def _setting(self, day: date, place_of_service: str) -> str:
        if not place_of_service:
            return NONFACILITY
        if place_of_service not in self._settings:
            self._settings[place_of_service] = setting_at(self._day(day)[0], place_of_service)
        return self._settings[place_of_service]

    def _place(self, day: date, text: str) -> GpciRow:
        if not text:
            return NATIONAL
        context, schedule = self._day(day)
        key = (id(schedule), text)
        if key not in self._places:
            try:
                self._places[key] = by_name(context, text)
                check_gpci(context, schedule.release)
            except CptrefError as error:
                self._places[key] = error
        found = self._places[key]
        if isinstance(found, CptrefError):
            raise found
        return found


def price_lines(pricer: LinePricer, requests: Iterable[PriceRequest]) -> list[PricedRequest]:
    """Every line, those that cannot be priced with the reason."""
    return [pricer.priced(request) for request in requests]


def _units(text: str) -> int:
    if not text:
        return 1
    try:
        units = Decimal(text)
    except InvalidOperation:
        raise UsageError(f"not a number of units: '{shown(text)}'") from None
    if units != units.to_integral_value():
        raise UsageError(f"units are whole, not {shown(text)}")
    return checked_units(int(units))


def _money(text: str) -> Decimal | None:
    plain = text.replace("$", "").replace(",", "").strip()
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise UsageError(f"not an amount: '{shown(text)}'") from None
    if not amount.is_finite():
        raise UsageError(f"not an amount: '{shown(text)}'")
    return amount
