"""The fee of one row in one setting and locality (RVU document, payment formula and OPPS imaging cap)."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from cptref.model.price_terms import FACILITY, NATIONAL
from cptref.model.rows import GpciRow, PfsRow

_CENT = Decimal("0.01")
_NONPARTICIPATING = Decimal("0.95")
_LIMITING = Decimal("1.0925")


class Fee(NamedTuple):
    """A fee with its parts: RVUs times GPCI, then US dollars, unrounded.

    `cap` is the amount from the OPPS columns, None where the imaging cap does not concern the row. Whether Medicare
    pays by these amounts at all is for `status.refusal` to say.
    """

    row: PfsRow
    setting: str
    gpci: GpciRow
    work: Decimal
    pe: Decimal
    mp: Decimal
    factor: Decimal
    uncapped: Decimal
    cap: Decimal | None

    @property
    def is_capped(self) -> bool:
        """Whether the OPPS cap is lower, so that it is what is paid."""
        return self.cap is not None and self.cap < self.uncapped

    @property
    def amount(self) -> Decimal:
        """What one unit pays: the lower of fee and cap."""
        return self.uncapped if self.cap is None else min(self.uncapped, self.cap)


def fee(row: PfsRow, setting: str, gpci: GpciRow = NATIONAL) -> Fee:
    """The fee of one unit: [work x GPCI + PE x GPCI + MP x GPCI] x conversion factor, and likewise its cap.

    The global service of a test needs no rule of its own: its OPPS columns hold the capped technical part beside the
    professional part.
    """
    at_facility = setting == FACILITY
    work_index, pe_index, mp_index = _indices(gpci)
    work = Decimal(row.work) * work_index
    pe = Decimal(row.facility_pe if at_facility else row.nonfacility_pe) * pe_index
    mp = Decimal(row.mp) * mp_index
    factor = Decimal(row.conversion_factor)
    opps_pe, opps_mp = Decimal(row.opps_facility_pe if at_facility else row.opps_nonfacility_pe), Decimal(row.opps_mp)
    # Rows that the cap does not concern have zeros in both columns.
    cap = (work + opps_pe * pe_index + opps_mp * mp_index) * factor if opps_pe or opps_mp else None
    return Fee(row, setting, gpci, work, pe, mp, factor, (work + pe + mp) * factor, cap)


def cents(amount: Decimal) -> Decimal:
    """An amount rounded half up to the cent."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def nonparticipating(amount: Decimal) -> Decimal:
    """What a practitioner who does not participate is allowed: 95 % of the fee (Social Security Act 1848(a)(3))."""
    return cents(amount * _NONPARTICIPATING)


def limiting_charge(amount: Decimal) -> Decimal:
    """The most that such a practitioner may charge: 115 % of that, 109.25 % of the fee (Act 1848(g)(2))."""
    return cents(amount * _LIMITING)


@lru_cache(maxsize=256)
def _indices(gpci: GpciRow) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(gpci.work), Decimal(gpci.pe), Decimal(gpci.mp)
