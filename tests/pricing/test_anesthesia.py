"""Anesthesia (IOM 100-04 ch. 12 §50 and §140), with the factor of Alabama in ANES2025, 19.31."""

from decimal import Decimal

import pytest
from claims import DAY
from sample import ROW

from cptref.model.price import AnesthesiaTime, PricedLine, ServiceLine
from cptref.model.rows import AnesthesiaRow
from cptref.pricing.claim import price_claim

ALABAMA = AnesthesiaRow("10112", "00", "ALABAMA", "19.31")
ROWS = {"00400": {"": ROW._replace(code="00400", status="J")}}


def anesthesia(modifier: str, minutes: int = 67, base: int = 5, at_induction: bool = True) -> PricedLine:
    time = AnesthesiaTime(base, minutes, ALABAMA, at_induction)
    [found] = price_claim([ServiceLine("00400", (modifier,) if modifier else (), anesthesia=time)], ROWS, DAY)
    return found


@pytest.mark.parametrize(
    ("modifier", "amount"),
    # 67 / 15 = 4.4666..., 4.5 units; (5 + 4.5) x 19.31 = 183.445; half 91.7225
    [("AA", "183.45"), ("QZ", "183.45"), ("QK", "91.72"), ("QX", "91.72"), ("QY", "91.72"), ("", "183.45")],
)
def test_each_modifier(modifier: str, amount: str) -> None:
    found = anesthesia(modifier)
    assert str(found.amount) == amount
    assert (found.mac, found.locality) == ("10112", "00")
    assert bool(found.warnings) == (modifier == "")


@pytest.mark.parametrize(("minutes", "units"), [(0, "0.0"), (15, "1.0"), (7, "0.5"), (16, "1.1"), (69, "4.6")])
def test_time_units_have_one_decimal(minutes: int, units: str) -> None:
    step = anesthesia("AA", minutes).steps[1]
    assert step.detail.startswith(f"{minutes} minutes / 15 = {units} ")


def test_supervision_pays_three_base_units_and_one_for_induction() -> None:
    """Section 50: a time unit is recognized if the physician can document presence at induction."""
    present, absent = anesthesia("AD"), anesthesia("AD", at_induction=False)
    assert (str(present.amount), str(absent.amount)) == ("77.24", "57.93")  # 4 and 3 x 19.31
    assert "57.93" in present.warnings[0]
    assert absent.warnings == ()


def test_modifiers_exclude_each_other() -> None:
    time = AnesthesiaTime(5, 60, ALABAMA)
    [found] = price_claim([ServiceLine("00400", ("AA", "QK"), anesthesia=time)], ROWS, DAY)
    assert (found.amount, found.outcome) == (None, "not_paid")


def test_without_units_and_minutes_there_is_no_amount() -> None:
    [found] = price_claim([ServiceLine("00400", ("AA",))], ROWS, DAY)
    assert (found.amount, found.outcome) == (None, "no_data")
    assert anesthesia("AA", minutes=-1).amount is None


def test_the_charge_where_it_is_lower() -> None:
    time = AnesthesiaTime(5, 67, ALABAMA)
    [found] = price_claim([ServiceLine("00400", ("AA",), charge=Decimal(150), anesthesia=time)], ROWS, DAY)
    assert str(found.amount) == "150.00"


def test_several_codes_are_warned_of() -> None:
    time = AnesthesiaTime(5, 67, ALABAMA)
    found = price_claim([ServiceLine("00400", ("AA",), anesthesia=time)] * 2, ROWS, DAY)
    assert all("several anesthesia codes" in each.warnings[0] for each in found)
