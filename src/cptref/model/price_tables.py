"""Many prices at once: a locality's fee schedule, a file of lines, one code by locality or over time."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class ScheduleRow(NamedTuple):
    """A code and modifier of a fee schedule, with its amounts in US dollars in both settings.

    Amounts are None where Medicare does not pay from these RVUs, for the `reason`. `*_na` tells that the service is
    rarely or never done in that setting; `opps_capped` that the OPPS imaging cap sets an amount.
    """

    code: str
    modifier: str
    status: str
    mac: str
    locality: str
    nonfacility_amount: Decimal | None
    nonfacility_nonparticipating: Decimal | None
    nonfacility_limiting_charge: Decimal | None
    nonfacility_na: bool
    facility_amount: Decimal | None
    facility_nonparticipating: Decimal | None
    facility_limiting_charge: Decimal | None
    facility_na: bool
    opps_capped: bool
    reason: str


class PriceRequest(NamedTuple):
    """A line of a file to price, as it was read: `given` has every column of it by its name, `fault` what is wrong."""

    line: int
    code: str
    modifiers: str
    locality: str
    place_of_service: str
    units: str
    date: str
    expected: str
    given: dict[str, str]
    fault: str = ""


class PricedRequest(NamedTuple):
    """A line of a file with its price: `amount` is None for the `reason`, `difference` is expected less amount."""

    line: int
    code: str
    modifiers: tuple[str, ...]
    units: int | None
    date: date | None
    mac: str
    locality: str
    setting: str
    amount: Decimal | None
    expected: Decimal | None
    difference: Decimal | None
    reason: str
    given: dict[str, str]


class LocalityPrice(NamedTuple):
    """What a code pays in one locality."""

    mac: str
    locality: str
    state: str
    name: str
    nonfacility_amount: Decimal | None
    facility_amount: Decimal | None


class ReleasePrice(NamedTuple):
    """What a code pays nationally by one release of the fee schedule."""

    release: str
    effective: date
    nonfacility_amount: Decimal | None
    facility_amount: Decimal | None


class CodePrices(NamedTuple):
    """What one code, with its modifiers, pays in many places or over time."""

    code: str
    modifiers: tuple[str, ...]
    title: str
    prices: tuple[LocalityPrice | ReleasePrice, ...]
