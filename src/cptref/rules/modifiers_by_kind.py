"""Modifiers that go on one kind of code only, and then hang on the circumstances.

Sources: NCCI Policy Manual ch. I, E (24, 25, 57, 58, 78, 79, 91, anatomic modifiers); RVU document (53); the notes of
CMS on each HCPCS modifier.
"""

from collections.abc import Callable

from cptref.rules.code_kinds import (
    is_anesthesia,
    is_imaging,
    is_laboratory,
    is_supply,
    is_surgery,
    is_therapy,
    is_transport,
    is_visit,
    within,
)
from cptref.rules.modifier_facts import CONDITIONAL, NO, SURGICAL, YES, ModifierFacts, Rule, Verdict

_CORONARY = {"LC", "LD", "LM", "RC", "RI"}
# The therapy evaluations that only one discipline gives (CR 10176).
_THERAPY_EVALUATIONS = {
    "GP": (("97161", "97164"),),
    "GO": (("97165", "97168"),),
    "GN": (("92521", "92524"), ("92597", "92597"), ("92607", "92607")),
}
# Not a visit, but reported beside one procedure as a visit is (screening pelvic examination).
_TAKES_VISIT_MODIFIERS = {"G0101"}


def only_visits(when: str) -> Rule:
    """A rule for modifiers of visits; `when` is the condition."""

    def rule(_: str, facts: ModifierFacts) -> Verdict:
        takes = is_visit(facts.row.code) or facts.row.code in _TAKES_VISIT_MODIFIERS
        return (CONDITIONAL, when) if takes else (NO, "only on visits (evaluation and management)")

    return rule


def _no_procedure(facts: ModifierFacts) -> Verdict | None:
    """The verdict on what is no procedure with a global period; None for what is one."""
    if is_visit(facts.row.code):
        return NO, "not on a visit"
    if facts.row.global_days not in SURGICAL:
        return NO, f"only on procedures with a global period; this one is {facts.row.global_days}"
    return None


def only_surgical(when: str) -> Rule:
    """A rule for modifiers of procedures in another one's global period; `when` is the condition."""

    def rule(_: str, facts: ModifierFacts) -> Verdict:
        return _no_procedure(facts) or (CONDITIONAL, when)

    return rule


def _is_delivered(code: str) -> bool:
    return is_supply(code) or is_transport(code)


def reduced(_: str, facts: ModifierFacts) -> Verdict:
    """52: not on what has levels or units to tell less."""
    if is_visit(facts.row.code):
        return NO, "not on a visit: a lower level is the code"
    if _is_delivered(facts.row.code):
        return NO, "not on an item or a transport: the units tell how much"
    return CONDITIONAL, "if less was done than the code says, by choice; with a report"


def discontinued(_: str, facts: ModifierFacts) -> Verdict:
    """53: surgical and diagnostic procedures (RVU document)."""
    if is_visit(facts.row.code) or _is_delivered(facts.row.code) or _is_clinical_test(facts):
        return NO, "only on surgical and diagnostic procedures"
    if facts.has_53_row:
        return YES, "if stopped for the patient's safety; Medicare prices this code with 53 by RVUs of its own"
    return CONDITIONAL, "if stopped for the patient's safety after it began; priced by report"


def facility_discontinued(_: str, facts: ModifierFacts) -> Verdict:
    """73 and 74, on facility claims."""
    code = facts.row.code
    if is_visit(code) or _is_delivered(code) or is_laboratory(code) or is_therapy(code) or is_anesthesia(code):
        return NO, "only on procedures under anesthesia"
    return CONDITIONAL, "outpatient hospital and ASC claims only, if anesthesia was planned"


def _is_clinical_test(facts: ModifierFacts) -> bool:
    """Whether the laboratory fee schedule pays the test, rather than the physician fee schedule."""
    return is_laboratory(facts.row.code) and facts.row.status == "X"


def repeat(_: str, facts: ModifierFacts) -> Verdict:
    """76 and 77, other than on clinical laboratory tests."""
    if is_visit(facts.row.code):
        return NO, "not on a visit"
    if _is_clinical_test(facts):
        return NO, "a repeated laboratory test takes 91"
    return CONDITIONAL, "if the same procedure was done again that day (76 same, 77 other physician)"


def repeat_test(_: str, facts: ModifierFacts) -> Verdict:
    """91, on clinical laboratory tests."""
    if _is_clinical_test(facts):
        return CONDITIONAL, "if the test was run again that day because treatment needs the new value"
    return NO, "only on clinical laboratory tests"


def clinical_test(_: str, facts: ModifierFacts) -> Verdict:
    """90, 92 and QW."""
    if _is_clinical_test(facts):
        return CONDITIONAL, "tells who ran the test, or how"
    return NO, "only on clinical laboratory tests"


def increased(_: str, facts: ModifierFacts) -> Verdict:
    """22, on procedures."""
    differing = facts.row.global_days in ("ZZZ", "YYY")
    how = "contractors differ on this kind of code" if differing else "with the operative report"
    return _no_procedure(facts) or (CONDITIONAL, f"if the work was far beyond the usual; {how}")


def anatomic(modifier: str, facts: ModifierFacts) -> Verdict:
    """E1 to E4, FA to F9, TA to T9, and the coronary arteries."""
    code = facts.row.code
    if modifier in _CORONARY:
        stent = within(
            code, ("92920", "92945"), ("92972", "92974"), ("92978", "92979"), ("93571", "93572"), ("C9600", "C9608")
        )
        return (CONDITIONAL, "tells the coronary artery") if stent else (NO, "only on procedures of a coronary artery")
    if is_surgery(code) or is_imaging(code) or within(code, ("97597", "97610"), ("G0127", "G0127")):
        return CONDITIONAL, "only if done on that eyelid, finger or toe"
    return NO, "only on procedures of an eyelid, finger or toe"


def only_if(applies: Callable[[str], bool], when: str, otherwise: str) -> Rule:
    """A rule for modifiers of codes to which something applies."""

    def rule(_: str, facts: ModifierFacts) -> Verdict:
        return (CONDITIONAL, when) if applies(facts.row.code) else (NO, otherwise)

    return rule


def therapy(modifier: str, facts: ModifierFacts) -> Verdict:
    """GN speech, GO occupational, GP physical therapy; CO and CQ their assistants."""
    code = facts.row.code
    for only, ranges in _THERAPY_EVALUATIONS.items():
        if within(code, *ranges) and modifier in ("GN", "GO", "GP"):
            return (
                (YES, "the evaluation belongs to this therapy")
                if modifier == only
                else (NO, f"this evaluation takes {only}")
            )
    if facts.row.mult_proc == "5":
        return CONDITIONAL, "a therapy service: one of GN, GO, GP tells the plan of care, CO and CQ an assistant"
    other = is_visit(code) or is_anesthesia(code) or is_imaging(code) or is_laboratory(code)
    if other or facts.row.global_days in ("010", "090"):
        return NO, "only on therapy services"
    return CONDITIONAL, "under a therapy plan of care"


def whenever(when: str) -> Rule:
    """A rule for modifiers on which the code has no say."""

    def rule(_: str, facts: ModifierFacts) -> Verdict:
        return CONDITIONAL, when

    return rule
