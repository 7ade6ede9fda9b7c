"""Both sides, by the bilateral indicator (RVU document, record layout, Bilateral Surgery)."""

import pytest
from claims import amounts, line, priced, row


@pytest.mark.parametrize("indicator", ["0", "2"])
def test_the_example_of_the_rvu_document(indicator: str) -> None:
    """Fee 125, LT charged 100 and RT charged 100: payment is 125, lower than the charges of 200."""
    rows = [row("10000", "125.00", bilat_surg=indicator)]
    found = priced(rows, line("10000-LT", charge="100"), line("10000-RT", charge="100"))
    assert [str(each.amount) for each in found] == ["125.00", "0.00"]


@pytest.mark.parametrize(
    ("indicator", "with_50", "two_lines", "two_units"),
    [
        ("0", "100.00", ["100.00", "0.00"], "200.00"),  # two units are not two sides
        ("1", "150.00", ["100.00", "50.00"], "150.00"),
        ("2", "100.00", ["100.00", "0.00"], "100.00"),
        ("3", "200.00", ["100.00", "100.00"], "200.00"),
        ("9", "100.00", ["100.00", "100.00"], "200.00"),
    ],
)
def test_each_indicator(indicator: str, with_50: str, two_lines: list[str], two_units: str) -> None:
    rows = [row("10000", "100.00", bilat_surg=indicator)]
    assert amounts(rows, "10000-50") == [with_50]
    assert amounts(rows, "10000-RT", "10000-LT") == two_lines
    assert amounts(rows, line("10000-RT-LT", units=1)) == [with_50]
    assert amounts(rows, line("10000", units=2)) == [two_units]


@pytest.mark.parametrize(("indicator", "total"), [("0", 200), ("1", 150), ("2", 100), ("3", 200), ("9", 200)])
def test_the_code_twice_without_a_side(indicator: str, total: int) -> None:
    rows = [row("10000", "100.00", bilat_surg=indicator)]
    assert sum(found.amount or 0 for found in priced(rows, "10000", "10000")) == total


def test_one_side_is_paid_in_full() -> None:
    rows = [row("10000", "100.00", bilat_surg="1")]
    assert amounts(rows, "10000-RT") == ["100.00"]
    assert amounts(rows, "10000-RT", "10000-RT") == ["100.00", "100.00"]


def test_the_charges_of_both_sides_count_together() -> None:
    rows = [row("10000", "100.00", bilat_surg="1")]
    paid = amounts(rows, line("10000-RT", charge="70"), line("10000-LT", charge="70"))
    assert paid == ["70.00", "70.00"]  # 140 is lower than 150
    assert amounts(rows, line("10000-RT", charge="70"), line("10000-LT", charge="90")) == ["100.00", "50.00"]


def test_with_indicator_3_each_side_has_its_own_charge() -> None:
    rows = [row("10000", "100.00", bilat_surg="3")]
    assert amounts(rows, line("10000-RT", charge="70"), line("10000-LT", charge="150")) == ["70.00", "100.00"]


@pytest.mark.parametrize("other", ["59", "XS", "76", "F1"])
def test_what_is_elsewhere_is_not_the_other_side(other: str) -> None:
    rows = [row("10000", "100.00", bilat_surg="1")]
    assert amounts(rows, "10000-RT", f"10000-LT-{other}") == ["100.00", "100.00"]


def test_51_does_not_keep_sides_apart() -> None:
    rows = [row("10000", "100.00", bilat_surg="1")]
    assert amounts(rows, "10000-RT", "10000-LT-51") == ["100.00", "50.00"]


def test_more_than_one_unit_with_50() -> None:
    rows = [row("10000", "100.00", bilat_surg="1")]
    twice, more = priced(rows, line("10000-50", units=2), line("10000-50-59", units=3))
    assert str(twice.amount) == "150.00"
    assert "one unit" in twice.warnings[0]
    assert (more.amount, more.outcome) == (None, "not_paid")


def test_three_units_are_not_two_sides() -> None:
    assert amounts([row("10000", "100.00", bilat_surg="1")], line("10000", units=3)) == ["300.00"]


def test_both_sides_come_before_the_ranking() -> None:
    """IOM 100-04 ch. 12 §40.6: the bilateral procedure at 150 % ranks as one."""
    rows = [row("10000", "100.00", bilat_surg="1", mult_proc="2"), row("20000", "120.00", mult_proc="2")]
    assert amounts(rows, "20000", "10000-50") == ["60.00", "150.00"]
    assert amounts(rows, "20000", "10000-RT", "10000-LT") == ["60.00", "100.00", "50.00"]
