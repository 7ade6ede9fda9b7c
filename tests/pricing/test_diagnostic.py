"""Diagnostic tests of one day (RVU document, Multiple Procedure 4, 6 and 7)."""

from datetime import date

import pytest
from claims import amounts, line, priced, row, whole_test

IMAGING = {"mult_proc": "4", "imaging_family": "88"}
ROWS = [
    *whole_test("70100", "200.00", "50.00", **IMAGING),
    *whole_test("70200", "100.00", "80.00", **IMAGING),
    *whole_test("70300", "60.00", "20.00", **IMAGING),
]


def test_technical_and_professional_parts_are_ranked_apart() -> None:
    # 70100: TC 200 in full, PC 50 x 95 % = 47.50; 70200: TC 100 x 50 % = 50, PC 80 in full
    assert amounts(ROWS, "70100", "70200") == ["247.50", "130.00"]
    # and 70300: 60 x 50 % + 20 x 95 % = 49
    assert amounts(ROWS, "70300", "70200", "70100") == ["49.00", "130.00", "247.50"]


def test_parts_billed_by_themselves_rank_with_those_of_whole_services() -> None:
    assert amounts(ROWS, "70100-TC", "70200-TC") == ["200.00", "50.00"]
    assert amounts(ROWS, "70100-26", "70200-26") == ["47.50", "80.00"]
    # The whole 70200 beside a technical part of 200: 100 x 50 % + 80
    assert amounts(ROWS, "70100-TC", "70200") == ["200.00", "130.00"]
    assert amounts(ROWS, "70100-TC", "70200-26") == ["200.00", "80.00"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2017, 1, 1), ["247.50", "130.00"]),
        (date(2016, 12, 31), ["237.50", "130.00"]),  # PC 50 x 75 %
        (date(2012, 1, 1), ["237.50", "130.00"]),
        (date(2011, 12, 31), ["250.00", "130.00"]),  # the professional part was not reduced yet
        (date(2010, 6, 30), ["250.00", "155.00"]),  # TC 100 x 75 %
        (date(2005, 12, 31), ["250.00", "180.00"]),
    ],
)
def test_the_share_is_that_of_the_day(on: date, expected: list[str]) -> None:
    assert amounts(ROWS, "70100", "70200", on=on) == expected


def test_other_families_and_indicators_are_left_alone() -> None:
    rows = [*ROWS, *whole_test("70400", "10.00", "5.00"),
            *whole_test("70500", "30.00", "5.00", mult_proc="4", imaging_family="99")]  # fmt: skip
    assert amounts(rows, "70100", "70400", "70500") == ["250.00", "15.00", "35.00"]


def test_each_unit_is_a_service() -> None:
    # 200 + 200 x 50 % + 50 + 50 x 95 %
    assert amounts(ROWS, line("70100", units=2)) == ["397.50"]


def test_both_sides_are_one_procedure() -> None:
    """RVU document, bilateral 3: the amount for both sides is determined before any multiple procedure rule."""
    sides = [each._replace(bilat_surg="3") for each in ROWS]
    assert amounts(sides, "70300-50") == ["160.00"]
    # TC 120 and PC 40 beside 200 and 50: 120 x 50 % + 40 x 95 %
    assert amounts(sides, "70300-50", "70100") == ["98.00", "250.00"]
    assert amounts(sides, "70300-RT", "70300-LT", "70100") == ["49.00", "49.00", "250.00"]


def test_the_cap_comes_after_the_reduction() -> None:
    capped = [
        each._replace(opps_facility_pe="80.00" if each.modifier != "26" else "0.00", opps_mp="0.00")
        if each.code == "70200"
        else each
        for each in ROWS
    ]
    # By itself 80 + 80; reduced, 50 is below the cap of 80.
    assert amounts(capped, "70200") == ["160.00"]
    assert amounts(capped, "70200", "70100") == ["130.00", "247.50"]
    low = [each._replace(opps_facility_pe="30.00") if each.opps_facility_pe == "80.00" else each for each in capped]
    assert amounts(low, "70200", "70100") == ["110.00", "247.50"]


@pytest.mark.parametrize(("kind", "share"), [("6", "75.00"), ("7", "80.00")])
def test_cardiovascular_and_ophthalmology_reduce_the_technical_part(kind: str, share: str) -> None:
    rows = [
        *whole_test("93100", "200.00", "50.00", mult_proc=kind),
        *whole_test("93200", "100.00", "80.00", mult_proc=kind),
    ]
    assert amounts(rows, "93100-TC", "93200-TC") == ["200.00", share]
    assert amounts(rows, "93100-26", "93200-26") == ["50.00", "80.00"]
    whole = f"{80 + float(share):.2f}"
    assert amounts(rows, "93100", "93200") == ["250.00", whole]
    assert amounts(rows, "93100", "93200", on=date(2012, 12, 31)) == ["250.00", "180.00"]


def test_the_kinds_do_not_mix() -> None:
    rows = [
        *whole_test("93100", "200.00", "50.00", mult_proc="6"),
        *whole_test("92200", "100.00", "80.00", mult_proc="7"),
    ]
    assert amounts(rows, "93100", "92200") == ["250.00", "180.00"]


def test_a_code_that_is_all_technical() -> None:
    rows = [*whole_test("93100", "200.00", "50.00", mult_proc="6"), row("93005", "40.00", mult_proc="6", pctc="3")]
    assert amounts(rows, "93100", "93005") == ["250.00", "30.00"]


def test_the_technical_part_of_a_whole_test_is_what_its_reading_leaves() -> None:
    """PC/TC 4: 93000 at 30 with a reading, 93010, at 10 has a technical part of 20."""
    rows = [*whole_test("93100", "200.00", "50.00", mult_proc="6"),
            row("93000", "30.00", mult_proc="6", pctc="4"), row("93010", "10.00", pctc="2")]  # fmt: skip
    assert amounts(rows, "93100", "93000") == ["250.00", "25.00"]
    assert priced(rows[:-1], "93100", "93000")[1].outcome == "no_data"
    assert amounts(rows[:-1], "93000") == ["30.00"]


def test_a_test_without_published_parts_is_said() -> None:
    rows = [*whole_test("93100", "200.00", "50.00", mult_proc="6"), row("93999", "30.00", mult_proc="6", pctc="0")]
    assert [found.outcome for found in priced(rows, "93100", "93999")] == ["priced", "no_data"]


def test_59_is_warned_of() -> None:
    found = priced(ROWS, "70100", "70200-59")[1]
    assert str(found.amount) == "130.00"
    assert "separate session" in found.warnings[0]


def test_the_step_tells_the_parts() -> None:
    step = next(step for step in priced(ROWS, "70100", "70200")[1].steps if step.step == "diagnostic")
    assert "technical part 100" in step.detail
    assert "at 50 %" in step.detail
    assert step.amount == 130
