"""Whether a code takes a modifier, for every value of the indicator that decides it.

Sources: RVU document, record layout and attachment A; NCCI Policy Manual ch. I, E.
"""

import pytest
from sample import ROW

from cptref.model.modifier import Modifier
from cptref.model.rows import PfsRow
from cptref.rules.modifier_facts import ModifierFacts
from cptref.rules.modifiers import RULES, verdicts

FACTS = ModifierFacts(
    ROW, pctc="0", has_53_row=False, is_add_on=False, mai="2", bypassable=0, edits=6, edits_partial=False
)


def allowed(rule: str, modifier: str, facts: ModifierFacts | None = None, /, **fields: str) -> str:
    known = facts or FACTS
    row = PfsRow(**{**known.row._asdict(), **fields})
    return RULES[rule](modifier, known._replace(row=row))[0]


@pytest.mark.parametrize(("value", "verdict"), [("0", "no"), ("1", "yes"), ("2", "no"), ("3", "yes"), ("9", "no")])
def test_50_by_the_bilateral_indicator(value: str, verdict: str) -> None:
    assert allowed("bilateral", "50", bilat_surg=value) == verdict


def test_50_on_31243_says_that_the_price_is_bilateral_already() -> None:
    assert RULES["bilateral"]("50", FACTS) == (
        "no", "bilateral 2: priced bilateral already, 50 does not raise payment",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "professional", "technical"),
    [("0", "no", "no"), ("1", "yes", "yes"), ("2", "no", "no"), ("3", "no", "no"), ("4", "no", "no"),
     ("5", "no", "no"), ("6", "yes", "no"), ("7", "no", "no"), ("8", "conditional", "no"), ("9", "no", "no")],
)  # fmt: skip
def test_26_and_tc_by_the_pctc_indicator(value: str, professional: str, technical: str) -> None:
    assert allowed("professional", "26", FACTS._replace(pctc=value)) == professional
    assert allowed("technical", "TC", FACTS._replace(pctc=value)) == technical


@pytest.mark.parametrize("value", ["0", "1", "2", "3", "4", "5", "6", "7", "9"])
def test_51_by_the_multiple_procedure_indicator(value: str) -> None:
    assert allowed("multiple", "51", mult_proc=value) == ("conditional" if value in "123" else "no")


def test_51_is_never_on_an_add_on_code() -> None:
    assert allowed("multiple", "51", FACTS._replace(is_add_on=True), mult_proc="2") == "no"


@pytest.mark.parametrize(
    ("rule", "modifier", "field", "expected"),
    [
        ("assistant", "80", "asst_surg", {"0": "conditional", "1": "no", "2": "yes", "9": "no"}),
        ("co_surgeon", "62", "co_surg", {"0": "no", "1": "conditional", "2": "yes", "9": "no"}),
        ("team", "66", "team_surg", {"0": "no", "1": "conditional", "2": "yes", "9": "no"}),
    ],
)
def test_further_surgeons_by_their_indicators(rule: str, modifier: str, field: str, expected: dict[str, str]) -> None:
    assert {value: allowed(rule, modifier, **{field: value}) for value in expected} == expected


@pytest.mark.parametrize("rule", ["unrelated_visit", "same_day_visit", "decision_visit"])
@pytest.mark.parametrize(
    ("code", "verdict"), [("99213", "conditional"), ("92014", "conditional"), ("43214", "no"), ("J3301", "no")]
)
def test_24_25_and_57_are_for_visits(rule: str, code: str, verdict: str) -> None:
    assert allowed(rule, "25", code=code) == verdict


def test_59_counts_the_edits_that_it_may_bypass() -> None:
    facts = FACTS._replace(bypassable=200, edits=329)
    assert RULES["distinct"]("59", facts) == (
        "conditional", "may bypass 200 of 329 edits, if the services were distinct",
    )  # fmt: skip
    assert "of the bundled edits" in RULES["distinct"]("59", facts._replace(edits_partial=True))[1]


def test_59_without_an_edit_to_bypass_is_no_only_if_all_edits_are_known() -> None:
    assert allowed("distinct", "59") == "no"
    assert allowed("distinct", "59", FACTS._replace(edits_partial=True)) == "conditional"
    assert allowed("distinct", "59", FACTS._replace(bypassable=5), code="99213") == "no"


@pytest.mark.parametrize(
    ("days", "verdict"), [("000", "no"), ("010", "conditional"), ("090", "conditional"), ("XXX", "no")]
)
def test_54_and_55_split_a_surgical_package(days: str, verdict: str) -> None:
    shares = {"preoperative": "0.10", "intraoperative": "0.69", "postoperative": "0.21"}
    assert allowed("split_care", "54", global_days=days, **shares) == verdict
    assert allowed("split_care", "55", global_days=days, **shares) == verdict


def test_54_and_55_tell_their_shares() -> None:
    # 27215 in RVU26C: preoperative 0.10, intraoperative 0.69, postoperative 0.21
    facts = FACTS._replace(
        row=ROW._replace(global_days="090", preoperative="0.10", intraoperative="0.69", postoperative="0.21")
    )
    assert "79 %" in RULES["split_care"]("54", facts)[1]
    assert "21 %" in RULES["split_care"]("55", facts)[1]


