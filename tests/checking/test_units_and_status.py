"""Units, status and place of service: RVU document, attachment A; OPPS addendum D1; the dates of the HCPCS file."""

import pytest
from cases import BOOK, PFS, checked, of, outcomes, release, row

from cptref.checking.book import HcpcsTable, pfs_table

FAIL = [("fail", ("1",), ("1",))]
WARN = [("warn", ("1",), ())]
INFO = [("info", ("1",), ())]
UNKNOWN = [("unknown", ("1",), ())]


@pytest.mark.parametrize(
    ("units", "expected"),
    [("1", []), ("2.0", []), ("12", []), ("1.5", FAIL), ("0", FAIL), ("-1", FAIL), ("0.5", FAIL), ("NaN", FAIL),
     ("Infinity", FAIL)],
)  # fmt: skip
def test_units_are_whole_and_positive(units: str, expected: list[object]) -> None:
    assert outcomes("units", f"97110*{units}") == expected


def test_ambulance_mileage_is_billed_in_tenths() -> None:
    assert outcomes("units", "A0425*4.7") == []
    assert checked("A0425*4.7").verdict == "pass"
    assert outcomes("mue", "A0425*250.1") == FAIL


@pytest.mark.parametrize(
    ("code", "expected", "carc"),
    [("20930", FAIL, "97"), ("99241", FAIL, ""), ("99429", FAIL, "96"), ("80053", INFO, ""), ("J1100", INFO, ""),
     ("49659", INFO, ""), ("0001F", INFO, ""), ("D0150", WARN, ""), ("99213", [], ""), ("00840", [], "")],
)  # fmt: skip
def test_the_status_of_the_fee_schedule(code: str, expected: list[object], carc: str) -> None:
    assert outcomes("status", code) == expected
    assert all(finding.carc == carc for finding in of(checked(code), "status"))


def test_a_code_that_no_release_lists() -> None:
    found = checked("12345")
    assert found.verdict == "fail"
    (finding,) = of(found, "status")
    assert (finding.carc, finding.message) == ("181", "12345 is no code on the date of service.")


def test_a_code_of_an_earlier_or_later_release() -> None:
    before = pfs_table(release("pfs", effective="2025-10-01", ends="2025-12-31", name="RVU25D"), [row("11111")])
    after = pfs_table(release("pfs", effective="2026-07-01", ends="2026-09-30", name="RVU26C"), [row("22222")])
    three = BOOK._replace(pfs=(before, *BOOK.pfs, after))
    (deleted,) = of(checked("11111", book=three), "status")
    assert "is deleted" in deleted.message
    assert "RVU25D" in deleted.message
    (coming,) = of(checked("22222", book=three), "status")
    assert "not in force yet" in coming.message
    assert outcomes("status", "11111@2025-11-05", book=three) == []
    assert outcomes("status", "22222@2026-07-01", book=three) == []


def test_an_older_fee_schedule_does_not_prove_that_there_is_no_such_code() -> None:
    old = BOOK._replace(pfs=(pfs_table(release("pfs", effective="2025-10-01", ends="2025-12-31", name="RVU25D"), PFS),))
    found = checked("12345", book=old)
    assert (found.verdict, of(found, "status")) == ("unknown", [])
    assert checked("20930", book=old).verdict == "fail"
    assert checked("93010", book=old).verdict == "unknown"
    assert "RVU25D" in found.rules_not_run[0].why


def test_no_fee_schedule_for_the_date() -> None:
    found = checked("93010@2026-01-15")
    assert found.verdict == "unknown"
    assert {each.rule for each in found.rules_not_run} >= {"status", "component", "place", "global", "mue"}
    assert not {"status", "component"} & set(found.rules_run)


def test_a_bundled_release_does_not_tell_of_other_codes() -> None:
    partial = BOOK._replace(
        pfs=(pfs_table(release("pfs", name="bundled", partial=True), PFS),), held=frozenset({"93010"})
    )
    assert checked("93010", book=partial).verdict == "pass"
    found = checked("12345", book=partial)
    assert (found.verdict, of(found, "status")) == ("unknown", [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J7199", []),
        ("J7198", FAIL),
        ("C9999", FAIL),
        ("C9999@2026-03-31", []),
        ("Q9999", FAIL),
        ("Q9999@2026-07-01", []),
    ],
)
def test_hcpcs_codes_by_their_dates(text: str, expected: list[object]) -> None:
    # The last day is included.
    long = BOOK._replace(
        pfs=(pfs_table(release("pfs", effective="2026-01-01", ends="2026-12-31"), PFS),),
        hcpcs=(HcpcsTable(release("hcpcs", effective="2026-01-01", ends="2026-12-31"), BOOK.hcpcs[0].rows),),
    )
    assert outcomes("status", text, book=long) == expected


def test_hcpcs_codes_without_a_hcpcs_release() -> None:
    found = checked("J7199", book=BOOK._replace(hcpcs=()))
    assert found.verdict == "unknown"
    assert any("HCPCS Level II" in each.why for each in found.rules_not_run)
    assert checked("J1100", book=BOOK._replace(hcpcs=())).verdict == "pass"  # the fee schedule lists it


def test_laboratory_codes_that_the_fee_schedule_never_lists() -> None:
    # MUE 2026Q2 has 464 such codes that RVU26B has not.
    assert outcomes("status", "0001U") == []
    assert outcomes("status", "0999U") == UNKNOWN


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("92014", []),
        ("22818", FAIL),
        ("99213", FAIL),
        ("96372", FAIL),
        ("J1100", INFO),
        ("80053", []),
        ("27310", UNKNOWN),
    ],
)
def test_the_status_for_hospitals_is_that_of_opps(code: str, expected: list[object]) -> None:
    # Addendum D1: B not recognised, C inpatient only, E1 not paid, N packaged.
    assert outcomes("status", code, setting="hospital") == expected


def test_a_hospital_claim_without_opps_is_unknown() -> None:
    found = checked("92014", setting="hospital", book=BOOK._replace(opps=()))
    assert found.verdict == "unknown"
    assert [each.rule for each in found.rules_not_run] == ["status"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("99213%11", []), ("99213%98", FAIL), ("27447%11", WARN), ("27447%21", []), ("71046%22", WARN),
     ("71046-26%22", []), ("99213%06", WARN)],
)  # fmt: skip
def test_places_and_na_indicators(line: str, expected: list[object]) -> None:
    # RVU26B: 27447 NA outside facilities; 71046 NA in them, its 26 row not.
    assert outcomes("place", line) == expected


def test_a_line_without_a_place_is_unknown() -> None:
    found = checked("99213%")
    assert found.verdict == "unknown"
    assert ("place", "the claim names no place of service. Codes: 99213.") in found.rules_not_run


def test_places_matter_to_practitioners_only() -> None:
    assert checked("45385%", setting="hospital").verdict == "pass"
