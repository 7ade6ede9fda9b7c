"""Fees with a locality, worked by hand (RVU document, payment formula)."""

from decimal import Decimal

import pytest
from claims import DAY, priced, row
from sample import ROW

from cptref.model.price import ServiceLine
from cptref.model.price_terms import FACILITY, NONFACILITY
from cptref.model.rows import GpciRow
from cptref.pricing.claim import price_claim
from cptref.pricing.fee import cents, fee

PLACE = GpciRow("01182", "18", "CA", "LOS ANGELES", work="1.050", pe="1.200", mp="0.700")


def test_each_rvu_takes_its_own_index() -> None:
    found = fee(ROW, NONFACILITY, PLACE)
    # 2.63 x 1.050 + 66.62 x 1.200 + 0.39 x 0.700 = 2.7615 + 79.944 + 0.273 = 82.9785; x 33.4009 = 2771.55658065
    assert found.amount == Decimal("2771.55658065")
    # 1.02 x 1.200 instead: 2.7615 + 1.224 + 0.273 = 4.2585; x 33.4009 = 142.23773265
    assert fee(ROW, FACILITY, PLACE).amount == Decimal("142.23773265")


def test_every_step_is_kept() -> None:
    [found] = price_claim([ServiceLine("31243", setting=FACILITY, gpci=PLACE)], {"31243": {"": ROW}}, DAY)
    assert [(step.step, step.detail, step.amount) for step in found.steps] == [
        ("work", "work 2.63 x 1.050 = 2.7615", None),
        ("practice_expense", "facility PE 1.02 x 1.200 = 1.224", None),
        ("malpractice", "MP 0.39 x 0.700 = 0.273", None),
        ("sum", "2.7615 + 1.224 + 0.273 = 4.2585", None),
        ("conversion_factor", "4.2585 x 33.4009 = 142.23773265", Decimal("142.23773265")),
        ("rounding", "rounded once, half up: 142.24", Decimal("142.24")),
    ]
    assert (found.mac, found.locality, found.setting, found.units) == ("01182", "18", "facility", 1)
    assert (found.outcome, found.reason, found.warnings) == ("priced", None, ())


def test_what_a_nonparticipating_practitioner_may_have() -> None:
    [found] = price_claim([ServiceLine("31243", setting=FACILITY, gpci=PLACE)], {"31243": {"": ROW}}, DAY)
    # Of the published fee of 142.24: 95 % = 135.128, 109.25 % = 155.3972 (RVU document, limiting charge)
    assert found.participating == Decimal("142.24")
    assert found.nonparticipating == Decimal("135.13")
    assert found.limiting_charge == Decimal("155.40")


@pytest.mark.parametrize(("amount", "rounded"), [("0.005", "0.01"), ("0.0049999", "0.00"), ("2.675", "2.68")])
def test_half_a_cent_goes_up(amount: str, rounded: str) -> None:
    assert cents(Decimal(amount)) == Decimal(rounded)


def test_the_opps_cap_is_a_step() -> None:
    [found] = priced(
        [row("70000", "10.00", nonfacility_pe="90.00", facility_pe="90.00", opps_facility_pe="60.00")], "70000"
    )
    assert found.amount == Decimal("70.00")
    assert [step.amount for step in found.steps if step.step == "opps_cap"] == [Decimal(70)]


def test_the_lower_of_charge_and_fee() -> None:
    rows = {"31243": {"": row("31243", "100.00")}}
    [lower] = price_claim([ServiceLine("31243", charge=Decimal("80"))], rows, DAY)
    assert lower.amount == Decimal("80.00")
    assert lower.steps[-2].step == "charge"
    # What the limiting charge is of, is the fee.
    assert lower.limiting_charge == Decimal("109.25")
    [higher] = price_claim([ServiceLine("31243", charge=Decimal("120"))], rows, DAY)
    assert higher.amount == Decimal("100.00")


def test_units_are_paid_each() -> None:
    [found] = price_claim([ServiceLine("31243", units=3)], {"31243": {"": row("31243", "33.335")}}, DAY)
    # 3 x 33.335 = 100.005, rounded once: not 3 x 33.34
    assert found.amount == Decimal("100.01")


@pytest.mark.parametrize(
    "line",
    [ServiceLine("31243", units=0), ServiceLine("31243", charge=Decimal(-1)), ServiceLine("31243", setting="hospital")],
)
def test_what_cannot_be_is_an_error(line: ServiceLine) -> None:
    with pytest.raises(ValueError, match="line 1"):
        price_claim([line], {"31243": {"": ROW}}, DAY)
