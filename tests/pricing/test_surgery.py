"""Multiple procedures and endoscopies (RVU document, Multiple Procedure; IOM 100-04 ch. 12 §40.6)."""

import pytest
from claims import amounts, line, priced, row

COLONOSCOPIES = [
    row("45378", "255.40", mult_proc="2"),
    row("45380", "285.98", mult_proc="3", endo_base="45378"),
    row("45385", "374.56", mult_proc="3", endo_base="45378"),
]


def surgeries(*fees: int, mult_proc: str = "2") -> tuple[list[str], list[str | None]]:
    rows = [row(f"1000{n}", f"{fee}.00", mult_proc=mult_proc) for n, fee in enumerate(fees)]
    return [each.code for each in rows], amounts(rows, *(each.code for each in rows))


def test_indicator_2_is_ranked_by_fee_and_the_sixth_is_by_report() -> None:
    _, found = surgeries(50, 100, 90, 80, 70, 60)
    assert found == [None, "100.00", "45.00", "40.00", "35.00", "30.00"]


def test_indicator_1_is_the_rule_before_1995() -> None:
    """RVU25D: 100, 50, 25, 25, 25 and by report; RVU26B prints 26 % and stops there."""
    _, found = surgeries(100, 80, 60, 40, 20, 10, mult_proc="1")
    assert found == ["100.00", "40.00", "15.00", "10.00", "5.00", None]


def test_indicator_0_has_no_rank() -> None:
    rows = [row("10000", "100.00", mult_proc="2"), row("20000", "300.00"), row("30000", "80.00", mult_proc="2")]
    assert amounts(rows, "10000", "20000", "30000") == ["100.00", "300.00", "40.00"]


def test_an_add_on_code_is_not_reduced() -> None:
    rows = [row("10000", "100.00", mult_proc="2"), row("20000", "80.00", mult_proc="2", global_days="ZZZ")]
    assert amounts(rows, "10000", "20000") == ["100.00", "80.00"]


@pytest.mark.parametrize("modifier", ["51", "59", "XS"])
def test_rank_is_by_fee_and_not_by_modifier(modifier: str) -> None:
    rows = [row("10000", "100.00", mult_proc="2"), row("20000", "80.00", mult_proc="2")]
    assert amounts(rows, f"10000-{modifier}", "20000") == ["100.00", "40.00"]
    assert amounts(rows, f"20000-{modifier}", "10000") == ["40.00", "100.00"]


def test_rank_is_not_by_charge() -> None:
    rows = [row("10000", "100.00", mult_proc="2"), row("20000", "80.00", mult_proc="2")]
    assert amounts(rows, line("10000", charge="10"), line("20000", charge="500")) == ["10.00", "40.00"]


def test_each_unit_ranks() -> None:
    rows = [row("10000", "100.00", mult_proc="2"), row("20000", "80.00", mult_proc="2")]
    assert amounts(rows, line("10000", units=2), "20000") == ["150.00", "40.00"]


def test_78_is_not_ranked() -> None:
    """IOM 100-04 ch. 12 §40.2: the complications rule applies to each; the multiple surgery rules do not."""
    rows = [row("10000", "100.00", mult_proc="2"), row("20000", "80.00", mult_proc="2")]
    assert amounts(rows, "10000-78", "20000-78") == ["70.00", "56.00"]


def test_a_refused_line_takes_no_rank() -> None:
    rows = [row("10000", "100.00", mult_proc="2", status="N"), row("20000", "80.00", mult_proc="2")]
    assert amounts(rows, "10000", "20000") == [None, "80.00"]


def test_what_the_contractor_prices_may_change_the_ranks() -> None:
    rows = [row("10000", "0.00", mult_proc="2", status="C"), row("20000", "80.00", mult_proc="2")]
    found = priced(rows, "10000", "20000")[1]
    assert str(found.amount) == "80.00"
    assert "contractor" in found.warnings[0]


