"""What has no amount says why (RVU document, attachment A and record layout)."""

import pytest
from claims import amounts, line, priced, row, whole_test
from sample import ROW


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(status, "not_paid") for status in "BDEFGHIMNPXZ"] + [("C", "by_report"), ("J", "no_data")],
)
def test_statuses_that_are_not_paid_from_rvus(status: str, outcome: str) -> None:
    [found] = priced([row("10000", "100.00", status=status)], "10000")
    assert (found.amount, found.outcome) == (None, outcome)
    assert found.reason
    assert found.limiting_charge is None


def test_rvus_that_medicare_does_not_use() -> None:
    [found] = priced([row("27215", "100.00", not_used="+")], "27215")
    assert (found.amount, found.reason) == (None, "Medicare does not use the RVUs of this row")


def test_restricted_coverage_has_an_amount_where_there_are_rvus() -> None:
    with_rvus, without = priced([row("1000R", "9.00", status="R"), row("2000R", "0.00", status="R")], "1000R", "2000R")
    assert str(with_rvus.amount) == "9.00"
    assert "coverage" in with_rvus.warnings[0]
    assert (without.amount, without.outcome) == (None, "by_report")


def test_a_setting_with_na_has_an_amount_and_a_warning() -> None:
    rows = [row("10000", "9.00", nonfacility_na="NA")]
    office, hospital = priced(rows, line("10000", setting="nonfacility"), line("10000"))
    assert str(office.amount) == "9.00"
    assert office.warnings[0].startswith("NA in the non-facility setting")
    assert hospital.warnings == ()


@pytest.mark.parametrize("pctc", ["5", "7"])
def test_incident_to_and_therapy_are_warned_of_at_a_facility(pctc: str) -> None:
    rows = [row("10000", "9.00", pctc=pctc)]
    assert "hospital" in priced(rows, line("10000"))[0].warnings[0]
    assert priced(rows, line("10000", setting="nonfacility"))[0].warnings == ()


def test_the_smear_of_an_inpatient_is_warned_of() -> None:
    assert "inpatient" in priced([row("85060", "9.00", pctc="8")], "85060")[0].warnings[0]


def test_components_have_rows_of_their_own() -> None:
    rows = whole_test("70000", "60.00", "40.00")
    assert amounts(rows, "70000", "70000-26", "70000-TC") == ["100.00", "40.00", "60.00"]


def test_a_component_without_a_row_is_refused() -> None:
    [found] = priced([ROW], "31243-TC")
    assert (found.outcome, found.reason) == ("not_paid", "PC/TC 0: the code takes no TC")
    assert priced(whole_test("70000", "60.00", "40.00"), "70000-26-TC")[0].outcome == "not_paid"


def test_a_code_that_is_not_there() -> None:
    assert priced([ROW], "99999")[0].outcome == "no_data"
    assert priced([row("G0124", "9.00", modifier="26")], "G0124")[0].outcome == "no_data"


def test_53_is_paid_where_it_has_a_row() -> None:
    rows = [row("45378", "200.00"), row("45378", "100.00", modifier="53"), row("45380", "250.00")]
    stopped, by_report = priced(rows, "45378-53", "45380-53")
    assert str(stopped.amount) == "100.00"
    assert (by_report.amount, by_report.outcome) == (None, "by_report")


@pytest.mark.parametrize("modifier", ["22", "52", "53"])
def test_what_is_priced_by_report(modifier: str) -> None:
    [found] = priced([row("10000", "100.00")], f"10000-{modifier}")
    assert (found.amount, found.outcome) == (None, "by_report")
    assert found.reason
    assert found.reason.startswith(modifier)
    # The fee it starts from is there to see.
    assert str(found.steps[4].amount) == "100.000000"


def test_status_t_is_bundled_beside_anything_paid() -> None:
    rows = [row("36592", "20.00", status="T"), row("96523", "10.00", status="T"), row("99213", "90.00")]
    assert amounts(rows, "36592", "99213") == ["0.00", "90.00"]
    alone = priced(rows, "36592")[0]
    assert (str(alone.amount), len(alone.warnings)) == ("20.00", 1)
    two = priced(rows, "36592", "96523")
    assert [str(found.amount) for found in two] == ["20.00", "10.00"]
    assert "contractor decides" in two[0].warnings[0]


def test_status_t_is_bundled_beside_what_the_contractor_prices() -> None:
    rows = [row("36592", "20.00", status="T"), row("17999", "0.00", status="C"), row("A0428", "0.00", status="X")]
    assert amounts(rows, "36592", "17999") == ["0.00", None]
    assert amounts(rows, "36592", "A0428") == ["20.00", None]


@pytest.mark.parametrize("modifier", ["CQ", "CO", "CT", "FX", "FY"])
def test_a_modifier_that_is_left_out_is_said(modifier: str) -> None:
    [found] = priced([row("10000", "100.00")], f"10000-{modifier}")
    assert found.warnings[0].startswith(modifier)
