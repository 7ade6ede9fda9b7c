"""PTP edits: NCCI Policy Manual ch. I, E; CR 11168; dates as the PTP files have them."""

import pytest
from cases import BOOK, EDITS, book, checked, claim, edit, of, outcomes, release

from cptref.checking.book import ptp_table
from cptref.checking.check import check

DENIED = [("fail", ("1", "2"), ("2",))]
RESOLVED = [("resolved", ("1", "2"), ())]
WARNED = [("warn", ("1", "2"), ())]


def test_column_two_is_denied_and_column_one_is_not() -> None:
    # PTP 2024Q3: 45385/45380, indicator 1. Ch. I, A: column one is eligible for payment, column two is denied.
    found = checked("45385", "45380")
    assert [(line.line, line.verdict) for line in found.lines] == [("1", "pass"), ("2", "fail")]
    assert found.verdict == "fail"
    (finding,) = of(found, "ptp")
    assert (finding.codes, finding.carc, finding.denied) == (("45385", "45380"), "236", ("2",))
    assert "PTP edits 2026Q2 practitioner, indicator 1" in finding.source
    assert {"XS", "59", "XE"} <= {m for bypass in finding.bypasses for m in bypass.modifiers}
    assert all("NCCI Policy Manual ch. I" in bypass.source for bypass in finding.bypasses)


def test_the_order_of_the_lines_and_their_price_decide_nothing() -> None:
    assert outcomes("ptp", "45380", "45385") == [("fail", ("1", "2"), ("1",))]


@pytest.mark.parametrize("modifier", "59 XE XP XS XU 58 78 79 91 LT RT E1 FA F9 TA T9 LC LD LM RC RI".split())
def test_an_associated_modifier_resolves_indicator_1(modifier: str) -> None:
    assert outcomes("ptp", "45385", f"45380-{modifier}") == RESOLVED


@pytest.mark.parametrize("modifier", "22 50 51 52 76 77 26 TC GA KX".split())
def test_other_modifiers_do_not(modifier: str) -> None:
    # Ch. I, E: 22, 76 and 77 are not NCCI PTP-associated modifiers.
    assert outcomes("ptp", "45385", f"45380-{modifier}") == DENIED


def test_a_bypass_tells_what_the_record_must_show() -> None:
    (finding,) = of(checked("45385", "45380-XE"), "ptp")
    assert "separate patient encounters" in finding.fix
    assert finding.outcome == "resolved"


@pytest.mark.parametrize("modifier", ["", "-59", "-XS", "-25"])
def test_nothing_bypasses_indicator_0(modifier: str) -> None:
    found = checked("45385", f"45378{modifier}")
    (finding,) = of(found, "ptp")
    assert (finding.outcome, finding.denied, finding.bypasses) == ("fail", ("2",), ())
    assert "No modifier bypasses" in finding.appeal


@pytest.mark.parametrize(
    ("day", "on_one", "on_two"),
    [("2019-06-30", DENIED, RESOLVED), ("2019-07-01", RESOLVED, RESOLVED), ("2026-05-04", RESOLVED, RESOLVED)],
)
def test_since_july_2019_the_modifier_counts_on_either_line(
    day: str, on_one: list[object], on_two: list[object]
) -> None:
    # CR 11168
    assert outcomes("ptp", f"45385-59@{day}", f"45380@{day}") == on_one
    assert outcomes("ptp", f"45385@{day}", f"45380-59@{day}") == on_two


def test_lt_with_lt_is_the_same_side() -> None:
    # Ch. I, E: generally not bypassed on the ipsilateral organ.
    assert outcomes("ptp", "15823-LT", "15822-LT") == WARNED
    assert outcomes("ptp", "15823-LT", "15822-RT") == RESOLVED
    assert outcomes("ptp", "15823-RT", "15822-LT") == RESOLVED
    assert outcomes("ptp", "15823", "15822-RT") == RESOLVED


def test_a_side_takes_in_its_digits_and_lids_and_50_both_sides() -> None:
    assert outcomes("ptp", "15823-LT", "15822-E1") == WARNED
    assert outcomes("ptp", "15823-RT", "15822-E1") == RESOLVED
    assert outcomes("ptp", "15823-E1", "15822-E2") == RESOLVED
    assert outcomes("ptp", "15823-E3", "15822-E3") == WARNED
    assert outcomes("ptp", "15823-50", "15822-LT") == WARNED


def test_59_with_sides_is_no_matter_of_sides() -> None:
    assert outcomes("ptp", "15823-LT", "15822-LT-59") == RESOLVED


