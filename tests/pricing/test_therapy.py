"""Therapy: all PE but the highest at half (RVU document, Multiple Procedure 5; IOM 100-04 ch. 5 §10.7)."""

from datetime import date

from claims import amounts, line, row

# Work and MP 20; PE 10, 14 and 6.
ROWS = [
    row(code, "20.00", nonfacility_pe=pe, facility_pe=pe, mult_proc="5", pctc="7", global_days="XXX")
    for code, pe in (("97110", "10.00"), ("97112", "14.00"), ("97140", "6.00"))
]


def office(code: str, units: int = 1) -> list[str | None]:
    return amounts(ROWS, line(code, units, setting="nonfacility"))


def test_one_unit_is_paid_in_full() -> None:
    assert office("97110") == ["30.00"]


def test_units_of_one_code() -> None:
    # 3 x 20 + 10 + 5 + 5
    assert office("97110", 3) == ["80.00"]


def test_the_unit_with_the_highest_pe_is_in_full() -> None:
    lines = [line(code, units, setting="nonfacility") for code, units in (("97110", 2), ("97112", 2), ("97140", 1))]
    # 97110: 40 + 5 + 5; 97112: 40 + 14 + 7; 97140: 20 + 3
    assert amounts(ROWS, *lines) == ["50.00", "61.00", "23.00"]
    assert amounts(ROWS, *reversed(lines)) == ["23.00", "61.00", "50.00"]


def test_what_is_no_therapy_is_left_alone() -> None:
    rows = [*ROWS, row("99213", "90.00")]
    assert amounts(rows, "97110", "99213", "97112") == ["25.00", "90.00", "34.00"]


def test_the_share_is_that_of_the_day() -> None:
    assert amounts(ROWS, "97110", "97112", on=date(2013, 3, 31)) == ["28.00", "34.00"]
    assert amounts(ROWS, "97110", "97112", on=date(2010, 12, 31)) == ["30.00", "34.00"]
