"""Add-on codes: NCCI Policy Manual ch. I, R and W; relations of the add-on file of 2026Q2."""

from datetime import date

import pytest
from cases import ADD_ONS, BOOK, EDITS, book, checked, claim, edit, of, outcomes, release

from cptref.checking.book import add_on_table
from cptref.checking.check import check
from cptref.model.rows import AddOnRow

CHAIN = (("90832", "90833"), ("90833", "0770T"))


def test_a_primary_of_the_same_date_and_provider() -> None:
    assert outcomes("add_on", "22551", "22552*2", place="21") == []
    assert outcomes("add_on", "22552", "22551", place="21") == []


def test_type_1_without_its_primary_is_denied() -> None:
    (finding,) = of(checked("22552", place="21"), "add_on")
    assert (finding.outcome, finding.denied) == ("fail", ("1",))
    assert "22551" in finding.fix
    assert outcomes("add_on", "22552", "45385", place="21") == [("fail", ("1",), ("1",))]


def test_an_add_on_whose_primary_is_denied_is_denied() -> None:
    # Ch. I, R: if an edit prevents payment of the primary, the add-on shall not be paid. 22551*2 exceeds its MUE of 1.
    found = checked("22551*2", "22552", place="21")
    assert [line.verdict for line in found.lines] == ["fail", "fail"]
    (finding,) = of(found, "add_on")
    assert (finding.lines, finding.denied) == (("1", "2"), ("2",))


def test_a_primary_that_a_ptp_edit_denies() -> None:
    bundled = book(edits=[*EDITS, edit("27447", "64483", "0")])
    assert outcomes("add_on", "27447", "64483", "64484", book=bundled) == [("fail", ("2", "3"), ("3",))]
    assert outcomes("add_on", "64483", "64484", book=bundled) == []


def test_one_payable_primary_is_enough() -> None:
    assert outcomes("add_on", "64483-50*2", "64484") == [("fail", ("1", "2"), ("2",))]
    both = [*ADD_ONS, AddOnRow("64484", "1", "45385", date(2013, 4, 1), None, "")]
    assert outcomes("add_on", "64483-50*2", "45385", "64484", book=book(add_ons=both)) == []


def test_a_denial_goes_down_a_chain_of_add_ons_in_any_order() -> None:
    # 0770T follows 90833, itself an add-on; here of 99213, which 10060 denies.
    for lines in (("10060", "99213", "90833", "0770T"), ("0770T", "90833", "99213", "10060")):
        found = checked(*lines)
        assert {line.code for line in found.lines if line.verdict == "fail"} == {"99213", "90833", "0770T"}
    assert checked("0770T", "90833", "99213").verdict == "pass"


def test_what_is_not_known_goes_down_the_chain_as_well() -> None:
    partial = BOOK.pfs[0].release._replace(partial=True)
    some = BOOK._replace(pfs=(BOOK.pfs[0]._replace(release=partial),), held=frozenset({"0770T", "90833"}))
    for lines in (("99213", "90833", "0770T"), ("0770T", "90833", "99213")):
        found = checked(*lines, book=some)
        assert [each.outcome for each in of(found, "add_on")] == ["unknown", "unknown"]
        assert {line.verdict for line in found.lines} == {"unknown"}


def test_type_2_is_the_contractors_matter() -> None:
    assert outcomes("add_on", "15777", "27447", place="21") == [("unknown", ("1",), ())]
    assert outcomes("add_on", "15777") == [("unknown", ("1",), ())]


def test_type_3_may_follow_other_primaries() -> None:
    # Ch. I, W: contractors allow the listed primaries and may accept others.
    assert outcomes("add_on", "88311", "88305") == []
    assert outcomes("add_on", "88311", "45385") == [("warn", ("1", "2"), ())]
    assert outcomes("add_on", "88311") == [("fail", ("1",), ("1",))]


def test_99292_may_follow_another_physician_of_the_group() -> None:
    assert outcomes("add_on", "99292") == [("unknown", ("1",), ())]
    assert outcomes("add_on", "99291", "99292") == []


def test_the_primary_of_another_provider_or_date() -> None:
    assert outcomes("add_on", "22551/P1", "22552/P2", place="21") == [("unknown", ("1", "2"), ())]
    assert outcomes("add_on", "64483@2026-05-03", "64484") == [("unknown", ("1", "2"), ())]
    assert outcomes("add_on", "64483@2026-05-01", "64484") == [("fail", ("2",), ("2",))]


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-04-01", []), ("2026-05-04", []), ("2026-05-05", [("fail", ("1",), ("1",))])]
)
def test_the_dates_of_a_relation_are_included(day: str, expected: list[object]) -> None:
    changed = book(
        add_ons=[
            AddOnRow("64484", "1", "45385", date(2026, 4, 1), date(2026, 5, 4), ""),
            AddOnRow("64484", "1", "64483", date(2026, 4, 1), None, ""),
        ]
    )
    assert outcomes("add_on", f"64484@{day}", f"45385@{day}", book=changed) == expected


def test_a_relation_that_was_never_in_force() -> None:
    # Deleted on the day it began.
    never = AddOnRow("45385", "1", "45380", date(2026, 5, 4), date(2026, 5, 4), "")
    assert outcomes("add_on", "45385", book=book(add_ons=[never])) == []


def test_no_release_and_an_old_one() -> None:
    none = checked("93010", book=BOOK._replace(add_on=()))
    assert (none.verdict, [each.rule for each in none.rules_not_run]) == ("unknown", ["add_on"])
    old = BOOK._replace(add_on=(add_on_table(release("add_on", "", "2026-01-01", "2026-03-31"), ADD_ONS),))
    assert checked("22551", "22552", book=old, place="21").verdict == "unknown"
    assert checked("22552", book=old, place="21").verdict == "fail"


def test_the_dates_of_a_relation_in_one_batch() -> None:
    dated = book(add_ons=[AddOnRow("64484", "1", "64483", date(2026, 5, 1), date(2026, 5, 4), "")])
    days = ("2026-04-30", "2026-05-01", "2026-05-04", "2026-05-05")
    for order in (days, days[::-1]):
        found = check([claim(f"64484@{day}", id=day) for day in order], dated)
        assert {each.claim for each in found if of(each, "add_on")} == {"2026-05-01", "2026-05-04"}