def test_an_indicator_9_row_beside_an_active_row() -> None:
    # PTP 2024Q3 has 66984/92014 as 1 since 2013 and as 9 of 2013-07-01 to 2013-07-01; 13121/13120 likewise.
    nine = edit("45385", "45380", "9", effective="2013-07-01", deleted="2013-07-01")
    with_both = book(edits=[nine, edit("45385", "45380", "1", effective="2013-07-01")])
    assert outcomes("ptp", "45385", "45380", book=with_both) == DENIED
    assert outcomes("ptp", "45385", "45380-59", book=with_both) == RESOLVED
    alone = book(edits=[nine])
    assert outcomes("ptp", "45385@2013-07-01", "45380@2013-07-01", book=alone) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-31", []), ("2026-04-01", DENIED), ("2026-05-03", DENIED), ("2026-05-04", DENIED), ("2026-05-05", [])],
)
def test_both_dates_of_an_edit_are_included(day: str, expected: list[object]) -> None:
    dated = book(edits=[edit("45385", "45380", "1", effective="2026-04-01", deleted="2026-05-04")])
    assert outcomes("ptp", f"45385@{day}", f"45380@{day}", book=dated) == expected


def test_the_edit_that_followed_a_deleted_one() -> None:
    changed = book(
        edits=[
            edit("45385", "45380", "0", deleted="2026-03-31"),
            edit("45385", "45380", "1", effective="2026-04-01"),
        ]
    )
    assert outcomes("ptp", "45385@2026-03-31", "45380-59@2026-03-31", book=changed) == DENIED
    assert outcomes("ptp", "45385@2026-04-01", "45380-59@2026-04-01", book=changed) == RESOLVED


def test_only_one_date_and_one_provider() -> None:
    assert outcomes("ptp", "45385@2026-05-04", "45380@2026-05-05") == []
    assert outcomes("ptp", "45385/P1", "45380/P1") == DENIED


def test_two_providers_of_a_claim_may_count_as_one() -> None:
    # Rule 1: same group and specialty count as one, which a claim does not tell.
    assert outcomes("ptp", "45385/P1", "45380/P2") == [("unknown", ("1", "2"), ())]
    assert outcomes("ptp", "45385/P1", "45380-59/P2") == []
    assert checked("45385/P1", "45380/P2").verdict == "unknown"


def test_a_line_without_provider_is_that_of_the_only_one_named() -> None:
    assert outcomes("ptp", "45385/P1", "45380") == DENIED


def test_hospital_and_practitioner_edits_differ() -> None:
    # PTP 2024Q3: 92014/92004 is indicator 1 for hospitals and 0 for practitioners.
    assert outcomes("ptp", "92014", "92004-27", setting="hospital") == RESOLVED
    assert outcomes("ptp", "92014", "92004-27") == DENIED
    only = BOOK._replace(ptp=tuple(table for table in BOOK.ptp if table.release.setting == "hospital"))
    assert outcomes("ptp", "92014", "92004", setting="hospital", book=only) == DENIED
    without = book(edits=[each for each in EDITS if each.column_one != "92014"])
    assert outcomes("ptp", "92014", "92004", book=without) == []


def test_25_and_57_bypass_on_the_visit_only() -> None:
    # Ch. I, D and E (b): 25 is for E&M codes.
    assert outcomes("ptp", "10060", "99213-25") == RESOLVED
    assert outcomes("ptp", "10060-25", "99213") == DENIED
    assert outcomes("ptp", "27447", "99213-57", place="21") == RESOLVED


def test_57_does_not_bypass_an_edit_with_a_minor_procedure() -> None:
    assert outcomes("ptp", "10060", "99213-57") == DENIED


@pytest.mark.parametrize("modifier", ["59", "XE", "XS", "XP", "XU"])
def test_59_on_a_visit_does_not_bypass(modifier: str) -> None:
    # Ch. I, E (d): modifier 59 should not be appended to an E/M service.
    assert outcomes("ptp", "10060", f"99213-{modifier}") == DENIED


def test_27_is_for_hospitals() -> None:
    assert outcomes("ptp", "10060", "99213-27") == DENIED


def test_each_column_two_line_needs_a_bypass_of_its_own() -> None:
    assert outcomes("ptp", "45385", "45380-59", "45380") == [
        ("fail", ("1", "3"), ("3",)),
        ("resolved", ("1", "2"), ()),
    ]


def test_each_column_one_line_needs_one_as_well() -> None:
    assert outcomes("ptp", "45385-59", "45385", "45380") == [("fail", ("2", "3"), ("3",))]


def test_the_bypasses_for_a_visit_follow_the_global_period() -> None:
    minor = of(checked("10060", "99213"), "ptp")[0].bypasses
    major = of(checked("27447", "99213", place="21"), "ptp")[0].bypasses
    assert [bypass.modifiers for bypass in minor] == [("25",), ("24",)]
    assert [bypass.modifiers for bypass in major] == [("57",), ("24",)]


def test_no_release_leaves_pairs_unknown_and_says_what_loads_it() -> None:
    found = checked("45385", "45380", book=BOOK._replace(ptp=()))
    assert found.verdict == "unknown"
    (not_run,) = found.rules_not_run
    assert not_run.rule == "ptp"
    assert "`cptref data import PATH`" in not_run.why
    assert "ptp" not in found.rules_run