@pytest.mark.parametrize("order", [("45385", "45380"), ("45380", "45385")])
def test_the_example_of_the_manual(order: tuple[str, ...]) -> None:
    """45385 in full, 45380 at 285.98 less 255.40: 405.14 in all. The base code need not be on the claim."""
    found = dict(zip(order, amounts(COLONOSCOPIES, *order), strict=True))
    assert found == {"45385": "374.56", "45380": "30.58"}


def test_the_base_code_pays_nothing_beside_its_family() -> None:
    assert amounts(COLONOSCOPIES, "45378", "45380") == ["0.00", "285.98"]
    assert amounts(COLONOSCOPIES, "45378", "45380", "45385") == ["0.00", "30.58", "374.56"]
    assert amounts(COLONOSCOPIES, "45378") == ["255.40"]


def test_a_family_ranks_as_one() -> None:
    """IOM §40.6: the total of each set of endoscopies is one service. 405.14 stands before 400.00 at half."""
    others = [row("10000", "400.00", mult_proc="2"), row("43235", "300.00", mult_proc="2"),
              row("43239", "350.00", mult_proc="3", endo_base="43235"),
              row("43245", "420.00", mult_proc="3", endo_base="43235")]  # fmt: skip
    rows = [*COLONOSCOPIES, *others]
    assert amounts(rows, "45380", "10000", "45385") == ["30.58", "200.00", "374.56"]
    # The other family: 420.00 + (350.00 - 300.00) = 470.00, first; the colonoscopies 405.14, second.
    assert amounts(rows, "45380", "43239", "45385", "43245") == ["15.29", "50.00", "187.28", "420.00"]


def test_one_endoscopy_ranks_like_any_procedure() -> None:
    rows = [*COLONOSCOPIES, row("10000", "300.00", mult_proc="2")]
    assert amounts(rows, "10000", "45380") == ["300.00", "142.99"]


def test_an_endoscopy_below_its_base_pays_nothing_rather_than_less() -> None:
    rows = [*COLONOSCOPIES, row("45379", "200.00", mult_proc="3", endo_base="45378")]
    assert amounts(rows, "45385", "45379") == ["374.56", "0.00"]


def test_both_sides_had_the_base_on_both_sides() -> None:
    """Fees 300 and 250 over a base of 200, all at 150 %: 450 + (375 - 300)."""
    knee = [row("29870", "200.00", mult_proc="2", bilat_surg="1"),
            row("29880", "300.00", mult_proc="3", bilat_surg="1", endo_base="29870"),
            row("29875", "250.00", mult_proc="3", bilat_surg="1", endo_base="29870")]  # fmt: skip
    assert amounts(knee, "29880-50", "29875-50") == ["450.00", "75.00"]
    assert amounts(knee, "29880-50", "29875-RT", "29875-LT") == ["450.00", "50.00", "25.00"]
    # A base whose RVUs cover both sides is taken off once: 375 - 200.
    sinus = [knee[0]._replace(bilat_surg="2"), *knee[1:]]
    assert amounts(sinus, "29880-50", "29875-50") == ["450.00", "175.00"]


def test_the_base_is_taken_off_once_where_the_code_pays_once() -> None:
    """Both sides of an indicator 0 code pay 100 %: 250 - 200, though the base by itself would pay 150 %."""
    rows = [row("29870", "200.00", mult_proc="2", bilat_surg="1"),
            row("29880", "300.00", mult_proc="3", endo_base="29870"),
            row("29875", "250.00", mult_proc="3", endo_base="29870")]  # fmt: skip
    assert amounts(rows, "29880", "29875-50") == ["300.00", "50.00"]
    assert amounts(rows, "29880", "29875-RT", "29875-LT") == ["300.00", "50.00", "0.00"]


def test_a_base_without_a_fee_is_said() -> None:
    missing = priced(COLONOSCOPIES[1:], "45385", "45380")
    assert [found.outcome for found in missing] == ["priced", "no_data"]
    contractor = [COLONOSCOPIES[0]._replace(status="C"), *COLONOSCOPIES[1:]]
    assert [found.outcome for found in priced(contractor, "45385", "45380")] == ["priced", "by_report"]
