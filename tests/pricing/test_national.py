"""National amounts worked by hand: (work + PE + MP) x conversion factor, rounded once, half up (RVU document)."""

from decimal import Decimal

import pytest
from sample import ROW

from cptref.pricing.national import relative_value


def test_both_settings_of_31243_in_rvu26c() -> None:
    found = relative_value(ROW)
    # 69.64 x 33.4009 = 2326.038676; 4.04 x 33.4009 = 134.939636
    assert (found.nonfacility_amount, found.facility_amount) == (Decimal("2326.04"), Decimal("134.94"))
    assert not found.opps_capped


def test_half_a_cent_goes_up() -> None:
    found = relative_value(ROW._replace(work="0.50", nonfacility_pe="0.00", mp="0.00", conversion_factor="0.0100"))
    assert found.nonfacility_amount == Decimal("0.01")


def test_the_opps_cap_is_taken_where_it_is_lower() -> None:
    # A technical component of 2.49 RVUs whose OPPS columns hold 1.50 + 0.01: 1.51 x 33.4009 = 50.435359
    row = ROW._replace(modifier="TC", work="0.00", nonfacility_pe="2.48", facility_pe="2.48", mp="0.01",
                        opps_nonfacility_pe="1.50", opps_facility_pe="1.50", opps_mp="0.01")  # fmt: skip
    found = relative_value(row)
    assert (found.nonfacility_amount, found.opps_capped) == (Decimal("50.44"), True)


def test_the_opps_cap_is_left_where_it_is_higher() -> None:
    row = ROW._replace(modifier="TC", work="0.00", nonfacility_pe="2.48", facility_pe="2.48", mp="0.01",
                        opps_nonfacility_pe="3.18", opps_facility_pe="3.18", opps_mp="0.01")  # fmt: skip
    found = relative_value(row)
    # 2.49 x 33.4009 = 83.168241
    assert (found.nonfacility_amount, found.opps_capped) == (Decimal("83.17"), False)


@pytest.mark.parametrize("status", list("BCEIJMNPX"))
def test_a_status_that_is_not_paid_from_rvus_has_no_amount(status: str) -> None:
    found = relative_value(ROW._replace(status=status))
    assert (found.nonfacility_amount, found.facility_amount) == (None, None)


def test_rvus_that_medicare_does_not_use_have_no_amount() -> None:
    assert relative_value(ROW._replace(not_used="+")).nonfacility_amount is None


def test_no_rvus_are_no_amount_rather_than_nothing_to_pay() -> None:
    row = ROW._replace(work="0.00", nonfacility_pe="0.00", facility_pe="0.00", mp="0.00")
    assert relative_value(row).facility_amount is None


def test_na_is_told_beside_the_amount() -> None:
    found = relative_value(ROW._replace(nonfacility_na="NA"))
    assert found.nonfacility_na
    assert not found.facility_na
    assert found.nonfacility_amount is not None