def test_a_single_line_has_no_pair() -> None:
    assert checked("45385", book=BOOK._replace(ptp=())).verdict == "pass"


def test_an_older_release_may_fail_but_never_pass() -> None:
    rows = ptp_table(release("ptp", "practitioner", "2024-07-01", "2024-09-30", name="2024Q3"), EDITS)
    old = BOOK._replace(ptp=(rows,))
    failed = checked("45385", "45380", book=old)
    assert [line.verdict for line in failed.lines] == ["unknown", "fail"]
    passed = checked("45385", "45380-59", book=old)
    assert passed.verdict == "unknown"
    assert "2024-09-30" in passed.rules_not_run[0].why
    assert "ptp" in passed.rules_run  # it found the bypass all the same


def test_a_release_answers_for_its_past() -> None:
    late = ptp_table(release("ptp", "practitioner", "2026-07-01", "2026-09-30", name="2026Q3"), EDITS)
    assert outcomes("ptp", "45385", "45380-59", book=BOOK._replace(ptp=(late,))) == RESOLVED
    assert checked("45385", "45380-59", book=BOOK._replace(ptp=(late,))).verdict == "pass"


def test_unread_lines_of_a_release_may_hold_edits() -> None:
    rejected = ptp_table(release("ptp", "practitioner", rejects=2), [])
    assert checked("45385", "45380", book=BOOK._replace(ptp=(rejected,))).verdict == "unknown"


def test_the_bundled_edits_answer_for_the_codes_they_hold() -> None:
    partial = ptp_table(release("ptp", "practitioner", partial=True), [edit("45385", "45380", "1")])
    some = BOOK._replace(ptp=(partial,), held=frozenset({"45385", "45380"}))
    assert outcomes("ptp", "45385", "45380", book=some) == DENIED
    assert checked("45385", "45380-59", book=some).verdict == "pass"
    assert checked("45385", "93010", book=some).verdict == "unknown"
    assert checked("45385", "93010", book=some._replace(complete=frozenset({"45385"}))).verdict == "pass"


def test_a_whole_release_answers_for_what_a_newer_bundled_one_lacks() -> None:
    partial = ptp_table(release("ptp", "practitioner", "2026-04-01", partial=True, name="bundled"), [])
    whole = ptp_table(release("ptp", "practitioner", "2026-01-01", "2026-06-30", name="whole"), EDITS)
    both = BOOK._replace(ptp=(partial, whole), held=frozenset({"45385"}))
    assert outcomes("ptp", "45385", "45380", book=both) == DENIED


def test_bundled_edits_are_without_dates() -> None:
    undated = edit("45385", "45380", "1")._replace(effective=None)
    partial = ptp_table(release("ptp", "practitioner", partial=True), [undated])
    some = BOOK._replace(ptp=(partial,), held=frozenset({"45385", "45380"}))
    assert outcomes("ptp", "45385", "45380", book=some) == DENIED


def test_claims_of_one_beneficiary_provider_and_date_are_one() -> None:
    one = claim("45385/P1", id="A", beneficiary="B1")
    two = claim("45380/P1", id="B", beneficiary="B1")
    first, second = check([one, two], BOOK)
    assert (first.verdict, second.verdict) == ("pass", "fail")
    (finding,) = of(second, "ptp")
    assert (finding.lines, finding.denied) == (("1",), ("1",))
    assert "line 1 of claim A" in finding.message
    assert of(first, "ptp")[0].denied == ()


@pytest.mark.parametrize(
    ("one", "two", "beneficiaries"),
    [("45385/P1", "45380/P2", ("B1", "B1")), ("45385/P1", "45380/P1", ("B1", "B2")), ("45385", "45380", ("B1", "B1")),
     ("45385/P1", "45380/P1", ("", ""))],
)  # fmt: skip
def test_other_claims_are_not(one: str, two: str, beneficiaries: tuple[str, str]) -> None:
    claims = [claim(text, id=text, beneficiary=who) for text, who in zip((one, two), beneficiaries, strict=True)]
    assert all(found.verdict == "pass" for found in check(claims, BOOK))


def test_the_fee_schedule_is_not_needed_for_an_edit() -> None:
    bare = BOOK._replace(pfs=())
    assert outcomes("ptp", "45385", "45380", book=bare) == DENIED
    assert outcomes("ptp", "45385", "45380-59", book=bare) == RESOLVED


def test_two_providers_of_a_claim_are_unknown_without_a_release() -> None:
    found = checked("45385/P1", "45380/P2", book=BOOK._replace(ptp=()))
    assert (found.verdict, [each.rule for each in found.rules_not_run]) == ("unknown", ["ptp"])
    partial = ptp_table(release("ptp", "practitioner", partial=True), [])
    assert checked("45385/P1", "45380/P2", book=BOOK._replace(ptp=(partial,))).verdict == "unknown"


def test_a_code_is_not_held_against_itself() -> None:
    assert outcomes("ptp", "45385", "93010", book=book(edits=[edit("45385", "45385", "0")])) == []
