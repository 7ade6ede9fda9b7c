"""Assistants, co-surgeons and teams, by indicator (RVU document; IOM 100-04 ch. 12 §20.4.3, §40.8, §110.2)."""

import pytest
from claims import amounts, priced, row

ANY = pytest.mark.parametrize("modifier", ["80", "81", "82", "AS"])
PAID = {"80": "160.00", "81": "160.00", "82": "160.00", "AS": "136.00"}


@ANY
@pytest.mark.parametrize("indicator", ["0", "2"])
def test_an_assistant_that_is_paid(indicator: str, modifier: str) -> None:
    [found] = priced([row("27447", "1000.00", asst_surg=indicator)], f"27447-{modifier}")
    assert str(found.amount) == PAID[modifier]
    assert ("documents" in "".join(found.warnings)) == (indicator == "0")


@ANY
@pytest.mark.parametrize("indicator", ["1", "9"])
def test_an_assistant_that_is_not_paid(indicator: str, modifier: str) -> None:
    [found] = priced([row("27447", "1000.00", asst_surg=indicator)], f"27447-{modifier}")
    assert (found.amount, found.outcome) == (None, "not_paid")


def test_as_beside_80_is_no_physician() -> None:
    assert amounts([row("27447", "1000.00")], "27447-80-AS") == ["136.00"]


@pytest.mark.parametrize(("indicator", "amount"), [("0", None), ("1", "625.00"), ("2", "625.00"), ("9", None)])
def test_co_surgeons(indicator: str, amount: str | None) -> None:
    [found] = priced([row("27447", "1000.00", co_surg=indicator)], "27447-62")
    assert (found.amount and str(found.amount)) == amount
    assert bool(found.warnings) == (amount is not None)


@pytest.mark.parametrize(
    ("indicator", "outcome"), [("0", "not_paid"), ("1", "by_report"), ("2", "by_report"), ("9", "not_paid")]
)
def test_teams(indicator: str, outcome: str) -> None:
    [found] = priced([row("27447", "1000.00", team_surg=indicator)], "27447-66")
    assert (found.amount, found.outcome) == (None, outcome)


def test_roles_exclude_each_other() -> None:
    assert priced([row("27447", "1000.00")], "27447-62-80")[0].outcome == "not_paid"


def test_the_assistant_of_several_procedures() -> None:
    """The surgeon's amounts after reduction, 1000 and 400, at 16 %."""
    rows = [row("10000", "1000.00", mult_proc="2"), row("20000", "800.00", mult_proc="2")]
    assert amounts(rows, "10000-80", "20000-80") == ["160.00", "64.00"]


def test_a_refused_assistant_takes_no_rank() -> None:
    rows = [row("10000", "1000.00", mult_proc="2", asst_surg="1"), row("20000", "800.00", mult_proc="2")]
    assert amounts(rows, "10000-80", "20000-80") == [None, "128.00"]
