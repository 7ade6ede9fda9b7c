"""Parts of the global package (RVU document, percentages; IOM 100-04 ch. 12 §40.4). The shares are 10, 70 and 20 %."""

import pytest
from claims import amounts, line, priced, row

ROWS = [row("27447", "1000.00"), row("31243", "100.00", global_days="000", intraoperative="0.00")]


@pytest.mark.parametrize(
    ("modifier", "amount"), [("54", "800.00"), ("55", "200.00"), ("78", "700.00"), ("58", "1000.00"), ("79", "1000.00")]
)
def test_the_share_of_each_modifier(modifier: str, amount: str) -> None:
    assert amounts(ROWS, f"27447-{modifier}") == [amount]


def test_aftercare_by_days() -> None:
    # 200 x 30 / 90 = 66.666...
    assert amounts(ROWS, line("27447-55", days=30)) == ["66.67"]
    assert amounts(ROWS, line("27447-55", days=90)) == ["200.00"]
    assert "days" in priced(ROWS, "27447-55")[0].warnings[0]
    assert priced(ROWS, line("27447-55", days=91))[0].outcome == "not_paid"
    assert priced(ROWS, line("27447-55", days=0))[0].outcome == "not_paid"
    minor = [row("10060", "100.00", global_days="010")]
    assert amounts(minor, line("10060-55", days=4)) == ["8.00"]


def test_a_return_without_shares_is_paid_in_full() -> None:
    """IOM 100-04 ch. 12 §40.4: with global 000 and 78 the full value, as there are no shares."""
    assert amounts(ROWS, "31243-78") == ["100.00"]


@pytest.mark.parametrize("modifier", ["54", "55"])
def test_no_package_has_no_parts(modifier: str) -> None:
    assert priced(ROWS, f"31243-{modifier}")[0].outcome == "not_paid"


def test_the_care_before_surgery_is_paid_with_54() -> None:
    [found] = priced(ROWS, "27447-56")
    assert (found.amount, found.outcome) == (None, "not_paid")


def test_parts_exclude_each_other() -> None:
    assert priced(ROWS, "27447-54-55")[0].outcome == "not_paid"


@pytest.mark.parametrize("modifier", ["54", "55", "78"])
def test_a_package_without_published_shares_is_by_report(modifier: str) -> None:
    rows = [row("77750", "100.00", preoperative="0.00", intraoperative="0.00", postoperative="0.00")]
    assert priced(rows, f"77750-{modifier}")[0].outcome == "by_report"


def test_both_sides_with_78_are_one_and_a_half_times_the_share() -> None:
    assert amounts([row("27447", "1000.00", bilat_surg="1")], "27447-50-78") == ["1050.00"]


def test_surgery_alone_is_ranked_by_the_whole_fee() -> None:
    rows = [row("10000", "100.00", mult_proc="2"), row("20000", "90.00", mult_proc="2")]
    # 100 in full x 80 %, 90 x 50 % x 80 %
    assert amounts(rows, "20000-54", "10000-54") == ["36.00", "80.00"]
