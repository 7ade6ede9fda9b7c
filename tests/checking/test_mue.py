"""MUE: NCCI Policy Manual ch. I, V; values of MUE 2026Q2."""

from datetime import date

import pytest
from cases import BOOK, book, checked, claim, mue, of, outcomes, release

from cptref.checking.book import MueTable
from cptref.checking.check import check


def test_mai_1_looks_at_each_line() -> None:
    # 88305 as if of 4: two lines of 4 are each within it, and a line of 5 is denied whole.
    lines = book(rows=[mue("88305", 4, "1")])
    assert outcomes("mue", "88305*4", "88305-59*4", book=lines) == []
    assert outcomes("mue", "88305*5", "88305-59*4", book=lines) == [("fail", ("1",), ("1",))]
    assert "Can be appealed" in of(checked("88305*5", book=lines), "mue")[0].appeal


@pytest.mark.parametrize("modifier", ["59", "76", "77", "91", "XS", "LT"])
@pytest.mark.parametrize("mai", ["2", "3"])
def test_mai_2_and_3_sum_the_lines_whatever_their_modifiers(mai: str, modifier: str) -> None:
    # All UOS of the code on the date are summed, and all are denied.
    summed = book(rows=[mue("97110", 6, mai)])
    assert outcomes("mue", "97110*4", f"97110-{modifier}*2", book=summed) == []
    assert outcomes("mue", "97110*4", f"97110-{modifier}*3", book=summed) == [("fail", ("1", "2"), ("1", "2"))]


def test_units_are_counted_and_not_lines() -> None:
    assert outcomes("mue", "97110*7") == [("fail", ("1",), ("1",))]
    assert outcomes("mue", "97110", "97110", "97110") == []


def test_only_one_date_and_provider() -> None:
    assert outcomes("mue", "45385@2026-05-04", "45385@2026-05-05") == []
    assert outcomes("mue", "45385/P1", "45385/P2") == []
    assert outcomes("mue", "45385/P1", "45385/P1") == [("fail", ("1", "2"), ("1", "2"))]


def test_a_bilateral_mue() -> None:
    # 64483: bilateral 1, MUE 1 by date. Both sides are 50 with one unit; LT and RT make two, and both are denied.
    assert outcomes("mue", "64483-50") == []
    assert outcomes("mue", "64483-LT", "64483-RT") == [("fail", ("1", "2"), ("1", "2"))]
    assert outcomes("mue", "64483-50*2") == [("fail", ("1",), ("1",))]


def test_mai_2_cannot_be_raised_and_mai_3_can() -> None:
    (absolute,) = of(checked("45385*2"), "mue")
    (benchmark,) = of(checked("97110*7"), "mue")
    assert "cannot" in absolute.appeal
    assert "may pay more" in benchmark.appeal
    assert {absolute.carc, benchmark.carc} == {"151"}
    assert "MAI 2" in absolute.source


def test_an_mue_of_0_is_not_payable() -> None:
    (finding,) = of(checked("20930"), "mue")
    assert (finding.outcome, finding.denied) == ("fail", ("1",))


def test_settings_have_their_own_values() -> None:
    # 97110: 6 for practitioners, 8 for hospitals.
    tables = (
        MueTable(release("mue", "practitioner"), {"97110": mue("97110", 6, "3")}),
        MueTable(release("mue", "hospital"), {"97110": mue("97110", 8, "3", "hospital")}),
    )
    both = BOOK._replace(mue=tables)
    assert [o for o, *_ in outcomes("mue", "97110*7", book=both)] == ["fail"]
    assert outcomes("mue", "97110*7", book=both, setting="hospital") == []


def test_no_row_is_not_published_and_never_unlimited() -> None:
    # "Some MUE values are not published and are confidential."
    assert outcomes("mue", "D0150") == [("info", ("1",), ())]
    assert outcomes("mue", "D0150*2") == [("unknown", ("1",), ())]
    assert checked("D0150*2").verdict == "unknown"


def test_anesthesia_units_may_be_minutes() -> None:
    assert outcomes("mue", "00840*95") == [("info", ("1",), ())]
    assert outcomes("mue", "00840*95", book=book(rows=[mue("00840", 1, "2")])) == [("unknown", ("1",), ())]


def test_an_older_mue_may_fail_but_never_pass() -> None:
    old = BOOK._replace(
        mue=tuple(
            t._replace(release=t.release._replace(effective=date(2026, 1, 1), ends=date(2026, 3, 31), name="2026Q1"))
            for t in BOOK.mue
        )
    )
    assert checked("93010*6", book=old).verdict == "fail"
    found = checked("93010*5", book=old)
    assert found.verdict == "unknown"
    assert [each.rule for each in found.rules_not_run] == ["mue"]
    assert "2026-03-31" in found.rules_not_run[0].why
    assert "mue" not in found.rules_run


def test_claims_of_one_beneficiary_are_summed() -> None:
    claims = [claim("97110*4/P1", id=name, beneficiary="B") for name in "AB"]
    assert [found.verdict for found in check(claims, BOOK)] == ["fail", "fail"]
    apart = [claim("97110*4/P1", id=name, beneficiary=name) for name in "AB"]
    assert [found.verdict for found in check(apart, BOOK)] == ["pass", "pass"]
