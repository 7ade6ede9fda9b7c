"""What is asked of a price and what it answers: the lines of a claim, and each line priced with every step."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from cptref.model.price_terms import NATIONAL, NONFACILITY
from cptref.model.rows import AnesthesiaRow, GpciRow, PfsRow

# All fee schedule rows of each code by their modifier: blank, 26, TC, 53.
Rows = Mapping[str, Mapping[str, PfsRow]]


class AnesthesiaTime(NamedTuple):
    """What an anesthesia service is paid by: the code's base units, the minutes, and the locality's factor.

    `at_induction` tells whether a physician who supervised more than four procedures (AD) was present at induction.
    """

    base_units: int
    minutes: int
    factor: AnesthesiaRow
    at_induction: bool = True


class ServiceLine(NamedTuple):
    """A line to price. `charge` is the dollars submitted for all its units, where they are known.

    `setting` is `facility` or `nonfacility`, as the place of service has it. `postoperative_days` is how many days of
    the global period a physician who bills 55 cared for the patient.
    """

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    setting: str = NONFACILITY
    gpci: GpciRow = NATIONAL
    charge: Decimal | None = None
    anesthesia: AnesthesiaTime | None = None
    postoperative_days: int | None = None


class Step(NamedTuple):
    """One step on the way to an amount.

    `step` is its short stable name, `detail` the arithmetic in words and the rule's source, `amount` what the line
    comes to so far in US dollars: unrounded until the last step, None before there are dollars.
    """

    step: str
    detail: str
    amount: Decimal | None = None


class PricedLine(NamedTuple):
    """A line with its price in US dollars, and every step that led there.

    `amount` is the fee of all units after every adjustment, or the charge where that is lower, rounded once; None where
    the fee schedule has none, for the `reason` given. `outcome` is `priced`, `by_report`, `not_paid` or `no_data`.
    `participating` is that fee whatever the charge, `nonparticipating` 95 % and `limiting_charge` 109.25 % of it.
    """

    code: str
    modifiers: tuple[str, ...]
    units: int
    mac: str
    locality: str
    setting: str
    amount: Decimal | None
    steps: tuple[Step, ...]
    outcome: str
    reason: str | None
    warnings: tuple[str, ...]
    participating: Decimal | None
    nonparticipating: Decimal | None
    limiting_charge: Decimal | None
