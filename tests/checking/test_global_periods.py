"""Global surgery: RVU document, record layout; NCCI Policy Manual ch. I, D."""

import pytest
from cases import BOOK, checked, claim, of, outcomes

from cptref.checking.check import check

D = "2026-05-04"
NONE: list[object] = []
INCLUDED = [("fail", ("1", "2"), ("2",))]
RESOLVED = [("resolved", ("1", "2"), ())]


def visit(surgery: str, visit: str, day: str) -> list[object]:
    """A surgery on 4 May 2026, which a visit or another procedure is compared with."""
    return list(outcomes("global", f"{surgery}@{D}", f"{visit}@{day}", place="21", book=BOOK_OF_THE_YEAR))


BOOK_OF_THE_YEAR = BOOK._replace(
    pfs=tuple(t._replace(release=t.release._replace(effective=t.release.effective.replace(month=1),
                                                    ends=t.release.ends.replace(month=12))) for t in BOOK.pfs)
)  # fmt: skip


@pytest.mark.parametrize(
    ("surgery", "day", "expected"),
    [
        ("45385", "2026-05-03", NONE), ("45385", D, INCLUDED), ("45385", "2026-05-05", NONE),
        ("10060", "2026-05-03", NONE), ("10060", D, INCLUDED), ("10060", "2026-05-05", INCLUDED),
        ("10060", "2026-05-14", INCLUDED), ("10060", "2026-05-15", NONE),
        ("27447", "2026-05-02", NONE), ("27447", "2026-05-03", INCLUDED), ("27447", D, INCLUDED),
        ("27447", "2026-05-05", INCLUDED), ("27447", "2026-08-02", INCLUDED), ("27447", "2026-08-03", NONE),
        ("93010", D, NONE), ("64484", D, NONE),
    ],
)  # fmt: skip
def test_the_days_of_each_global_period(surgery: str, day: str, expected: list[object]) -> None:
    # 000 the day; 010 and 10 more, to 14 May; 090 the day before, the day and 90 more, to 2 August: 92 days.
    assert visit(surgery, "99213", day) == expected


@pytest.mark.parametrize(
    ("surgery", "text", "day", "expected"),
    [
        ("45385", "99213-25", D, RESOLVED), ("10060", "99213-25", D, RESOLVED), ("10060", "99213-24", D, RESOLVED),
        ("10060", "99213-25", "2026-05-06", INCLUDED), ("10060", "99213-24", "2026-05-06", RESOLVED),
        ("27447", "99213-57", D, RESOLVED), ("27447", "99213-57", "2026-05-03", RESOLVED),
        ("27447", "99213-25", D, INCLUDED), ("27447", "99213-25", "2026-05-03", INCLUDED),
        ("27447", "99213-24", "2026-06-30", RESOLVED), ("27447", "99213-57", "2026-05-05", INCLUDED),
        ("27447", "99291-FT", "2026-05-05", RESOLVED), ("27447", "99213-FT", "2026-05-05", INCLUDED),
        ("66984", "92014", "2026-05-05", INCLUDED), ("66984", "92014-24", "2026-05-05", RESOLVED),
    ],
)  # fmt: skip
def test_which_modifier_takes_a_visit_out_of_the_package(
    surgery: str, text: str, day: str, expected: list[object]
) -> None:
    found = [each for each in visit(surgery, text, day) if isinstance(each, tuple) and each[0] != "info"]
    assert found == expected


@pytest.mark.parametrize("surgery", ["45385", "10060"])
def test_57_is_never_right_with_a_minor_procedure(surgery: str) -> None:
    assert visit(surgery, "99213-57", D) == INCLUDED
    (finding,) = of(checked(surgery, "99213-57"), "global")
    assert "57 is never right" in finding.message
    assert finding.carc == "97"


def test_57_beside_25_on_a_minor_procedure_does_no_harm() -> None:
    assert visit("10060", "99213-25-57", D) == [("warn", ("1", "2"), ()), *RESOLVED]


