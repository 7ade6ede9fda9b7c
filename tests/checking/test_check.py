"""The whole: verdicts, what was run, injections and guidelines, and that a rule book can be sent elsewhere."""

import pickle
from datetime import date
from decimal import Decimal

import pytest
from cases import BOOK, DAY, checked, claim, of, outcomes
from conftest import ROOT

from cptref.checking.book import guideline_table
from cptref.checking.check import check
from cptref.checking.registry import RULES
from cptref.model.carc import MEANINGS
from cptref.model.claim import Claim, ClaimLine
from cptref.model.rows import GuidelineRow

PRACTITIONER = (
    "units", "status", "modifier", "bilateral", "surgeons", "component", "place", "ptp", "mue", "global", "guideline",
    "injection", "add_on",
)  # fmt: skip


def test_a_clean_claim() -> None:
    found = checked("99213", "93000")
    assert (found.claim, found.verdict, found.findings, found.rules_not_run) == ("A", "pass", (), ())
    assert found.rules_run == PRACTITIONER


def test_the_rules_of_each_setting() -> None:
    assert checked("92014", setting="hospital").rules_run == (
        "units", "status", "modifier", "bilateral", "ptp", "mue", "guideline", "add_on",
    )  # fmt: skip
    assert checked("J1100", setting="dme").rules_run == ("units", "status", "modifier", "mue")


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no setting 'asc'"):
        checked("99213", setting="asc")


def test_the_worst_finding_decides_a_line_and_a_claim() -> None:
    found = checked("97110*9%22", "99213%11")
    assert [line.verdict for line in found.lines] == ["fail", "pass"]
    assert found.verdict == "fail"
    assert checked("97110%22", "99213%11").verdict == "unknown"


def test_nothing_is_clean_without_data() -> None:
    nothing = BOOK._replace(pfs=(), mue=(), ptp=(), add_on=(), hcpcs=(), opps=())
    found = checked("99213", "93000", book=nothing)
    assert found.verdict == "unknown"
    assert {line.verdict for line in found.lines} == {"unknown"}
    assert {each.rule for each in found.rules_not_run} == {
        "status", "component", "place", "ptp", "mue", "global", "injection", "add_on",
    }  # fmt: skip
    assert all("`cptref data import PATH`" in each.why for each in found.rules_not_run)


def test_a_claim_without_lines_was_not_checked() -> None:
    assert check([Claim("A", "practitioner", "", ())], BOOK)[0].verdict == "unknown"


def test_mixed_dates_take_their_own_releases() -> None:
    found = checked("93010@2026-05-04", "93010@2026-07-01")
    assert [line.verdict for line in found.lines] == ["pass", "unknown"]
    assert all("ends 2026-06-30, before the date of service" in each.why for each in found.rules_not_run)


def test_claims_come_back_in_their_order() -> None:
    claims = [claim("99213", id=str(n), beneficiary=str(n % 3)) for n in range(10)]
    assert [found.claim for found in check(claims, BOOK)] == [str(n) for n in range(10)]


def test_a_rule_book_can_be_pickled() -> None:
    again = pickle.loads(pickle.dumps(BOOK))  # noqa: S301
    assert check([claim("45385", "45380")], again) == check([claim("45385", "45380")], BOOK)
    assert pickle.loads(pickle.dumps(checked("45385", "45380"))) == checked("45385", "45380")  # noqa: S301


def test_an_injection_is_paid_only_alone() -> None:
    # RVU document, attachment A, status T.
    assert outcomes("injection", "94760") == []
    assert outcomes("injection", "94760", "99213") == [("fail", ("1", "2"), ("1",))]
    assert outcomes("injection", "94760@2026-05-05", "99213") == []
    assert outcomes("injection", "94760/P1", "99213/P2") == []
    assert outcomes("injection", "94760", "80053") == []  # not of the fee schedule


def test_an_injection_beside_what_is_denied() -> None:
    assert outcomes("injection", "94760", "97110*9") == []
    assert outcomes("injection", "94760", "36591") == [("unknown", ("1", "2"), ())]


def test_a_guideline_is_a_warning_apart_from_ptp() -> None:
    guided = BOOK._replace(guidelines=guideline_table([GuidelineRow("45385", "45380", "Bill the larger one.")]))
    found = checked("45385", "45380-59", book=guided)
    assert [(f.rule, f.outcome) for f in found.findings] == [("ptp", "resolved"), ("guideline", "warn")]
    assert "Bill the larger one." in of(found, "guideline")[0].message
    assert found.verdict == "pass"
    assert of(checked("45385@2026-05-05", "45380", book=guided), "guideline") == []


def test_every_finding_says_what_why_and_from_where() -> None:
    claims = [
        ("45385", "45380"), ("45385", "45380-59"), ("97110*9%22",), ("22552",), ("99213-57", "10060"), ("71046%22",),
        ("64483-50*2",), ("22551-62",), ("20930",), ("94760", "99213"), ("00840*90",), ("J1100*1.5",), ("99213-ZZ%98",),
    ]  # fmt: skip
    for lines in claims:
        findings = checked(*lines).findings
        assert findings
        for finding in findings:
            assert finding.outcome in ("fail", "warn", "resolved", "unknown", "info")
            assert finding.message.endswith((".", ")"))
            assert finding.source
            assert finding.fix or finding.outcome == "info"
            assert set(finding.denied) <= set(finding.lines)
            assert bool(finding.denied) == (finding.outcome == "fail")
            assert finding.carc == "" or (finding.carc in MEANINGS and finding.outcome == "fail")


def test_rules_have_names_of_their_own_in_each_setting() -> None:
    for setting in ("practitioner", "hospital", "dme"):
        names = [rule.name for rule in RULES if setting in rule.settings]
        assert len(names) == len(set(names))


def test_lines_may_have_the_same_number() -> None:
    twice = tuple(ClaimLine("1", "93010", (), Decimal(1), DAY, "11") for _ in range(2))
    assert check([Claim("A", "practitioner", "", twice)], BOOK)[0].verdict == "pass"


def test_every_rule_has_its_page() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "rules").glob("*.md")} - {"README"}
    assert pages == {rule.name for rule in RULES}
    listed = (ROOT / "docs" / "rules" / "README.md").read_text(encoding="utf-8")
    assert all(f"]({name}.md)" in listed for name in pages)


def test_the_first_and_the_last_day_of_a_release_in_one_batch() -> None:
    days = ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01")
    for order in (days, days[::-1]):
        found = check([claim(f"93010@{day}", id=day) for day in order], BOOK)
        verdicts = {each.claim: each.verdict for each in found}
        assert verdicts == dict(zip(days, ("unknown", "pass", "pass", "unknown"), strict=True))


def test_dated_rows_in_one_batch() -> None:
    # XS began on 2015-01-01, GD ended on 2019-12-31: dates of which the releases know nothing else.
    days = ("2014-12-31", "2015-01-01", "2019-12-31", "2020-01-01")
    hcpcs = BOOK.hcpcs[0]._replace(release=BOOK.hcpcs[0].release._replace(effective=date(2010, 1, 1)))
    for order in (days, days[::-1]):
        claims = [claim(f"J1100-XS@{day}", f"J1100-GD@{day}", id=day) for day in order]
        found = check(claims, BOOK._replace(hcpcs=(hcpcs,)))
        wrong = {each.claim: {f.lines for f in of(each, "modifier") if f.carc == "182"} for each in found}
        assert wrong == {days[0]: {("1",)}, days[1]: set(), days[2]: set(), days[3]: {("2",)}}
