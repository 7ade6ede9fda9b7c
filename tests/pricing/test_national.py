"""National amounts worked by hand: (work + PE + MP) x conversion factor, rounded once, half up (RVU document)."""

from decimal import Decimal

import pytest

from cptref.model.rows import PfsRow
from cptref.pricing.national import relative_value

BASE = PfsRow(
    code="31243", modifier="", status="A", not_used="", work="2.63", nonfacility_pe="66.62", nonfacility_na="",
    facility_pe="1.02", facility_na="", mp="0.39", nonfacility_total="69.64", facility_total="4.04", pctc="0",
    global_days="000", preoperative="0.00", intraoperative="0.00", postoperative="0.00", mult_proc="3", bilat_surg="2",
    asst_surg="1", co_surg="0", team_surg="0", endo_base="31231", conversion_factor="33.4009", supervision="09",
    imaging_family="99", opps_nonfacility_pe="0.00", opps_facility_pe="0.00", opps_mp="0.00",
)  # fmt: skip


def test_both_settings_of_31243_in_rvu26c() -> None:
    found = relative_value(BASE)
    # 69.64 x 33.4009 = 2326.038676; 4.04 x 33.4009 = 134.939636
    assert (found.nonfacility_amount, found.facility_amount) == (Decimal("2326.04"), Decimal("134.94"))
    assert not found.opps_capped


def test_half_a_cent_goes_up() -> None:
    found = relative_value(BASE._replace(work="0.50", nonfacility_pe="0.00", mp="0.00", conversion_factor="0.0100"))
    assert found.nonfacility_amount == Decimal("0.01")


def test_the_opps_cap_is_taken_where_it_is_lower() -> None:
    # A technical component of 2.49 RVUs whose OPPS columns hold 1.50 + 0.01: 1.51 x 33.4009 = 50.435359
    row = BASE._replace(modifier="TC", work="0.00", nonfacility_pe="2.48", facility_pe="2.48", mp="0.01",
                        opps_nonfacility_pe="1.50", opps_facility_pe="1.50", opps_mp="0.01")  # fmt: skip
    found = relative_value(row)
    assert (found.nonfacility_amount, found.opps_capped) == (Decimal("50.44"), True)


def test_the_opps_cap_is_left_where_it_is_higher() -> None:
    row = BASE._replace(modifier="TC", work="0.00", nonfacility_pe="2.48", facility_pe="2.48", mp="0.01",
                        opps_nonfacility_pe="3.18", opps_facility_pe="3.18", opps_mp="0.01")  # fmt: skip
    found = relative_value(row)
    # 2.49 x 33.4009 = 83.168241
    assert (found.nonfacility_amount, found.opps_capped) == (Decimal("83.17"), False)


@pytest.mark.parametrize("status", list("BCEIJMNPX"))
def test_a_status_that_is_not_paid_from_rvus_has_no_amount(status: str) -> None:
    found = relative_value(BASE._replace(status=status))
    assert (found.nonfacility_amount, found.facility_amount) == (None, None)


def test_rvus_that_medicare_does_not_use_have_no_amount() -> None:
    assert relative_value(BASE._replace(not_used="+")).nonfacility_amount is None


def test_no_rvus_are_no_amount_rather_than_nothing_to_pay() -> None:
    row = BASE._replace(work="0.00", nonfacility_pe="0.00", facility_pe="0.00", mp="0.00")
    assert relative_value(row).facility_amount is None


def test_na_is_told_beside_the_amount() -> None:
    found = relative_value(BASE._replace(nonfacility_na="NA"))
    assert found.nonfacility_na
    assert not found.facility_na
    assert found.nonfacility_amount is not None