def test_57_with_a_minor_and_a_major_procedure_needs_25_as_well() -> None:
    both = outcomes("global", "27447", "10060", "99213-57", place="21")
    assert both == [("resolved", ("1", "3"), ()), ("fail", ("2", "3"), ("3",))]
    assert ("fail", ("2", "3"), ("3",)) not in outcomes("global", "27447", "10060", "99213-57-25", place="21")


def test_57_without_surgery_in_sight() -> None:
    assert outcomes("global", "99213-57") == [("info", ("1",), ())]


@pytest.mark.parametrize(
    ("surgery", "later", "day", "expected"),
    [
        ("27447", "27310", "2026-05-20", INCLUDED), ("27447", "27310-78", "2026-05-20", RESOLVED),
        ("27447", "27310-58", "2026-05-20", RESOLVED), ("27447", "27310-79", "2026-05-20", RESOLVED),
        ("27447", "45385", "2026-05-20", INCLUDED), ("27447", "27310", "2026-08-03", NONE), ("27447", "27310", D, NONE),
        ("10060", "17000", "2026-05-10", INCLUDED), ("10060", "17000", "2026-05-15", NONE),
        ("45385", "45380", "2026-05-05", NONE), ("27447", "93010", "2026-05-20", NONE),
        ("27447", "64484", "2026-05-20", NONE), ("27447-80", "27310", "2026-05-20", NONE),
        ("27447-78", "27310", "2026-05-20", NONE), ("27447", "27310-80", "2026-05-20", NONE),
    ],
)  # fmt: skip
def test_procedures_in_the_postoperative_period(surgery: str, later: str, day: str, expected: list[object]) -> None:
    # 78 opens no period of its own; ZZZ goes with its primary; tests (XXX) are not part of the package.
    assert visit(surgery, later, day) == expected


def test_care_that_is_split() -> None:
    assert visit("27447-54", "99213", "2026-05-20") == NONE  # the aftercare is another's
    assert visit("27447-54", "99213", D) == INCLUDED
    assert visit("27447-55", "99213", "2026-05-20") == INCLUDED
    assert visit("27447-55", "99213", D) == NONE
    assert visit("27447-78", "99213", "2026-05-20") == NONE
    assert visit("27447-AS", "99213", "2026-05-20") == NONE


def test_periods_that_nobody_defines() -> None:
    unknown = [("unknown", ("1", "2"), ())]
    assert visit("59400", "99213", "2026-05-20") == unknown
    assert visit("49659", "99213", D) == unknown
    assert visit("49659", "99213", "2026-05-05") == NONE


def test_another_practitioner_has_no_part_in_it() -> None:
    assert outcomes("global", "27447/P1", "99213/P2", place="21") == [("unknown", ("1", "2"), ())]
    first = claim("27447@2026-05-04/P1", id="A", beneficiary="B", place="21")
    second = claim("99213@2026-05-20/P2", id="B", beneficiary="B")
    assert [found.verdict for found in check([first, second], BOOK)] == ["pass", "pass"]


def test_claims_of_one_beneficiary_and_practitioner() -> None:
    first = claim("27447@2026-05-04/P1", id="A", beneficiary="B", place="21")
    second = claim("99213@2026-05-20/P1", id="B", beneficiary="B")
    surgery, visit = check([first, second], BOOK)
    assert (surgery.verdict, visit.verdict) == ("pass", "fail")
    (finding,) = of(visit, "global")
    assert (finding.lines, finding.denied) == (("1",), ("1",))
    assert "line 1 of claim A" in finding.message


def test_hospitals_have_no_global_period() -> None:
    # Ch. I, A: the Global Surgery Rules do not apply to hospitals.
    assert "global" not in checked("27447", "92014", setting="hospital").rules_run


def test_what_is_added_to_a_visit_follows_the_visit() -> None:
    assert outcomes("global", "10060", "90833") == []


def test_operations_of_one_day_are_told_of_once() -> None:
    assert outcomes("global", "10060", "17000", "99213") == [("fail", ("1", "2", "3"), ("3",))]