def test_53_has_rvus_of_its_own_where_cms_lists_them() -> None:
    assert allowed("discontinued", "53") == "conditional"
    assert allowed("discontinued", "53", FACTS._replace(has_53_row=True)) == "yes"


def test_59_under_a_line_edit_may_mark_lines() -> None:
    assert allowed("distinct", "59", FACTS._replace(mai="1")) == "conditional"


def test_59_is_never_on_radiation_treatment_management() -> None:
    # NCCI Policy Manual ch. I, E
    facts = FACTS._replace(bypassable=111, edits=200)
    assert allowed("distinct", "59", facts, code="77427") == "no"
    assert allowed("distinct", "XE", facts, code="77427") == "conditional"


def test_repeats_of_clinical_laboratory_tests_take_91() -> None:
    test = {"code": "80053", "status": "X"}
    assert (allowed("repeat", "76"), allowed("repeat_test", "91")) == ("conditional", "no")
    assert (allowed("repeat", "76", **test), allowed("repeat_test", "91", **test)) == ("no", "conditional")
    # Surgical pathology is paid from the physician fee schedule: repeated like any procedure.
    pathology = {"code": "88305", "status": "A"}
    assert (allowed("repeat", "76", **pathology), allowed("repeat_test", "91", **pathology)) == ("conditional", "no")


@pytest.mark.parametrize(
    ("rule", "modifier", "yes_or_conditional", "no"),
    [
        ("surgeon_anesthesia", "47", ["27447"], ["00100", "99213"]),
        ("anesthesia", "QK", ["00100"], ["27447", "99213"]),
        ("clinical_test", "QW", [], ["99213", "27447"]),
        ("laboratory_travel", "LR", ["P9603"], ["80053"]),
        ("anatomic", "FA", ["26055", "73140", "G0127"], ["99213", "80053", "J3301", "00100", "93000"]),
        ("anatomic", "LD", ["92928", "C9600"], ["45378", "27447"]),
        ("therapy", "GP", ["97161"], ["97165", "99213", "27447", "80053"]),
        ("therapy", "GO", ["97165"], ["97161"]),
        ("facility_discontinued", "73", ["45378"], ["80053", "J3301", "97110", "99213", "00100"]),
        ("reduced", "52", ["45378", "93000"], ["J3301", "99213"]),
        ("discontinued", "53", ["45378"], ["J3301", "99213", "A4550"]),
        ("drug", "JW", ["J3301", "90375", "Q5101"], ["A0428", "99213", "G0328"]),
        ("small_infant", "63", ["43214", "92920", "93312"], ["11102", "99213"]),
        ("quality_measure", "1P", ["0001F"], ["99213"]),
        ("mammography", "GG", ["77065", "G0279"], ["71046"]),
        ("tumor_imaging", "PI", ["78815"], ["71046"]),
        ("foot_care", "Q8", ["11721", "G0127"], ["99213"]),
        ("chiropractic", "AT", ["98941"], ["97140"]),
        ("colorectal", "PT", ["45385", "00812", "G0500"], ["71046", "80053", "99213"]),
        ("visit_circumstance", "FS", ["99223"], ["43214"]),
        ("wound_dressing", "A2", ["A6402"], ["A4550", "11042"]),
        ("equipment", "RR", ["E0601"], ["99213"]),
    ],
)
def test_modifiers_that_belong_to_one_kind_of_code(
    rule: str, modifier: str, yes_or_conditional: list[str], no: list[str]
) -> None:
    days = {"97161": "XXX", "97165": "XXX", "27447": "090"}
    verdicts = {c: allowed(rule, modifier, code=c, global_days=days.get(c, "000")) for c in yes_or_conditional + no}
    assert all(verdicts[code] != "no" for code in yes_or_conditional), verdicts
    assert all(verdicts[code] == "no" for code in no), verdicts


@pytest.mark.parametrize("code", ["99213", "71046", "80053", "97110"])
def test_no_assistant_where_nothing_is_operated(code: str) -> None:
    assert allowed("assistant", "80", code=code, asst_surg="0") == "no"


def test_22_by_the_global_period() -> None:
    found = {
        days: allowed("increased", "22", global_days=days) for days in ("000", "010", "090", "MMM", "ZZZ", "YYY", "XXX")
    }
    assert found.pop("XXX") == "no"
    assert set(found.values()) == {"conditional"}


def test_54_where_no_shares_are_published() -> None:
    assert allowed("split_care", "54", global_days="090") == "no"


def test_every_verdict_has_a_reason() -> None:
    for rule, judge in RULES.items():
        for code in ("31243", "99213", "80053", "00100", "71046", "97110", "J3301"):
            verdict, reason = judge("50", FACTS._replace(row=ROW._replace(code=code)))
            assert verdict in ("yes", "no", "conditional"), rule
            assert reason.strip()


def test_verdicts_keep_the_order_of_the_modifiers() -> None:
    modifiers = [
        Modifier(m, "CPT", "t", "d", False, "", rule) for m, rule in (("62", "co_surgeon"), ("50", "bilateral"))
    ]
    assert [verdict.modifier for verdict in verdicts(modifiers, FACTS)] == ["62", "50"]
