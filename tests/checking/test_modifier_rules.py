"""Modifiers, both sides, further surgeons, and the parts of a service by place."""

import pytest
from cases import BOOK, checked, of, outcomes

FAIL = [("fail", ("1",), ("1",))]
WARN = [("warn", ("1",), ())]
INFO = [("info", ("1",), ())]
UNKNOWN = [("unknown", ("1",), ())]
RESOLVED = [("resolved", ("1",), ())]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("71046-26", []), ("71046-TC", []), ("93010-26", FAIL), ("99213-TC", FAIL), ("80053-26", FAIL),
        ("99213-25", []), ("45385-25", FAIL), ("45385-24", FAIL), ("45385-57", FAIL), ("92014-25", []),
        ("45385-59", []), ("99213-59", WARN), ("22552-51", WARN), ("45385-51", []), ("80053-91", []),
        ("45385-91", WARN), ("99213-LT", WARN), ("80053-76", WARN), ("45385-53", []),
    ],
)  # fmt: skip
def test_modifiers_and_the_codes_they_fit(line: str, expected: list[object]) -> None:
    # RVU document, attachment A: 26 and TC cannot be used with PC/TC 0, 2 to 5; NCCI ch. I, D and E: 25 on E&M codes.
    assert outcomes("modifier", line) == expected


def test_a_modifier_that_does_not_fit_carries_carc_4() -> None:
    assert of(checked("99213-TC"), "modifier")[0].carc == "4"


@pytest.mark.parametrize(
    ("line", "expected"),
    [("99213-ZZ", FAIL), ("99213-01", FAIL), ("J1100-GD", FAIL), ("J1100-ZB", []), ("45385-XS", []),
     ("J1100-GD@2019-12-31", []), ("45385-XS@2014-12-31", FAIL), ("45385-XS@2015-01-01", [])],
)  # fmt: skip
def test_modifiers_exist_and_are_in_force(line: str, expected: list[object]) -> None:
    # Ch. I, E (e): XE, XS, XP and XU since 2015-01-01. HCPCS 2025Q4: GD ended on 2019-12-31.
    found = checked(line)
    carcs = [finding.carc for finding in of(found, "modifier") if finding.outcome == "fail"]
    assert carcs == ["182"] * len(expected)


def test_a_modifier_that_only_hcpcs_could_tell_of() -> None:
    found = checked("99213-ZZ", book=BOOK._replace(hcpcs=()))
    assert found.verdict == "unknown"
    assert [each.rule for each in found.rules_not_run] == ["modifier"]
    assert checked("99213-01", book=BOOK._replace(hcpcs=())).verdict == "fail"


@pytest.mark.parametrize(
    ("line", "expected"),
    [("71046-26-TC", FAIL), ("64483-59-59", WARN), ("64483-LT-RT", WARN), ("64483-50-LT", WARN), ("64483-LT-26", INFO),
     ("71046-LT-26", INFO), ("71046-26-LT", []), ("22551-62-80", WARN)],
)  # fmt: skip
def test_modifiers_together(line: str, expected: list[object]) -> None:
    found = [each for each in outcomes("modifier", line) if each in expected]
    assert found == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("64483-50", []), ("64483-50*2", FAIL), ("45385-50", WARN), ("31243-50", WARN), ("80053-50", FAIL),
     ("73560-50", []), ("73560*2", []), ("73560-50*2", FAIL), ("45385-50*2", [*WARN, *FAIL])],
)  # fmt: skip
def test_50_is_one_unit_where_the_indicator_lets_it_count(line: str, expected: list[object]) -> None:
    # Ch. I, V (3a): indicator 1 one unit with 50; 2 one unit without; 3 a diagnostic procedure also 2 units.
    assert outcomes("bilateral", line) == expected


def test_both_sides_on_two_lines() -> None:
    both = [("warn", ("1", "2"), ())]
    assert outcomes("bilateral", "64483-LT", "64483-RT") == both
    assert outcomes("bilateral", "31243-LT", "31243-RT") == both
    assert outcomes("bilateral", "73560-LT", "73560-RT") == []
    assert outcomes("bilateral", "64483-LT", "64483-LT") == []
    assert outcomes("bilateral", "64483-LT@2026-05-04", "64483-RT@2026-05-05") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("27447-80", []), ("27447-AS", []), ("45385-80", FAIL), ("45385-82", FAIL), ("45385-AS", FAIL),
        ("99213-80", RESOLVED), ("80053-81", FAIL),
        ("22551-62", INFO), ("27447-62", RESOLVED), ("45385-62", FAIL), ("80053-62", FAIL),
        ("22818-66", RESOLVED), ("49659-66", RESOLVED), ("27447-66", FAIL), ("80053-66", FAIL),
    ],
)  # fmt: skip
def test_assistants_co_surgeons_and_teams(line: str, expected: list[object]) -> None:
    # RVU26B: 27447 assistant 2, co-surgeons 1, team 0; 22551 co-surgeons 2; 45385 assistant 1, co-surgeons 0.
    assert outcomes("surgeons", line, place="21") == expected
    assert all(f.carc == "54" for f in of(checked(line), "surgeons") if f.outcome == "fail")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("71046%11", []), ("71046%22", FAIL), ("71046-TC%21", FAIL), ("71046-26%21", []), ("71046%51", UNKNOWN),
        ("93005%19", FAIL), ("93005-26%19", FAIL), ("93005%11", []), ("93000%23", FAIL), ("93010%21", []),
        ("96372%11", []), ("96372%22", FAIL), ("97110%22", UNKNOWN), ("97110%11", []),
        ("85060%21", []), ("85060%22", FAIL), ("85060%11", FAIL), ("85060%61", UNKNOWN), ("71046%24", []),
    ],
)  # fmt: skip
def test_the_parts_of_a_service_by_place(line: str, expected: list[object]) -> None:
    # RVU document, attachment A: 5 not for hospital patients, 7 not by therapists, 8 for hospital inpatients only.
    assert outcomes("component", line) == expected


def test_parts_without_a_place_are_unknown() -> None:
    assert any(each.rule == "component" for each in checked("71046%").rules_not_run)
    assert not any(each.rule == "component" for each in checked("71046-26%").rules_not_run)


def test_hospitals_bill_their_technical_part() -> None:
    assert outcomes("component", "71046%22", setting="hospital") == []
